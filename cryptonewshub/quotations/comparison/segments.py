"""A quotation cut at its editor's marks: the runs of quoted words, and the ellipses and brackets between them.

An ellipsis is '…' or three or four stops, with or without brackets around it. A bracketed insertion is the editor's
own words; where it touches a letter ('[T]he', 'want[ed]') the whole word is the editor's form of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from cryptonewshub.quotations.comparison.folding import Folded, fold

JointKind = Literal["cut", "insertion"]

_CUT = r"[\[(]\s?(?:…|\.\s?\.\s?\.(?:\s?\.)?)\s?[\])]|…|\.\s?\.\s?\.(?:\s?\.)?"
_INSERTION = r"[^\W_]{0,30}(?!\[[^\W\d_]\][^\W\d_])\[[^\[\]\n]{1,80}\][^\W_]{0,30}"
_JOINT = re.compile(f"(?P<cut>{_CUT})|(?P<insertion>{_INSERTION})")


@dataclass(frozen=True, slots=True)
class Joint:
    """What an editor set between two runs of words; `text` is an insertion's words without the brackets."""

    kind: JointKind
    text: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of the quotation from `first` to `end` (word numbers), after `joint`, which is None at the very
    beginning.
    """

    first: int
    end: int
    joint: Joint | None


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation's words with the editor's marks taken out: `folded` has the runs' words only. `last` closes the last
    run.
    """

    folded: Folded
    runs: tuple[Run, ...]
    last: Joint | None

    @property
    def is_edited(self) -> bool:
        return len(self.runs) > 1 or any(run.joint for run in self.runs) or self.last is not None


def cut_at_marks(text: str) -> Quoted:
    """The quotation's runs and joints, in order. Never raises; a quotation without a word has no runs."""
    joints = [(match.start(), match.end(), _joint(match)) for match in _JOINT.finditer(text)]
    folded = fold(text, [(start, end) for start, end, _ in joints])
    return _between(folded, [(start, joint) for start, _, joint in joints])


def _joint(match: re.Match[str]) -> Joint:
    if match["cut"]:
        return Joint("cut")
    return Joint("insertion", match["insertion"].replace("[", "").replace("]", ""))


def _between(folded: Folded, joints: list[tuple[int, Joint]]) -> Quoted:
    runs: list[Run] = []
    first, word, pending = 0, 0, None
    spans = folded.spans
    for at, joint in joints:
        while word < len(spans) and spans[word][0] < at:
            word += 1
        if word > first:
            runs.append(Run(first, word, pending))
            pending = None
        pending = _both(pending, joint)
        first = word
    if len(spans) > first:
        runs.append(Run(first, len(spans), pending))
        pending = None
    return Quoted(folded, tuple(runs), pending)


def _both(left: Joint | None, right: Joint) -> Joint:
    """Two marks side by side, '[the bill] ...', are one joint: a cut, with the words inserted at it."""
    if left is None:
        return right
    kind: JointKind = "cut" if "cut" in (left.kind, right.kind) else "insertion"
    return Joint(kind, f"{left.text} {right.text}".strip())

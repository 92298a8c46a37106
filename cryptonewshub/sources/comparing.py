"""What changed between two captures of a document, word by word, for a person to read. Plain Python."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Op = Literal["=", "-", "+", "…"]
_WORD = re.compile(r"\S+\s*|\s+")
_PARAGRAPH = re.compile(r".*?(?:\n\s*|\Z)", re.DOTALL)
_MOST_WORDS = 12_000  # on either side; longer stretches are compared by paragraphs
_KEPT = 30  # words that stay in sight on either side of a change


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words in both captures ('='), only in the earlier ('-'), only in the later ('+'), or left out here ('…')."""

    op: Op
    text: str

    @property
    def words(self) -> str:
        """The text without the blank or the line end behind it."""
        return self.text.rstrip()

    @property
    def space(self) -> str:
        """What stands behind the words; behind words that are gone, a blank at most."""
        return " " if self.op == "-" else self.text[len(self.words) :]


def changes(earlier: str, later: str) -> list[Stretch]:
    """The later text with what was removed and added, long unchanged stretches left out; empty if nothing changed."""
    if earlier.split() == later.split():
        return []
    left, right = _WORD.findall(earlier), _WORD.findall(later)
    if max(len(left), len(right)) > _MOST_WORDS:
        left, right = _PARAGRAPH.findall(earlier), _PARAGRAPH.findall(later)
    return list(_shortened(list(_merged(_steps(left, right)))))


def _steps(left: Sequence[str], right: Sequence[str]) -> Iterator[Stretch]:
    from rapidfuzz.distance import Indel

    left_words, right_words = [word.strip() for word in left], [word.strip() for word in right]
    for code in Indel.opcodes(left_words, right_words):
        if code.tag == "equal":
            yield Stretch("=", "".join(right[code.dest_start : code.dest_end]))
        if code.tag in ("delete", "replace"):
            yield Stretch("-", "".join(left[code.src_start : code.src_end]))
        if code.tag in ("insert", "replace"):
            yield Stretch("+", "".join(right[code.dest_start : code.dest_end]))


def _merged(steps: Iterator[Stretch]) -> Iterator[Stretch]:
    """Neighbouring changes as one removal and one addition, also across a word or two that happen to be in both."""
    removed, added = "", ""
    for step in [*steps, Stretch("=", "")]:
        is_bridge = step.op == "=" and (removed or added) and 0 < len(step.text.split()) < 2
        if step.op == "=" and not is_bridge:
            if removed:
                yield Stretch("-", removed)
            if added:
                yield Stretch("+", added)
            removed, added = "", ""
            if step.text:
                yield step
            continue
        removed += step.text if step.op in "-=" else ""
        added += step.text if step.op in "+=" else ""


def _shortened(stretches: list[Stretch]) -> Iterator[Stretch]:
    for number, stretch in enumerate(stretches):
        words = _WORD.findall(stretch.text) if stretch.op == "=" else []
        if len(words) <= 2 * _KEPT + 20:
            yield stretch
            continue
        if number > 0:
            yield Stretch("=", "".join(words[:_KEPT]))
        is_last = number == len(stretches) - 1
        left_out = len(words) - (_KEPT if number == 0 or is_last else 2 * _KEPT)
        yield Stretch("…", f"{left_out} words are the same")
        if not is_last:
            yield Stretch("=", "".join(words[-_KEPT:]))

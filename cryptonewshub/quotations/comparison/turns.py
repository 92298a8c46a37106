"""Who speaks where in a labelled transcript: 'SECRETARY BERG:', 'Q:', 'Ms. Lind:' at the beginning of a line.

A line that merely has a colon is no label: labels are capitals throughout, or names that come again, or there are
several of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cryptonewshub.quotations.comparison.same_person import has_title
from cryptonewshub.quotations.word_sets import word_set

_LABEL = re.compile(
    r"^[ \t>*_#]{0,6}(?P<label>(?:Q|A"
    r"|[^\W\d_][\w.’'-]{0,25}(?:[ \t][(]?[^\W\d_][\w.’'&)-]{0,25}){0,6}))[ \t*_]{0,3}:(?=\s|\*)",
    re.MULTILINE,
)
_LINE_START = re.compile(r"^[^\s\"“‘].{3,30}", re.MULTILINE)
_MOST_KNOWN = 12
_LONGEST_LABEL = 200
_LONE_Q = re.compile(r"^[ \t]{0,4}(?P<label>Q)[ \t]{2,}(?=\S)", re.MULTILINE)
_ASKERS = word_set("q question reporter questioner interviewer moderator journalist press participant")
_SMALL = word_set("of the de van von and for la der du")
_NOT_LABELS = word_set(
    "note source sources title subject date time place location re from to cc contact photo video update correction"
    " editor summary background questions answers transcript speaker speakers participants"
)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says without a break, from `start` to the next turn; `label` is as it stands, without the
    colon.
    """

    start: int
    label: str

    @property
    def is_asker(self) -> bool:
        return self.label.lower().strip(" .") in _ASKERS


@dataclass(frozen=True, slots=True)
class Turns:
    """The turns of a text in order; none where it is no labelled transcript."""

    turns: tuple[Turn, ...]

    def at(self, offset: int) -> Turn | None:
        """The turn in which this character stands; None before the first label."""
        i = bisect_right([turn.start for turn in self.turns], offset)
        return self.turns[i - 1] if i else None

    @property
    def label_spans(self) -> list[tuple[int, int]]:
        """Where the labels stand, colon included, for a search that must not stumble over them."""
        return [(max(0, turn.start - len(turn.label)), turn.start + 1) for turn in self.turns]

    def __bool__(self) -> bool:
        return bool(self.turns)


def turns_of(text: str) -> Turns:
    """The turns of a transcript. Linear in the text."""
    if ":" not in text and "Q" not in text:
        return Turns(())
    found = [(start, label) for start, label in _labels(text) if _may_be_label(label)]
    often = Counter(label for _, label in found)
    several = sum(1 for label in often if often[label] > 1) >= 2
    kept = sorted({(start, label) for start, label in found if _is_capitals(label) or often[label] > 1 or several})
    if not _is_transcript(kept):
        return Turns(())
    read = {start: _as_known(label, often) for start, label in kept}
    misread = {start: label for start, label in _misread_labels(text, often) if _is_free(start, read)}
    return Turns(tuple(Turn(start, label) for start, label in sorted((misread | read).items())))


def _labels(text: str) -> Iterator[tuple[int, str]]:
    """What stands like a label at the beginning of a line, and where it ends."""
    start = 0
    for line in text.split("\n"):
        beginning = line[:_LONGEST_LABEL]
        if ":" in beginning or "Q" in beginning[:6]:
            match = _LABEL.match(beginning) or _LONE_Q.match(beginning)
            if match:
                yield start + match.end("label"), match["label"].strip()
        start += len(line) + 1


def _as_known(label: str, often: Counter[str]) -> str:
    """A label that stands once, 'CpINTON', as the one that comes again and again and is two letters away at most."""
    from rapidfuzz.distance import Levenshtein

    if often[label] > 1 or len(label) < 4:
        return label
    known = [each for each, count in often.most_common(_MOST_KNOWN) if count > 2 and len(each) > 3]
    near = min(known, key=lambda each: Levenshtein.distance(label, each), default=label)
    return near if Levenshtein.distance(label, near) <= 2 else label


def _misread_labels(text: str, often: Counter[str]) -> Iterator[tuple[int, str]]:
    """Labels that recognition spoilt ('KxINE:', 'KAINEj'), where one that comes again and again is a letter or so
    away.
    """
    known = [
        label for label, count in often.most_common(_MOST_KNOWN) if count > 2 and len(label) > 3 and label.isupper()
    ]
    for match in _LINE_START.finditer(text) if known else ():
        shown = match.group()
        if sum(map(str.isupper, shown[:6])) > 2:
            wrong, end, label = min(_wrong_letters(shown, label) for label in known)
            if wrong <= max(1, len(label) // 3):
                yield match.start() + end, label


def _wrong_letters(shown: str, label: str) -> tuple[int, int, str]:
    """How many letters differ between a label with its colon and the beginning of a line, and where that ends."""
    from rapidfuzz.distance import Levenshtein

    length = len(label)
    lengths = range(length - 1, min(length + 3, len(shown)) + 1) or (len(shown),)  # a line shorter than the label
    distances = ((Levenshtein.distance(shown[:end], f"{label}:"), abs(end - length - 1), end) for end in lengths)
    wrong, ending, end = min(distances)
    return wrong, end - 1 if ending or wrong else length, label


def _is_free(start: int, read: Mapping[int, str]) -> bool:
    """Whether no label was read where a misread one seems to stand."""
    return not any(at in read for at in range(start - 3, start + 4))


def _may_be_label(label: str) -> bool:
    words = label.split()
    if words[0].lower().strip(".") in _NOT_LABELS:
        return False
    return all(word.strip("(")[:1].isupper() or word in _SMALL for word in words)


def _is_capitals(label: str) -> bool:
    return label.isupper()


def _is_transcript(found: list[tuple[int, str]]) -> bool:
    """Several turns; or one, if its label has a title: 'THE PRESIDENT:' before a speech."""
    return len(found) > 1 or any(has_title(label) for _, label in found)

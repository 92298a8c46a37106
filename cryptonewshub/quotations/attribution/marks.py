"""Pair quotation marks within a paragraph: straight, curly, low-9, guillemets both ways, single marks as outer marks.

Only outermost pairs are returned; marks inside them are part of the words. A mark without its partner ends at the next
opening mark or with the paragraph and is said to be unbalanced: it never swallows a page. Linear in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from cryptonewshub.quotations.attribution.paragraphs import Paragraph, trim
from cryptonewshub.quotations.lexicon import word_set

# Pairs of marks that are each used one way: their forms are read as the curly ones.
_ONE_FORM = str.maketrans("″״❝❞「」『』｢｣", '""“”“”“”“”')
_DOUBLE = re.compile(r"[\"＂“”„‟«»″״❝❞「」『』｢｣]|``|''")
_SINGLE = re.compile(r"(?<!')'(?!')|[‘’‚‹›]")
_OPENING_SIDE = frozenset("([{—–-/>*_|…~")
_CLOSING_SIDE = frozenset(")]}.,;:!?—–-…/*_[<")
_ALL_MARKS = frozenset("\"＂“”„‟«»'‘’‚‹›`″״❝❞「」『』｢｣")
_CLOSERS = {
    '"': '"”',
    "“": "”",
    "„": '“”"',
    "‟": "”",
    "«": "»",
    "»": "«»",
    "”": "”",
    "‘": "’'",
    "'": "'’",
    "‚": "‘’",
    "‹": "›",
    "›": "‹",
}
_ELISIONS = word_set(
    "n em til till cause cuz twas tis twill bout round nuff neath gainst kay cept scuse tude ole burbs hood nother"
)
_FEWEST_GOING_ON = 8  # words; what ends in a stray mark and is shorter is a credit line more often than speech


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """Words between an outermost pair of marks, marks outside the offsets.

    `mark` is the opening mark. `is_balanced` is False where the closing mark is missing. `continues` says that these
    words go on from the paragraph before, whose marks were still open.
    """

    start: int
    end: int
    mark: str
    is_balanced: bool = True
    continues: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    char: str
    opens: bool
    closes: bool
    after_digit: bool


def find_marked_spans(text: str, paragraphs: list[Paragraph]) -> list[MarkedSpan]:
    """Return the outermost marked spans of `paragraphs`, in order of their start."""
    spans: list[MarkedSpan] = []
    open_before: MarkedSpan | None = None
    for paragraph in paragraphs:
        found = _spans_of(text, paragraph, open_before)
        if open_before is not None and found and found[0].continues:
            spans[spans.index(open_before, max(0, len(spans) - 1))] = replace(open_before, is_balanced=True)
        spans += found
        open_before = found[-1] if found and _is_open_at_end(found[-1], paragraph) else None
    return spans


def _is_open_at_end(span: MarkedSpan, paragraph: Paragraph) -> bool:
    return not span.is_balanced and span.end == paragraph.end


def _spans_of(text: str, paragraph: Paragraph, open_before: MarkedSpan | None) -> list[MarkedSpan]:
    doubles, stray_closer = _pair_doubles(text, paragraph)
    if open_before is not None:
        doubles = _continue_from(text, paragraph, open_before, doubles, stray_closer)
    singles = _pair_singles(text, paragraph, doubles)
    spans = [_trimmed(text, span) for span in _outermost(sorted(doubles + singles, key=lambda span: span.start))]
    return [span for span in spans if span.start < span.end]


def _outermost(spans: list[MarkedSpan]) -> list[MarkedSpan]:
    """Leave out the spans that lie in one before them; `spans` must be in order."""
    kept: list[MarkedSpan] = []
    for span in spans:
        if not kept or span.end > kept[-1].end:
            kept.append(span)
    return kept


def _trimmed(text: str, span: MarkedSpan) -> MarkedSpan:
    start, end = trim(text, span.start, span.end)
    return replace(span, start=start, end=end)


def _continue_from(
    text: str, paragraph: Paragraph, before: MarkedSpan, doubles: list[MarkedSpan], stray_closer: int | None
) -> list[MarkedSpan]:
    if doubles and doubles[0].start - 1 <= paragraph.start and _same_family(doubles[0].mark, before.mark):
        return [replace(doubles[0], continues=True), *doubles[1:]]
    is_first = stray_closer is not None and (not doubles or stray_closer < doubles[0].start)
    if stray_closer is not None and is_first and len(text[paragraph.start : stray_closer].split()) >= _FEWEST_GOING_ON:
        return [MarkedSpan(paragraph.start, stray_closer, before.mark, continues=True), *doubles]
    return doubles


def _same_family(one: str, other: str) -> bool:
    return one == other or {one, other} <= {'"', "“"}


def _pair_doubles(text: str, paragraph: Paragraph) -> tuple[list[MarkedSpan], int | None]:
    """Pair double marks and guillemets; also say where a closing mark stands that nothing opened."""
    pairing = _Pairing(list(_marks(text, paragraph)))
    return pairing.pair(paragraph.end), pairing.stray


class _Pairing:
    """Walks over the double marks of one paragraph, with one outer mark open at a time.

    `depth` counts marks of the outer kind that opened inside it; `in_straight` tells of an open
    straight pair inside.
    """

    def __init__(self, marks: list[_Mark]) -> None:
        self.marks = marks
        self.closers_to_come = _closers_to_come(marks)
        self.spans: list[MarkedSpan] = []
        self.stray: int | None = None
        self.opened: _Mark | None = None
        self.depth = 0
        self.in_straight = False

    def pair(self, end: int) -> list[MarkedSpan]:
        for i, mark in enumerate(self.marks):
            if self.opened is not None:
                self._inside(self.opened, i, mark)
            elif mark.opens:
                self._open(mark)
            elif self.stray is None and not self.spans and not mark.after_digit:
                self.stray = mark.start
        if self.opened is not None:
            self._close(self.opened, end, is_balanced=False)
        return self.spans

    def _open(self, mark: _Mark) -> None:
        self.opened, self.depth, self.in_straight = mark, 0, False

    def _close(self, opened: _Mark, end: int, *, is_balanced: bool = True) -> None:
        self.spans.append(MarkedSpan(opened.end, end, opened.char, is_balanced))
        self.opened = None

    def _inside(self, opened: _Mark, i: int, mark: _Mark) -> None:
        if mark.after_digit and _is_measure(self.marks, i):
            return
        if mark.char == "“" and opened.char in '"“‟':
            self._curly_opener(opened, i, mark)
        elif mark.char == '"' and opened.char in "“‟":
            self._straight_in_curly(opened, mark)
        elif mark.char in _CLOSERS[opened.char]:
            self._closer(opened, mark)
        elif mark.char == opened.char and mark.opens:
            self.depth += 1

    def _curly_opener(self, opened: _Mark, i: int, mark: _Mark) -> None:
        closers_to_come = self.closers_to_come[i]
        if mark.closes and not mark.opens:
            self._closer(opened, mark)
        elif closers_to_come > 1 or (closers_to_come == 1 and opened.char == '"'):
            self.depth += 1
        else:
            self._reopen(opened, mark)

    def _straight_in_curly(self, opened: _Mark, mark: _Mark) -> None:
        if self.in_straight or not mark.closes:
            self.in_straight = not self.in_straight
        elif mark.opens:
            self.in_straight = True
        else:
            self._close(opened, mark.start)

    def _closer(self, opened: _Mark, mark: _Mark) -> None:
        if self.depth and mark.char != '"':
            self.depth -= 1
        elif opened.char == '"' and mark.opens and not mark.closes:
            self._reopen(opened, mark)
        else:
            self._close(opened, mark.start)

    def _reopen(self, opened: _Mark, mark: _Mark) -> None:
        self._close(opened, mark.start, is_balanced=False)
        self._open(mark)


def _is_measure(marks: list[_Mark], i: int) -> bool:
    """Whether a straight mark after a digit means inches: the next one closes again without anything opened between."""
    return i + 1 < len(marks) and marks[i + 1].closes and not marks[i + 1].opens


def _marks(text: str, paragraph: Paragraph) -> Iterator[_Mark]:
    in_backticks = False
    for found in _DOUBLE.finditer(text, paragraph.start, paragraph.end):
        start, end, char = found.start(), found.end(), found.group()
        if len(char) == 1:
            yield _double_mark(text, paragraph, start, end, char)
        elif char == "``":
            in_backticks = True
            yield _Mark(start, end, "“", opens=True, closes=False, after_digit=False)
        elif in_backticks:  # two apostrophes close what two backticks opened, and are no mark elsewhere
            in_backticks = False
            yield _Mark(start, end, "”", opens=False, closes=True, after_digit=False)


def _double_mark(text: str, paragraph: Paragraph, start: int, end: int, char: str) -> _Mark:
    if char in "「『｢":
        return _Mark(start, end, "“", opens=True, closes=False, after_digit=False)
    if char in "」』｣":
        return _Mark(start, end, "”", opens=False, closes=True, after_digit=False)
    before, after = _before(text, paragraph, start), _after(text, paragraph, end)
    char = '"' if char == "＂" else char.translate(_ONE_FORM)
    if char == '"' and text[start] == "״" and before.isalpha() and after.isalpha():  # צה״ל: an abbreviation's mark
        return _Mark(start, end, char, opens=False, closes=False, after_digit=True)
    free_before = before.isspace() or before in _OPENING_SIDE or before in _ALL_MARKS
    free_after = after.isspace() or after in _CLOSING_SIDE or after in _ALL_MARKS
    after_digit = char == '"' and (before.isdigit() or before == "=")
    opens, closes = _ways(char, before, after, free_before, free_after)
    return _Mark(start, end, char, opens and not after_digit, closes, after_digit)


def _before(text: str, paragraph: Paragraph, at: int) -> str:
    """The character before this offset, those that nobody sees passed over; a space at the paragraph's beginning."""
    while at > paragraph.start and _is_unseen(text[at - 1]):
        at -= 1
    return text[at - 1] if at > paragraph.start else " "


def _after(text: str, paragraph: Paragraph, at: int) -> str:
    while at < paragraph.end and _is_unseen(text[at]):
        at += 1
    return text[at] if at < paragraph.end else " "


@lru_cache(maxsize=1_000)
def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) == "Cf"


def _ways(char: str, before: str, after: str, free_before: bool, free_after: bool) -> tuple[bool, bool]:
    """Whether a mark can open and can close, from the characters on both sides of it."""
    if char in "„«»‟":
        return True, True
    if char == "“":
        return not free_after or free_before, not free_before and free_after
    if char == "”":
        return free_before and not free_after, True
    opens = (free_before and (not after.isspace() or before.isspace())) or (before in ",:;" and after.isalnum())
    return opens, not before.isspace() or after.isspace() or after in _CLOSING_SIDE


def _closers_to_come(marks: list[_Mark]) -> list[int]:
    """For each mark, how many closing curly marks follow before the next opening one."""
    counts = [0] * len(marks)
    count = 0
    for i in range(len(marks) - 1, -1, -1):
        counts[i] = count
        if marks[i].char == "“" and marks[i].opens:
            count = 0
        elif marks[i].char == "”":
            count += 1
    return counts


def _pair_singles(text: str, paragraph: Paragraph, doubles: list[MarkedSpan]) -> list[MarkedSpan]:
    """Pair single marks that stand outside double ones, and are no apostrophes."""
    free = list(_outside(doubles, _SINGLE.finditer(text, paragraph.start, paragraph.end)))
    openers = [_can_open_single(text, paragraph, at) for at in free]
    closers = [_can_close_single(text, paragraph, at) for at in free]
    spans: list[MarkedSpan] = []
    i = 0
    while i < len(free):
        closer = _closer_of(text, free, openers, closers, i) if openers[i] else None
        if closer is None:
            i += 1
            continue
        spans.append(MarkedSpan(free[i] + 1, free[closer], text[free[i]]))
        i = closer + 1
    return spans


def _outside(spans: list[MarkedSpan], found: Iterator[re.Match[str]]) -> Iterator[int]:
    i = 0
    for match in found:
        at = match.start()
        while i < len(spans) and spans[i].end <= at:
            i += 1
        if i == len(spans) or at < spans[i].start:
            yield at


def _can_open_single(text: str, paragraph: Paragraph, at: int) -> bool:
    before, after = _before(text, paragraph, at), _after(text, paragraph, at + 1)
    if text[at] == "’" or not (before.isspace() or before in _OPENING_SIDE or before in '"“”:'):
        return False
    if after.isspace():
        return False
    if text[at] in "‘‚‹›":  # never an apostrophe: ‘20 people died’, ‘Till tomorrow’
        return True
    return not (after.isdigit() and _is_decade(text, at + 1)) and _word_at(text, at + 1) not in _ELISIONS


def _is_decade(text: str, at: int) -> bool:
    return text[at : at + 2].isdigit() and text[at + 2 : at + 3] in ("s", " ", "", ",", ".", "’", "'")


def _word_at(text: str, at: int) -> str:
    end = at
    while end < len(text) and end - at < 8 and text[end].isalpha():
        end += 1
    return text[at:end].lower()


def _can_close_single(text: str, paragraph: Paragraph, at: int) -> int:
    """How well a single mark closes: 0 not at all, 1 perhaps (a plural's apostrophe looks the same), 2 surely."""
    before, after = _before(text, paragraph, at), _after(text, paragraph, at + 1)
    if before.isspace() or after.isalnum() or text[at] == "‚":
        return 0
    if before in ".,!?…;:)" or not after.isspace() or before not in "sSxXzZnN":
        return 2
    return 1


def _closer_of(text: str, free: list[int], openers: list[bool], closers: list[int], i: int) -> int | None:
    """The index of the mark that closes the one at `i`: the first sure one, else the first doubtful one."""
    accepted = _CLOSERS[text[free[i]]]
    doubtful: int | None = None
    for j in range(i + 1, min(len(free), i + 60)):
        if text[free[j]] not in accepted or not closers[j]:
            if openers[j]:
                break
            continue
        if closers[j] == 2:
            return j
        doubtful = doubtful if doubtful is not None else j
    return doubtful

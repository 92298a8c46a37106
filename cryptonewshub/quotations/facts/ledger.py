"""A source's figures, each read when a story has one that it may answer: by its value, or by the words around it.

What a number can be worth is told from its words alone, roughly and never too narrowly; the grammar of figures then
reads the few that may matter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

from cryptonewshub.quotations.facts.amounts import find_amounts
from cryptonewshub.quotations.facts.dates import MONTHS
from cryptonewshub.quotations.facts.figures import BOUND_WORDS, Figure, find_figures, stem
from cryptonewshub.quotations.facts.rough import rough_values
from cryptonewshub.quotations.facts.scanning import words

Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure of a source; `word` is its place in the source's list of words."""

    figure: Figure
    word: int


class Ledger:
    """A source's words and its figures, in order. `numeric` are the words that hold digits or number words."""

    def __init__(self, words: Sequence[str], numeric: Set[str]) -> None:
        self.words = words
        self.hits = list(compress(range(len(words)), map(numeric.__contains__, words)))
        self._read: dict[int, tuple[Entry, ...]] = {}
        self._around: dict[tuple[int, int], frozenset[str]] = {}

    def around(self, entry: Entry, reach: int) -> frozenset[str]:
        """Stems of the content words up to `reach` words from a figure."""
        known = self._around.get((entry.word, reach))
        if known is None:
            known = stems(" ".join(self.words[max(0, entry.word - reach) : entry.word + reach + 2]))
            self._around[entry.word, reach] = known
        return known

    def passage(self, entry: Entry) -> str:
        """A few words on either side, for the editor to see."""
        return " ".join(self.words[max(0, entry.word - 4) : entry.word + 6])

    @cached_property
    def _stretches(self) -> tuple[list[tuple[int, int]], list[int]]:
        """Runs of words around the numbers, which are read as one; and for each number the run that it is in."""
        runs: list[tuple[int, int]] = []
        of_hit: list[int] = []
        for hit in self.hits:
            start, end = max(0, hit - 4), hit + 6
            if runs and start <= runs[-1][1]:
                runs[-1] = (runs[-1][0], end)
            else:
                runs.append((start, end))
            of_hit.append(len(runs) - 1)
        return runs, of_hit

    def entries(self, stretch: int) -> tuple[Entry, ...]:
        """The figures of one run of words."""
        if stretch not in self._read:
            start, end = self._stretches[0][stretch]
            self._read[stretch] = tuple(_entries(self.words[start:end], start))
        return self._read[stretch]

    @cached_property
    def _by_value(self) -> tuple[Mapping[tuple[float, bool], list[int]], list[tuple[int, int]]]:
        """The runs by what their numbers may be worth and whether they are bounds; and the numbers that are unclear."""
        valued: dict[tuple[float, bool], list[int]] = {}
        unclear: list[tuple[int, int]] = []
        for hit, stretch in zip(self.hits, self._stretches[1], strict=True):
            values = rough_values(self.words, hit)
            if values is None:
                unclear.append((hit, stretch))
                continue
            for value in values:
                valued.setdefault((value, self._is_bound(hit)), []).append(stretch)
        return valued, unclear

    def _is_bound(self, hit: int) -> bool:
        """'about 24', 'more than two dozen': a number in words may begin before its last word."""
        reach = 1 if self.words[hit][:1].isdigit() else 3
        return not BOUND_WORDS.isdisjoint(map(str.lower, self.words[max(0, hit - reach) : hit]))

    @cached_property
    def _unclear(self) -> list[tuple[float, int]]:
        """What the unclear numbers are worth by the grammar of amounts, each with its run."""
        return [
            (amount.value, stretch)
            for hit, stretch in self._by_value[1]
            for amount in find_amounts(" ".join(self.words[max(0, hit - 4) : hit + 6]))
        ]

    def worth(self, value: float) -> Iterator[Entry]:
        """The figures that may be worth just this; none whose worth is unclear."""
        valued, _ = self._by_value
        return self._of([*valued.get((value, False), ()), *valued.get((value, True), ())])

    def worth_about(self, near: Range, wide: Range) -> Iterator[Entry]:
        """The figures that may be worth something `near`; bounds and what is unclear, `wide` of it."""
        found = []
        for (value, is_bound), stretches in self._by_value[0].items():
            low, high = wide if is_bound else near
            if low <= value <= high:
                found += stretches
        low, high = wide
        return self._of(found + [stretch for value, stretch in self._unclear if low <= value <= high])

    def dated(self, month: str) -> Iterator[Entry]:
        """The figures that may be dates of a month, of which the first three letters are given, and dates in digits."""
        return self._of([*self._by_month.get(month, ()), *self._by_month.get("", ())])

    @cached_property
    def _by_month(self) -> Mapping[str, list[int]]:
        """The runs by the months that are named beside their numbers; under '' those with a date in digits."""
        found: dict[str, list[int]] = {}
        for hit, stretch in zip(self.hits, self._stretches[1], strict=True):
            for month in _months_among(self.words[max(0, hit - 4) : hit + 4]):
                found.setdefault(month.lower(), []).append(stretch)
            if len(self.words[hit]) >= 10 and _IN_DIGITS.search(self.words[hit]):
                found.setdefault("", []).append(stretch)
        return found

    @cached_property
    def _dated(self) -> frozenset[int]:
        return frozenset(stretch for stretches in self._by_month.values() for stretch in stretches)

    def _of(self, stretches: Sequence[int]) -> Iterator[Entry]:
        for stretch in dict.fromkeys(stretches):
            yield from self.entries(stretch)

    def alike(self, wanted: Wanted) -> Mapping[int, list[int]]:
        """For each figure that is wanted, the runs of words that share enough with what surrounds it."""
        found: dict[int, list[int]] = {}
        for hit, stretch in zip(self.hits, self._stretches[1], strict=True):
            for figure in wanted.like(self.words[max(0, hit - _REACH) : hit + _REACH]):
                if figure not in wanted.dates or stretch in self._dated:
                    found.setdefault(figure, []).append(stretch)
        return {figure: list(dict.fromkeys(stretches)) for figure, stretches in found.items()}


_REACH = 15
"""Words on either side of a number in which the surroundings of its figure lie, whichever word that begins with."""
_MONTHS = frozenset(form for month in MONTHS for form in (month[:3], month[:3].upper()))
_IN_DIGITS = re.compile(r"\d\d[.-]\d\d")


def _months_among(words: Sequence[str]) -> frozenset[str]:
    """The first three letters of what may be a month's name, perhaps after a mark."""
    return _MONTHS & ({word[:3] for word in words} | {word[1:4] for word in words})


@dataclass(frozen=True)
class Wanted:
    """Words that tell the story's figures, each with the figures that it stands by, and how many each must meet.

    `dates` are those of the figures that are dates.
    """

    figures: Mapping[str, tuple[int, ...]]
    enough: Sequence[int]
    dates: Collection[int]

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(self.figures)

    @cached_property
    def _least(self) -> int:
        """Fewer words than this are enough for no figure; a compound word may count for two."""
        return min(self.enough, default=0) - 1

    def like(self, words: Sequence[str]) -> Iterator[int]:
        """The figures that share enough of these words."""
        shared = self._words.intersection(words)
        if shared and len(shared) >= self._least:
            met = Counter(figure for word in shared for figure in self.figures[word])
            yield from (figure for figure, count in met.items() if count >= self.enough[figure])


_WORD = re.compile(r"[^\W\d_][\w’'-]{2,}")


def stems(text: str) -> frozenset[str]:
    """Stems of the content words of `text`."""
    return stems_in(text.lower())


def stems_in(low: str) -> frozenset[str]:
    """The same for a text in small letters."""
    return frozenset(map(stem, {word for word in _WORD.findall(low) if word not in _EMPTY}))


def _entries(piece: Sequence[str], first: int) -> Iterator[Entry]:
    text = " ".join(piece)
    for figure in find_figures(text):
        yield Entry(figure, first + text.count(" ", 0, figure.start))


_EMPTY = words(
    "the and for that this with from have has had are was were will would could should not but its his her their "
    "our your they them she who which what when where than then there here said says say told also been being "
    "more most some any all can may might must into over under about after before because while during between "
    "against upon per out off own same such only very just how why him you one two three four five six seven "
    "eight nine ten other each both many much even still year years month months day days week weeks time times "
    "people million billion thousand hundred per cent percent according however every now new first last next "
    "these those does did doing make made get got let per"
)

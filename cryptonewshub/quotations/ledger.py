"""A source's figures, read once and kept: each with its value and the words around it.

A long source is read only where a digit or a number word stands. The store of read sources is bounded.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from .amounts import NUMBER_WORDS
from .figures import Figure, FigureKind, find_figures, stem
from .scanning import words


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure of a source; `word` is its place in the source's list of words."""

    figure: Figure
    word: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """A source's words and its figures, in order."""

    words: tuple[str, ...]
    entries: tuple[Entry, ...]
    by_kind: Mapping[FigureKind, tuple[Entry, ...]]
    _around: dict[tuple[int, int], frozenset[str]] = field(default_factory=dict, compare=False, repr=False)

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


_WORD = re.compile(r"[^\W\d_][\w’'-]{2,}")


def stems(text: str) -> frozenset[str]:
    """Stems of the content words of `text`."""
    return frozenset(map(stem, {word for word in _WORD.findall(text.lower()) if word not in _EMPTY}))


@lru_cache(maxsize=128)
def read_ledger(text: str) -> Ledger:
    """Every figure of a source's text."""
    words = text.split()
    entries = tuple(_entries(words, _stretches(words)))
    kinds = {entry.figure.kind for entry in entries}
    by_kind = {kind: tuple(entry for entry in entries if entry.figure.kind == kind) for kind in kinds}
    return Ledger(tuple(words), entries, by_kind)


_TELLING = NUMBER_WORDS - {"one", "zero"}
_APART = re.compile(r"[^a-z]+")
_DIGIT = re.compile(r"\d")


def _stretches(words: list[str]) -> list[tuple[int, int]]:
    """Runs of words around digits and number words: all that has to be read."""
    low = " ".join(words).lower().split(" ")
    telling = {word for word in set(low) if (word in _TELLING if word.isalpha() else _is_number(word))}
    hits = [index for index, word in enumerate(low) if word in telling]
    runs: list[tuple[int, int]] = []
    for hit in hits:
        start, end = max(0, hit - 4), hit + 6
        if runs and start <= runs[-1][1]:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs


def _is_number(word: str) -> bool:
    """'$4.3', 'two-thirds,' and their like."""
    bare = word.strip(".,;:!?()\"'“”‘’—–-")
    if bare.isalpha():
        return bare in _TELLING
    return bool(_DIGIT.search(bare)) or not _TELLING.isdisjoint(_APART.split(bare))


_GAP = "\n¶\n"


def _entries(words: list[str], stretches: list[tuple[int, int]]) -> Iterator[Entry]:
    """The stretches' figures; they are read in one go, which is quicker, with a gap that no figure bridges."""
    pieces = [" ".join(words[start:end]) for start, end in stretches]
    offsets = list(accumulate((len(piece) + len(_GAP) for piece in pieces), initial=0))
    index = word = read = 0
    for figure in find_figures(_GAP.join(pieces)):
        following = bisect_right(offsets, figure.start) - 1
        if following != index or not word:
            index, word, read = following, stretches[following][0], 0
        place = figure.start - offsets[index]
        word, read = word + pieces[index].count(" ", read, place), place
        yield Entry(figure, word)


_EMPTY = words(
    "the and for that this with from have has had are was were will would could should not but its his her their "
    "our your they them she who which what when where than then there here said says say told also been being "
    "more most some any all can may might must into over under about after before because while during between "
    "against upon per out off own same such only very just how why him you one two three four five six seven "
    "eight nine ten other each both many much even still year years month months day days week weeks time times "
    "people million billion thousand hundred per cent percent according however every now new first last next "
    "these those does did doing make made get got let per"
)

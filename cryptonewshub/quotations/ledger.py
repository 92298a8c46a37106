"""A source's figures, read once and kept: each with its value and the words around it.

A long source is read only where a digit or a number word stands. The store of read sources is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from .amounts import NUMBER_WORDS
from .figures import Figure, find_figures, stem

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

    def around(self, entry: Entry, reach: int) -> frozenset[str]:
        """Stems of the content words up to `reach` words from a figure."""
        return stems(" ".join(self.words[max(0, entry.word - reach) : entry.word + reach + 2]))

    def passage(self, entry: Entry) -> str:
        """A few words on either side, for the editor to see."""
        return " ".join(self.words[max(0, entry.word - 4) : entry.word + 6])


_WORD = re.compile(r"[^\W\d_][\w’'-]{2,}")


def stems(text: str) -> frozenset[str]:
    """Stems of the content words of `text`."""
    return frozenset(stem(word) for word in _WORD.findall(text) if word.lower() not in _EMPTY)


@lru_cache(maxsize=128)
def read_ledger(text: str) -> Ledger:
    """Every figure of a source's text."""
    words = text.split()
    return Ledger(tuple(words), tuple(entry for start, end in _stretches(words) for entry in _entries(words, start, end)))


_TELLING = NUMBER_WORDS - {"one", "zero"}
_APART = re.compile(r"[^a-z]+")
_DIGIT = re.compile(r"\d")


def _stretches(words: list[str]) -> Iterator[tuple[int, int]]:
    """Runs of words around digits and number words: all that has to be read."""
    low = " ".join(words).lower().split(" ")
    telling = {word for word in set(low) if _DIGIT.search(word) or not _TELLING.isdisjoint(_APART.split(word))}
    hits = [index for index, word in enumerate(low) if word in telling]
    start = end = -1
    for hit in hits:
        if hit - 4 > end:
            if end >= 0:
                yield start, end
            start = max(0, hit - 4)
        end = hit + 6
    if end >= 0:
        yield start, end


def _entries(words: list[str], start: int, end: int) -> Iterator[Entry]:
    stretch = " ".join(words[start:end])
    for figure in find_figures(stretch):
        yield Entry(figure, start + stretch.count(" ", 0, figure.start))


_EMPTY = frozenset(
    """the and for that this with from have has had are was were will would could should not but its his her their our your
    they them she who which what when where than then there here said says say told also been being more most some any all
    can may might must into over under about after before because while during between against upon per out off own same
    such only very just how why him you one two three four five six seven eight nine ten other each both many much even
    still year years month months day days week weeks time times people million billion thousand hundred per cent percent
    according however every now new first last next these those does did doing make made get got let per""".split()
)

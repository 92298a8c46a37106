"""A text's letters and digits alone, to find quickly where words may stand before anything else is worked out.

Word division, punctuation and capitals do not matter in them. They say where to look and never what stands there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

_BLOCK = 256  # characters; a place is worked out inside one of these
_DROPPED = {code: None for code in range(128) if not chr(code).isalnum()}
_ODD = re.compile(r"[\W_]")


class Letters:
    """The letters of a text in one form (`plain`, as folding makes it), and where in it each of them stands."""

    def __init__(self, plain: str) -> None:
        self._plain = plain

    @cached_property
    def line(self) -> str:
        """All letters and digits, small, in one string."""
        return letters_of(self._plain)

    def places_of(self, letters: str, limit: int) -> Iterator[int]:
        """Where these letters begin, first to last, overlaps included."""
        at = self.line.find(letters) if letters else -1
        while at >= 0 and limit > 0:
            yield at
            limit -= 1
            at = self.line.find(letters, at + 1)

    def offset_of(self, place: int) -> int:
        """The offset in the text of the letter at this place of the line; the text's length for places beyond."""
        if place >= len(self.line):
            return len(self._plain)
        place = max(0, place)
        block = bisect_right(self._ends, place)
        start, left = block * _BLOCK, place - (self._ends[block - 1] if block else 0)
        shown = self._plain[start : start + _BLOCK]
        return start + bisect_right(range(len(shown)), left, key=lambda i: len(letters_of(shown[: i + 1])))

    @cached_property
    def _ends(self) -> list[int]:
        """How many letters the text has up to the end of each block."""
        plain = self._plain
        return list(accumulate(len(letters_of(plain[at : at + _BLOCK])) for at in range(0, len(plain), _BLOCK)))


def letters_of(text: str) -> str:
    """The text's letters and digits, small; the sign for 'and' and the bar that recognition makes of I as letters."""
    text = text.lower()
    if "&" in text or "|" in text:
        text = text.replace("&", "and").replace("|", "i")
    return text.translate(_DROPPED) if text.isascii() else _without_odd(text)


def _without_odd(text: str) -> str:
    for character in {each for each in set(text) if _ODD.match(each)}:
        text = text.replace(character, "")
    return text

"""Searching prose for patterns that begin with one of a few words, in time linear in the text whatever the text is.

A long pattern that is tried at every character is slow on hostile input. Here it is tried only where a word stands that
it can begin with; the words of the last few texts are remembered, because many patterns read one story.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

_WORD = re.compile(r"\w+")
_LONGEST = 24
_DIGITS = "0"


def matches(
    pattern: re.Pattern[str], text: str, openings: Collection[str], *, digits: bool = False
) -> Iterator[re.Match[str]]:
    """Matches of `pattern` that begin at a word of `openings` (lower case), or at a digit; left to right, apart."""
    places = _places(text)
    known = [places[word] for word in (places.keys() & openings)] + (
        [places[_DIGITS]] if digits and _DIGITS in places else []
    )
    done = 0
    for start in sorted(start for starts in known for start in starts):
        if start >= done:
            match = pattern.match(text, start)
            if match is not None and match.end() > start:
                done = match.end()
                yield match


@lru_cache(maxsize=4)
def _places(text: str) -> Mapping[str, list[int]]:
    """Where each word stands, lower case; words that begin with a digit together, the inside of a number left out."""
    places: dict[str, list[int]] = {}
    for word in _WORD.finditer(text):
        low = word[0].lower() if len(word[0]) <= _LONGEST else ""
        start = word.start()
        if not low[:1].isdigit():
            places.setdefault(low, []).append(start)
        elif not _is_inside_a_number(text, start, word.end()):
            places.setdefault(_DIGITS, []).append(start)
    return places


def _is_inside_a_number(text: str, start: int, end: int) -> bool:
    """The '5' of '1.5', and the end of '0-1,' which is a score."""
    before = text[start - 1] if start else ""
    return before in {",", ".", "/", ":"} or (before == "-" and text[end : end + 1] in {",", "&", ";", "-"})


def words(text: str) -> frozenset[str]:
    """The words of a list that is written as running text."""
    return frozenset(text.split())

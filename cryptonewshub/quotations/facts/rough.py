"""What a number in a row of words can be worth, told quickly: a sieve before the grammar of amounts.

It may give a value too many and never one too few; where several words make the number together, it says that it cannot
tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from cryptonewshub.quotations.facts.amounts import ONES, PARTS, SCALES, SHORT, TENS, pointed

_MARKS = ".,;:!?()[]\"'“”‘’—–-…$€£¥"
_NUMBER = re.compile(r"(\d{1,15}(?:,\d{3})*(?:[.,]\d{1,6})?)-?([^\W\d_]*)")
_SMALL = ONES | TENS
_PART_WORDS = PARTS | {part + "s": share for part, share in PARTS.items()} | {"halves": 2}


def rough_values(words: Sequence[str], at: int) -> tuple[float, ...] | None:
    """The values that the number at this word may have, in no order; None where the grammar has to tell."""
    following = _bare(words[at + 1]) if at + 1 < len(words) else ""
    if _is_whole(words, at) or (following in _JOINING and _goes_on(words, at, following)):
        return None
    numbers = _numbers(words[at])
    if not numbers:
        return _spelled(_bare(words[at]), _bare(words[at - 1]) if at else "", following)
    scale = SCALES.get(following, 1.0)
    apart = [value for value, _ in numbers] if scale > 1 else []
    return (*apart, *[round(value * (own or scale), 6) for value, own in numbers])


def _is_whole(words: Sequence[str], at: int) -> bool:
    """The '10' of 'four in 10', 'four out of 10' and 'one in every 10'."""
    before = words[at - 1].lower() if at else ""
    if before not in _SHARING:
        return False
    start = at - 1 - (before != "in")
    return any(_is_number(word) for word in words[max(0, start - 1) : at - 1])


_SHARING = frozenset({"in", "of", "every"})
_JOINING = frozenset({"in", "out", "and"})


def _goes_on(words: Sequence[str], at: int, following: str) -> bool:
    """'4 in 10', '4 out of 10', '2 and a half', 'two hundred and twenty-six': what follows belongs to the number."""
    if following == "out":
        return any(_is_number(word) for word in words[at + 3 : at + 5])
    if following == "in":
        return any(_is_number(word) or word.lower() == "a" for word in words[at + 2 : at + 4])
    after = [_bare(word) for word in words[at + 2 : at + 4]]
    return after[:1] == ["a"] or (not words[at][:1].isdigit() and any(map(_opens, after)))


@lru_cache(maxsize=8192)
def _numbers(word: str) -> tuple[tuple[float, float], ...]:
    """The numbers in digits that a word holds, each with the scale that is written to it, or 0."""
    if word.isdecimal() and len(word) <= 15:
        return ((float(word), 0.0),)
    return tuple(
        (float(pointed(digits)), SHORT.get(letters) or SCALES.get(letters, 0.0))
        for digits, letters in _NUMBER.findall(word.lower())
    )


def _spelled(word: str, before: str, following: str) -> tuple[float, ...] | None:
    """The worth of a number word by itself; None where it is one of several."""
    if word in _SMALL:
        return None if _opens(following) else (float(_SMALL[word]),)
    if word in SCALES:
        return None if _opens(following) else (SCALES[word], SCALES[word] / 2, SCALES[word] / 4)
    if word in _PART_WORDS:
        share = 100 * ONES.get(before, 1) / _PART_WORDS[word]
        return (share,) if word != "half" else (share, 50.0, 5e5, 5e8, 5e11, 6.0)
    if word == "dozen":
        return None if _numbers(before) else (12.0 * (_SMALL.get(before) or SCALES.get(before, 1)), 6.0)
    return _compound(word, following)


def _compound(word: str, following: str) -> tuple[float, ...] | None:
    """'twenty-four' and 'three-way'; not 'two-thirds', nor 'twenty-four hundred'."""
    parts = word.split("-")
    if _opens(following) or not all(part in _SMALL or (part.isalpha() and not _is_large(part)) for part in parts):
        return None
    values = [float(_SMALL[part]) for part in parts if part in _SMALL]
    return (*values, sum(values))


def _opens(word: str) -> bool:
    """Whether a spelled number begins with this word or goes on with it."""
    first = word.partition("-")[0]
    return first in _SMALL or first in SCALES


def _is_large(part: str) -> bool:
    return part in SCALES or part in _PART_WORDS or part == "dozen"


@lru_cache(maxsize=8192)
def _is_number(word: str) -> bool:
    return word[:1].isdigit() or _bare(word) in _SMALL or _bare(word) in SCALES


@lru_cache(maxsize=8192)
def _bare(word: str) -> str:
    return word.lower().strip(_MARKS)

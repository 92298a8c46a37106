"""What a number in a row of words can be worth, told quickly: a sieve before the grammar of amounts.

It may give a value too many and never one too few; where several words make the number together, it says that it cannot
tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from .amounts import ONES, PARTS, SCALES, SHORT, TENS, pointed

_MARKS = ".,;:!?()[]\"'“”‘’—–-…$€£¥"
_NUMBER = re.compile(r"(\d{1,15}(?:,\d{3})*(?:[.,]\d{1,6})?)-?([^\W\d_]*)")
_SMALL = ONES | TENS
_PART_WORDS = frozenset({*PARTS, *(part + "s" for part in PARTS), "halves"})
_LEADING = frozenset({"a", "an", "half", *_SMALL})
_SHARING = frozenset({"in", "of", "every"})


def rough_values(words: Sequence[str], at: int) -> tuple[float, ...] | None:
    """The values that the number at this word may have, in no order; None where the grammar has to tell."""
    following = _bare(words[at + 1]) if at + 1 < len(words) else ""
    if (at and words[at - 1].lower() in _SHARING and _leads(words[max(0, at - 4) : at - 1])) or (
        following in _JOINING and _goes_on(words, at, following)
    ):
        return None
    numbers = _numbers(words[at])
    if not numbers:
        return _spelled(words, at, following)
    scale = SCALES.get(following, 1.0)
    return tuple([round(value * (own or scale), 6) for value, own in numbers])


@lru_cache(maxsize=8192)
def _numbers(word: str) -> tuple[tuple[float, float], ...]:
    """The numbers in digits that a word holds, each with the scale that is written to it, or 0."""
    if word.isdecimal() and len(word) <= 15:
        return ((float(word), 0.0),)
    return tuple(
        (float(pointed(digits)), SHORT.get(letters) or SCALES.get(letters, 0.0))
        for digits, letters in _NUMBER.findall(word.lower())
    )


def _spelled(words: Sequence[str], at: int, following: str) -> tuple[float, ...] | None:
    word, before = _bare(words[at]), words[at - 1] if at else ""
    if word in _SMALL:
        return None if following in _SMALL or following in SCALES else (float(_SMALL[word]),)
    if word in SCALES:
        return (SCALES[word],) if _bare(before) not in {"a", "an", "half"} else None
    is_single = word in _PART_WORDS or word == "dozen"
    return () if is_single and word != "half" and not _leads([before]) else None


_JOINING = frozenset({"in", "out", "and", "dozen", *_PART_WORDS})


def _goes_on(words: Sequence[str], at: int, following: str) -> bool:
    """'4 dozen', '2 thirds', '4 in 10', '4 out of 10', '2 and a half': what follows belongs to the number."""
    return following not in {"in", "out", "and"} or _leads(words[at + 2 : at + 5])


def _leads(words: Sequence[str]) -> bool:
    """Whether a number stands among these words."""
    return any(word[:1].isdigit() or _bare(word) in _LEADING for word in words)


@lru_cache(maxsize=8192)
def _bare(word: str) -> str:
    return word.lower().strip(_MARKS)

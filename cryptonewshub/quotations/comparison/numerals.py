"""Numbers in words and in digits, brought to one form, so that 'twenty-five' and '25' are the same figure.

Only whole numbers, ordinals and per cent: what house style really sets the one way or the other. Nothing is rounded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: i for i, word in enumerate(_UNITS.split())} | {
    word: 20 + 10 * i for i, word in enumerate(_TENS.split())
}
_SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}
_ORDINALS |= {
    f"{word}th": value
    for word, value in _SMALL.items()
    if word not in ("zero", "one", "two", "three", "five", "eight", "nine", "twelve")
}
_ORDINALS |= {f"{word[:-1]}ieth": value for word, value in _SMALL.items() if word.endswith("ty")}
_DIGITS = re.compile(r"\d{1,15}")
_DIGIT_ORDINAL = re.compile(r"(\d{1,6})(?:st|nd|rd|th)")
NUMBER_WORDS = (
    frozenset(_SMALL)
    | frozenset(_SCALES)
    | frozenset(_ORDINALS) - {"second"}
    | {"dozen", "dozens", "half", "twice", "double", "hundreds", "thousands", "millions", "billions"}
)


def is_figure(key: str) -> bool:
    """Whether a folded word is a number, in digits or in words, or the sign of a currency."""
    return key in NUMBER_WORDS or any(character.isdigit() for character in key) or is_currency(key)


def is_currency(key: str) -> bool:
    return len(key) == 1 and unicodedata.category(key) == "Sc"


def one_form(keys: Sequence[str]) -> tuple[str, ...]:
    """The words with every number among them in digits, and per cent in one form.

    >>> one_form(["twenty", "five", "per", "cent"])
    ('25', '%')
    """
    form: list[str] = []
    i = 0
    while i < len(keys):
        if keys[i] == "per" and keys[i + 1 : i + 2] == ["cent"]:
            form.append("%")
            i += 2
        elif keys[i] == "minus" and i + 1 < len(keys) and (read := _read_number(keys, i + 1)) is not None:
            form.append(f"-{read[0]}")
            i = read[1]
        elif (read := _read_number(keys, i)) is not None:
            form.append(read[0])
            i = read[1]
        else:
            form.append("%" if keys[i] == "percent" else keys[i])
            i += 1
    return tuple(form)


def _read_number(keys: Sequence[str], start: int) -> tuple[str, int] | None:
    """The number that begins at this word, in digits, and the word after it."""
    ordinal = _ordinal(keys[start])
    if ordinal is not None:
        return f"{ordinal}th", start + 1
    total, current, i = 0, None, start
    while i < len(keys):
        word = keys[i]
        small = _SMALL.get(word)
        if small is not None and (current is None or _may_follow(current, small, total)):
            current = (current or 0) + small
        elif word in _SCALES and (current is not None):
            current, total = _scaled(current, total, _SCALES[word])
        elif _DIGITS.fullmatch(word) and current is None and total == 0:
            current = int(word)
        elif word == "and" and current is not None and current % 100 == 0 and current > 0 and _continues(keys, i):
            pass
        elif (
            current is not None
            and small is None
            and (tail := _ordinal(word)) is not None
            and _may_follow(current, tail, total)
        ):
            return f"{total + current + tail}th", i + 1
        else:
            break
        i += 1
    return None if i == start or (current is None and total == 0) else (str(total + (current or 0)), i)


def _scaled(current: int, total: int, scale: int) -> tuple[int, int]:
    """The number read so far times the scale: all of it in 'two thousand million', its last part in 'a million two
    thousand'.
    """
    if total and (current == 0 or total < scale):
        return 0, (total + current) * scale
    return (current * scale, total) if scale == 100 else (0, total + current * scale)


def _may_follow(current: int, small: int, total: int) -> bool:
    """'twenty' may be followed by 'five', 'two hundred' by 'fifty', and 'two thousand' by 'six'; 'five' by nothing."""
    if current == 0:
        return total > 0
    return (current % 100 == 0 and small < 100) or (20 <= current % 100 < 100 and current % 10 == 0 and 0 < small < 10)


def _continues(keys: Sequence[str], at: int) -> bool:
    return at + 1 < len(keys) and keys[at + 1] in _SMALL and at > 0 and keys[at - 1] in _SCALES


def _ordinal(word: str) -> int | None:
    if word == "second":  # more often a unit of time or an adjective; its digits would say more than it does
        return 2
    match = _DIGIT_ORDINAL.fullmatch(word)
    return int(match[1]) if match else _ORDINALS.get(word)

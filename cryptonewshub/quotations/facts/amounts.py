"""Numbers as newsrooms write them: '4.3 million', '1.5m', 'two dozen', 'half a million', 'three-quarters', '1 in 5'.

A small grammar of our own. It promises the value of what it reads and leaves alone what it cannot read: 'dozens',
'a few', '24/7', 'F-16', '10:30', or a string of digits longer than any count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cryptonewshub.quotations.facts.scanning import matches


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a text. A share ('a third', '1 in 5') has its value in per cent. `step` is the last digit's worth."""

    start: int
    end: int
    value: float
    step: float
    is_share: bool = False
    is_spelled: bool = False


def find_amounts(text: str) -> Iterator[Amount]:
    """Every number in `text` that the grammar can read, from left to right."""
    for match in matches(_AMOUNT, text, _OPENINGS, digits=True):
        amount = None if _is_label(text, match) else _read(match)
        if amount is not None:
            yield amount


_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
ONES = {word: value for value, word in enumerate(_SMALL.split())}
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "b": 1e9, "bn": 1e9, "bln": 1e9, "tn": 1e12, "trn": 1e12}
PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
NUMBER_WORDS = frozenset({*ONES, *TENS, *SCALES, "dozen", *PARTS, *(part + "s" for part in PARTS), "halves"})
"""The words that a spelled number can hold, lower case."""

_OPENINGS = frozenset({*ONES, *TENS, *SCALES, "half", "a", "an"})

_DIGITS = (
    r"(?:\d{1,6},\d{1,2}(?![\d,])|\d{1,3}(?:[,\u00a0\u202f\u2009]\d{3})+(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,6})?)(?!\d)"
)
_CARDINAL = "(?:" + "|".join([*ONES, *TENS, "hundred", "thousand", "million", "billion", "trillion"]) + r")(?![a-z])"
_SPELLED = rf"{_CARDINAL}(?:(?:\s+and\s+|[\s-]){_CARDINAL}){{0,9}}"
_SCALE = r"(?:hundred|thousand|million|billion|trillion)(?![a-z])"
_PART = r"(?:half|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?(?![a-z])"
_AMOUNT = re.compile(
    rf"""(?<![\w.,/:])(?:
      (?P<half>half|(?:a|one)\s+quarter\s+of)[\s-]+(?:a\s+)?(?P<of>million|billion|trillion|dozen)(?![a-z])
    | (?P<share>(?:a|one|two|three|four|five|six|seven|eight|nine)[\s-]{_PART})(?=\s+(?:of|the|in|as|more|less
        |fewer|full|empty|majority|stake|share|cut|drop|rise)\b|\W?\s*$|[.,;:)])
    | (?<!first\s)(?<!second\s)(?<!other\s)(?P<halfof>half)(?=\s+(?:of|the|its|their|his|her|all)\b)
    | (?P<part>(?:{_DIGITS})|{_CARDINAL})\s+(?:in|out\s+of)(?:\s+every)?\s+(?P<whole>5|five|10|ten|20|twenty
        |100|a\s+hundred|four|three|six|eight|3|4|6|8)(?![\w,-]|\.\d)
    | (?P<dozens>(?:a|{_CARDINAL}|{_DIGITS})\s+dozen)(?![a-z])
    | (?P<digits>{_DIGITS})(?:(?P<mixed>\s+and\s+a\s+(?:half|quarter))?[\s-]?(?P<scale>{_SCALE}|(?:k|mn?|mln
        |bn?|bln|tr?n)(?![\w]))|(?P<bare>))
    | (?P<round>an?\s+(?:hundred|thousand|million|billion|trillion)(?![a-z])(?:\s+and\s+{_SPELLED})?)
    | (?P<spelled>{_SPELLED})(?P<plus>\s+and\s+a\s+(?:half|quarter))?(?P<then>\s+{_SCALE})?
    )""",
    re.IGNORECASE | re.VERBOSE,
)


def _read(match: re.Match[str]) -> Amount | None:
    """The value of what the pattern found."""
    start, end = match.span()
    if match["bare"] is not None:
        return _from_digits(start, end, {"digits": match["digits"]})
    found = {name: words for name, words in match.groupdict().items() if words is not None}
    if "half" in found:
        value = (0.5 if found["half"].lower() == "half" else 0.25) * (SCALES | {"dozen": 12})[found["of"].lower()]
        return Amount(start, end, value, value / 5, is_spelled=True)
    if "share" in found or "halfof" in found:
        value = _share(found.get("share", "one half"))
        return Amount(start, end, value, 1, is_share=True, is_spelled=True)
    if "part" in found:
        part, whole = _plain(found["part"]), _plain(found["whole"].removeprefix("a "))
        return Amount(start, end, 100 * part / whole, 1, is_share=True) if 0 < part <= whole else None
    if "digits" in found:
        return _from_digits(start, end, found)
    if "dozens" in found:
        value = 12 * (_plain(re.split(r"\s", found["dozens"])[0]) or 1)
        return Amount(start, end, value, 1, is_spelled=True)
    words = found.get("round") or found["spelled"] + found.get("then", "")
    value = _spelled(words) + SCALES.get(found.get("then", "").strip().lower(), 1) * _tail(found.get("plus", ""))
    return Amount(start, end, value, _step(value), is_spelled=True)


def _from_digits(start: int, end: int, found: dict[str, str]) -> Amount:
    digits = pointed(found["digits"])
    name = found.get("scale", "").lower()
    scale = SCALES.get(name) or SHORT.get(name, 1)
    _, _, decimals = digits.partition(".")
    value = (float(digits) + _tail(found.get("mixed", ""))) * scale
    step = scale * 10.0 ** -len(decimals) if decimals or scale > 1 else _step(value)
    return Amount(start, end, round(value, 6), step)


def pointed(digits: str) -> str:
    """'1,234.5' and the continental '1234,5' alike without separators, with a decimal point."""
    if digits.isdecimal():
        return digits
    if re.fullmatch(r"\d+,\d{1,2}", digits):
        return digits.replace(",", ".")
    return re.sub(r"[^\d.]", "", digits)


def _tail(words: str) -> float:
    return 0.5 if words.endswith("half") else 0.25 if words.endswith("quarter") else 0.0


def _share(words: str) -> float:
    count, part = re.split(r"[\s-]", words.lower(), maxsplit=1)
    part = part.strip().removesuffix("s") if part != "halves" else "half"
    return 100 * ONES.get(count, 1) / PARTS[part]


def _plain(words: str) -> float:
    """A number without a scale: '12', 'twelve', 'a hundred'; 0 where there is none."""
    low = words.lower().strip()
    if low[:1].isdigit():
        return float(re.sub(r"[^\d.]", "", low))
    return float(ONES.get(low) or TENS.get(low) or SCALES.get(low, 0))


def _spelled(words: str) -> float:
    """'two hundred and forty thousand' is 240,000: scales close what stands before them."""
    total = current = 0.0
    for word in re.split(r"[\s-]+", words.lower()):
        if word == "hundred":
            current = (current or 1) * 100
        elif word in SCALES:
            total, current = total + (current or 1) * SCALES[word], 0
        else:
            current += ONES.get(word) or TENS.get(word, 0)
    return total + current


def _step(value: float) -> float:
    """The worth of the last digit that is not nought: 240 is right to the nearest ten, 241 to the nearest one."""
    step = 1.0
    while value and step < value and value % (step * 10) == 0:
        step *= 10
    return step


_AFTER_LABEL = re.compile(r"[-–]?[A-Za-z]?[/:]\d|[A-Za-z_@]|\.\w|\([a-z]\)|-to-")
_BEFORE_LABEL = re.compile(r"(?:[A-Za-z][-–‑]|[#@№=]|-to-)$")
_VAGUE_BEFORE = re.compile(
    r"\b(?:few|several|many|couple(?: of)?|tens of|dozens of|hundreds of|thousands of)\s$", re.IGNORECASE
)


def _is_label(text: str, match: re.Match[str]) -> bool:
    """'24/7', '10:30', '3rd', '747s', '5-to-4', 'a few hundred': nothing is counted, or nothing that can be checked."""
    start, end = match.span()
    before = text[max(0, start - 14) : start]
    if not text[start].isdigit():
        return bool(_VAGUE_BEFORE.search(before))
    return bool(_AFTER_LABEL.match(text, end) or _BEFORE_LABEL.search(before))

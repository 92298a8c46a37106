"""Figures in prose: money, percentages, counts with their unit, dates, years, numbered things; and what each counts.

Reads, never compares (see `reckoning`). A figure's `text` is the shortest piece that an editor would point at: '240
countries', '$4.3 million', '80 per cent', '4 March 2022'.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from cryptonewshub.quotations.facts.amounts import Amount, find_amounts
from cryptonewshub.quotations.facts.dates import CalendarDate, find_dates
from cryptonewshub.quotations.facts.scanning import words

FigureKind = Literal["count", "money", "percent", "points", "age", "date", "year", "ordinal", "label"]
Bound = Literal["", "about", "more", "less"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `units` are stems of what is counted, the currency, or the thing that a label numbers.

    `value` is in the unit itself (4,300,000 dollars, 80 per cent); `step` is the worth of its last digit; `bound` is
    what stands before it: 'about', 'more' (than) or 'less' (than). `is_loose` marks figures that nobody looks up: 'two
    days later'.
    """

    start: int
    end: int
    text: str
    kind: FigureKind
    value: float
    step: float = 1.0
    units: frozenset[str] = frozenset()
    bound: Bound = ""
    date: CalendarDate | None = None
    is_loose: bool = False
    is_spelled: bool = False


def find_figures(text: str) -> list[Figure]:
    """Every figure of `text`, by place; none inside another."""
    dates = [_date_figure(text, found) for found in find_dates(text)]
    taken = [(figure.start, figure.end) for figure in dates]
    figures = dates
    for amount in find_amounts(text):
        if not _is_inside(amount.start, taken):
            figure = _figure(text, amount)
            if figure is not None:
                figures.append(figure)
    figures += [ordinal for ordinal in _ordinals(text) if not _is_inside(ordinal.start, taken)]
    return sorted(figures, key=lambda figure: figure.start)


def _date_figure(text: str, found: CalendarDate) -> Figure:
    value = (found.year or 0) * 10000 + found.month * 100 + (found.day or 0)
    return Figure(found.start, found.end, text[found.start : found.end], "date", value, date=found)


def _is_inside(offset: int, taken: list[tuple[int, int]]) -> bool:
    index = bisect_right(taken, (offset, 10**12)) - 1
    return index >= 0 and offset < taken[index][1]


def _figure(text: str, amount: Amount) -> Figure | None:
    """The figure around an amount: the first reading that its neighbours allow."""
    before, after = text[max(0, amount.start - 40) : amount.start], text[amount.end : amount.end + 60]
    if amount.value <= 1 and after[:1] not in {" ", "%", "-", "\u00a0"}:
        return None
    for reading in (_percent, _money, _age, _year, _label, _count):
        figure = reading(text, amount, before, after)
        if figure is not None:
            return figure
    return None


_BOUNDS: dict[Bound, tuple[str, ...]] = {
    "about": (
        "about", "around", "some", "roughly", "approximately", "circa", "nearly", "almost", "close to", "estimated",
        "~",
    ),
    "more": (
        "more than", "over", "at least", "above", "upwards of", "no fewer than", "no less than", "north of",
        "exceeding", "topping",
    ),
    "less": (
        "less than", "fewer than", "under", "below", "up to", "as many as", "as much as", "at most", "no more than",
        "short of",
    ),
}  # fmt: skip
_BOUND_OF = {phrase: bound for bound, phrases in _BOUNDS.items() for phrase in phrases}
BOUND_WORDS = frozenset(phrase.split()[-1] for phrase in _BOUND_OF)
"""The words right before a number that can make it a bound: 'than', 'about'."""


def _bound(before: str) -> Bound:
    """What the one to three words before a figure make of it; the longest phrase decides."""
    last = before.lower().split()[-3:]
    phrases = (" ".join(last[first:]) for first in range(len(last)))
    return next((_BOUND_OF[phrase] for phrase in phrases if phrase in _BOUND_OF), "")


_PERCENT = re.compile(
    r"(?:\s?%|[\s-](?:per\s?cent|pct|pc)(?![a-z]))(?P<points>[\s-](?:age\s)?points?)?|"
    r"\s(?P<pp>percentage[\s-]points?)|\s(?P<basis>basis points?)",
    re.IGNORECASE,
)


def _percent(text: str, amount: Amount, before: str, after: str) -> Figure | None:
    if amount.is_share:
        end = amount.end
        return _made(text, amount.start, end, "percent", amount, before)
    match = _PERCENT.match(after) or (amount.value <= 100 and _RANGE_PERCENT.match(after)) or None
    if match is None:
        return None
    is_points = any(match.groupdict().get(name) for name in ("points", "pp", "basis"))
    whole = match.re is _PERCENT
    return _made(
        text,
        amount.start,
        amount.end + (match.end() if whole else 0),
        "points" if is_points else "percent",
        amount,
        before,
    )


_RANGE_PERCENT = re.compile(r"\s?(?:-|–|to|and|or)\s?\d{1,3}(?:\.\d+)?(?:\s?%|\s(?:per\s?cent))", re.IGNORECASE)

_SYMBOL = re.compile(
    r"(?:(?:US|C|A|CA|AU|NZ|HK|S|R|Rs)?[$€£¥₹₴₽₪₩₺]|\b(?:USD|EUR|GBP|NOK|SEK|DKK|CHF|JPY|Rs|kr)\.?)\s?$"
)
_CURRENCIES = {
    "$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "₴": "hryvnia", "₽": "rouble", "₪": "shekel",
    "₩": "won", "₺": "lira", "USD": "dollar", "EUR": "euro", "GBP": "pound", "NOK": "krone", "SEK": "krone",
    "DKK": "krone", "CHF": "franc", "JPY": "yen", "Rs": "rupee", "kr": "krone",
}  # fmt: skip
_MONEY_WORD = re.compile(
    r"(?:\s|-)(?:(?:US|American|Canadian|Australian|Swiss|Norwegian|Swedish|Danish|British|Egyptian)\s)?"
    r"(?P<word>dollars?|bucks|euros?|pounds?(?=\s+(?:sterling|a\s|in\s|to\s|for\s|on\s|from\s|worth)|[.,;)]|$)|"
    r"kroner|kronor|krone|crowns|yen|yuan|renminbi|r(?:o)?ubles?|"
    r"hryvnias?|francs?|rupees?|lira|shekels?|pesos?|won(?=\s+(?:a|in|to|for|worth)\b)|rand|zlotys?|forints?|"
    r"dinars?|dirhams?|riyals?|naira|cents|pence)(?![a-z])",
    re.IGNORECASE,
)


def _money(text: str, amount: Amount, before: str, after: str) -> Figure | None:
    symbol, word = _SYMBOL.search(before[-5:]), _MONEY_WORD.match(after)
    if symbol is None and word is None:
        return None
    start = amount.start - len(symbol[0]) if symbol else amount.start
    end = amount.end + (word.end() if word else 0)
    unit = _currency(symbol, word)
    return _made(text, start, end, "money", amount, before[: len(before) - (amount.start - start)], frozenset({unit}))


def _currency(symbol: re.Match[str] | None, word: re.Match[str] | None) -> str:
    if symbol:
        sign = symbol[0].strip().rstrip(".")
        return _CURRENCIES.get(sign) or _CURRENCIES.get(sign[-1:], "dollar")
    name = word["word"].lower() if word else ""
    aliases = {
        "ruble": "rouble",
        "kroner": "krone",
        "kronor": "krone",
        "crown": "krone",
        "buck": "dollar",
        "renminbi": "yuan",
    }
    name = name.removesuffix("s")
    return aliases.get(name, name)


_AGE = re.compile(r"[\s-]years?[\s-]olds?\b|(?=,)", re.IGNORECASE)
_AGED = re.compile(r"(?:\baged?|[A-Z][\w’'-]+,)\s$")

_TURNED = re.compile(r"\b(?:[Hh]e|[Ss]he|who) (?:is|was|turned|turns|will be|would be)\s$")


def _age(text: str, amount: Amount, before: str, after: str) -> Figure | None:
    """'66-year-old', 'aged 66', 'Ada Quill, 66,'."""
    old = re.match(r"[\s-]years?[\s-]olds?\b", after)
    if not old and 10 < amount.value < 120 and _TURNED.search(before[-14:]) and not _units(after)[0]:
        return _made(text, amount.start, amount.end, "age", amount, before)
    apposed = (
        not amount.is_spelled and amount.value < 120 and _AGED.search(before[-24:]) and after[:1] in {",", ".", ";", ""}
    )
    if not old and not apposed and not re.search(r"\baged? $", before):
        return None
    return _made(text, amount.start, amount.end + (old.end() if old else 0), "age", amount, before)


_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|until|till|by|from|of|during|before|after|late|early|mid|year|through|to|between|and|the|"
    r"spring|summer|"
    r"autumn|fall|winter|January|February|March|April|May|June|July|August|September|October|November|"
    r"December)\b[\s,]*|[(–-])$",
    re.IGNORECASE,
)
_PEOPLE_AFTER = re.compile(
    r"\s(?:people|men|women|children|troops|soldiers|jobs|votes|homes|dead|killed|times|km|kilometres|miles)\b"
)


def _year(text: str, amount: Amount, before: str, after: str) -> Figure | None:
    digits = text[amount.start : amount.end]
    if not (len(digits) == 4 and digits.isdigit() and 1500 <= amount.value <= 2100) or _PEOPLE_AFTER.match(after):
        return None
    is_decade = after[:1] in "’'s" and after[:1] != ""
    if not _YEAR_BEFORE.search(before) and amount.value < 1800:
        return None
    return Figure(amount.start, amount.end, digits, "year", amount.value, 10 if is_decade else 1)


_LABEL_BEFORE = re.compile(r"(?:\b(?P<thing>[A-Z][A-Za-z]{2,20}|No)\.?\s)$")
_NOT_THINGS = words(
    "the some about around over nearly almost more than only just but and at for from with after before when "
    "while if in on by of to as all another these those his her their our its a an last next first every each "
    "since until under between us uk eu un or not also even still up down monday tuesday wednesday thursday "
    "friday saturday sunday today yesterday january february march april may june july august september october "
    "november december meanwhile currently altogether roughly approximately another approximately this that there "
    "here now then"
)


def _label(text: str, amount: Amount, before: str, after: str) -> Figure | None:
    """'Resolution 2803', 'Article 51', 'Flight 12': a number that names one thing among its like."""
    match = _LABEL_BEFORE.search(before[-24:])
    if (
        match is None
        or amount.is_spelled
        or match["thing"].lower() in _NOT_THINGS
        or "," in text[amount.start : amount.end]
    ):
        return None
    if _units(after)[0] and match["thing"].lower() not in _NUMBERED:
        return None
    start = amount.start - len(match[0])
    return Figure(
        start, amount.end, text[start : amount.end], "label", amount.value, 1, frozenset({stem(match["thing"])})
    )


_NUMBERED = words("resolution article chapter section rule decree order directive protocol convention amendment no")

_UNIT_WORD = re.compile(r"(?:[^\S\n]+|[-‑])([A-Za-z][A-Za-z’'-]*)")
_NO_UNIT = words(
    "a an the of in on at to from with for by and or but as than that which who whose when where while is are was "
    "were be been being has have had do did does will would could should may might can cannot not it its he she "
    "they we you his her their our this these those said says say told according after before since until about "
    "over under into out up off per each more less fewer so if then also there here between during against "
    "through among because both all other others later ago earlier away together now today yesterday tomorrow "
    "tonight again only even still however came come went goes go took take made make"
)


_SCORE_BEFORE, _SCORE_AFTER = re.compile(r"\d[-–]$"), re.compile(r"[-–]\d")


def _count(text: str, amount: Amount, before: str, after: str) -> Figure | None:
    units, length = _units(after)
    if amount.value in {0, 1} or (not units and amount.is_spelled and amount.value <= 12):
        return None
    words = after.lower()
    is_score = not units and (_SCORE_BEFORE.search(before) or _SCORE_AFTER.match(after))
    is_loose = bool(is_score) or _is_loose(before, words, units, amount)
    return _made(text, amount.start, amount.end + length, "count", amount, before, units, is_loose=is_loose)


def _units(after: str) -> tuple[frozenset[str], int]:
    """Stems of up to five words after a number, and how far its unit reaches: to the first plural, else one word."""
    found: list[tuple[str, int]] = []
    position = 0
    while len(found) < 5 and (match := _UNIT_WORD.match(after, position)):
        word = match[1].lower().removesuffix("’s").removesuffix("'s")
        if word in _NO_UNIT:
            break
        found.append((word, match.end()))
        position = match.end()
    if not any(_is_plural(word) for word, _ in found) and (not found or found[0][0].endswith("ed")):
        return frozenset(), 0  # nothing follows, or a verb: '3,000 crossed'
    reach = next((end for word, end in found if _is_plural(word)), found[0][1])
    kept = (
        [word for word, end in found if end <= reach] if any(_is_plural(word) for word, _ in found) else [found[0][0]]
    )
    return frozenset(stem(word) for word in kept), reach


def _is_plural(word: str) -> bool:
    return (word.endswith("s") and not word.endswith(("ss", "us", "is", "ous"))) or word in _IRREGULAR


_IRREGULAR = words(
    "people men women children troops police staff personnel feet dead wounded injured aircraft km kg mw gw"
)

_SPAN = words("second minute hour day night week weekend month quarter year decade century")
_LOOSE_AFTER = re.compile(
    r"[\s-]\w+(?:[\s-](?:ago|later|earlier|before|after|apart|old|long|away|hence|or so|straight)\b)"
)
_LOOSE_BEFORE = words(
    "last past next first final previous coming following latest the these those his her their our its both all "
    "another other every each top us them"
)
_ADJECTIVE_AFTER = re.compile(r"[-‑][a-z]")


def _is_loose(before: str, after: str, units: frozenset[str], amount: Amount) -> bool:
    """'two days later', 'the last three months', 'the two leaders': nobody looks such a number up in a source."""
    is_span = bool(units & _SPAN_STEMS)
    if is_span and (_LOOSE_AFTER.match(after) or amount.value <= 3 or _points_back(before)):
        return True
    is_small = amount.is_spelled and amount.value <= 12
    return is_small and bool(_points_back(before) or _ADJECTIVE_AFTER.match(after))


def _points_back(before: str) -> bool:
    """'the last', 'their', 'the next few'."""
    last = [word for word in before.lower().split()[-2:] if word != "few"]
    return bool(last) and last[-1] in _LOOSE_BEFORE


_ORDINAL = re.compile(r"(?P<number>\d(?<![\w.,-]\d)\d{0,3})(?:st|nd|rd|th)(?![\w])")


def _ordinals(text: str) -> Iterator[Figure]:
    """'79th session': compared only with the same thing's other ordinal."""
    for match in _ORDINAL.finditer(text):
        units, length = _units(text[match.end() : match.end() + 60])
        if units:
            end = match.end() + length
            yield Figure(match.start(), end, text[match.start() : end], "ordinal", float(match["number"]), 1, units)


def _made(
    text: str,
    start: int,
    end: int,
    kind: FigureKind,
    amount: Amount,
    before: str,
    units: frozenset[str] = frozenset(),
    *,
    is_loose: bool = False,
) -> Figure:
    return Figure(
        start, end, text[start:end], kind, amount.value, amount.step, units, _bound(before),
        is_loose=is_loose, is_spelled=amount.is_spelled,
    )  # fmt: skip


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """A word's first letters, without its commonest endings: enough to meet 'country' in 'countries'."""
    low = word.lower().replace("’", "'").removesuffix("'s")
    if low in _ALIKE:
        return _ALIKE[low]
    for ending in ("ies", "es", "s", "ing", "ed", "y"):
        if low.endswith(ending) and len(low) - len(ending) >= 3 and not low.endswith("ss"):
            low = low[: -len(ending)]
            break
    return low.removesuffix("e")[:7]


_ALIKE = {
    "km": "kilomet", "kms": "kilomet", "kilometres": "kilomet", "kilometers": "kilomet", "kilometre": "kilomet",
    "kilometer": "kilomet",
    "kg": "kilogra", "tonnes": "ton", "tonne": "ton", "tons": "ton", "metres": "meter", "meters": "meter",
    "nations": "countr",
    "nation": "countr", "states": "countr", "country": "countr", "countries": "countr", "kids": "child",
    "children": "child",
    "child": "child", "men": "man", "women": "woman", "troops": "soldier", "soldiers": "soldier",
    "servicemen": "soldier",
    "people": "person", "persons": "person", "person": "person", "lawmakers": "lawmak", "mps": "lawmak", "dead": "kill",
    "killed": "kill", "deaths": "kill", "died": "kill", "victims": "kill", "fatalities": "kill", "injured": "wound",
    "wounded": "wound", "hurt": "wound", "injuries": "wound",
}  # fmt: skip
_VARIANTS: dict[str, list[str]] = {}
for _word, _stem in _ALIKE.items():
    _VARIANTS.setdefault(_stem, []).append(_word)


def beginnings_of(stem: str) -> tuple[str, ...]:
    """What the words with this stem begin with, lower case."""
    return (stem, *_VARIANTS.get(stem, ()))


_SPAN_STEMS = frozenset(stem(word) for word in _SPAN) | frozenset(stem(word + "s") for word in _SPAN)

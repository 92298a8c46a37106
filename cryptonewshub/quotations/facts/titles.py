"""The offices a text gives to people: 'the foreign minister, Ada Quill', 'Ada Quill, Minister for Foreign Affairs'.

Titles of one office in different words come out as one `office`: Foreign Minister, Foreign Secretary, Minister of and
Minister for Foreign Affairs. A text that names no person beside an office gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from cryptonewshub.quotations.facts.rolls import bare
from cryptonewshub.quotations.facts.scanning import matches, words
from cryptonewshub.quotations.facts.spellings import plain
from cryptonewshub.quotations.lexicon import FUNCTION_WORDS, PEOPLES, PLACES


@dataclass(frozen=True, slots=True)
class Titled:
    """A person with an office. `start`:`end` covers both; `office` is the same for all wordings of one office.

    `title` is the office as it stands there, `is_former` whether the text says that it is over, `name` the whole name.
    """

    start: int
    end: int
    title: str
    office: str
    given: str
    surname: str
    is_former: bool
    name: str = ""


def find_titled(text: str) -> Iterator[Titled]:
    """Every person whom `text` gives an office, by the office's place."""
    for match in matches(_OFFICE, text, _OPENINGS):
        yield from _titled(text, match)


def office_of(title: str) -> str:
    """The one name of an office, however it is worded; '' for words that are none."""
    match = next(matches(_OFFICE, title, _OPENINGS), None)
    return _office(match) if match else ""


_FIELDS = {
    "foreign": "foreign", "external": "foreign", "defence": "defence", "defense": "defence", "war": "defence",
    "finance": "finance", "treasury": "finance", "exchequer": "finance", "interior": "interior", "home": "interior",
    "internal": "interior", "justice": "justice", "health": "health", "education": "education", "energy": "energy",
    "trade": "trade", "commerce": "trade", "environment": "environment", "climate": "climate",
    "agriculture": "agriculture",
    "labour": "labour", "labor": "labour", "transport": "transport", "transportation": "transport",
    "economy": "economy",
    "economic": "economy", "culture": "culture", "industry": "industry", "migration": "migration",
    "immigration": "migration",
    "development": "development", "security": "security", "digital": "digital", "housing": "housing", "oil": "oil",
    "information": "information", "planning": "planning", "european": "europe", "europe": "europe",
}  # fmt: skip
_FIELD = "|".join(_FIELDS)
_OFFICE = re.compile(
    rf"""(?<![\w-])(?P<before>(?:(?:former|ex|then|acting|interim|deputy|vice|outgoing|incoming|shadow|first|assistant|associate|under(?=[\s-]secretary)|one-time|late)[\s-]){{0,3}})
    (?:(?P<pm>prime\s+minister|premier|PM(?![\w]))
    | (?P<exchequer>chancellor\s+of\s+the\s+exchequer)
    | (?P<chancellor>chancellor)
    | (?P<state>secretary\s+of\s+state(?!\s+for))
    | (?P<field1>{_FIELD})(?:\s+affairs)?[\s]+(?:minister|secretary)
    | (?:minister|secretary(?:\s+of\s+state)?)\s+(?:of
        |for)\s+(?:the\s+)?(?:national\s+)?(?P<field2>{_FIELD})(?:\s+affairs)?
    | (?P<sg>secretary[\s-]general)
    | (?P<president>president)(?!\s+of\s+the\s+(?:general\s+assembly|security\s+council|assembly|\d))
    | (?P<plainly>minister|attorney\s+general|governor|ambassador|senator|mayor|king|queen|chief\s+executive
        |foreign\s+policy\s+chief|pope|chancellor)
    )(?P<elect>[\s-]elect)?(?![\w-])""",
    re.IGNORECASE | re.VERBOSE,
)
_OPENINGS = words(
    "former ex then acting interim deputy vice outgoing incoming shadow first assistant associate under one late "
    "prime premier pm chancellor secretary minister president attorney governor ambassador senator mayor king "
    "queen chief foreign pope"
) | frozenset(_FIELDS)
_OVER = re.compile(
    r"\b(?:former|ex|then|one-time|late)[\s-]+(?:(?!(?:to|of|for|by|with|under|from)\s)[\w’'.-]{1,20}\s+){0,6}$",
    re.IGNORECASE,
)
_STEP = re.compile(r"deputy|vice|shadow|first|assistant|associate|under", re.IGNORECASE)


def _office(match: re.Match[str]) -> str:
    steps = sorted(step.lower() for step in _STEP.findall(match["before"]))
    return " ".join([*steps, _rank(match)]) + ("-elect" if match["elect"] else "")


def _rank(match: re.Match[str]) -> str:
    if match["pm"]:
        return "prime minister"
    if match["sg"]:
        return "secretary-general"
    if match["exchequer"]:
        return "finance minister"
    if match["state"]:
        return "foreign minister"
    field = match["field1"] or match["field2"]
    if field:
        return f"{_FIELDS[field.lower()]} minister"
    return re.sub(r"\s+", " ", (match["chancellor"] or match["president"] or match["plainly"]).lower())


_WORD = r"[^\W\d_a-z][\w’'‑-]{0,30}"
_NAME = (
    rf"{_WORD}(?:[^\S\n]+(?:(?:de|da|di|van|von|der|den|bin|al|el|la|le)[^\S\n]+){{0,2}}{_WORD}"
    rf"|[^\S\n]+[A-Z]\.(?=[^\S\n])){{0,3}}"
)
_COURTESY = r"(?:(?:H\.?\s?E\.?|His\s+Excellency|Her\s+Excellency|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Sir|Dame|Prof\.?)\s+){0,3}"
_OF = rf"(?:\s+(?:of|to|for)\s+(?:the\s+)?{_WORD}(?:\s+(?:of\s+(?:the\s+)?|and\s+)?{_WORD}){{0,4}})?"
_AFTER = re.compile(rf"(?P<join>{_OF}(?:\s*,\s*|\s+)){_COURTESY}(?P<name>{_NAME})")
_AND_AFTER = re.compile(rf"\s+and\s+[\w\s-]{{4,50}}?\s(?P<name>{_NAME})")
_BEFORE = re.compile(
    rf"(?P<name>{_NAME})(?:\s*,\s*|\s*\n\s*|\s+\(|\s*[-–—]\s*|,?\s+(?:is|who\s+is|serves\s+as|has\s+been|remains)\s+)"
    rf"(?:(?:the|a|an|its|their|his|her|our|former|current|present|new|outgoing|acting|then|longtime|veteran|first|"
    rf"conservative|liberal|socialist|democratic|republican|left-wing|right-wing|{_WORD})\s+){{0,4}}$"
)

_HINGE = re.compile(r"[,\n(–—-]|\b(?:is|as|been|remains)\b")


def _titled(text: str, match: re.Match[str]) -> Iterator[Titled]:
    """The persons right after or right before an office."""
    after = _AFTER.match(text, match.end(), match.end() + 160)
    if after and (parts := _person(after["name"])):
        is_apposed = "," in after["join"] or "\n" in after["join"]
        if len(parts) > 1 or not is_apposed:
            end = after.start("name") + len(bare(after["name"].rstrip(". ")))
            yield _made(text, match, _start_of(text, match.start()), end, parts)
            return
    window = text[max(0, match.start() - 140) : match.start()]
    before = _BEFORE.search(window) if _HINGE.search(window[-90:]) else None
    if before and (parts := _person(before["name"])) and len(parts) > 1:
        start = match.start() - len(window) + before.start("name")
        yield _made(text, match, start, match.end(), parts)


def _made(text: str, match: re.Match[str], start: int, end: int, parts: list[str]) -> Titled:
    title = re.sub(r"\s+", " ", text[match.start() : match.end()])
    given = parts[0] if len(parts) > 1 else ""
    lead = text[max(0, match.start() - 70) : match.start()] + match["before"]
    return Titled(start, end, title, _office(match), given, parts[-1], bool(_OVER.search(lead)), " ".join(parts))


def _person(name: str) -> list[str]:
    """The words of a name without courtesies; empty for what is no person: a country, a people, a word of grammar."""
    parts = [bare(word).rstrip(".") for word in name.split()]
    parts = list(takewhile(lambda part: part.lower() not in FUNCTION_WORDS, filter(plain, parts)))
    while parts and parts[0].lower() in _COURTESIES | FUNCTION_WORDS:
        parts.pop(0)
    if not parts or len(plain(parts[-1])) < 3 or any(_is_no_person(part) for part in parts):
        return []
    return parts


_COURTESIES = words("mr mrs ms dr sir dame prof h e h.e his her excellency")
_THINGS = words(
    "president minister secretary general ministers foreign prime office government republic kingdom states "
    "united council assembly committee party house ministry affairs department commission parliament union "
    "nations statement remarks session debate check against delivery vice deputy senate congress court state "
    "cabinet"
)


def _is_no_person(part: str) -> bool:
    low = part.lower()
    return low in PLACES or low in PEOPLES or low in _THINGS or low in FUNCTION_WORDS


_LEAD = re.compile(rf"(?:(?:{_WORD}|{_WORD}(?:[’']s?))[^\S\n]+){{1,3}}$")


def _start_of(text: str, offset: int) -> int:
    """Where the country or body before an office begins: 'Norway's', 'the Swedish', 'EU'."""
    window = text[max(0, offset - 80) : offset]
    lead = _LEAD.search(window)
    if lead is None:
        return offset
    words = lead[0].split()
    while words and words[0].lower() in FUNCTION_WORDS:
        words.pop(0)
    return offset - len(window) + window.rindex(words[0]) if words else offset

"""The names in a text: full names, and surnames that stand alone.

A full name is a run of capitalised words that are no office, body, place or people; no list of given names decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from cryptonewshub.quotations.facts.scanning import words
from cryptonewshub.quotations.facts.spellings import plain
from cryptonewshub.quotations.lexicon import BODIES, DAYS_AND_MONTHS, FUNCTION_WORDS, PEOPLES, PLACES, TITLES


@dataclass(frozen=True, slots=True)
class NameInText:
    """A name where it stands: `start`:`end` is the surname alone. `given` is '' for a surname that stands alone."""

    given: str
    surname: str
    start: int
    end: int
    given_start: int = 0
    is_person: bool = True


_CAPITAL = r"[^\W\d_a-z][\w’'‑-]{0,40}"
_PARTICLE = r"(?:de|da|di|del|della|du|van|von|der|den|bin|ibn|al|el|la|le|ten|ter|dos|zu)"
_PIECE = rf"(?:(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Rev|[A-Z])\.(?=[ \u00a0])|{_CAPITAL})"
_RUN = re.compile(rf"(?=[^\W\d_a-z])(?<![\w’'-]){_PIECE}(?:[ \u00a0]+(?:{_PARTICLE}[ \u00a0]+){{0,2}}{_PIECE}){{0,7}}")
_NO_NAME = frozenset(BODIES) | PEOPLES | PLACES | DAYS_AND_MONTHS | FUNCTION_WORDS
_HONORIFICS = words(
    "mr mrs ms miss dr sir dame lord lady prof professor sen rep gov gen col lt capt sgt judge justice h e"
)
_OFFICES = words(
    "president vice premier prime minister chancellor secretary general foreign defence defense finance interior "
    "justice senator governor mayor ambassador commissioner speaker chairman chairwoman chair chief king queen "
    "prince princess emperor pope archbishop bishop cardinal rabbi imam sheikh ayatollah sultan emir crown deputy "
    "acting former representative congressman congresswoman councillor commander colonel captain major admiral "
    "marshal lieutenant sergeant spokesman spokeswoman spokesperson director envoy special head leader party "
    "judge attorney professor doctor us uk eu un nato"
)


def names_in(text: str) -> Iterator[NameInText]:
    """Every full name and every lone capitalised word of `text` that may be a surname."""
    common = _lower_words(text)
    for run in _RUN.finditer(text):
        if run[0][0].isupper():
            yield from _names_of_run(text, run, common)


@lru_cache(maxsize=8)
def _lower_words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z](?<![\w’'-][a-z])[\w-]{3,40}", text))


_PART = re.compile(r"[\w’'‑-]+")


def _names_of_run(text: str, run: re.Match[str], common: frozenset[str]) -> Iterator[NameInText]:
    """The name that a run holds when its titles are taken off; nothing when a word of it belongs to no person."""
    parts = [(part[0], run.start() + part.start()) for part in _PART.finditer(run[0])]
    titles = [index for index, (word, _) in enumerate(parts) if is_title(word)]
    titled = bool(titles)
    parts = parts[titles[-1] + 1 :] if titles else parts
    while parts and (parts[0][0].lower() in FUNCTION_WORDS or plain(parts[0][0]) in PEOPLES | PLACES):
        parts.pop(0)
    while parts and plain(parts[-1][0]) in {"jr", "sr", "ii", "iii"}:
        parts.pop()
    if not parts or any(_belongs_to_nobody(word, common) for word, _ in parts):
        return
    surname, at = parts[-1]
    surname = bare(surname)
    given = parts[0][0] if len(parts) > 1 else ""
    if (len(plain(surname)) >= 3 and not surname.isupper()) or len(parts) > 1:
        is_person = bool(given) or titled or _speaks(text, at + len(parts[-1][0]))
        yield NameInText(given, surname, at, at + len(surname), parts[0][1], is_person)


def bare(word: str) -> str:
    """A name without its possessive ending."""
    return re.sub(r"[’'][sS]?$", "", word.rstrip("’'‑-") if word.endswith(("''", "’’", "-", "‑")) else word)


def is_title(word: str) -> bool:
    """Whether a word is a courtesy, an office or a rank, and no part of a name."""
    low = word.lower().rstrip(".")
    return low in _HONORIFICS or low in _OFFICES or low in TITLES


def _belongs_to_nobody(word: str, common: frozenset[str]) -> bool:
    low = bare(word).lower()
    return low in _NO_NAME or low in common or low in _OFFICES


_SPEAKS = re.compile(
    r"(?:[’']s\s(?:office|remarks|speech|words|statement|government|wife|husband)|,?\s+(?:said|says|told|added|"
    r"warned|argued|insisted|asked|wrote|replied|"
    r"called|urged|vowed|pledged|promised|noted|announced|claimed|declined|has|had|was|will|quoted|accused|also))\b"
)


def _speaks(text: str, end: int) -> bool:
    return bool(_SPEAKS.match(text, end))

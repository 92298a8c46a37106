"""What a reader asks: words, “phrases”, -words that must not be there, and filters. Any text at all is a question.

`section:`, `topic:`, `person:`, `since:` and `until:` may be typed among the words, or come from the form's fields.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from urllib.parse import urlencode

from cryptonewshub.articles.slugs import slug_of
from cryptonewshub.reader.search.findable import Kind

HITS_ON_A_PAGE = 20
_LONGEST = 200  # code points of the words asked
_MOST_PARTS = 12
_LAST_PAGE = 50
_PART = re.compile(
    r"""(?P<minus>(?<!\S)-)?(?:(?P<filter>section|topic|person|since|until|from|to):)?
        (?:"(?P<straight>[^"]*)"?|“(?P<curly>[^”“]*)”?|„(?P<low>[^“”„]*)[“”]?|«(?P<angle>[^»«]*)»?|(?P<word>[^\s"“”„«»]+))""",
    re.VERBOSE | re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W_]+")
_QUOTED = ("straight", "curly", "low", "angle")
Order = Literal["best", "newest"]


@dataclass(frozen=True, slots=True)
class Part:
    """One word, or the words of a phrase in their order; `is_excluded` when they must not be there."""

    words: tuple[str, ...]
    is_phrase: bool = False
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A reader's question. `asked` is what they typed; `since` and `until` are days of the site's zone, both included.

    `page` counts from 1.
    """

    asked: str = ""
    parts: tuple[Part, ...] = ()
    kind: Kind | None = None
    section: str = ""
    topic: str = ""
    person: str = ""
    since: date | None = None
    until: date | None = None
    order: Order = "best"
    page: int = 1

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked at all; a filter alone is a question."""
        is_filtered = bool(self.section or self.topic or self.person or self.since or self.until)
        return not is_filtered and not any(not part.is_excluded for part in self.parts)

    @property
    def words(self) -> tuple[str, ...]:
        """The words that must be there, for marking them."""
        return tuple(word for part in self.parts if not part.is_excluded for word in part.words)

    def address(self, **changes: object) -> str:
        """The address of this question with some of it changed, such as `page=2`. An empty field is left out."""
        fields = {
            "q": self.asked,
            "kind": self.kind.value if self.kind else "",
            "section": self.section,
            "topic": self.topic,
            "person": self.person,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "order": "" if self.order == "best" else self.order,
            "page": "",
            **changes,
        }
        return "/search/?" + urlencode({name: value for name, value in fields.items() if value})


def read_question(fields: Mapping[str, str]) -> Question:
    """The question that a form or an address holds. Raises nothing: what cannot be understood is not asked."""
    asked = _plain(fields.get("q", ""))
    parts, typed = _read_parts(asked)
    return replace(
        Question(asked=asked, parts=parts),
        kind=next((kind for kind in Kind if kind.value == fields.get("kind", "")), None),
        section=_section(typed.get("section", "")) or _plain(fields.get("section", "")),
        topic=slug_of(typed.get("topic", "")) or _plain(fields.get("topic", "")),
        person=slug_of(typed.get("person", "")) or _plain(fields.get("person", "")),
        since=_day(typed.get("since") or typed.get("from") or fields.get("since", "")),
        until=_day(typed.get("until") or typed.get("to") or fields.get("until", ""), last=True),
        order="newest" if fields.get("order") == "newest" else "best",
        page=_page(fields.get("page", "")),
    )


def _section(text: str) -> str:
    """The slug of a section that somebody typed. The editor makes it in the letters of the name, whatever script it is
    in; topics and people have theirs in Latin ones. The form's own fields hold slugs already.
    """
    return slug_of(text) if text.isascii() else "-".join(_LETTERS.findall(text.lower()))


def _plain(text: str) -> str:
    """One line of printable text of bounded length."""
    kept = "".join(
        " " if unicodedata.category(c) in ("Cc", "Cs", "Cn", "Zl", "Zp") else c for c in text[: 4 * _LONGEST]
    )
    return " ".join(unicodedata.normalize("NFC", kept).split())[:_LONGEST]


def _read_parts(asked: str) -> tuple[tuple[Part, ...], dict[str, str]]:
    parts: list[Part] = []
    filters: dict[str, str] = {}
    for found in _PART.finditer(asked):
        quoted = next((found[name] for name in _QUOTED if found[name] is not None), None)
        text = quoted if quoted is not None else found["word"] or ""
        if found["filter"]:
            if not found["minus"]:  # an index narrows to a section, and leaves none out
                filters[found["filter"].lower()] = text
            continue
        words = tuple(_LETTERS.findall(text))
        if words:
            parts.append(Part(words, is_phrase=len(words) > 1, is_excluded=bool(found["minus"])))
    return tuple(parts[:_MOST_PARTS]), filters


def _day(text: str, *, last: bool = False) -> date | None:
    """'2026-03-02', '2026-03' or '2026'; the first day that it names, or the last one."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", text.strip(), re.ASCII)
    if not found:
        return None
    if found[1] == "9999":
        return None  # there is no day after the last one of it
    year, month, day = int(found[1]), int(found[2] or (12 if last else 1)), int(found[3] or 0)
    for candidate in [day] if day else ([31, 30, 29, 28] if last else [1]):
        try:
            return date(year, month, candidate)
        except ValueError:
            continue
    return None


def _page(text: str) -> int:
    return min(int(text), _LAST_PAGE) if re.fullmatch(r"[1-9]\d{0,4}", text, re.ASCII) else 1

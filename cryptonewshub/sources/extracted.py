"""What reading a document gives: its text, the way back from the text to page or time, and what it says of itself."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self


class ExtractionError(ValueError):
    """A document whose text cannot be had; `str()` is a sentence that says why and what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the document a stretch of its text stands: from code point `start` on it is 'page 3' or '00:12:31'."""

    start: int
    label: str


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself, unchecked, for an editor to correct; '' and None where it says nothing."""

    title: str = ""
    author: str = ""
    publisher: str = ""
    speaker: str = ""
    published: date | None = None


@dataclass(frozen=True, slots=True)
class ExtractedText:
    """The text of a document, its media type, and the offset in code points at which each page starts.

    `times` are offsets and time codes instead, for a transcript. `remarks` are sentences about the reading itself.
    """

    text: str
    media_type: str
    pages: tuple[int, ...] = (0,)
    times: tuple[tuple[int, str], ...] = ()
    about: About = About()
    remarks: tuple[str, ...] = ()

    @property
    def places(self) -> tuple[Place, ...]:
        """The way back to page or time; empty for a document that has neither."""
        if self.times:
            return tuple(Place(start, label) for start, label in self.times)
        if len(self.pages) < 2:
            return ()
        return tuple(Place(start, f"page {number}") for number, start in enumerate(self.pages, start=1))

    def as_json(self) -> dict[str, object]:
        """Plain data, from which `from_json` makes the same again."""
        about = self.about
        return {
            "text": self.text,
            "media_type": self.media_type,
            "pages": list(self.pages),
            "times": [list(each) for each in self.times],
            "about": [
                about.title,
                about.author,
                about.publisher,
                about.speaker,
                about.published and about.published.isoformat(),
            ],
            "remarks": list(self.remarks),
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        title, author, publisher, speaker, published = value["about"]
        return cls(
            text=str(value["text"]),
            media_type=str(value["media_type"]),
            pages=tuple(int(start) for start in value["pages"]),
            times=tuple((int(start), label) for start, label in value["times"]),
            about=About(title, author, publisher, speaker, date.fromisoformat(published) if published else None),
            remarks=tuple(value["remarks"]),
        )


def place_at(places: Sequence[Place], offset: int) -> str:
    """The page or time code of this code point, such as 'page 3'; '' where the document has none."""
    number = bisect_right([place.start for place in places], offset)
    return places[number - 1].label if number else ""

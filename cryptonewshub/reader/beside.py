"""What stands beside a story: the other parts of its series, and related stories."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptonewshub.editions.content import Content
from cryptonewshub.reader.affected import person_address, series_address
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.teasers import Teaser, teaser


@dataclass(frozen=True, slots=True)
class Beside:
    """The newest editions of the other stories: all published parts of the series in order, and related stories.

    `persons` are the slugs of the people in the news, by the names under which the story quotes them; `copies` are the
    addresses of the archived copies of its sources, by the sources' ids.
    """

    parts: tuple[Content, ...] = ()
    related: tuple[Content, ...] = ()
    persons: Mapping[str, str] = field(default_factory=dict)
    copies: Mapping[str, str] = field(default_factory=dict)


NOTHING_BESIDE = Beside()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a series in the list of parts."""

    number: int
    story: Teaser
    is_here: bool


@dataclass(frozen=True, slots=True)
class SeriesView:
    """The series that a story belongs to. `total` counts the parts that are out."""

    name: str
    path: str
    part: int
    total: int
    parts: tuple[Part, ...]


def series_view(content: Content, beside: Beside, site: Site) -> SeriesView | None:
    """The series of a story, None where it is part of none."""
    series = content.document.series
    if series is None:
        return None
    parts = tuple(
        Part(c.document.series.part, teaser(site, c), c.article == content.article)
        for c in beside.parts
        if c.document.series
    )
    return SeriesView(series.name, series_address(series.slug), series.part, len(parts), parts)


def related_teasers(beside: Beside, site: Site) -> tuple[Teaser, ...]:
    return tuple(teaser(site, content) for content in beside.related)


def quoted_persons(content: Content, beside: Beside) -> tuple[tuple[str, str, str], ...]:
    """Whom the story quotes of the people in the news: the sealed key of a quotation, the name, the person's page."""
    first = {q.speaker: f"quote.{q.id}" for q in reversed(content.quotations)}
    return tuple(
        (first[name], name, person_address(beside.persons[name])) for name in content.speakers if name in beside.persons
    )

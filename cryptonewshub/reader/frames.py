"""What stands around every page: its head, the masthead with the sections, the foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from cryptonewshub.articles.document import Named
from cryptonewshub.editions.content import Content
from cryptonewshub.reader.affected import section_address
from cryptonewshub.reader.languages import direction
from cryptonewshub.reader.linked_data import Facts, as_block
from cryptonewshub.reader.machines import FEED
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.times import year_of


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page. `canonical` is the whole address, '' where a page has none of its own."""

    site: Site
    title: str
    description: str
    canonical: str
    direction: str
    year: int | None
    sections: tuple[tuple[Named, str], ...]
    here: str = ""
    is_indexed: bool = True
    feed: str = FEED
    facts: Markup | None = None
    card: str = ""
    feeds: tuple[str, ...] = ()


def frame_of(
    site: Site,
    *,
    title: str,
    description: str,
    path: str,
    stories: Sequence[Content],
    here: str = "",
    is_indexed: bool = True,
    feed: str = FEED,
    facts: Facts | None = None,
    card: str = "",
    feeds: tuple[str, ...] = (),
) -> Frame:
    """The frame of a page. `path` is its own address, '' where it has none; `here` the section that it belongs to;
    `feed` the feed that follows it.

    `stories` are those that the page shows: the rights line has the year of the newest. `facts` are what the page says
    in schema.org's words, `card` the address of its picture for sharing, `feeds` those of its own list of stories.
    """
    return Frame(
        site=site,
        title=title,
        description=description,
        canonical=site.absolute(path) if path else "",
        direction=direction(site.language),
        year=_publication_year(site, stories),
        sections=tuple((section, section_address(section.slug)) for section in site.sections),
        here=here,
        is_indexed=is_indexed,
        feed=feed,
        facts=as_block(facts) if facts else None,
        card=site.absolute(card) if card else "",
        feeds=feeds,
    )


def _publication_year(site: Site, contents: Sequence[Content]) -> int | None:
    """The year for the rights line: that of the newest publication among these, None where nothing is published."""
    published = [content.document.published for content in contents if content.document.published]
    return year_of(max(published), site.zone) if published else None

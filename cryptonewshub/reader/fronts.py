"""The front page: the editors' order of stories, else the newest first; and a strip for what is breaking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cryptonewshub.articles.document import Named
from cryptonewshub.editions.content import Content
from cryptonewshub.reader.affected import section_address
from cryptonewshub.reader.engine import render
from cryptonewshub.reader.frames import frame_of
from cryptonewshub.reader.linked_data import front_facts
from cryptonewshub.reader.machines import feeds_of
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.teasers import Teaser, teaser, teasers
from cryptonewshub.reader.times import Moment, weekday_date

_SECONDS = 2
_OF_A_SECTION = 4


@dataclass(frozen=True, slots=True)
class Breaking:
    """The strip above everything: a few words, and where they lead ('' for nowhere). A story's own words are sealed."""

    words: str
    path: str = ""
    story: Content | None = None


def front_page(site: Site, stories: Sequence[Content], breaking: Breaking | None = None) -> str:
    """The front: the first story leads, two stand beside it, the others follow under their sections."""
    frame = frame_of(
        site,
        title="",
        description=site.promise,
        path="/",
        stories=stories,
        facts=front_facts(site),
        feeds=feeds_of("/"),
    )
    return render(
        site.language,
        "pages/front.html",
        frame=frame,
        breaking=breaking,
        date=_edition_date(site, stories),
        lead=teaser(site, stories[0], with_image=True) if stories else None,
        seconds=teasers(site, stories[1 : 1 + _SECONDS]),
        sections=_by_section(site, stories[1 + _SECONDS :]),
    )


def _edition_date(site: Site, stories: Sequence[Content]) -> Moment | None:
    """The date under the wordmark: the day of the newest publication or update, since a baked page has no clock."""
    times = [when for s in stories for when in (s.document.published, s.document.updated) if when]
    return weekday_date(max(times), site.zone, site.language) if times else None


def _by_section(site: Site, stories: Sequence[Content]) -> tuple[tuple[Named, str, tuple[Teaser, ...]], ...]:
    """The stories under the site's sections, in the site's order; those of no known section come last, as 'More'."""
    known = {section.slug for section in site.sections}
    parts = [
        (section, section_address(section.slug), [s for s in stories if _slug(s) == section.slug])
        for section in site.sections
    ]
    parts.append((Named(site.words.say("More"), ""), "", [s for s in stories if _slug(s) not in known]))
    return tuple((section, path, teasers(site, part[:_OF_A_SECTION])) for section, path, part in parts if part)


def _slug(content: Content) -> str:
    return content.document.section.slug if content.document.section else ""

"""A person in the news: who they are, the offices that they hold and held, and the stories that quote them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cryptonewshub.editions.content import Content
from cryptonewshub.reader.affected import person_address
from cryptonewshub.reader.engine import render
from cryptonewshub.reader.frames import frame_of
from cryptonewshub.reader.paging import WHOLE, Paging, numbered_title
from cryptonewshub.reader.said import all_said_by, said_in
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.teasers import teasers
from cryptonewshub.reader.times import Moment, day


@dataclass(frozen=True, slots=True)
class OfficeView:
    """An office and its time. No `until` means that it is held now."""

    title: str
    institution: str = ""
    country: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody in the news as the newsroom's register has them; the offices held now come first.

    `spellings` are the names under which stories quote them.
    """

    name: str
    slug: str
    description: str = ""
    offices: tuple[OfficeView, ...] = ()
    spellings: tuple[str, ...] = ()

    @property
    def now(self) -> str:
        """The offices held now, in a line."""
        return "; ".join(office.title for office in self.offices if office.until is None)


@dataclass(frozen=True, slots=True)
class HeldOffice:
    """An office as the page shows it: its title, then where it is held."""

    parts: tuple[str, ...]
    since: Moment | None
    until: Moment | None


def person_page(site: Site, person: PersonView, stories: Sequence[Content], pages: Paging = WHOLE) -> str:
    """The page of a person in the news. `stories` are those that quote them, newest first."""
    frame = frame_of(
        site,
        title=numbered_title(site.words, person.name, pages),
        description=person.description or person.now,
        path=pages.here(person_address(person.slug)),
        stories=stories,
    )
    return render(
        site.language,
        "pages/person.html",
        frame=frame,
        person=person,
        offices=tuple(_held(office, site) for office in person.offices),
        stories=teasers(site, stories),
        said=said_in(site, stories, by=person.spellings or (person.name,)),
        all_said=all_said_by(person.slug),
        pages=pages,
    )


def _held(office: OfficeView, site: Site) -> HeldOffice:
    country = "" if office.country in office.institution else office.country
    return HeldOffice(
        parts=tuple(part for part in (office.title, office.institution, country) if part),
        since=day(office.since, site.language) if office.since else None,
        until=day(office.until, site.language) if office.until else None,
    )

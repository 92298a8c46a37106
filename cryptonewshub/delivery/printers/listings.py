"""Pages that list stories: by section, topic, series, author, and person in the news; each with its older pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from django.conf import settings

from cryptonewshub.articles.models import SectionPage, Series, Topic
from cryptonewshub.delivery.entries import look_up
from cryptonewshub.delivery.kinds import PageKind
from cryptonewshub.delivery.photos import photo_of
from cryptonewshub.delivery.stories_of import page_of, stories_at
from cryptonewshub.editions.content import Content
from cryptonewshub.people.models import Author, NewsPerson
from cryptonewshub.reader import listings
from cryptonewshub.reader.affected import (
    author_address,
    person_address,
    section_address,
    series_address,
    topic_address,
)
from cryptonewshub.reader.languages import language_name
from cryptonewshub.reader.paging import Paging, full_pages, page_address, paging
from cryptonewshub.reader.persons import OfficeView, PersonView, person_page
from cryptonewshub.reader.site import Site

Address = Callable[[str], str]
Printed = Callable[[Site, str, list[Content], Paging], str | None]


def section(site: Site, slug: str, stories: list[Content], pages: Paging) -> str | None:
    found = SectionPage.objects.live().order_by().filter(slug=slug).first()
    if found is None:
        return None
    return listings.section_page(site, listings.SectionView(found.title, slug, found.description), stories, pages)


def topic(site: Site, slug: str, stories: list[Content], pages: Paging) -> str | None:
    found = Topic.objects.filter(slug=slug).first()
    if found is None:
        return None
    return listings.topic_page(site, listings.TopicView(found.name, slug, found.description), stories, pages)


def series(site: Site, slug: str, stories: list[Content], pages: Paging) -> str | None:
    found = Series.objects.filter(slug=slug).first()
    if found is None:
        return None
    return listings.series_page(site, listings.SeriesView(found.name, slug, found.description), stories, pages)


def author(site: Site, slug: str, stories: list[Content], pages: Paging) -> str | None:
    found = Author.objects.filter(slug=slug).first()
    if found is None:
        return None
    view = listings.AuthorView(
        name=found.name,
        slug=slug,
        role=found.role,
        biography=found.biography,
        expertise=tuple(found.subjects),
        languages=tuple(language_name(code, site.language) for code in found.codes),
        email=found.email,
        contact=found.contact,
        photo=photo_of(found),
    )
    return listings.author_page(site, view, stories, pages)


def person(site: Site, slug: str, stories: list[Content], pages: Paging) -> str | None:
    found = NewsPerson.objects.filter(slug=slug).first()
    if found is None:
        return None
    held = [
        OfficeView(office.title, office.institution, office.country, office.since, office.until)
        for office in found.offices.all()
    ]
    # Those held now first, then those that ended last.
    offices = sorted(held, key=lambda office: (office.until is None, office.until or office.since), reverse=True)
    view = PersonView(found.name, slug, found.description, tuple(offices), tuple(found.spellings))
    return person_page(site, view, stories, pages)


def _kind(address: Address, printed: Printed, slugs: Callable[[], Iterable[str]]) -> PageKind:
    """A kind of list: its front and its numbered pages."""

    def print_page(site: Site, slug: str, number: str | None) -> str | None:
        listing, wanted = address(slug), int(number or 0)
        found = page_of(listing, wanted, site.zone)
        if found is None:
            return None
        stories, total = found
        look_up(site, stories)
        return printed(site, slug, stories, paging(listing, wanted, total))

    def addresses(zone: str) -> Iterator[str]:
        for listing in map(address, slugs()):
            total = stories_at(listing, zone).count()
            yield from (page_address(listing, number) for number in range(full_pages(total) + 1))

    pattern = address("SLUG").replace("SLUG", "(?P<slug>[^/]+)") + r"(?:page/(?P<number>[1-9][0-9]{0,5})/)?"
    return PageKind(re.compile(pattern), print_page, lambda: addresses(settings.TIME_ZONE))


_SLUGS: tuple[tuple[Address, Printed, Callable[[], Iterable[str]]], ...] = (
    (section_address, section, lambda: (found.slug for found in SectionPage.in_order())),
    (topic_address, topic, lambda: Topic.objects.values_list("slug", flat=True)),
    (series_address, series, lambda: Series.objects.values_list("slug", flat=True)),
    (author_address, author, lambda: Author.objects.values_list("slug", flat=True)),
    (person_address, person, lambda: NewsPerson.objects.values_list("slug", flat=True)),
)
KINDS = tuple(_kind(*named) for named in _SLUGS)


def list_addresses() -> Iterator[str]:
    """Every list, without its numbered pages."""
    for address, _, slugs in _SLUGS:
        yield from map(address, slugs())

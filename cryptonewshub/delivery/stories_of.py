"""Which stories stand in the list at an address, in the one order that lists have: by publication, then by article."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from cryptonewshub.editions.content import Content
from cryptonewshub.editions.models import Edition, EditionQuerySet
from cryptonewshub.people.models import NewsPerson
from cryptonewshub.reader.affected import (
    ARCHIVE,
    author_address,
    person_address,
    section_address,
    series_address,
    topic_address,
)
from cryptonewshub.reader.paging import Place, bounds

Chooser = Callable[..., EditionQuerySet]


def stories_at(listing: str, zone: str) -> EditionQuerySet:
    """The newest editions of the stories in the list at an address, newest first; none where there is no such list."""
    for pattern, chosen in _LISTS:
        if matched := pattern.fullmatch(listing):
            return chosen(zone=zone, **matched.groupdict())
    return Edition.objects.none()


def place_of(content: Content, listing: str, zone: str) -> Place:
    """Where a story stands, or would stand, in the list at an address."""
    stories = stories_at(listing, zone)
    published = content.document.published
    if published is None:
        return Place(0, stories.count())
    pk = Edition.objects.filter(article__article_id=content.article).values_list("article", flat=True).first() or 0
    older = stories.filter(Q(published__lt=published) | Q(published=published, article__lt=pk))
    return Place(older.count(), stories.count())


def page_of(listing: str, number: int, zone: str) -> tuple[list[Content], int] | None:
    """The stories of a page of the list, newest first, and how many the whole list has; None for no such page."""
    stories = stories_at(listing, zone)
    total = stories.count()
    found = bounds(number, total)
    if found is None:
        return None
    first, end = found
    return [edition.read() for edition in stories[total - end : total - first]], total


def month_bounds(year: int, month: int, zone: str) -> tuple[datetime, datetime]:
    """The first moment of a month in a zone, and that of the next month."""
    after = (year + 1, 1) if month == 12 else (year, month + 1)
    return datetime(year, month, 1, tzinfo=ZoneInfo(zone)), datetime(*after, 1, tzinfo=ZoneInfo(zone))


def _month(zone: str, year: str, month: str) -> EditionQuerySet:
    start, end = month_bounds(int(year), int(month), zone)
    return Edition.objects.newest().filter(published__gte=start, published__lt=end)


def _person(zone: str, slug: str) -> EditionQuerySet:
    person = NewsPerson.objects.filter(slug=slug).first()
    if person is None:
        return Edition.objects.none()
    return Edition.objects.newest().filter(speakers__name__in=person.spellings).distinct()


def _by(field: str) -> Chooser:
    return lambda zone, slug: Edition.objects.newest().filter(**{field: slug})


def _pattern(address: str) -> re.Pattern[str]:
    return re.compile(address.replace("SLUG", "(?P<slug>[^/]+)"))


_LISTS: tuple[tuple[re.Pattern[str], Chooser], ...] = (
    (_pattern(topic_address("SLUG")), _by("topics__slug")),
    (_pattern(author_address("SLUG")), _by("authors__slug")),
    (_pattern(person_address("SLUG")), _person),
    (_pattern(series_address("SLUG")), _by("series")),
    (re.compile(rf"{ARCHIVE}(?P<year>[12]\d{{3}})/(?P<month>0[1-9]|1[0-2])/"), _month),
    (_pattern(section_address("SLUG")), _by("section")),
)

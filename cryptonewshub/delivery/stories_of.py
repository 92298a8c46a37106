"""Which stories stand in the list at an address, in the one order that lists have: by publication, then by article.

Counting a list and taking a page of it reads an index that is sorted so, however long the list is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Manager, Q, QuerySet

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.delivery.kept import once
from cryptonewshub.editions.content import Content
from cryptonewshub.editions.models import Edition, EditionAuthor, EditionSpeaker, EditionTopic, Listed
from cryptonewshub.people.models import NewsPerson
from cryptonewshub.reader.affected import (
    ARCHIVE,
    FRONT,
    author_address,
    person_address,
    section_address,
    series_address,
    topic_address,
)
from cryptonewshub.reader.paging import Place, bounds


@dataclass(frozen=True, slots=True)
class Counted:
    """Which editions are counted, in the words of the database and in Django's, and by which time of theirs."""

    words: str
    said: Q
    time: str = "published"


STORIES_IN_A_FEED = 30
NEWEST = Counted("is_newest", Q(is_newest=True))
FIRST_EDITIONS = Counted("version = 1", Q(version=1))
TOLD = Counted("is_shown AND told IS NOT NULL", Q(is_shown=True, told__isnull=False), "told")
"""There is an index by time for each."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The stories of a list. `rows` stand for their newest editions; `edition` leads from a row to its edition."""

    rows: QuerySet[Any]
    edition: str = "pk"

    def count(self) -> int:
        return self.rows.count()

    def count_older(self, published: datetime, article: int) -> int:
        """How many stand before a story in the order of the list."""
        return self.rows.filter(Q(published__lt=published) | Q(published=published, article__lt=article)).count()

    def editions(self, first: int, end: int) -> list[Edition]:
        """The editions from one place to another, counted from the newest."""
        ordered = self.rows.order_by("-published", "-article").values_list(self.edition, flat=True)
        keys = list(ordered[first:end])
        found = Edition.objects.in_bulk(keys)
        return [found[key] for key in keys]

    def standing(self) -> Listing:
        """The same list without what was retracted."""
        path = "is_retracted" if self.edition == "pk" else f"{self.edition}__is_retracted"
        return Listing(self.rows.filter(**{path: False}), self.edition)


Chooser = Callable[..., Listing]


def stories_at(listing: str, zone: str) -> Listing:
    """The stories of the list at an address, all of them at '/'; none where there is no such list."""
    for pattern, chosen in _LISTS:
        if matched := pattern.fullmatch(listing):
            return chosen(zone=zone, **matched.groupdict())
    return Listing(Edition.objects.none())


def place_of(content: Content, listing: str, zone: str) -> Place:
    """Where a story stands, or would stand, in the list at an address."""
    stories = stories_at(listing, zone)
    published = content.document.published
    if published is None:
        return Place(0, stories.count())
    pk = ArticlePage.objects.filter(article_id=content.article).values_list("pk", flat=True).first() or 0
    return Place(stories.count_older(published, pk), stories.count())


def is_among_newest(content: Content, listing: str, zone: str, most: int) -> bool:
    """Whether a story, as it is published, is among the last so many of a list that the newsroom stands by."""
    rows = stories_at(listing, zone).standing().rows.order_by("-published", "-article")
    last = rows.values_list("published", flat=True)[most - 1 : most].first()
    published = content.document.published
    return last is None or (published is not None and published >= last)


def page_of(listing: str, number: int, zone: str) -> tuple[list[Content], int] | None:
    """The stories of a page of the list, newest first, and how many the whole list has; None for no such page."""
    stories = stories_at(listing, zone)
    total = stories.count()
    found = bounds(number, total)
    if found is None:
        return None
    first, end = found
    return [edition.read() for edition in stories.editions(total - end, total - first)], total


def month_bounds(year: int, month: int, zone: str) -> tuple[datetime, datetime]:
    """The first moment of a month in a zone, and that of the next month."""
    after = (year + 1, 1) if month == 12 else (year, month + 1)
    return datetime(year, month, 1, tzinfo=ZoneInfo(zone)), datetime(*after, 1, tzinfo=ZoneInfo(zone))


@once
def stories_by_month(zone: str) -> dict[tuple[int, int], int]:
    """How many stories each month has, by year and month in a zone, oldest first; months without any are not there."""
    months = _months_between(*_ends(NEWEST), zone)
    counts = count_in_spans([month_bounds(*month, zone) for month in months], NEWEST)
    return {month: count for month, count in zip(months, counts, strict=True) if count}


@once
def months_with(which: Counted, zone: str) -> list[tuple[int, int]]:
    """The months that have any, by year and month in a zone, oldest first. Looks at one of each month."""
    months = _months_between(*_ends(which), zone)
    found = _of_spans("EXISTS (SELECT 1 FROM {rows})", [month_bounds(*month, zone) for month in months], which)
    return [month for month, is_there in zip(months, found, strict=True) if is_there]


def _ends(which: Counted) -> tuple[datetime | None, datetime | None]:
    # Two questions, since databases that are asked for both ends at once read all that is between.
    times = Edition.objects.filter(which.said).values_list(which.time, flat=True)
    return times.order_by(which.time).first(), times.order_by(f"-{which.time}").first()


def _months_between(first: datetime | None, last: datetime | None, zone: str) -> list[tuple[int, int]]:
    if first is None or last is None:
        return []
    begin, end = first.astimezone(ZoneInfo(zone)), last.astimezone(ZoneInfo(zone))
    numbers = range(begin.year * 12 + begin.month - 1, end.year * 12 + end.month)
    return [(number // 12, number % 12 + 1) for number in numbers]


def count_in_spans(spans: Sequence[tuple[datetime, datetime]], which: Counted) -> list[int]:
    """How many editions have their time in each span: one question for all, which reads an index alone."""
    return _of_spans("(SELECT COUNT(*) FROM {rows})", spans, which)


def _of_spans(asked: str, spans: Sequence[tuple[datetime, datetime]], which: Counted) -> list[int]:
    if not spans:
        return []
    times = [connection.ops.adapt_datetimefield_value(time) for span in spans for time in span]
    rows = ", ".join(f"({number}, %s, %s)" for number in range(len(spans)))
    inside = f"{which.time} >= span.start AND {which.time} < span.finish"
    within = f"editions_edition WHERE {which.words} AND {inside}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH span(place, start, finish) AS (VALUES {rows}) "  # noqa: S608 - numbers and words of our own
            f"SELECT {asked.format(rows=within)} FROM span ORDER BY place",
            times,
        )
        return [found for (found,) in cursor.fetchall()]


def just_before(links: type[Listed], name: str, published: datetime, most: int) -> list[tuple[int, Any, int]]:
    """The last stories of a list before a time that the newsroom stands by, newest first.

    Of each its edition, when it was published, as the database writes times, and its article. Asked several times for
    each story's page, so it does without the time that Django needs to put such a question together.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT link.edition_id, link.published, link.article_id "  # noqa: S608 - names of our own
            f"FROM {links._meta.db_table} link JOIN editions_edition edition ON edition.id = link.edition_id "
            f"WHERE link.is_newest AND link.{links.name_of_list} = %s AND link.published < %s "
            "AND NOT edition.is_retracted ORDER BY link.published DESC, link.article_id DESC LIMIT %s",
            [name, connection.ops.adapt_datetimefield_value(published), most],
        )
        return cursor.fetchall()


def _month(zone: str, year: str, month: str) -> Listing:
    start, end = month_bounds(int(year), int(month), zone)
    return Listing(Edition.objects.filter(is_newest=True, published__gte=start, published__lt=end))


def _person(zone: str, slug: str) -> Listing:
    person = NewsPerson.objects.filter(slug=slug).first()
    return speaking(person.spellings if person else ())


def speaking(names: tuple[str, ...] | list[str]) -> Listing:
    """The stories that quote somebody by one of these names."""
    rows = EditionSpeaker.objects.filter(is_newest=True, name__in=names)
    if len(names) > 1:  # a story may quote them under two
        return Listing(rows.values("edition", "published", "article").distinct(), "edition")
    return Listing(rows, "edition")


def _linked(links: Manager[Any]) -> Chooser:
    return lambda zone, slug: Listing(links.filter(is_newest=True, slug=slug), "edition")


def _by(field: str) -> Chooser:
    return lambda zone, slug: Listing(Edition.objects.filter(is_newest=True, **{field: slug}))


def _pattern(address: str) -> re.Pattern[str]:
    return re.compile(address.replace("SLUG", "(?P<slug>[^/]+)"))


_LISTS: tuple[tuple[re.Pattern[str], Chooser], ...] = (
    (_pattern(FRONT), lambda zone: Listing(Edition.objects.filter(is_newest=True))),
    (_pattern(topic_address("SLUG")), _linked(EditionTopic.objects)),
    (_pattern(author_address("SLUG")), _linked(EditionAuthor.objects)),
    (_pattern(person_address("SLUG")), _person),
    (_pattern(series_address("SLUG")), _by("series")),
    (re.compile(rf"{ARCHIVE}(?P<year>[12]\d{{3}})/(?P<month>0[1-9]|1[0-2])/"), _month),
    (_pattern(section_address("SLUG")), _by("section")),
)

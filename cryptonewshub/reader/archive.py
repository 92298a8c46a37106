"""Everything that was published, by year and month of first publication in the site's zone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from cryptonewshub.editions.content import Content
from cryptonewshub.reader.affected import ARCHIVE, archive_month, year_address
from cryptonewshub.reader.engine import render
from cryptonewshub.reader.frames import frame_of
from cryptonewshub.reader.paging import WHOLE, Paging, numbered_title
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.teasers import teasers
from cryptonewshub.reader.times import month_moment, month_name, month_of_year, weekday

Months = Sequence[tuple[int, int]]  # the number of a month, and how many stories it has


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month in the list of months."""

    name: str
    path: str
    stories: int


@dataclass(frozen=True, slots=True)
class YearView:
    """A year and its months that have stories, the newest first."""

    name: str
    path: str
    stories: int
    months: tuple[MonthView, ...]


def archive_page(site: Site, years: Sequence[tuple[int, Months]]) -> str:
    """The way into the archive: every year and month, the newest first."""
    frame = frame_of(
        site,
        title=site.words.say("Archive"),
        description=site.words.say("Everything that we published."),
        path=ARCHIVE,
        stories=(),
    )
    return render(
        site.language,
        "pages/archive.html",
        frame=frame,
        title=site.words.say("Archive"),
        years=[_year(site, *year) for year in years],
    )


def year_page(site: Site, year: int, months: Months) -> str:
    """One year by its months."""
    frame = frame_of(
        site,
        title=site.words.say("Stories of %(time)s", time=year),
        description="",
        path=year_address(year),
        stories=(),
    )
    return render(site.language, "pages/archive.html", frame=frame, title=str(year), years=[_year(site, year, months)])


def month_page(site: Site, year: int, month: int, stories: Sequence[Content], pages: Paging = WHOLE) -> str:
    """The stories of one month by their days, the newest first."""
    name = month_of_year(year, month, site.language)
    frame = frame_of(
        site,
        title=numbered_title(site.words, name, pages)
        if pages.number
        else site.words.say("Stories of %(time)s", time=name),
        description="",
        path=pages.here(archive_month(year, month)),
        stories=stories,
    )
    days = [
        (weekday(day, site.language), teasers(site, list(of_day)))
        for day, of_day in groupby(stories, key=lambda content: _day(content, site.zone))
    ]
    return render(
        site.language,
        "pages/month.html",
        frame=frame,
        month=month_moment(year, month, site.language),
        year=year,
        year_path=year_address(year),
        days=days,
        pages=pages,
    )


def _day(content: Content, zone: str) -> date:
    published = content.document.published
    assert published is not None, "Only what is published is in the archive."
    return published.astimezone(ZoneInfo(zone)).date()


def _year(site: Site, year: int, months: Months) -> YearView:
    views = tuple(
        MonthView(month_name(date(year, month, 1), site.language), archive_month(year, month), count)
        for month, count in sorted(months, reverse=True)
    )
    return YearView(str(year), year_address(year), sum(count for _, count in months), views)

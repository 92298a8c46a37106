"""The archive: its front, its years, and its months with their numbered pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from django.conf import settings

from cryptonewshub.delivery.entries import look_up
from cryptonewshub.delivery.kinds import PageKind, fixed_page
from cryptonewshub.delivery.stories_of import page_of, stories_by_month
from cryptonewshub.reader import archive
from cryptonewshub.reader.affected import ARCHIVE, archive_month, year_address
from cryptonewshub.reader.paging import full_pages, page_address, paging
from cryptonewshub.reader.site import Site


def archive_page(site: Site) -> str:
    years = _years(site.zone)
    return archive.archive_page(site, [(year, sorted(years[year].items())) for year in sorted(years, reverse=True)])


def year_page(site: Site, year: str) -> str | None:
    months = _years(site.zone).get(int(year))
    return archive.year_page(site, int(year), sorted(months.items())) if months else None


def month_page(site: Site, year: str, month: str, number: str | None) -> str | None:
    listing, wanted = archive_month(int(year), int(month)), int(number or 0)
    found = page_of(listing, wanted, site.zone)
    if found is None or not found[0]:
        return None
    stories, total = found
    look_up(site, stories)
    return archive.month_page(site, int(year), int(month), stories, paging(listing, wanted, total))


def _years(zone: str) -> dict[int, dict[int, int]]:
    """How many stories each month of each year has."""
    years: dict[int, dict[int, int]] = defaultdict(dict)
    for (year, month), count in stories_by_month(zone).items():
        years[year][month] = count
    return years


def list_addresses() -> Iterator[str]:
    """The archive, its years and its months, without the numbered pages."""
    years = _years(settings.TIME_ZONE)
    yield ARCHIVE
    yield from map(year_address, years)
    yield from (archive_month(year, month) for year, months in years.items() for month in months)


def _year_addresses() -> Iterator[str]:
    yield from map(year_address, _years(settings.TIME_ZONE))


def _month_addresses() -> Iterator[str]:
    for (year, month), total in stories_by_month(settings.TIME_ZONE).items():
        listing = archive_month(year, month)
        yield from (page_address(listing, number) for number in range(full_pages(total) + 1))


_YEAR, _MONTH = r"(?P<year>[12]\d{3})", r"(?P<month>0[1-9]|1[0-2])"
KINDS = (
    fixed_page(ARCHIVE, archive_page),
    PageKind(re.compile(f"{ARCHIVE}{_YEAR}/"), year_page, _year_addresses),
    PageKind(
        re.compile(f"{ARCHIVE}{_YEAR}/{_MONTH}/(?:page/(?P<number>[1-9][0-9]{{0,5}})/)?"), month_page, _month_addresses
    ),
)

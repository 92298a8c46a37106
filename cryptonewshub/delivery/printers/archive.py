"""The archive: its front, its years, and its months with their numbered pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count
from django.db.models.functions import TruncMonth

from cryptonewshub.delivery.kinds import PageKind, fixed_page
from cryptonewshub.delivery.stories_of import page_of
from cryptonewshub.editions.models import Edition
from cryptonewshub.reader import archive
from cryptonewshub.reader.affected import ARCHIVE, archive_month, year_address
from cryptonewshub.reader.paging import full_pages, page_address, paging
from cryptonewshub.reader.site import Site


def archive_page(site: Site) -> str:
    years = _years(site.zone)
    return archive.archive_page(site, [(year, sorted(years[year].items())) for year in sorted(years, reverse=True)])


def year_page(site: Site, year: str) -> str | None:
    months = _years(site.zone, int(year)).get(int(year))
    return archive.year_page(site, int(year), sorted(months.items())) if months else None


def month_page(site: Site, year: str, month: str, number: str | None) -> str | None:
    listing, wanted = archive_month(int(year), int(month)), int(number or 0)
    found = page_of(listing, wanted, site.zone)
    if found is None or not found[0]:
        return None
    stories, total = found
    return archive.month_page(site, int(year), int(month), stories, paging(listing, wanted, total))


def _years(zone: str, year: int | None = None) -> dict[int, Counter[int]]:
    """How many stories each month of each year has; of one year only, where one is named."""
    stories = Edition.objects.newest().order_by()
    if year is not None:
        start, end = (datetime(y, 1, 1, tzinfo=ZoneInfo(zone)) for y in (year, year + 1))
        stories = stories.filter(published__gte=start, published__lt=end)
    months = stories.annotate(month=TruncMonth("published", tzinfo=ZoneInfo(zone))).values_list("month")
    years: dict[int, Counter[int]] = defaultdict(Counter)
    for month, count in months.annotate(Count("pk")):
        years[month.year][month.month] += count
    return years


def _year_addresses() -> Iterator[str]:
    yield from map(year_address, sorted(_years(settings.TIME_ZONE)))


def _archive_monthes() -> Iterator[str]:
    for year, months in sorted(_years(settings.TIME_ZONE).items()):
        for month, total in sorted(months.items()):
            listing = archive_month(year, month)
            yield from (page_address(listing, number) for number in range(full_pages(total) + 1))


_YEAR, _MONTH = r"(?P<year>[12]\d{3})", r"(?P<month>0[1-9]|1[0-2])"
KINDS = (
    fixed_page(ARCHIVE, archive_page),
    PageKind(re.compile(f"{ARCHIVE}{_YEAR}/"), year_page, _year_addresses),
    PageKind(
        re.compile(f"{ARCHIVE}{_YEAR}/{_MONTH}/(?:page/(?P<number>[1-9][0-9]{{0,5}})/)?"), month_page, _archive_monthes
    ),
)

"""What the newsroom put right: the newest corrections with their figures, each month, and the feed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Min

from cryptonewshub.delivery.entries import look_up
from cryptonewshub.delivery.kinds import fixed_page, page_kind
from cryptonewshub.delivery.printers.withdrawals import notices
from cryptonewshub.delivery.stories_of import FIRST_EDITIONS, TOLD, count_in_spans, months_with
from cryptonewshub.editions.content import Change
from cryptonewshub.editions.models import Edition
from cryptonewshub.reader import affected, corrections
from cryptonewshub.reader.figures import Month
from cryptonewshub.reader.site import Site

NEWEST = 50
MONTHS = 24


def corrections_page(site: Site) -> str:
    newest = look_up(site, [edition.read() for edition in Edition.objects.telling()[:NEWEST]])
    return corrections.corrections_page(
        site, newest, months=_figures(), earlier=_months_with_corrections(), withdrawals=notices()
    )


def month_page(site: Site, year: str, month: str) -> str | None:
    if not (year.isdigit() and month.isdigit() and 1 <= int(month) <= 12):
        return None
    start, end = _bounds(int(year), int(month))
    told = [edition.read() for edition in Edition.objects.telling().filter(told__gte=start, told__lt=end)]
    return corrections.month_page(site, int(year), int(month), look_up(site, told)) if told else None


def feed(site: Site) -> str:
    return corrections.corrections_feed(site, [edition.read() for edition in Edition.objects.telling()[:NEWEST]])


def _months_with_corrections() -> list[tuple[int, int]]:
    """Year and month, the newest first."""
    return months_with(TOLD, settings.TIME_ZONE)[::-1]


def _figures() -> list[Month]:
    """The figures of the last months up to the newest story or correction, the oldest first."""
    times = [*Edition.objects.order_by("-published").values_list("published", flat=True)[:1]]
    times += [told for told in Edition.objects.telling().values_list("told", flat=True)[:1] if told]
    if not times:
        return []
    first = Edition.objects.aggregate(first=Min("published"))["first"]
    zone = ZoneInfo(settings.TIME_ZONE)
    last = max(times).astimezone(zone)
    begin = first.astimezone(zone)
    months = [(last.year, last.month)]
    while len(months) < MONTHS and months[-1] > (begin.year, begin.month):
        year, month = months[-1]
        months.append((year, month - 1) if month > 1 else (year - 1, 12))
    return _filled(months[::-1])


def _filled(months: list[tuple[int, int]]) -> list[Month]:
    """The figures of these months, which follow one another."""
    spans = [_bounds(*month) for month in months]
    stories = count_in_spans(spans, FIRST_EDITIONS)
    put_right = list(
        Edition.objects.telling()
        .filter(told__gte=spans[0][0], told__lt=spans[-1][1], change__in=[Change.CORRECTION, Change.RETRACTION])
        .values_list("told", "wrong_since")
    )
    # In UTC, as the database tells times: comparing two zones costs as much as all the rest of the page.
    starts = [start.astimezone(UTC) for start, _ in spans]
    within: list[list[timedelta | None]] = [[] for _ in months]
    for told, since in put_right:
        assert told
        within[bisect_right(starts, told) - 1].append(told - since if since else None)
    return [
        Month(year=year, month=month, stories=count, corrections=len(times), times=tuple(filter(None, times)))
        for (year, month), count, times in zip(months, stories, within, strict=True)
    ]


def _bounds(year: int, month: int) -> tuple[datetime, datetime]:
    """The beginning of a month and of the next one in the site's zone."""
    start = datetime(year, month, 1, tzinfo=ZoneInfo(settings.TIME_ZONE))
    later = start + timedelta(days=32)
    return start, start.replace(year=later.year, month=later.month)


def _month_addresses() -> Iterator[str]:
    return (affected.month_address(year, month) for year, month in _months_with_corrections())


KINDS = (
    fixed_page(affected.CORRECTIONS, corrections_page),
    fixed_page(affected.CORRECTIONS_FEED, feed),
    page_kind(f"{affected.CORRECTIONS}<year>-<month>/", month_page, _month_addresses),
)

"""What the newsroom put right: the newest corrections with their figures, each month, and the feed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Min

from cryptonewshub.delivery.kinds import fixed_page, page_kind
from cryptonewshub.delivery.printers.withdrawals import notices
from cryptonewshub.editions.content import Change
from cryptonewshub.editions.models import Edition
from cryptonewshub.reader import affected, corrections
from cryptonewshub.reader.figures import Month
from cryptonewshub.reader.site import Site

NEWEST = 50
MONTHS = 24


def corrections_page(site: Site) -> str:
    newest = [edition.read() for edition in Edition.objects.telling()[:NEWEST]]
    return corrections.corrections_page(
        site, newest, months=_figures(), earlier=_months_with_corrections(), withdrawals=notices()
    )


def month_page(site: Site, year: str, month: str) -> str | None:
    if not (year.isdigit() and month.isdigit() and 1 <= int(month) <= 12):
        return None
    start, end = _bounds(int(year), int(month))
    told = [edition.read() for edition in Edition.objects.telling().filter(told__gte=start, told__lt=end)]
    return corrections.month_page(site, int(year), int(month), told) if told else None


def feed(site: Site) -> str:
    return corrections.corrections_feed(site, [edition.read() for edition in Edition.objects.telling()[:NEWEST]])


def _months_with_corrections() -> list[tuple[int, int]]:
    """Year and month, the newest first."""
    zone = ZoneInfo(settings.TIME_ZONE)
    moments = Edition.objects.telling().values_list("told", flat=True)
    return list(dict.fromkeys((when.year, when.month) for told in moments if told for when in [told.astimezone(zone)]))


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
    return [_month(*named) for named in reversed(months)]


def _month(year: int, month: int) -> Month:
    start, end = _bounds(year, month)
    put_right = (
        Edition.objects.telling()
        .filter(told__gte=start, told__lt=end, change__in=[Change.CORRECTION.value, Change.RETRACTION.value])
        .values_list("told", "wrong_since")
    )
    return Month(
        year=year,
        month=month,
        stories=Edition.objects.filter(version=1, published__gte=start, published__lt=end).count(),
        corrections=len(put_right),
        times=tuple(told - since for told, since in put_right if told and since),
    )


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

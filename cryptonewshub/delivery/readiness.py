"""Whether the newsroom is ready: what should be done by now and is not, each matter with a sentence.

`cnh ready` says all of it; `/readyz` tells the public which matters are well, and nothing else of them.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from wagtail.models import Revision

from cryptonewshub.delivery import cursor
from cryptonewshub.delivery.indexing import newsroom_index
from cryptonewshub.delivery.models import Purge, Wanted
from cryptonewshub.editions.custody import standing
from cryptonewshub.editions.models import LogEntry
from cryptonewshub.reader.search.index import IndexUnavailable

PATIENCE = timedelta(minutes=2)
"""How long something may wait before it counts: the clock looks every ten seconds."""
LEAST_FREE = 500_000_000  # bytes: some days of a small newsroom
LEAST_SHARE = 0.03


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that was looked at."""

    name: str
    is_well: bool
    sentence: str


def matters(now: datetime) -> list[Matter]:
    """Everything, the database first; without it, what stands in files."""
    database = _database()
    asked: Iterable[Callable[[datetime], Matter]] = (
        (_log, _pages, _caches, _schedule, _search, _disk, _keys) if database.is_well else (_disk, _keys)
    )
    return [database, *(_looked_at(ask, now) for ask in asked)]


@transaction.non_atomic_requests
def ready(request: HttpRequest) -> JsonResponse:
    """`/readyz`: 200 or 503, and which matters are well."""
    found = matters(timezone.now())
    is_well = all(matter.is_well for matter in found)
    answer = {"ready": is_well, "matters": {matter.name: "well" if matter.is_well else "not well" for matter in found}}
    return JsonResponse(answer, status=200 if is_well else 503, headers={"Cache-Control": "no-store"})


def pages_behind() -> int:
    """Entries of the log that the pages do not show yet."""
    return max(0, LogEntry.objects.next_index() - cursor.next_entry())


def _looked_at(ask: Callable[[datetime], Matter], now: datetime) -> Matter:
    try:
        return ask(now)
    except (OSError, DatabaseError, IndexUnavailable, ValueError) as error:
        return Matter(ask.__name__.removeprefix("_"), False, f"It could not be looked at: {error}.")


def _database() -> Matter:
    try:
        with connection.cursor() as asked:
            asked.execute("SELECT 1")
            asked.fetchone()
    except (DatabaseError, OSError) as error:
        return Matter("database", False, f"The database does not answer: {error}. Readers are served all the same.")
    return Matter("database", True, "The database answers.")


def _log(now: datetime) -> Matter:
    found = standing()
    return Matter("log", found.is_well, " ".join(found.sentences))


def _pages(now: datetime) -> Matter:
    behind = pages_behind()
    late = Wanted.objects.due(now - PATIENCE).count()
    if behind or late:
        return Matter(
            "pages", False, f"{behind} entries of the log and {late} wishes of editors are not on the pages yet."
        )
    return Matter("pages", True, "The pages show all that is in the log.")


def _caches(now: datetime) -> Matter:
    late = Purge.objects.late(now - PATIENCE).filter(cache__in=[cache.name for cache in settings.CNH_CACHES])
    urgent = late.filter(is_urgent=True).count()
    trouble = late.exclude(trouble="").values_list("trouble", flat=True).last() or "Is “cnh serve” running?"
    if late.exists():
        return Matter(
            "caches", False, f"{late.count()} purges wait, {urgent} of them for a correction or withdrawal. {trouble}"
        )
    return Matter("caches", True, "No cache is known to show an old page.")


def _schedule(now: datetime) -> Matter:
    late = late_schedule(now)
    if late:
        return Matter("schedule", False, f"{late} stories should have been published by now. Is “cnh serve” running?")
    return Matter("schedule", True, "Nothing that is due waits.")


def late_schedule(now: datetime) -> int:
    """Stories whose time to be published is over."""
    return Revision.page_revisions.filter(approved_go_live_at__lte=now - PATIENCE).count()


def _search(now: datetime) -> Matter:
    behind = max(0, LogEntry.objects.next_index() - newsroom_index().cursor())
    if behind:
        return Matter(
            "search", False, f"{behind} entries of the log are not in the search index; “cnh index” puts them in."
        )
    return Matter("search", True, "The search index has all that is in the log.")


def _disk(now: datetime) -> Matter:
    usage = shutil.disk_usage(settings.CNH_HOME.path)
    is_well = usage.free >= LEAST_FREE and usage.free >= LEAST_SHARE * usage.total
    return Matter("disk", is_well, f"{usage.free / 1e9:,.1f} GB of {usage.total / 1e9:,.1f} GB are free.")


def _keys(now: datetime) -> Matter:
    place = settings.CNH_HOME.keys
    open_ = sorted(file.name for file in (place, *place.iterdir()) if file.stat().st_mode & 0o077)
    if open_:
        return Matter(
            "keys", False, f"Others on this machine can read {', '.join(open_)} in {place}; “chmod -R go= {place}”."
        )
    return Matter("keys", True, "The keys are there, and nobody else can read them.")

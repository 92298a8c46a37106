"""The newsroom's numbers in the text format of Prometheus: https://prometheus.io/docs/instrumenting/exposition_formats/.

Nothing in them is about a person. What each means: docs/reference/metrics.md.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from itertools import accumulate

from django.conf import settings
from django.utils import timezone

from cryptonewshub.accuracy.models import Hold
from cryptonewshub.comments.models import Comment, State
from cryptonewshub.delivery.counting import BOUNDS, Waits, add_up, counts_of
from cryptonewshub.delivery.measures import measures
from cryptonewshub.delivery.models import Purge
from cryptonewshub.delivery.readiness import late_schedule, matters, pages_behind
from cryptonewshub.editions.models import LogEntry


def metrics_text() -> str:
    """All of it, as it is now."""
    return "\n".join(_lines(timezone.now())) + "\n"


def _lines(now: datetime) -> Iterator[str]:
    readers = add_up(counts_of(settings.CNH_HOME.path))
    yield from _head("cnh_requests_total", "counter", "Requests of readers, by who answered and with which status.")
    for (by, status), count in sorted(readers.requests.items()):
        yield f'cnh_requests_total{{by="{by}",status="{status}"}} {count}'
    yield from _head("cnh_request_seconds", "histogram", "How long answers took in the readers' server.")
    for by, waits in sorted(readers.waits.items()):
        yield from _histogram("cnh_request_seconds", waits, f'by="{by}"')
    yield from _head("cnh_bake_seconds", "histogram", "How long bakes took.")
    yield from _histogram("cnh_bake_seconds", measures.bakes)
    yield from _head("cnh_published_seconds", "histogram", "From an act of the newsroom to the pages that show it.")
    yield from _histogram("cnh_published_seconds", measures.published)
    yield from _value("cnh_pages_written_total", measures.pages, "Pages written by bakes.", kind="counter")
    yield from _value("cnh_log_entries", LogEntry.objects.next_index(), "Entries in the public log.")
    yield from _value("cnh_log_waiting", LogEntry.objects.waiting().count(), "Acts that are not in the log yet.")
    yield from _value("cnh_pages_behind", pages_behind(), "Entries of the log that the pages do not show yet.")
    yield from _purges()
    yield from _value("cnh_schedule_late", late_schedule(now), "Stories that should have been published by now.")
    yield from _value(
        "cnh_held_stories", Hold.objects.filter(released=None).count(), "Stories that the gate holds back."
    )
    waiting = Comment.objects.filter(state=State.WAITING).count()
    yield from _value("cnh_comments_waiting", waiting, "Comments that wait for a moderator.")
    free = shutil.disk_usage(settings.CNH_HOME.path).free
    yield from _value("cnh_disk_free_bytes", free, "Free space where the newsroom lives.")
    yield from _head("cnh_ready", "gauge", "1 for each matter that is well.")
    for matter in matters(now):
        yield f'cnh_ready{{matter="{matter.name}"}} {int(matter.is_well)}'


def _purges() -> Iterator[str]:
    """Nothing where no cache is named."""
    if not settings.CNH_CACHES:
        return
    yield from _head("cnh_purges_waiting", "gauge", "Purges that a cache has not acknowledged.")
    for cache in settings.CNH_CACHES:
        waiting = Purge.objects.filter(cache=cache.name, is_acknowledged=False)
        for name, urgent in (("yes", True), ("no", False)):
            count = waiting.filter(is_urgent=urgent).count()
            yield f'cnh_purges_waiting{{cache="{cache.name}",urgent="{name}"}} {count}'


def _head(name: str, kind: str, meaning: str) -> Iterator[str]:
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} {kind}"


def _value(name: str, value: float, meaning: str, kind: str = "gauge") -> Iterator[str]:
    yield from _head(name, kind, meaning)
    yield f"{name} {value}"


def _histogram(name: str, waits: Waits, labels: str = "") -> Iterator[str]:
    """Buckets count everything up to their end, so each holds those before it."""
    beside = f"{labels}," if labels else ""
    ends = [*(str(bound) for bound in BOUNDS), "+Inf"]
    sums = list(accumulate(waits.buckets))
    for end, count in zip(ends, sums, strict=True):
        yield f'{name}_bucket{{{beside}le="{end}"}} {count}'
    tail = f"{{{labels}}}" if labels else ""
    yield f"{name}_sum{tail} {waits.seconds:.6f}"
    yield f"{name}_count{tail} {sums[-1]}"

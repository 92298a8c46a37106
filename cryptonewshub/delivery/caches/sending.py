"""Telling caches what they have to let go of, what corrects or withdraws first, until they have acknowledged it.

A purge counts once it was acknowledged while nobody baked: the file was then replaced before. And then it is sent once
more, because a cache may just have been fetching the old page when the first one came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from cryptonewshub.delivery.caches.keys import EVERYTHING, key_of
from cryptonewshub.delivery.caches.kinds import Cache, PurgeRefused
from cryptonewshub.delivery.cursor import no_baker
from cryptonewshub.delivery.models import Purge
from cryptonewshub.delivery.site_files import address_of, pages

AGAIN = timedelta(seconds=5)
"""After which a purge is sent for the second time: a cache has fetched a page by then."""
LONGEST_WAIT = 60.0  # seconds between two trials
_MOST_FAILURES = 30_000  # are counted: what the column holds
_MOST = 2_000  # addresses; beyond that, everything is purged by its one key
_MOST_ROWS = 20_000


def send_what_waits(cache: Cache, now: datetime | None = None) -> list[str]:
    """Sends a cache what is due, and returns what is the matter with it: a sentence, or nothing."""
    now = now or timezone.now()
    with no_baker() as is_settled:
        rows = _due(cache, now)
    of_address = _by_address(rows)
    for addresses in _batches(cache, list(of_address)):
        try:
            _send(cache, addresses)
        except PurgeRefused as refused:
            _put_off([row for some in of_address.values() for row in some], refused, now)
            return [f"{refused} What waits is tried again."]
        done = list(of_address) if EVERYTHING in addresses else addresses
        _acknowledge([row for address in done for row in of_address.pop(address)], now, is_settled=is_settled)
    return []


def send_at_once(cache: Cache) -> list[str]:
    """Sends what waits, also what is not due yet."""
    Purge.objects.filter(cache=cache.name).update(due=timezone.now())
    return send_what_waits(cache)


def forget_other_caches() -> None:
    """Takes away what was to be told to caches that the operator does not name any more."""
    Purge.objects.exclude(cache__in=[cache.name for cache in settings.CNH_CACHES]).delete()


def _due(cache: Cache, now: datetime) -> list[Purge]:
    """A cache that wants to be left alone hears of nothing new but what cannot wait."""
    due = Purge.objects.due(cache.name, now)
    is_resting = Purge.objects.filter(cache=cache.name, failures__gt=0, due__gt=now).exists()
    return list((due.filter(is_urgent=True) if is_resting else due)[:_MOST_ROWS])


def _send(cache: Cache, addresses: Sequence[str]) -> None:
    if EVERYTHING in addresses and not cache.has_keys:
        cache.purge([address_of(file) for file in pages()])
    else:
        cache.purge(addresses)


def _by_address(rows: Iterable[Purge]) -> dict[str, list[Purge]]:
    """The rows of each address, in the order in which the first of them came."""
    found: dict[str, list[Purge]] = {}
    for row in rows:
        found.setdefault(row.address, []).append(row)
    return found


def _batches(cache: Cache, addresses: Sequence[str]) -> Iterator[list[str]]:
    """What goes in one request, in order; `EVERYTHING` is enough for all of them."""
    if EVERYTHING in addresses or (cache.has_keys and len(addresses) > _MOST):
        yield [EVERYTHING]
        return
    batch: list[str] = []
    signs = 0
    for address in addresses:
        size = len(key_of(address)) + 1
        if batch and (len(batch) == cache.most or signs + size > cache.most_signs):
            yield batch
            batch, signs = [], 0
        batch.append(address)
        signs += size
    if batch:
        yield batch


def _put_off(rows: Sequence[Purge], refused: PurgeRefused, now: datetime) -> None:
    """With waits that grow: 1, 2, 4 … seconds up to a minute, or as long as the cache has asked for."""
    failures = max(row.failures for row in rows)
    wait = max(refused.wait, min(2.0 ** min(failures, 10), LONGEST_WAIT))
    _rows(rows).update(
        failures=min(failures + 1, _MOST_FAILURES), trouble=str(refused), due=now + timedelta(seconds=wait)
    )


def _acknowledge(rows: Sequence[Purge], now: datetime, *, is_settled: bool) -> None:
    if not is_settled:  # a bake goes on: some of these files may be replaced only now
        _rows(rows).update(due=now + AGAIN, failures=0, trouble="")
        return
    _rows([row for row in rows if row.is_acknowledged]).delete()
    first = _rows([row for row in rows if not row.is_acknowledged])
    first.update(is_acknowledged=True, due=now + AGAIN, failures=0, trouble="")


def _rows(rows: Sequence[Purge]) -> models.QuerySet[Purge]:
    return Purge.objects.filter(pk__in=[row.pk for row in rows])

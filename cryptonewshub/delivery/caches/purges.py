"""What caches have to let go of: a row for each cache and address, made before the file of that address is replaced.

So a crash at any moment leaves a purge too many, and never one too few. Rows are taken away by `sending.py`.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone

from cryptonewshub.delivery.caches.keys import EVERYTHING
from cryptonewshub.delivery.models import Purge
from cryptonewshub.editions.content import TOLD
from cryptonewshub.editions.models import LogEntry
from cryptonewshub.tlog.manifests import Kind

_URGENT = frozenset({Kind.WITHDRAW.value, Kind.RESTORE.value})
_CHANGES = frozenset(change.value for change in TOLD)


def purge(addresses: Iterable[str], *, urgent: bool = False) -> None:
    """Asks every cache to let go of these addresses; `EVERYTHING` is all of them."""
    caches = settings.CNH_CACHES
    if not caches:
        return
    now, wanted = timezone.now(), list(dict.fromkeys(addresses))
    Purge.objects.bulk_create(
        Purge(cache=cache.name, address=address, is_urgent=urgent, made=now, due=now)
        for cache in caches
        for address in wanted
    )


def purge_first(entries: Iterable[LogEntry], addresses: Iterable[str]) -> None:
    """Before a bake: where its entries correct, retract or withdraw something, what they touch is purged first."""
    if any(_is_urgent(entry) for entry in entries):
        purge(addresses, urgent=True)


def purge_withdrawn() -> None:
    """Everything, first: no page that showed the words may be shown by a cache, nor a document or a picture of them."""
    purge([EVERYTHING], urgent=True)


def _is_urgent(entry: LogEntry) -> bool:
    return entry.kind in _URGENT or (entry.edition is not None and entry.edition.change in _CHANGES)

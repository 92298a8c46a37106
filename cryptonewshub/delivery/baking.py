"""Baking: writing pages to files after a publication. Every run can be repeated, and a killed one loses nothing.

The log is the queue: the site keeps the index of the next entry that it has not handled, and reads on from there. So no
page shows an edition before the log has it.
Files are replaced whole; a reader gets the old page or the new one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cryptonewshub.delivery import cursor, inspecting, marks, printing
from cryptonewshub.delivery.caches.purges import purge_first
from cryptonewshub.delivery.cursor import baking_waits, one_baker
from cryptonewshub.delivery.hub import tell_the_hub_of
from cryptonewshub.delivery.loaded import loaded_addresses, write_loaded
from cryptonewshub.delivery.measures import measured_bake
from cryptonewshub.delivery.models import EVERYTHING, Wanted
from cryptonewshub.delivery.site_files import address_of, file_of, pages, replace, take_away, take_away_all_but
from cryptonewshub.delivery.touched import thread_addresses, touched_by, touched_threads
from cryptonewshub.editions.crash_points import crash_point
from cryptonewshub.editions.erasing import finish_withdrawals
from cryptonewshub.editions.models import Edition, LogEntry, Withdrawal
from cryptonewshub.reader.machines import NEWS
from cryptonewshub.reader.sitemaps import NEWS_AGE

__all__ = [
    "bake_after_withdrawal",
    "bake_all",
    "bake_later",
    "bake_pending",
    "bake_safely",
    "baking_waits",
    "file_of",
    "mend_damaged",
]

logger = logging.getLogger(__name__)
Progress = Callable[[int, int], None]
_AT_ONCE = 200  # pages that an editor waits for


def bake_pending() -> list[str]:
    """Bakes what the log's entries since the last run touched and what was asked for, and returns what was written.

    A site that was never baked, or was thrown away, is baked whole.
    Assets are looked at each time: a new version of the software brings new ones.
    """
    finish_withdrawals()
    marks.mark_documents()
    with one_baker():
        entries = list(LogEntry.objects.since(cursor.next_entry()).select_related("edition"))
        threads = touched_threads(entries)
        wanted = list(Wanted.objects.due(timezone.now()))
        named = {request.address for request in wanted}
        whole = _every() if EVERYTHING in named or not cursor.is_begun() else []
        touched = sorted((named | touched_by(entries)) - {EVERYTHING})
        threads_of = thread_addresses(printing.current_site(), threads)
        purge_first(entries, touched)
        with measured_bake(entries) as written:
            written += _write(dict.fromkeys([*whole, *touched, *threads_of]))
        crash_point("P11", settings.CNH_HOME.path)
        _ask_again_by_the_clock(entries)
        if entries:
            # A crash before this line bakes the same pages again; after it, they are all there.
            cursor.advance(_after(entries))
        for thread in threads:
            thread.is_baked()
        Wanted.objects.filter(pk__in=[request.pk for request in wanted]).delete()
        crash_point("P12", settings.CNH_HOME.path)
        return written


def bake_all(progress: Progress = lambda done, total: None) -> list[str]:
    """Bakes the whole site again from its editions, and takes away files that belong to no page."""
    finish_withdrawals()
    marks.mark_documents()
    with one_baker():
        entries = list(LogEntry.objects.logged().reverse()[:1])
        wanted = list(Wanted.objects.due(timezone.now()).values_list("pk", flat=True))
        written = _write_every(progress)
        Wanted.objects.filter(pk__in=wanted).delete()
        inspecting.forget(())
        cursor.advance(_after(entries))
        return written


def bake_after_withdrawal(withdrawal: Withdrawal) -> None:
    """Bakes every page again: none that showed the words may be forgotten."""
    with one_baker():
        if any(pages()):
            _write_every()
        for name in withdrawal.pictures:
            # Every file that was made of a picture begins with the same part of its hash.
            for file in (settings.CNH_HOME.site / "media").glob(f"{Path(name).stem}*"):
                take_away(file)


def bake_later(addresses: Iterable[str], *, due: datetime | None = None) -> None:
    """Asks for pages that no edition touches, by their addresses: at once after the commit, or at a time.

    Call it in the transaction of the change. `EVERYTHING` is the whole site. Many pages are left to the next round of
    `cnh serve` or to `cnh bake`, so that the editor who asked need not wait.
    """
    now = timezone.now()
    wanted = sorted(set(addresses))
    Wanted.objects.bulk_create(Wanted(address=address, due=due or now) for address in wanted)
    is_little = len(wanted) <= _AT_ONCE and (EVERYTHING not in wanted or Edition.objects.count() <= _AT_ONCE)
    if wanted and is_little and (due is None or due <= now):
        transaction.on_commit(bake_safely, robust=True)


def bake_safely() -> None:
    """Bakes what is pending. A bake that fails undoes nothing: what was to be baked waits for the next one.

    Within a bake it does nothing: what is asked for there is next.
    """
    if cursor.is_baking():
        return
    try:
        tell_the_hub_of(bake_pending())
    except OSError as error:
        logger.error("The pages could not be written: %s. They wait for the next publication or “cnh bake”.", error)


def mend_damaged(*, start: int = 0) -> list[str]:
    """Bakes again what a disk or a hand has changed since it was baked, and returns the addresses.

    Looks at a part of a very large site; `start` is where. None of it is a new edition: nothing is logged.
    """
    with one_baker():
        damaged = inspecting.damaged_files(start=start)
        if not damaged:
            return []
        for file in damaged:
            file.unlink(missing_ok=True)
        _write(map(address_of, damaged))
        # What belongs to no page any more was taken away, and is no damage.
        inspecting.forget(file for file in damaged if not file.exists())
        return [address_of(file) for file in damaged if file.exists()]


def _after(entries: Sequence[LogEntry]) -> int:
    return entries[-1].index + 1 if entries and entries[-1].index is not None else 0


def _ask_again_by_the_clock(entries: Iterable[LogEntry]) -> None:
    """A story leaves the news sitemap after two days although nothing is published then."""
    now = timezone.now()
    leaves = {entry.edition.published + NEWS_AGE for entry in entries if entry.edition}
    Wanted.objects.bulk_create(Wanted(address=NEWS, due=due) for due in sorted(leaves) if due > now)


def _every() -> list[str]:
    return list(dict.fromkeys(printing.every_address()))


def _write_every(progress: Progress = lambda done, total: None) -> list[str]:
    addresses = _every()
    written = _write(addresses, progress)
    take_away_all_but([*addresses, *loaded_addresses()])
    return written


def _write(addresses: Iterable[str], progress: Progress = lambda done, total: None) -> list[str]:
    site = printing.current_site()
    wanted = list(addresses)
    written = write_loaded(site)
    for done, address in enumerate(wanted, start=1):
        page = printing.page_at(address, site)
        if replace(file_of(address), page) if page is not None else take_away(file_of(address)):
            written.append(address)
            crash_point("P10", settings.CNH_HOME.path)
        progress(done, len(wanted))
    return written

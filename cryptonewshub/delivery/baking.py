"""Baking: writing pages to files after a publication. Every run can be repeated, and a killed one loses nothing.

The log is the queue: the site keeps the index of the next entry that it has not handled, and reads on from there. So no
page shows an edition before the log has it.
Files are replaced whole; a reader gets the old page or the new one.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cryptonewshub.comments.models import Thread
from cryptonewshub.delivery import cursor, inspecting, marks, printing
from cryptonewshub.delivery.caches.purges import purge, purge_first
from cryptonewshub.delivery.cursor import baking_waits, one_baker, one_baker_of_all
from cryptonewshub.delivery.hub import tell_the_hub_of
from cryptonewshub.delivery.kept import kept
from cryptonewshub.delivery.loaded import write_loaded
from cryptonewshub.delivery.measures import measured_bake
from cryptonewshub.delivery.models import EVERYTHING, Wanted
from cryptonewshub.delivery.site_files import address_of, file_of, pages, take_away
from cryptonewshub.delivery.surroundings import NewsroomSurroundings
from cryptonewshub.delivery.touched import thread_addresses, touched_by, touched_threads
from cryptonewshub.delivery.whole import Progress, write_everything
from cryptonewshub.delivery.writing import write_pages
from cryptonewshub.editions.crash_points import crash_point
from cryptonewshub.editions.erasing import finish_withdrawals
from cryptonewshub.editions.models import Edition, LogEntry, Withdrawal
from cryptonewshub.reader.affected import FRONT, WORDS, affected, edition_address, history_address
from cryptonewshub.reader.machines import NEWS, SECURITY, card_address
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
    "want_pages_with_words_of",
]

logger = logging.getLogger(__name__)
_AT_ONCE = 200  # pages that an editor waits for
_PAGES_TOUCHED, _PAGES_OF_A_STORY = 40, 6  # about so many


def bake_pending(*, in_a_hurry: bool = False) -> list[str]:
    """Bakes what the log's entries since the last run touched and what was asked for, and returns what was written.

    A site that was never baked, or was thrown away, is baked whole; so is one of which everything was asked for, unless
    somebody waits and it is large. Assets are looked at each time: a new version of the software brings new ones.
    """
    if not cursor.is_begun() or is_everything_due(in_a_hurry=in_a_hurry):
        return bake_all()
    finish_withdrawals()
    marks.mark_documents()
    with one_baker(), kept():
        entries = list(LogEntry.objects.since(cursor.next_entry()).select_related("edition"))
        site = printing.current_site()
        with measured_bake(entries) as written:
            written += write_loaded(site, anew=False)
            # What readers look at is there before we ask what else has changed.
            stories = dict.fromkeys(entry.edition.path for entry in entries if entry.edition)
            first = [*stories, FRONT] if stories else []
            purge_first(entries, first)
            written += write_pages(first)
            threads = touched_threads(entries)
            wanted = list(Wanted.objects.due(timezone.now()).exclude(address=EVERYTHING))
            addresses = {request.address for request in wanted} | touched_by(entries)
            addresses.update(thread_addresses(site, threads))
            purge_first(entries, addresses.difference(first))
            written += write_pages(sorted(addresses.difference(written)))
        crash_point("P11", settings.CNH_HOME.path)
        _ask_again_by_the_clock(entry.edition.published for entry in entries if entry.edition)
        if entries:
            # A crash before this line bakes the same pages again; after it, they are all there.
            cursor.advance(_after(entries))
        for thread in threads:
            thread.is_baked()
        Wanted.objects.filter(pk__in=[request.pk for request in wanted]).delete()
        crash_point("P12", settings.CNH_HOME.path)
        return written


def bake_all(progress: Progress = lambda done, total: None, *, processes: int = 0) -> list[str]:
    """Bakes the whole site again from its editions, and takes away files that belong to no page.

    A run that was killed is gone on with by the next one. `processes` as for `write_everything`.
    """
    finish_withdrawals()
    marks.mark_documents()
    with one_baker_of_all():
        entries = list(LogEntry.objects.logged().reverse()[:1])
        threads = list(Thread.objects.stale())
        wanted = list(Wanted.objects.due(timezone.now()).values_list("pk", flat=True))
        with measured_bake([]) as written:
            written += write_everything(progress, processes=processes)
        if written:
            purge([EVERYTHING])  # what a cache fetched while its page was on the way
        for thread in threads:
            thread.is_baked()
        Wanted.objects.filter(pk__in=wanted).delete()
        with one_baker():  # who publishes meanwhile adds to the list
            inspecting.forget(())
        fresh = Edition.objects.filter(published__gt=timezone.now() - NEWS_AGE)
        _ask_again_by_the_clock(fresh.values_list("published", flat=True))
        cursor.advance(max(_after(entries), cursor.next_entry()))
        return written


def want_pages_with_words_of(withdrawal: Withdrawal) -> None:
    """Asks for every page that shows what is about to be withdrawn: its lists, feeds and neighbours, too.

    And for the list of our own words, which the notice is among.
    """
    around, addresses = NewsroomSurroundings(), {WORDS}
    for edition in withdrawal.editions.filter(withdrawn_by=None):
        addresses |= affected(edition.read(), None, around)
    Wanted.objects.bulk_create(Wanted(address=address, due=timezone.now()) for address in sorted(addresses))


def bake_after_withdrawal(withdrawal: Withdrawal) -> None:
    """Bakes the story's own pages, then those that showed its words, and then every page: none may be forgotten.

    In a large newsroom nobody waits for the last part; it is asked for, and `cnh serve` or `cnh bake` does it.
    """
    if any(pages()):
        with one_baker():
            write_pages(sorted(_pages_of_story(withdrawal)))
            wanted = list(Wanted.objects.due(timezone.now()).exclude(address=EVERYTHING))
            write_pages(sorted({request.address for request in wanted}))
            Wanted.objects.filter(pk__in=[request.pk for request in wanted]).delete()
        if Edition.objects.count() > _AT_ONCE:
            Wanted.objects.create(address=EVERYTHING, due=timezone.now())
        else:
            with one_baker_of_all():
                write_everything()
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
        tell_the_hub_of(bake_pending(in_a_hurry=True))
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
        write_pages([address_of(file) for file in damaged])
        write_loaded(printing.current_site())  # after them: what pages load is no page, and is missing now
        # What belongs to no page any more was taken away, and is no damage.
        inspecting.forget(file for file in damaged if not file.exists())
        return [address_of(file) for file in damaged if file.exists()]


def _after(entries: Sequence[LogEntry]) -> int:
    return entries[-1].index + 1 if entries and entries[-1].index is not None else 0


def _ask_again_by_the_clock(published: Iterable[datetime]) -> None:
    """What changes although nothing is published then: a story leaves the news sitemap after two days, and security.txt
    says each month until when it holds.
    """
    now = timezone.now()
    leaves = {when + NEWS_AGE for when in published}
    wanted = [Wanted(address=NEWS, due=due) for due in sorted(leaves) if due > now]
    if settings.CNH_SECURITY_CONTACT and not Wanted.objects.filter(address=SECURITY, due__gt=now).exists():
        wanted.append(Wanted(address=SECURITY, due=(now.replace(day=1) + timedelta(days=32)).replace(day=1)))
    Wanted.objects.bulk_create(wanted)


def is_everything_due(*, in_a_hurry: bool = False) -> bool:
    """Whether everything was asked for, or so much is new that it is less work than each story's surroundings."""
    fresh = LogEntry.objects.since(cursor.next_entry()).order_by().count()
    if fresh > _AT_ONCE and fresh * _PAGES_TOUCHED > Edition.objects.count() * _PAGES_OF_A_STORY:
        return True
    is_asked_for = Wanted.objects.due(timezone.now()).filter(address=EVERYTHING).exists()
    return is_asked_for and not (in_a_hurry and Edition.objects.count() > _AT_ONCE)


def _pages_of_story(withdrawal: Withdrawal) -> set[str]:
    editions = Edition.objects.of(withdrawal.article).values_list("path", "version")
    paths = {path for path, _ in editions}
    pages_of_editions = {edition_address(path, version) for path in paths for _, version in editions}
    return {FRONT, *paths, *map(history_address, paths), *map(card_address, paths), *pages_of_editions}

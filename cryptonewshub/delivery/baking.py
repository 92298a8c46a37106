"""Baking: writing pages to files after a publication. Every run can be repeated, and a killed one loses nothing.

The log is the queue: the site keeps the index of the next entry that it has not handled, and reads on from there. So no
page shows an edition before the log has it.
Files are replaced whole; a reader gets the old page or the new one.
"""

from __future__ import annotations

import fcntl
import logging
import shutil
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cryptonewshub.comments.addresses import SITE_FEED
from cryptonewshub.comments.models import Thread
from cryptonewshub.delivery import inspecting, printing
from cryptonewshub.delivery.hub import tell_the_hub_of
from cryptonewshub.delivery.models import EVERYTHING, Wanted
from cryptonewshub.delivery.packing import copies_of, is_packed, write_copies
from cryptonewshub.delivery.pictures import missing_forms
from cryptonewshub.delivery.printers import accuracy_policy
from cryptonewshub.delivery.printers.threads import addresses_of
from cryptonewshub.delivery.surroundings import NewsroomSurroundings
from cryptonewshub.editions.crash_points import crash_point
from cryptonewshub.editions.erasing import finish_withdrawals
from cryptonewshub.editions.models import Edition, LogEntry, Withdrawal
from cryptonewshub.reader.affected import affected
from cryptonewshub.reader.machines import NEWS
from cryptonewshub.reader.sitemaps import NEWS_AGE
from cryptonewshub.sources.archive import write_durably
from cryptonewshub.tlog.manifests import Kind

logger = logging.getLogger(__name__)
Progress = Callable[[int, int], None]
_is_baking: ContextVar[bool] = ContextVar("the pages are being baked", default=False)
_AT_ONCE = 200  # pages that an editor waits for


def bake_pending() -> list[str]:
    """Bakes what the log's entries since the last run touched and what was asked for, and returns what was written.

    A site that was never baked, or was thrown away, is baked whole.
    Assets are looked at each time: a new version of the software brings new ones.
    """
    finish_withdrawals()
    with _one_baker():
        entries = list(LogEntry.objects.since(_next_entry()).select_related("edition"))
        threads = _touched_threads(entries)
        wanted = list(Wanted.objects.due(timezone.now()))
        named = {request.address for request in wanted}
        whole = _every() if EVERYTHING in named or not _is_begun() else []
        touched = sorted((named | _touched_by(entries)) - {EVERYTHING})
        written = _write(dict.fromkeys([*whole, *touched, *_thread_addresses(threads)]))
        crash_point("P11", settings.CNH_HOME.path)
        _ask_again_by_the_clock(entries)
        if entries:
            # A crash before this line bakes the same pages again; after it, they are all there.
            _advance(entries)
        for thread in threads:
            thread.is_baked()
        Wanted.objects.filter(pk__in=[request.pk for request in wanted]).delete()
        crash_point("P12", settings.CNH_HOME.path)
        return written


def bake_all(progress: Progress = lambda done, total: None) -> list[str]:
    """Bakes the whole site again from its editions, and takes away files that belong to no page."""
    finish_withdrawals()
    with _one_baker():
        entries = list(LogEntry.objects.logged().reverse()[:1])
        wanted = list(Wanted.objects.due(timezone.now()).values_list("pk", flat=True))
        addresses = _every()
        written = _write(addresses, progress)
        _take_away_all_but(addresses)
        Wanted.objects.filter(pk__in=wanted).delete()
        inspecting.forget(())
        _advance(entries)
        return written


def bake_after_withdrawal(withdrawal: Withdrawal) -> None:
    """Bakes every page again: none that showed the words may be forgotten."""
    with _one_baker():
        if any(_pages_in(settings.CNH_HOME.site)):
            addresses = _every()
            _write(addresses)
            _take_away_all_but(addresses)
        for name in withdrawal.pictures:
            # Every file that was made of a picture begins with the same part of its hash.
            for file in (settings.CNH_HOME.site / "media").glob(f"{Path(name).stem}*"):
                file.unlink()


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
    if _is_baking.get():
        return
    try:
        tell_the_hub_of(bake_pending())
    except OSError as error:
        logger.error("The pages could not be written: %s. They wait for the next publication or “cnh bake”.", error)


@contextmanager
def baking_waits() -> Iterator[None]:
    """Inside, nothing is baked: whoever loads many stories bakes them together, afterwards."""
    token = _is_baking.set(True)
    try:
        yield
    finally:
        _is_baking.reset(token)


def mend_damaged(*, start: int = 0) -> list[str]:
    """Bakes again what a disk or a hand has changed since it was baked, and returns the addresses.

    Looks at a part of a very large site; `start` is where. None of it is a new edition: nothing is logged.
    """
    with _one_baker():
        damaged = inspecting.damaged_files(start=start)
        if not damaged:
            return []
        for file in damaged:
            file.unlink(missing_ok=True)
        _write(_address_of(file) for file in damaged)
        # What belongs to no page any more was taken away, and is no damage.
        inspecting.forget(file for file in damaged if not file.exists())
        return [_address_of(file) for file in damaged if file.exists()]


def file_of(address: str) -> Path:
    """The file that is served at an address."""
    place = settings.CNH_HOME.site / address.lstrip("/")
    return place / "index.html" if address.endswith("/") else place


def _touched_by(entries: list[LogEntry]) -> set[str]:
    touched, around = set[str](), NewsroomSurroundings()
    readable = Edition.objects.readable()
    for edition in readable.filter(pk__in=[entry.edition_id for entry in entries if entry.edition_id]):
        previous = readable.filter(article=edition.article_id, version=edition.version - 1).first()
        touched |= affected(edition.read(), previous.read() if previous else None, around)
    if any(entry.kind == Kind.POLICY for entry in entries):
        touched.update(accuracy_policy.addresses())
    return touched


def _address_of(file: Path) -> str:
    return f"/{file.relative_to(settings.CNH_HOME.site)}".removesuffix("index.html")


def _ask_again_by_the_clock(entries: list[LogEntry]) -> None:
    """A story leaves the news sitemap after two days although nothing is published then."""
    now = timezone.now()
    leaves = {entry.edition.published + NEWS_AGE for entry in entries if entry.edition}
    Wanted.objects.bulk_create(Wanted(address=NEWS, due=due) for due in sorted(leaves) if due > now)


def _every() -> list[str]:
    return list(dict.fromkeys(printing.every_address()))


def _touched_threads(entries: list[LogEntry]) -> list[Thread]:
    """The threads whose comments or whose story have changed."""
    articles = {entry.article_id for entry in entries}
    return [*Thread.objects.stale(), *Thread.objects.baked().filter(article_id__in=articles)]


def _thread_addresses(threads: list[Thread]) -> list[str]:
    """Their pages, and the addresses of pages that are there and should not be any more."""
    site = printing.current_site()
    pages = [address for thread in threads for address in addresses_of(site, thread)]
    pages += [SITE_FEED] if pages else []
    return list(dict.fromkeys([*pages, *(address for page in pages for address in _pages_beyond(page, pages))]))


def _pages_beyond(thread_page: str, pages: Container[str]) -> list[str]:
    """What is left of a thread that has become shorter."""
    folders = file_of(thread_page).parent.glob("[1-9]*/") if thread_page.endswith("/comments/") else ()
    return [address for folder in folders if (address := f"{thread_page}{folder.name}/") not in pages]


def _write(addresses: Iterable[str], progress: Progress = lambda done, total: None) -> list[str]:
    site = printing.current_site()
    wanted = list(addresses)
    written = [*_write_assets(), *_write_pictures()]
    for done, address in enumerate(wanted, start=1):
        page = printing.page_at(address, site)
        if _replace(file_of(address), page) if page is not None else _take_away(file_of(address)):
            written.append(address)
            crash_point("P10", settings.CNH_HOME.path)
        progress(done, len(wanted))
    return written


def _write_assets() -> list[str]:
    """Assets go first: a page is never there before what it loads."""
    files = {
        **printing.asset_files(),
        printing.NOT_FOUND: printing.page_at(printing.NOT_FOUND, printing.current_site()),
    }
    return [address for address, data in files.items() if data is not None and _replace(file_of(address), data)]


def _write_pictures() -> list[str]:
    kept = settings.CNH_HOME.media / "published"
    files = sorted(kept.iterdir()) if kept.is_dir() else []
    fresh = [file for file in files if not file_of(f"/media/{file.name}").exists()]
    written = []
    for file in fresh:
        # The picture itself goes last: while it is missing, its forms may be, too.
        for name, data in missing_forms(file, file_of("/media/x").parent):
            _replace(file_of(f"/media/{name}"), data)
            written.append(f"/media/{name}")
        _replace(file_of(f"/media/{file.name}"), file.read_bytes())
        written.append(f"/media/{file.name}")
    return written


def _replace(file: Path, data: bytes) -> bool:
    """Whether the file had to change."""
    if file.is_file() and file.read_bytes() == data:
        return False
    # A packed copy is never older than its file: a crash in between leaves a file without copies, which is served so.
    _take_away_copies(file)
    write_durably(file, data)
    inspecting.note_written(file, data)
    if is_packed(file):
        write_copies(file, data)
    return True


def _take_away_copies(file: Path) -> None:
    for copy in copies_of(file):
        copy.unlink(missing_ok=True)


def _take_away(file: Path) -> bool:
    """Whether there was a file at an address that has no page any more."""
    is_there = file.is_file()
    _take_away_copies(file)
    file.unlink(missing_ok=True)
    return is_there


def _take_away_all_but(addresses: Iterable[str]) -> None:
    wanted = {file_of(address) for address in addresses}
    wanted |= {file_of(address) for address in (*printing.asset_files(), printing.NOT_FOUND)}
    wanted |= {copy for file in wanted for copy in copies_of(file)}
    site: Path = settings.CNH_HOME.site
    for file in list(_pages_in(site)):
        if file not in wanted:
            file.unlink()
    for folder in sorted((place for place in site.rglob("*") if place.is_dir()), reverse=True):
        if folder.name != ".state" and not any(folder.iterdir()):
            shutil.rmtree(folder, ignore_errors=True)


def _pages_in(site: Path) -> Iterator[Path]:
    for file in site.rglob("*"):
        inside = file.relative_to(site).parts
        if file.is_file() and inside[0] not in (".state", "media"):
            yield file


@contextmanager
def _one_baker() -> Iterator[None]:
    """One process bakes at a time; the next one waits, and finds less to do."""
    state = _state()
    state.mkdir(parents=True, exist_ok=True)
    with (state / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        token = _is_baking.set(True)
        try:
            yield
        finally:
            _is_baking.reset(token)


def _next_entry() -> int:
    """The first entry that is not baked; 0 for a new site. It lives with the files: no files, no memory of them."""
    try:
        return int((_state() / "next-entry").read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return 0


def _is_begun() -> bool:
    return (_state() / "next-entry").exists()


def _advance(entries: list[LogEntry]) -> None:
    following = entries[-1].index + 1 if entries and entries[-1].index is not None else 0
    write_durably(_state() / "next-entry", str(following).encode("ascii"))


def _state() -> Path:
    place: Path = settings.CNH_HOME.site / ".state"
    return place

"""The files of the site: where the page at an address is, and how it is replaced, whole, or taken away."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from django.conf import settings

from cryptonewshub.delivery import inspecting, marks
from cryptonewshub.delivery.caches.purges import purge
from cryptonewshub.delivery.packing import AT_ONCE, copies_of, has_copies, write_copies
from cryptonewshub.sources.archive import write_all_durably


def file_of(address: str) -> Path:
    """The file that is served at an address."""
    place = settings.CNH_HOME.site / address.lstrip("/")
    return place / "index.html" if address.endswith("/") else place


def address_of(file: Path) -> str:
    """The address at which a file is served."""
    return f"/{file.relative_to(settings.CNH_HOME.site)}".removesuffix("index.html")


def replace(file: Path, data: bytes, *, quality: int = AT_ONCE) -> bool:
    """Whether the file had to change. `quality` is that of its packed copies."""
    return bool(replace_all({file: data}, quality=quality))


def replace_all(
    files: Mapping[Path, bytes], *, quality: int = AT_ONCE, after_each: Callable[[], None] = lambda: None
) -> list[Path]:
    """Replaces those files that have to change, and returns them. Each is replaced whole; the disk confirms them all.

    A packed copy is never older than its file: a crash in between leaves a file without copies, which is served so. The
    next time, the copies are made.
    """
    changed = {file: data for file, data in files.items() if not _is_there(file, data)}
    for file, data in files.items():
        marks.mark_if_gone(file, data)
    purge([address_of(file) for file in changed])
    for file in changed:
        _take_away_copies(file)
    write_all_durably(changed, after_each)
    for file, data in changed.items():
        marks.unmark_unless_gone(file, data)
        inspecting.note_written(file, data)
    for file, data in files.items():
        if file in changed or not has_copies(file, data):
            write_copies(file, data, quality=quality)
    return list(changed)


def _is_there(file: Path, data: bytes) -> bool:
    try:
        return file.read_bytes() == data
    except OSError:
        return False


def take_away(file: Path) -> bool:
    """Whether there was a file at an address that has no page any more."""
    is_there = file.is_file()
    if is_there:
        purge([address_of(file)])
    _take_away_copies(file)
    file.unlink(missing_ok=True)
    marks.unmark_unless_gone(file, None)
    if is_there:
        inspecting.note_taken_away(file)
    return is_there


def files_beside(addresses: Iterable[str]) -> list[Path]:
    """The files that belong to none of these addresses, as a page or as a copy of one."""
    wanted = {file_of(address) for address in addresses}
    wanted |= {copy for file in wanted for copy in copies_of(file)}
    return [file for file in pages() if file not in wanted]


def take_away_empty_folders() -> None:
    site: Path = settings.CNH_HOME.site
    for folder in sorted((place for place in site.rglob("*") if place.is_dir()), reverse=True):
        if folder.name != ".state" and not any(folder.iterdir()):
            shutil.rmtree(folder, ignore_errors=True)


def pages() -> Iterator[Path]:
    """Every file of the site but pictures, copies included."""
    site: Path = settings.CNH_HOME.site
    for file in site.rglob("*"):
        inside = file.relative_to(site).parts
        if file.is_file() and inside[0] not in (".state", "media"):
            yield file


def _take_away_copies(file: Path) -> None:
    for copy in copies_of(file):
        copy.unlink(missing_ok=True)

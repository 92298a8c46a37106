"""The files of the site: where the page at an address is, and how it is replaced, whole, or taken away."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from cryptonewshub.delivery import inspecting, marks
from cryptonewshub.delivery.caches.purges import purge
from cryptonewshub.delivery.packing import AT_ONCE, copies_of, is_packed, write_copies
from cryptonewshub.sources.archive import write_durably


def file_of(address: str) -> Path:
    """The file that is served at an address."""
    place = settings.CNH_HOME.site / address.lstrip("/")
    return place / "index.html" if address.endswith("/") else place


def address_of(file: Path) -> str:
    """The address at which a file is served."""
    return f"/{file.relative_to(settings.CNH_HOME.site)}".removesuffix("index.html")


def replace(file: Path, data: bytes, *, quality: int = AT_ONCE) -> bool:
    """Whether the file had to change. `quality` is that of its packed copies."""
    marks.mark_if_gone(file, data)
    if file.is_file() and file.read_bytes() == data:
        return False
    purge([address_of(file)])
    # A packed copy is never older than its file: a crash in between leaves a file without copies, which is served so.
    _take_away_copies(file)
    write_durably(file, data)
    marks.unmark_unless_gone(file, data)
    inspecting.note_written(file, data)
    if is_packed(file):
        write_copies(file, data, quality=quality)
    return True


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


def take_away_all_but(addresses: Iterable[str]) -> None:
    """Leaves the files at these addresses with their copies, the pictures, and what the site remembers of itself."""
    wanted = {file_of(address) for address in addresses}
    wanted |= {copy for file in wanted for copy in copies_of(file)}
    for file in list(pages()):
        if file not in wanted:
            take_away(file)
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

"""What pages load: the assets of the software and the pictures of stories. They are written before the pages."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from cryptonewshub.delivery import printing
from cryptonewshub.delivery.packing import AT_LEISURE
from cryptonewshub.delivery.pictures import missing_forms
from cryptonewshub.delivery.site_files import file_of, replace
from cryptonewshub.reader.site import Site

_A_MOMENT = 50_000_000  # nanoseconds; file systems tell times in steps of some milliseconds


def write_loaded(site: Site, *, anew: bool = True) -> list[str]:
    """Writes what is missing, and returns the addresses of it. A page is never there before what it loads.

    Unless `anew`, pictures that this process has seen are taken to be there still: there may be very many.
    """
    return [*_write_assets(site), *_write_pictures(anew=anew)]


def loaded_addresses() -> list[str]:
    """The addresses of the files that come with the software."""
    return [*printing.asset_files(), printing.NOT_FOUND]


def _write_assets(site: Site) -> list[str]:
    files = {**printing.asset_files(), printing.NOT_FOUND: printing.page_at(printing.NOT_FOUND, site)}
    # Every reader loads them, and they change with the software alone: they are worth the time of packing them well.
    written = {
        address: replace(file_of(address), data, quality=AT_LEISURE)
        for address, data in files.items()
        if data is not None
    }
    return [address for address, is_new in written.items() if is_new]


def _write_pictures(*, anew: bool) -> Iterator[str]:
    """Looks at the pictures that have come since this process looked last; at all of them where it never has."""
    kept = settings.CNH_HOME.media / "published"
    if not kept.is_dir():
        return
    changed, seen = _NEVER if anew else _looked.get(kept, _NEVER)
    now = kept.stat().st_mtime_ns
    if now == changed:
        return
    names = frozenset(os.listdir(kept))
    for name in sorted(names - seen):
        if not file_of(f"/media/{name}").exists():
            yield from _write_picture(kept / name)
    # What is put into a folder that has changed just now may leave its time as it is.
    _looked[kept] = (now if time.time_ns() - now > _A_MOMENT else 0), names


def _write_picture(file: Path) -> Iterator[str]:
    # The picture itself goes last: while it is missing, its forms may be, too.
    for name, data in missing_forms(file, file_of("/media/x").parent):
        replace(file_of(f"/media/{name}"), data)
        yield f"/media/{name}"
    replace(file_of(f"/media/{file.name}"), file.read_bytes())
    yield f"/media/{file.name}"


_NEVER = 0, frozenset[str]()
_looked: dict[Path, tuple[int, frozenset[str]]] = {}
"""When each folder of kept pictures had changed last, and what was in it."""

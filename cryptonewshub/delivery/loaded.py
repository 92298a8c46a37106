"""What pages load: the assets of the software and the pictures of stories. They are written before the pages."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from cryptonewshub.delivery import printing
from cryptonewshub.delivery.packing import AT_LEISURE
from cryptonewshub.delivery.pictures import missing_forms
from cryptonewshub.delivery.site_files import file_of, replace
from cryptonewshub.reader.site import Site


def write_loaded(site: Site) -> list[str]:
    """Writes what is missing, and returns the addresses of it. A page is never there before what it loads."""
    return [*_write_assets(site), *_write_pictures()]


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


def _write_pictures() -> Iterator[str]:
    kept = settings.CNH_HOME.media / "published"
    files = sorted(kept.iterdir()) if kept.is_dir() else []
    for file in [file for file in files if not file_of(f"/media/{file.name}").exists()]:
        # The picture itself goes last: while it is missing, its forms may be, too.
        for name, data in missing_forms(file, file_of("/media/x").parent):
            replace(file_of(f"/media/{name}"), data)
            yield f"/media/{name}"
        replace(file_of(f"/media/{file.name}"), file.read_bytes())
        yield f"/media/{file.name}"

"""Writing the pages at addresses: each is printed, and its file replaced where it is another one than before."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import islice

from django.conf import settings

from cryptonewshub.delivery import printing
from cryptonewshub.delivery.kept import kept
from cryptonewshub.delivery.site_files import address_of, file_of, replace_all, take_away
from cryptonewshub.editions.crash_points import crash_point
from cryptonewshub.reader.site import Site

_TOGETHER = 100  # pages in memory, and confirmed by the disk together


def write_pages(addresses: Iterable[str]) -> list[str]:
    """Writes the pages at these addresses, in this order; returns those that were replaced, or taken away."""
    site, written, waiting = printing.current_site(), list[str](), iter(addresses)
    with kept():
        while some := list(islice(waiting, _TOGETHER)):
            written += _write(some, site)
    return written


def _write(addresses: Iterable[str], site: Site) -> list[str]:
    pages = {file_of(address): printing.page_at(address, site) for address in addresses}
    there = {file: page for file, page in pages.items() if page is not None}
    reached = partial(crash_point, "P10", settings.CNH_HOME.path)
    written = [address_of(file) for file in replace_all(there, after_each=reached)]
    return written + [address_of(file) for file, page in pages.items() if page is None and take_away(file)]

"""What a kind of page is: the addresses that it has, and how the page at one of them is printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cryptonewshub.reader.site import Site


@dataclass(frozen=True, slots=True)
class PageKind:
    """`pattern` matches whole addresses; its named groups are the arguments of `printer`, after the site.

    `printer` returns the page, or None where this address has none after all: then the next kind is asked.
    `addresses` gives every address of this kind that has a page now.
    """

    pattern: re.Pattern[str]
    printer: Callable[..., str | bytes | None]
    addresses: Callable[[], Iterable[str]]

    def page_at(self, address: str, site: Site) -> bytes | None:
        """The page at the address, None when this kind has none there."""
        matched = self.pattern.fullmatch(address)
        page = self.printer(site, **matched.groupdict()) if matched else None
        return page.encode() if isinstance(page, str) else page


def page_kind(
    pattern: str, printer: Callable[..., str | bytes | None], addresses: Callable[[], Iterable[str]]
) -> PageKind:
    """A kind from a pattern in which `<name>` stands for one part of an address: '/topics/<slug>/'."""
    expression = re.sub(r"<(\w+)>", r"(?P<\1>[^/]+)", re.escape(pattern))
    return PageKind(re.compile(expression), printer, addresses)


def fixed_page(address: str, printer: Callable[[Site], str | bytes | None]) -> PageKind:
    """A page of which there is one, always."""
    return PageKind(re.compile(re.escape(address)), printer, lambda: (address,))

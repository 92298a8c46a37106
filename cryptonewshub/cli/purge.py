"""`cnh purge [ADDRESS…|--all]`: makes the caches before the newsroom let go of pages, or of what waits to be purged."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urlsplit

from cryptonewshub.cli.newsroom import NewsroomError, open_newsroom


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "addresses", nargs="*", metavar="ADDRESS", help="such as /security/talks-resume/; none: what waits"
    )
    parser.add_argument("--all", action="store_true", help="everything that the caches have of the newsroom")


def run(arguments: argparse.Namespace) -> int:
    """1 when a cache has not acknowledged; it is told again by “cnh serve”, or by the next “cnh purge”."""
    open_newsroom()
    from django.conf import settings

    from cryptonewshub.delivery.caches.keys import EVERYTHING
    from cryptonewshub.delivery.caches.purges import purge
    from cryptonewshub.delivery.caches.sending import forget_other_caches

    if not settings.CNH_CACHES:
        raise NewsroomError("there is no cache; name one with CNH_CACHES (docs/how-to/behind-a-cache.md).")
    addresses = list(_paths(arguments.addresses, settings.CNH_BASE_URL))
    forget_other_caches()
    purge([EVERYTHING] if arguments.all else addresses, urgent=True)
    return _send()


def _send() -> int:
    from django.conf import settings

    from cryptonewshub.delivery.caches.sending import send_at_once

    status = 0
    for cache in settings.CNH_CACHES:
        troubles = send_at_once(cache)
        for trouble in troubles:
            print(f"cnh: {trouble}", file=sys.stderr)
            status = 1
        if not troubles:
            print(f"{cache.name} has acknowledged everything.")
    return status


def _paths(addresses: Sequence[str], base: str) -> Iterator[str]:
    """The paths of addresses of this site. Raises NewsroomError for another."""
    for address in addresses:
        path = address.removeprefix(base)
        if not path.startswith("/"):
            raise NewsroomError(f"“{address}” is no address of this site; it looks like /security/talks-resume/.")
        yield unquote(urlsplit(path).path)

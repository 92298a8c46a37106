"""Surrogate keys: under which names a cache keeps an answer, so that it can be told to let go of it. Plain Python.

A page's key is its address, and not a hash of it, so that nginx and Caddy can say the same from their configuration. An
address with other signs than these has the key `OTHERS`, which it shares: more is purged than must be, never less.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

EVERYTHING = "*"
SITE = "newsroom"
"""The key of every answer."""
OTHERS = "newsroom-others"
SURROGATE, TAG, ACCEL = "surrogate-key", "cache-tag", "x-accel-expires"
"""By which header a cache learns the keys, or, where it has none, how long it may keep an answer."""
KEPT = 3600
"""Seconds for which a cache may keep a page: a net below the purges, should one ever be lost on its way."""
_PLAIN = re.compile(r"/[A-Za-z0-9._~/@+-]{0,399}")
Headers = tuple[tuple[str, str], ...]


def key_of(address: str) -> str:
    """The key of the answer at an address, as one word."""
    if address == EVERYTHING:
        return SITE
    page = address.removesuffix("index.html")
    return page if _PLAIN.fullmatch(page) else OTHERS


def no_headers(address: str, *, is_kept: bool) -> Headers:
    """Where no cache is before the newsroom."""
    return ()


def headers_by(names: Collection[str]) -> Callable[..., Headers]:
    """What makes the headers of an answer for caches that learn by these.

    They are its keys, and where it `is_kept`, for how long: browsers go on asking each time.
    """
    known = [(write, name) for name, write in _WRITERS.items() if name in names]
    if not known:
        return no_headers

    def headers(address: str, *, is_kept: bool) -> Headers:
        return tuple(header for write, _ in known for header in write(key_of(address), is_kept))

    return headers


def _surrogate(key: str, is_kept: bool) -> Headers:
    kept = (("surrogate-control", f"max-age={KEPT}"),) if is_kept else ()
    return (("surrogate-key", f"{SITE} {key}"), *kept)


def _tag(key: str, is_kept: bool) -> Headers:
    kept = (("cloudflare-cdn-cache-control", f"public, max-age={KEPT}"),) if is_kept else ()
    return (("cache-tag", f"{SITE},{key}"), *kept)


def _accel(key: str, is_kept: bool) -> Headers:
    return (("x-accel-expires", str(KEPT)),) if is_kept else ()


_WRITERS: Mapping[str, Callable[[str, bool], Headers]] = {SURROGATE: _surrogate, TAG: _tag, ACCEL: _accel}

"""The shelves that readers' files stand on: which folder answers for a prefix of addresses, and with which headers."""

from __future__ import annotations

import mimetypes
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cryptonewshub.delivery.caches.keys import no_headers
from cryptonewshub.delivery.headers import PAGE_HEADERS, UPLOAD_POLICY

IMMUTABLE = "public, max-age=31536000, immutable"
CHECK_EACH_TIME = "public, max-age=0, must-revalidate"
A_MOMENT = "public, max-age=2"
PAGES = tuple((name.decode(), value.decode()) for name, value in PAGE_HEADERS)
UPLOADED = tuple((name.decode(), value.decode()) for name, value in UPLOAD_POLICY)
"""The headers of what others made: it may be looked at, and can never run."""

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".tlog-proof": "text/plain; charset=utf-8",
    ".py": "text/plain; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".webp": "image/webp",
    ".avif": "image/avif",
}


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder under a prefix. `content_type` is that of all its files; else each file's ending tells.

    `only` is the name of the one file that is served of the folder: at the prefix itself, or by its name below it.
    """

    prefix: str
    folder: Path
    cache_control: str = CHECK_EACH_TIME
    has_ranges: bool = False
    content_type: str = ""
    only: str = ""
    headers: tuple[tuple[str, str], ...] = field(default=PAGES)
    for_caches: Callable[..., tuple[tuple[str, str], ...]] = no_headers

    def headers_at(self, path: str) -> tuple[tuple[str, str], ...]:
        """The headers of the answer at an address, those for caches before the newsroom included.

        What the bake writes, it also purges; the log's files are written by others, and nobody keeps them unasked.
        """
        is_kept = self.cache_control == CHECK_EACH_TIME and not self.prefix.startswith("/log/")
        return (*self.headers, *self.for_caches(path, is_kept=is_kept))

    def place(self, path: str) -> str | None:
        """Where the file at an address below the prefix would be, or None: never outside it, and nothing hidden."""
        inside = path[len(self.prefix) :] or self.only
        if self.only and inside != self.only:
            return None
        if inside.endswith("/") or not inside:
            inside += "index.html"
        return f"{self.folder}/{inside}" if is_safe(inside) else None

    def type_of(self, place: str) -> str:
        """What the file is served as."""
        if self.content_type:
            return self.content_type
        ending = os.path.splitext(place)[1]
        return _TYPES.get(ending) or mimetypes.guess_type(place)[0] or "application/octet-stream"


def is_safe(inside: str) -> bool:
    """Whether an address below a prefix stays in its folder and names nothing hidden."""
    parts = inside.removeprefix(".well-known/").split("/")  # RFC 8615: the one hidden folder that is public
    return all(part and not part.startswith(".") for part in parts) and "\\" not in inside and "\0" not in inside

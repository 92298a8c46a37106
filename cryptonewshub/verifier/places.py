"""Where a newsroom's files are read from: its site over HTTP, its directory, or a folder of files that a reader saved.

An address is a path of the site, such as `/log/checkpoint`. Nothing is written, and no other site is asked.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote, unquote, urlsplit

LARGEST_FILE = 64 * 1024 * 1024
PATIENCE, LONGEST = 30, 120  # seconds without a byte, and for all of them
# A file that begins so says of itself that what stood at its address was withdrawn.
_GONE = (b"<!doctype html><!-- 410 Gone -->", b'{"gone":')


class UnreachableError(OSError):
    """The site does not answer at all."""


class GoneError(OSError):
    """What stood there was withdrawn (HTTP 410). `notice` is what stands there instead."""

    def __init__(self, address: str, notice: bytes) -> None:
        super().__init__(f"{address} was withdrawn.")
        self.notice = notice


class Place(Protocol):
    """Something that has a newsroom's files."""

    def read(self, address: str) -> bytes:
        """Raises OSError where there is no file, GoneError where it was withdrawn."""


class Website:
    """A site over HTTP."""

    def __init__(self, base: str) -> None:
        self.base = base.rstrip("/")

    def read(self, address: str) -> bytes:
        from http.client import HTTPException
        from urllib.error import HTTPError, URLError
        from urllib.request import Request, urlopen

        url = self.base + quote(address, safe="/%~:@!$&'()*+,;=")
        request = Request(url, headers={"User-Agent": "newsroom-verifier"})  # noqa: S310 - `site_of` looked at the scheme
        try:
            with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
                if urlsplit(answer.url).netloc != urlsplit(self.base).netloc:
                    raise OSError(f"{address} leads away to another host, {answer.url}.")
                data = _read(answer)
        except HTTPError as error:
            if error.code == 410:
                raise GoneError(address, error.read(LARGEST_FILE)) from None
            raise OSError(f"{self.base}{address} answers {error.code} {error.reason}.") from None
        except (HTTPException, URLError, TimeoutError, ConnectionError) as error:
            why = getattr(error, "reason", error)
            raise UnreachableError(f"{self.base}{address} cannot be reached: {why or type(error).__name__}.") from None
        if len(data) > LARGEST_FILE:
            raise OSError(f"{self.base}{address} is longer than {LARGEST_FILE} bytes.")
        return _unless_gone(address, data)


class Newsroom:
    """A newsroom's directory: `site/` has the pages, `log/` the log."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, address: str) -> bytes:
        inside = unquote(address).lstrip("/")
        root = self.folder if inside.startswith("log/") else self.folder / "site"
        file = root / (inside + "index.html" if inside.endswith("/") or not inside else inside)
        if ".." in Path(inside).parts:
            raise OSError(f"{address} is no address.")
        if file.is_dir():
            file /= "index.html"
        return _unless_gone(address, file.read_bytes())


class Saved:
    """A folder of files that a reader saved: each is found by the last part of its address."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, address: str) -> bytes:
        return (self.folder / Path(address).name).read_bytes()


def _read(answer: Any) -> bytes:
    """All of an answer over HTTP, or what is too much of it. Raises TimeoutError for one that drips."""
    end, found = time.monotonic() + LONGEST, bytearray()
    while part := answer.read1(65_536):
        found += part
        if len(found) > LARGEST_FILE:
            break
        if time.monotonic() > end:
            raise TimeoutError(f"it takes longer than {LONGEST} seconds")
    return bytes(found)


def _unless_gone(address: str, data: bytes) -> bytes:
    if data.startswith(_GONE):
        raise GoneError(address, data)
    return data


def is_newsroom(folder: Path) -> bool:
    """Whether a directory is a newsroom's, with pages and a log in it."""
    return (folder / "log" / "checkpoint").is_file() and (folder / "site").is_dir()


def site_of(url: str) -> tuple[Website, str]:
    """The site and the address of a page in it. Raises ValueError for anything but http and https."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError(f"“{url}” is not an address that begins with https:// or http://.")
    return Website(f"{parts.scheme}://{parts.netloc}"), parts.path or "/"

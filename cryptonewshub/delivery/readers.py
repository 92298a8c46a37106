"""The readers' server: baked files out of memory, and nothing else. It never renders, and knows neither Django nor the
database; when these are down, readers read on.

A WSGI application for a process of its own (`python -m cryptonewshub.delivery.readers`, started by `cnh serve`). Each
request costs one look at the disk, so a page that changed is served at once. Dynamic addresses are handed to the
editors' process over a socket; when nobody is there, or too many wait, the answer is a short page and 503.
"""

from __future__ import annotations

import os
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from email.utils import formatdate
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

from cryptonewshub.delivery.behind import Behind
from cryptonewshub.delivery.counting import Counts
from cryptonewshub.delivery.gone import is_gone
from cryptonewshub.delivery.on_the_way import LARGE, OnTheWay
from cryptonewshub.delivery.shelves import PAGES, Shelf

Start = Callable[..., object]
Environment = dict[str, Any]
Headers = list[tuple[str, str]]

# What is baked beside a file, best first: the ending, and what the browser calls it (RFC 9110, 8.4.1).
PACKINGS = ((".zst", "zstd"), (".br", "br"), (".gz", "gzip"))
_ENDINGS = {name: ending for ending, name in PACKINGS}
ALIVE = "/healthz"
"""Answered by the readers' server itself, so that it says that readers are served, and nothing of the editors."""
_MOST_KNOWN = 40_000  # of a kilobyte and a half each
_LARGEST_KEPT = 1_000_000  # bytes; a larger file is read for each request
_SETTLED = 10.0  # seconds after which a file has all the packed copies that it will have


@dataclass(slots=True)
class Kept:
    """One version of one file as it is answered: compared with the disk by `stamp` before each use."""

    file: str
    stamp: tuple[int, int, int]
    body: bytes
    status: str
    headers: Headers
    not_modified: Headers
    etag: str
    modified: str
    is_settled: bool
    was_asked: bool = False

    def is_known_to(self, environ: Environment) -> bool:
        """RFC 9110, 13.1: If-None-Match decides; If-Modified-Since only where it is absent."""
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known is None:
            is_known = environ.get("HTTP_IF_MODIFIED_SINCE") == self.modified
        else:
            is_known = self.etag in known or known == "*"
        return is_known and self.status == "200 OK"


class Memory:
    """The files that are asked for most, within a number of bytes: the oldest goes, unless it was asked for again.

    Of many that went it is still known how they are answered: such a file need only be read.
    """

    def __init__(self, most_bytes: int, most_known: int = _MOST_KNOWN) -> None:
        self._most = most_bytes
        self._most_known = most_known
        self._bytes = 0
        self._kept: OrderedDict[tuple[str, str], Kept] = OrderedDict()
        self._known: OrderedDict[tuple[str, str], Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[str, str]) -> Kept | None:
        """What is kept under the key, if the file on disk is still that."""
        kept = self._kept.get(key)
        if kept is None:
            return self._read_again(key)
        try:
            found = os.stat(kept.file)
        except OSError:
            return None
        if _stamp(found) != kept.stamp:
            return None
        kept.was_asked = True
        return kept

    def _read_again(self, key: tuple[str, str]) -> Kept | None:
        known = self._known.get(key)
        read = known and _read(known.file)
        if not known or not read or _stamp(read[1]) != known.stamp:
            return None
        kept = replace(known, body=read[2])
        self.put(key, kept)
        return kept

    def put(self, key: tuple[str, str], kept: Kept) -> None:
        with self._lock:
            old = self._kept.pop(key, None)
            self._known.pop(key, None)
            self._bytes += len(kept.body) - (len(old.body) if old else 0)
            self._kept[key] = kept
            while self._bytes > self._most and self._kept:
                name, oldest = self._kept.popitem(last=False)
                if oldest.was_asked:  # again since it came, or since its last turn: it gets another one
                    oldest.was_asked = False
                    self._kept[name] = oldest
                else:
                    self._bytes -= len(oldest.body)
                    self._known[name] = replace(oldest, body=b"")
            while len(self._known) > self._most_known:
                self._known.popitem(last=False)

    @property
    def size(self) -> int:
        """Bytes of bodies."""
        return self._bytes


class Readers:
    """The application. `shelves` are asked in order, the last one has the prefix '/'."""

    def __init__(
        self,
        shelves: Iterable[Shelf],
        behind: Behind,
        missing: Path,
        most_bytes: int = 64_000_000,
        *,
        on_the_way: OnTheWay | None = None,
    ) -> None:
        self._shelves = tuple(shelves)
        self._behind = behind
        self._missing = missing
        self._memory = Memory(most_bytes)
        self.counts = Counts()
        self.on_the_way = on_the_way or OnTheWay()

    def __call__(self, environ: Environment, start: Start) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        is_read = environ["REQUEST_METHOD"] in ("GET", "HEAD")
        packing = _packing(environ.get("HTTP_ACCEPT_ENCODING", "")) if is_read else ""
        kept = self._memory.get((path, packing)) if is_read else None
        if kept is not None and "HTTP_RANGE" not in environ:
            if not self._has_room_for(kept, environ):
                return self._counted("file", start, _no_room)
            self.counts.remember("304" if kept.is_known_to(environ) else kept.status[:3])
            return _answer(kept, environ, start)
        if self._behind.is_asked(path):
            return self._counted("editors", start, lambda begin: self._behind.answer(environ, begin))
        return self._counted("file", start, lambda begin: self._looked_up(path, packing, environ, begin))

    def _counted(self, by: str, start: Start, answer: Callable[[Start], Iterable[bytes]]) -> Iterable[bytes]:
        began, status = time.perf_counter(), ""

        def begin(line: str, headers: Headers) -> object:
            nonlocal status
            status = line[:3]
            return start(line, headers)

        try:
            return answer(begin)
        finally:
            self.counts.add(by, status, time.perf_counter() - began)

    def _looked_up(self, path: str, packing: str, environ: Environment, start: Start) -> Iterable[bytes]:
        if path == ALIVE:
            return _plain(start, "200 OK", "ok\n", [("cache-control", "no-store")])
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return _plain(start, "405 Method Not Allowed", "Only reading is possible here.\n", [("allow", "GET, HEAD")])
        return self._from_disk(_as_text(path), (path, packing), environ, start)

    def _from_disk(self, path: str, key: tuple[str, str], environ: Environment, start: Start) -> Iterable[bytes]:
        shelf = next(shelf for shelf in self._shelves if path.startswith(shelf.prefix))
        is_part = "HTTP_RANGE" in environ and shelf.has_ranges
        kept = _load(shelf, path, "" if is_part else key[1])
        if kept is None:
            return self._without_file(shelf, path, environ, start)
        if not is_part and len(kept.body) <= _LARGEST_KEPT and kept.is_settled:
            self._memory.put(key, kept)
        if not self._has_room_for(kept, environ):
            return _no_room(start)
        return _range_answer(kept, environ, start) if is_part else _answer(kept, environ, start)

    def _has_room_for(self, kept: Kept, environ: Environment) -> bool:
        """Whether the answer may be sent; a large one lies in memory until its reader has taken it."""
        size = len(kept.body)
        if size < LARGE or environ["REQUEST_METHOD"] == "HEAD" or kept.is_known_to(environ):
            return True
        return self.on_the_way.begin(environ.get("REMOTE_ADDR", ""), size)

    def _without_file(self, shelf: Shelf, path: str, environ: Environment, start: Start) -> Iterable[bytes]:
        if not path.endswith("/") and os.path.isfile(shelf.place(path + "/") or ""):
            start(
                "308 Permanent Redirect", [("location", _quoted(path + "/")), ("content-length", "0"), *shelf.headers]
            )
            return []
        body = self._missing.read_bytes() if self._missing.is_file() else b"There is no page at this address.\n"
        kind = "text/html; charset=utf-8" if self._missing.is_file() else "text/plain; charset=utf-8"
        length = ("content-length", str(len(body)))
        start("404 Not Found", [("content-type", kind), length, ("cache-control", "no-cache"), *PAGES])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _answer(kept: Kept, environ: Environment, start: Start) -> Iterable[bytes]:
    if kept.is_known_to(environ):
        start("304 Not Modified", kept.not_modified)
        return []
    start(kept.status, kept.headers)
    # A list, because the server sends lists without a loop of its own.
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [kept.body]


def _load(shelf: Shelf, path: str, packing: str) -> Kept | None:
    """The file at an address as it is now, packed where a packed copy lies beside it; None where there is none."""
    place = shelf.place(path)
    if place is None:
        return None
    ending = _ENDINGS.get(packing)
    packed = _read(place + ending) if ending else None
    read = packed or _read(place)
    if read is None:
        return None
    file, found, body = read
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    modified = _date(int(found.st_mtime))
    common: Headers = [
        ("etag", etag),
        ("last-modified", modified),
        ("cache-control", shelf.cache_control),
        ("vary", "accept-encoding"),
        *shelf.headers_at(path),
    ]
    headers = [("content-type", shelf.type_of(place)), ("content-length", str(len(body))), *common]
    if packed:
        headers.append(("content-encoding", packing))
    if shelf.has_ranges:
        headers.append(("accept-ranges", "bytes"))
    return Kept(
        file=file,
        stamp=_stamp(found),
        body=body,
        status="200 OK" if packed or not is_gone(body) else "410 Gone",
        headers=headers,
        not_modified=common,
        etag=etag,
        modified=modified,
        is_settled=bool(packed) or not packing or time.time() - found.st_mtime > _SETTLED,
    )


def _read(file: str) -> tuple[str, os.stat_result, bytes] | None:
    """A file's name, what the disk says of it, and its bytes; None where there is none."""
    try:
        descriptor = os.open(file, os.O_RDONLY)
    except OSError:
        return None
    try:
        found = os.fstat(descriptor)
        body = os.read(descriptor, found.st_size)
        while len(body) < found.st_size and (more := os.read(descriptor, found.st_size)):
            body += more
        return file, found, body
    except OSError:  # a folder
        return None
    finally:
        os.close(descriptor)


def _stamp(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_mtime_ns, found.st_size, found.st_ino


@lru_cache(maxsize=4096)
def _date(seconds: int) -> str:
    return formatdate(seconds, usegmt=True)


_known_packings: dict[str, str] = {}


def _packing(accepted: str) -> str:
    """The best packing that a browser accepts, '' for none; browsers send few different lines, which are remembered."""
    found = _known_packings.get(accepted)
    if found is None:
        found = _best_packing(accepted)
        if len(_known_packings) < 1_000:
            _known_packings[accepted] = found
    return found


def _best_packing(accepted: str) -> str:
    weights = dict(_weights(accepted.lower()))
    usable = [name for _, name in PACKINGS if weights.get(name, weights.get("*", 0.0)) > 0]
    return usable[0] if usable else ""


def _weights(accepted: str) -> Iterator[tuple[str, float]]:
    for part in accepted.split(","):
        name, _, rest = part.partition(";")
        _, _, weight = rest.replace(" ", "").partition("q=")
        try:
            yield name.strip(), float(weight) if weight else 1.0
        except ValueError:
            yield name.strip(), 0.0


def _range_answer(kept: Kept, environ: Environment, start: Start) -> Iterable[bytes]:
    """One range of a file (RFC 9110, 14): pictures and sound may be fetched in parts. Anything else gets it whole."""
    wanted = _range(environ["HTTP_RANGE"], len(kept.body))
    if environ.get("HTTP_IF_RANGE", kept.etag) != kept.etag or wanted is None:
        return _answer(kept, environ, start)
    first, after = wanted
    if first >= after:
        start("416 Range Not Satisfiable", [("content-range", f"bytes */{len(kept.body)}"), ("content-length", "0")])
        return []
    part = kept.body[first:after]
    headers = [(name, value) for name, value in kept.headers if name != "content-length"]
    span = f"bytes {first}-{after - 1}/{len(kept.body)}"
    start("206 Partial Content", [*headers, ("content-range", span), ("content-length", str(len(part)))])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [part]


_LONGEST_SPAN = 38  # digits: two offsets; Python refuses to read thousands of them


def _range(asked: str, size: int) -> tuple[int, int] | None:
    """First and after-last byte; None for what is no single range of bytes; an empty one for what the file has not."""
    unit, _, span = asked.partition("=")
    first, dash, last = span.strip().partition("-")
    digits = first + last
    if (
        unit.strip().lower() != "bytes"
        or not dash
        or not digits.isascii()
        or not digits.isdigit()
        or len(digits) > _LONGEST_SPAN
    ):
        return None
    if not first:
        return max(0, size - int(last)), size if int(last) else 0
    return int(first), min(int(last) + 1 if last else size, size)


def _no_room(start: Start) -> Iterable[bytes]:
    text = "Too much is on its way at the moment. Try again in a few seconds.\n"
    return _plain(start, "503 Service Unavailable", text, [("retry-after", "5"), ("cache-control", "no-store")])


def _plain(start: Start, status: str, text: str, headers: Headers) -> Iterable[bytes]:
    body = text.encode()
    start(status, [("content-type", "text/plain; charset=utf-8"), ("content-length", str(len(body))), *headers])
    return [body]


def _as_text(path: str) -> str:
    """WSGI gives the address's bytes as Latin-1 (PEP 3333). What is not UTF-8 is the address of nothing."""
    try:
        return path.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return "/\0"


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(path)

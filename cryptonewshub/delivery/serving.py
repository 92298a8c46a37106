"""Serving: readers get files. Django is asked only for the editor's own addresses, and its failure is not the readers'.

An ASGI application. It never renders, and never touches the database.
"""

from __future__ import annotations

import hashlib
import mimetypes
import os
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from email.utils import formatdate
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from cryptonewshub.delivery.gone import is_gone
from cryptonewshub.delivery.headers import PAGE_HEADERS, UPLOAD_POLICY

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = tuple[tuple[bytes, bytes], ...]

IMMUTABLE = b"public, max-age=31536000, immutable"
CHECK_EACH_TIME = b"public, max-age=0, must-revalidate"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".webmanifest": "application/manifest+json",
    ".json": "application/json; charset=utf-8",
}
_LARGEST_KEPT = 256 * 1024


@dataclass(frozen=True, slots=True)
class Shelf:
    """Files under a prefix of addresses: a folder of them, or a catalogue of named ones."""

    prefix: str
    folder: Path | None = None
    catalogue: Mapping[str, Path] | None = None
    cache_control: bytes = CHECK_EACH_TIME
    headers: Headers = PAGE_HEADERS
    content_type: str | None = None

    def file(self, path: str) -> Path | None:
        """The file at an address below the prefix, or None: nothing outside the folder, and nothing hidden, is one."""
        inside = path[len(self.prefix) :]
        if self.catalogue is not None:
            listed = self.catalogue.get(inside)
            return listed and _if_there(listed)
        assert self.folder is not None
        if inside.endswith("/") or not inside:
            inside += "index.html"
        parts = inside.removeprefix(".well-known/").split("/")  # RFC 8615: the one hidden folder that is public
        if any(part.startswith(".") or not part for part in parts) or "\\" in inside or "\0" in inside:
            return None
        return _if_there(self.folder / inside)


def _if_there(file: Path) -> Path | None:
    """The file, if it is one. An address too long for the disk is an address without a file."""
    try:
        return file if file.is_file() else None
    except OSError:
        return None


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """A file's bytes and the headers that name this very version of it."""

    body: bytes
    etag: bytes
    modified: bytes
    is_gone: bool = False


class Front:
    """The newsroom's front desk: shelves of files for readers, one back door for the staff."""

    def __init__(
        self, shelves: Iterable[Shelf], staff: Application, staff_prefixes: tuple[str, ...], missing: Path
    ) -> None:
        self._shelves = tuple(shelves)
        self._staff = staff
        self._staff_prefixes = staff_prefixes
        self._missing = missing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        path: str = scope["path"]
        if path.startswith(self._staff_prefixes):
            await self._staff(scope, receive, send)
        elif f"{path}/" in self._staff_prefixes:
            await _answer(send, 308, b"", ((b"location", f"{path}/".encode()), *PAGE_HEADERS))
        elif scope["method"] not in ("GET", "HEAD"):
            await _answer(send, 405, b"Only reading is possible here.\n", ((b"allow", b"GET, HEAD"), *_TEXT))
        else:
            await self._serve(path, scope, send)

    async def _serve(self, path: str, scope: Scope, send: Send) -> None:
        shelf = next(shelf for shelf in self._shelves if path.startswith(shelf.prefix))
        file = shelf.file(path)
        if file is None and not path.endswith("/") and shelf.catalogue is None and shelf.file(path + "/"):
            location = quote(path + "/").encode()
            await _answer(
                send, 308, b"", ((b"location", location), (b"cache-control", CHECK_EACH_TIME), *shelf.headers)
            )
            return
        if file is None:
            await self._not_found(scope, send)
            return
        await _send_file(file, shelf, scope, send)

    async def _not_found(self, scope: Scope, send: Send) -> None:
        body = self._missing.read_bytes() if self._missing.is_file() else b"There is no page at this address.\n"
        kind = b"text/html; charset=utf-8" if self._missing.is_file() else b"text/plain; charset=utf-8"
        headers = ((b"content-type", kind), (b"cache-control", CHECK_EACH_TIME), *PAGE_HEADERS)
        await _answer(send, 404, body, headers, is_head=scope["method"] == "HEAD")


_TEXT: Headers = ((b"content-type", b"text/plain; charset=utf-8"), *PAGE_HEADERS)


def uploads(folder: Path) -> Shelf:
    """The pictures of the editor's library: anybody may fetch one, no browser will run one."""
    return Shelf("/uploads/", folder, headers=UPLOAD_POLICY)


def log_shelves(folder: Path) -> tuple[Shelf, ...]:
    """The log's files: what can never change is kept for ever, the rest is asked for again. Nothing else is served."""
    newest = {"checkpoint": folder / "checkpoint"}
    return (
        Shelf("/log/tile/", folder / "tile", cache_control=IMMUTABLE, content_type="application/octet-stream"),
        Shelf("/log/proof/", folder / "proof", content_type="text/plain; charset=utf-8"),
        # A content document never changes, and can be withdrawn: then no cache may go on showing it.
        Shelf("/log/content/", folder / "content", content_type="application/json"),
        Shelf("/log/doc/", folder / "doc", cache_control=IMMUTABLE, content_type="application/json"),
        Shelf("/log/keys.json", catalogue={"": folder / "keys.json"}, content_type="application/json"),
        Shelf("/log/", catalogue=newest, cache_control=b"public, max-age=2", content_type="text/plain; charset=utf-8"),
    )


async def _send_file(file: Path, shelf: Shelf, scope: Scope, send: Send) -> None:
    answer = _read(file)
    headers: list[tuple[bytes, bytes]] = [
        (b"etag", answer.etag),
        (b"last-modified", answer.modified),
        (b"cache-control", shelf.cache_control),
        *shelf.headers,
    ]
    if not answer.is_gone and _is_known(answer, scope["headers"]):
        await _answer(send, 304, b"", tuple(headers))
        return
    content_type = shelf.content_type or _type_of(file)
    headers.insert(0, (b"content-type", content_type.encode()))
    await _answer(send, 410 if answer.is_gone else 200, answer.body, tuple(headers), is_head=scope["method"] == "HEAD")


async def _answer(send: Send, status: int, body: bytes, headers: Headers, *, is_head: bool = False) -> None:
    length = () if status == 304 else ((b"content-length", str(len(body)).encode()),)
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *length]})
    await send({"type": "http.response.body", "body": b"" if is_head else body})


def _is_known(answer: FileAnswer, headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """RFC 9110, 13.1: If-None-Match decides; If-Modified-Since only where it is absent."""
    sent = {name.lower(): value for name, value in headers}
    if b"if-none-match" in sent:
        tags = {tag.strip().removeprefix(b"W/") for tag in sent[b"if-none-match"].split(b",")}
        return answer.etag in tags or b"*" in tags
    return sent.get(b"if-modified-since") == answer.modified


def _read(file: Path) -> FileAnswer:
    """The file as it is now. Small ones are kept in memory until they change; the memory is bounded by `_kept`."""
    stat = os.stat(file)
    if stat.st_size > _LARGEST_KEPT:
        return _file_answer(file, stat.st_mtime)
    return _kept(file, stat.st_mtime_ns, stat.st_size, stat.st_ino)


@lru_cache(maxsize=512)
def _kept(file: Path, mtime_ns: int, size: int, inode: int) -> FileAnswer:
    return _file_answer(file, mtime_ns / 1e9)


def _file_answer(file: Path, mtime: float) -> FileAnswer:
    body = file.read_bytes()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'.encode()
    return FileAnswer(body, etag, formatdate(mtime, usegmt=True).encode(), is_gone(body))


def _type_of(file: Path) -> str:
    if file.suffix in _TYPES:
        return _TYPES[file.suffix]
    guessed, _ = mimetypes.guess_type(file.name)
    return guessed or "application/octet-stream"

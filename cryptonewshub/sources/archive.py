"""The archive: originals of sources, each kept under the SHA-256 of its bytes. Plain Python.

A kept original is never changed and never removed. It is whole on disk before its name exists.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_MANY, _AT_ONCE = 64, 8


class SyncError(OSError):
    """The disk did not confirm a write. What was written may be lost, and asking again would be answered wrongly."""


def keep(archive: Path, original: bytes) -> str:
    """Keeps the bytes and returns their SHA-256 in hex. Keeping the same bytes again changes nothing."""
    sha256 = sha256_of(original)
    place = place_of(archive, sha256)
    if not place.exists():
        write_durably(place, original)
    return sha256


def sha256_of(original: bytes) -> str:
    """The name of an original: the SHA-256 of its bytes, in hex."""
    return hashlib.sha256(original).hexdigest()


def place_of(archive: Path, sha256: str) -> Path:
    """Where an original is, or would be: two levels of folders, so that no folder grows without bound."""
    return archive / sha256[:2] / sha256[2:4] / sha256


def original_of(archive: Path, sha256: str) -> bytes:
    """The kept bytes. Raises FileNotFoundError when there are none, ValueError when they are not what was kept."""
    original = place_of(archive, sha256).read_bytes()
    if sha256_of(original) != sha256:
        raise ValueError(f"The archived original {sha256[:12]}… was damaged on disk. Restore it from a backup.")
    return original


def write_durably(place: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Writes a file so that after a crash it is there whole or not at all. Raises SyncError or another OSError."""
    _write_whole(place, data, mode)
    sync_folder(place.parent)


def write_all_durably(files: Mapping[Path, bytes], after_each: Callable[[], None] = lambda: None) -> None:
    """Writes many files, each as `write_durably` does; their names are durable when this returns.

    Where there are many, several wait for the disk at once: it confirms them together.
    """

    def write(place: Path) -> None:
        _write_whole(place, files[place], 0o644)
        after_each()

    if len(files) <= _MANY:
        for place in files:
            write(place)
    else:
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(write, files))
    for folder in sorted({place.parent for place in files}):
        sync_folder(folder)


def _write_whole(place: Path, data: bytes, mode: int) -> None:
    make_folder_durably(place.parent)
    descriptor, draft = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.", suffix=".tmp")
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(data)
            out.flush()
            _sync(out.fileno(), place)
        os.chmod(draft, mode)
        # A crash before this line leaves only a draft, which nobody reads; after it, the whole file.
        os.replace(draft, place)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def make_folder_durably(folder: Path) -> None:
    """Makes a folder and its missing parents, each entered durably in the folder above it."""
    if folder.exists():
        return
    make_folder_durably(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Makes names in a folder durable: new ones, and that others are gone. Raises SyncError."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _sync(descriptor, folder)
    finally:
        os.close(descriptor)


def _sync(descriptor: int, place: Path) -> None:
    try:
        os.fsync(descriptor)
    except OSError as error:
        raise SyncError(error.errno, error.strerror, str(place)) from error

"""Packed copies beside baked files, so that no server packs anything for a reader: zstd, brotli and gzip.

A copy is never older than its file: the old copies go before the file is replaced, and the new ones come after it. A
crash in between leaves a file without copies, which servers serve as it is, until the self-check packs it again.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import zstandard

from cryptonewshub.delivery.gone import is_gone

ENDINGS = (".zst", ".br", ".gz")
_PACKED = frozenset({".html", ".css", ".js", ".xml", ".txt", ".json", ".svg", ".webmanifest", ".tlog-proof"})
_LEAST = 600  # bytes; smaller ones gain nothing that a packet would notice
AT_ONCE, AT_LEISURE = 5, 11
_UNPACK: dict[str, Callable[[bytes], bytes]] = {
    ".zst": lambda packed: zstandard.ZstdDecompressor().decompress(packed),
    ".br": brotli.decompress,
    ".gz": gzip.decompress,
}


def is_packed(file: Path) -> bool:
    """Whether files of this kind have packed copies."""
    return file.suffix in _PACKED


def packed_copies(data: bytes, *, quality: int = AT_ONCE) -> dict[str, bytes]:
    """The copies of a file's bytes by their endings; none of a short file, or of what is gone.

    `quality` is brotli's, 0 to 11.
    """
    if len(data) < _LEAST or is_gone(data):
        return {}
    return {
        ".zst": zstandard.ZstdCompressor(level=19 if quality == AT_LEISURE else 6).compress(data),
        ".br": brotli.compress(data, mode=brotli.MODE_TEXT, quality=quality),
        ".gz": gzip.compress(data, 9 if quality == AT_LEISURE else 6, mtime=0),
    }


def copies_of(file: Path) -> tuple[Path, ...]:
    """Where the packed copies of a file are, or would be."""
    return tuple(file.with_name(file.name + ending) for ending in ENDINGS)


def has_copies(file: Path, data: bytes) -> bool:
    """Whether the copies are there that a file with these bytes should have."""
    return not _is_worth_packing(file, data) or all(copy.exists() for copy in copies_of(file))


def are_whole(file: Path, data: bytes) -> bool:
    """Whether each copy that is there says what the file says."""
    return all(_unpacked(copy) in (None, data) for copy in copies_of(file))


def _unpacked(copy: Path) -> bytes | None:
    """What a copy says, None where there is none; b"" for one that was damaged."""
    try:
        packed = copy.read_bytes()
    except OSError:
        return None
    try:
        return _UNPACK[copy.suffix](packed)
    except (OSError, EOFError, ValueError, zlib.error, brotli.error, zstandard.ZstdError):
        return b""


def write_copies(file: Path, data: bytes, *, quality: int = AT_ONCE) -> None:
    """Writes the copies that a file should have. Each is whole or absent; a lost one costs a reader some bytes."""
    if not _is_worth_packing(file, data):
        return
    for ending, copy in packed_copies(data, quality=quality).items():
        draft = file.with_name(f".{file.name}{ending}.tmp")
        draft.write_bytes(copy)
        draft.replace(file.with_name(file.name + ending))


def _is_worth_packing(file: Path, data: bytes) -> bool:
    return is_packed(file) and len(data) >= _LEAST and not is_gone(data)

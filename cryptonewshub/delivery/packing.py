"""Packed copies beside baked files, so that no server packs anything for a reader: zstd, brotli and gzip.

A copy is never older than its file: the old copies go before the file is replaced, and the new ones come after it. A
crash in between leaves a file without copies, which servers serve as it is, until the self-check packs it again.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli
import zstandard

from cryptonewshub.delivery.gone import is_gone

ENDINGS = (".zst", ".br", ".gz")
_PACKED = frozenset({".html", ".css", ".js", ".xml", ".txt", ".json", ".svg", ".webmanifest", ".tlog-proof"})
_LEAST = 600  # bytes; smaller ones gain nothing that a packet would notice
AT_ONCE, AT_LEISURE = 5, 11


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


def write_copies(file: Path, data: bytes, *, quality: int = AT_ONCE) -> None:
    """Writes the copies of a file that is there. Each is whole or absent; a lost one costs a reader some bytes."""
    for ending, copy in packed_copies(data, quality=quality).items():
        draft = file.with_name(f".{file.name}{ending}.tmp")
        draft.write_bytes(copy)
        draft.replace(file.with_name(file.name + ending))

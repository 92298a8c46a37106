"""Hashes, proofs and entries out of a log's static files, through a function that reads one file by its path.

The files are not trusted and not verified here: a proof that was made from damaged tiles fails when it is verified, and
a range's root differs from the one signed. Entries are compared with nothing: `read_entries` returns what is stored.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from cryptonewshub.tlog import merkle
from cryptonewshub.tlog.canonical import HASH_SIZE
from cryptonewshub.tlog.framing import unframe
from cryptonewshub.tlog.merkle import CompactRange, Subtree
from cryptonewshub.tlog.refusal import Refused
from cryptonewshub.tlog.tiles import HEIGHT, WIDTH, Bundle, Tile

Read = Callable[[str], bytes]
"""Gives the bytes at a path below the log's prefix; raises LookupError or OSError when there is no such file."""

_File = TypeVar("_File", Tile, Bundle)


def range_in_tiles(size: int, read: Read) -> CompactRange:
    """The compact range over the first `size` entries: what the log grows from. Reads at most one tile a level."""
    return merkle.read_range(size, subtrees_in_tiles(size, read))


def inclusion_in_tiles(index: int, size: int, read: Read) -> tuple[bytes, ...]:
    """The inclusion proof of entry `index` in the tree over `size` entries. Reads at most two tiles a level."""
    return merkle.prove_inclusion(index, size, subtrees_in_tiles(size, read))


def consistency_in_tiles(old_size: int, size: int, read: Read) -> tuple[bytes, ...]:
    """The consistency proof from `old_size` to `size` entries."""
    return merkle.prove_consistency(old_size, size, subtrees_in_tiles(size, read))


def subtrees_in_tiles(size: int, read: Read) -> Subtree:
    """Looks perfect subtrees up in the tiles of a log of `size` entries; keeps the tiles last read.

    What it gives raises Refused when a tile has the wrong length, and whatever `read` raises when a tile is missing.
    """

    @lru_cache(maxsize=64)
    def hashes_of(level: int, index: int) -> bytes:
        count = size // WIDTH**level
        return read_tile(Tile(level, index, min(WIDTH, count - index * WIDTH)), read)

    def subtree(level: int, index: int) -> bytes:
        tile_level, height = divmod(level, HEIGHT)
        tile, place = divmod(index << height, WIDTH)
        start, end = place * HASH_SIZE, (place + (1 << height)) * HASH_SIZE
        return merkle.root_of(_hashes(hashes_of(tile_level, tile)[start:end]))

    return subtree


def _hashes(data: bytes) -> list[bytes]:
    return [data[start : start + HASH_SIZE] for start in range(0, len(data), HASH_SIZE)]


def read_tile(tile: Tile, read: Read) -> bytes:
    """The bytes of a tile; of a partial one that was deleted, the beginning of the full one.

    Raises Refused when the file has the wrong length.
    """
    data, file = _read_or_full(tile, read)
    size = file.width * HASH_SIZE
    if len(data) != size:
        raise Refused(f"The file {file.path} has {len(data)} bytes; a tile {file.width} wide has {size}.")
    return data[: tile.width * HASH_SIZE]


def read_entries(bundle: Bundle, read: Read) -> tuple[bytes, ...]:
    """The entries of a bundle; of a partial one that was deleted, the first of the full one.

    Raises Refused when the file has another number of entries, ValueError when it cannot be cut into entries.
    """
    data, file = _read_or_full(bundle, read)
    entries = unframe(data)
    if len(entries) != file.width:
        raise Refused(f"The file {file.path} has {len(entries)} entries; it should have {file.width}.")
    return entries[: bundle.width]


def _read_or_full(file: _File, read: Read) -> tuple[bytes, _File]:
    try:
        return read(file.path), file
    except (LookupError, OSError):
        if file.width == WIDTH:
            raise
        return read(file.full.path), file.full

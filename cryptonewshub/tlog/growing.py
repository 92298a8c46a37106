"""What a log must write to grow: the new tiles and bundles, from its right edge and the new entries alone.

The work is that of the new entries, however long the log is. What is returned agrees with itself and with the range
that it grew from: files damaged since are found here, before anything is signed over them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from cryptonewshub.tlog.canonical import HASH_SIZE
from cryptonewshub.tlog.framing import frame
from cryptonewshub.tlog.merkle import CompactRange, leaf_hash, root_of
from cryptonewshub.tlog.reading import Read, range_in_tiles, read_entries, read_tile
from cryptonewshub.tlog.refusal import Refused
from cryptonewshub.tlog.tiles import WIDTH, Bundle, Tile, bundles_added, tiles_added


@dataclass(frozen=True, slots=True)
class Growth:
    """A log after new entries: its range, whose root is to be signed, and every file that is new, by its path."""

    after: CompactRange
    files: Mapping[str, bytes]


def grow(before: CompactRange, entries: Sequence[bytes], read: Read) -> Growth:
    """Appends entries to the log that has the range `before` and whose files `read` gives.

    Raises Refused when the files at the log's right edge do not hash to `before`, ValueError for an entry that is too
    long, and whatever `read` raises when a file is missing.
    """
    leaves = [leaf_hash(entry) for entry in entries]
    after = before.extend(leaves)
    files = {**_new_tiles(before.size, leaves, read), **_new_bundles(before.size, entries, read)}
    _require_agreement(after, files, read)
    return Growth(after, files)


def _new_tiles(old_size: int, leaves: Sequence[bytes], read: Read) -> dict[str, bytes]:
    """Level by level: what a level gains are the roots of the tiles that became full on the level below."""
    files: dict[str, bytes] = {}
    row, count = list(leaves), old_size
    for level, tiles in groupby(tiles_added(old_size, old_size + len(leaves)), key=lambda tile: tile.level):
        if count % WIDTH:
            row = _edge(Tile(level, count // WIDTH, count % WIDTH), read) + row
        for place, tile in enumerate(tiles):
            files[tile.path] = b"".join(row[place * WIDTH : place * WIDTH + tile.width])
        row = [root_of(row[start : start + WIDTH]) for start in range(0, len(row) - WIDTH + 1, WIDTH)]
        count //= WIDTH
    return files


def _edge(tile: Tile, read: Read) -> list[bytes]:
    data = read_tile(tile, read)
    return [data[start : start + HASH_SIZE] for start in range(0, len(data), HASH_SIZE)]


def _new_bundles(old_size: int, entries: Sequence[bytes], read: Read) -> dict[str, bytes]:
    full, width = divmod(old_size, WIDTH)
    earlier = _verified_entries(full, width, read) if entries and width else ()
    row = [*earlier, *entries]
    added = enumerate(bundles_added(old_size, old_size + len(entries)))
    return {bundle.path: frame(row[place * WIDTH : place * WIDTH + bundle.width]) for place, bundle in added}


def _verified_entries(index: int, width: int, read: Read) -> tuple[bytes, ...]:
    """The entries at the right edge, which are written anew into a wider bundle: only as they were hashed."""
    bundle = Bundle(index, width)
    entries = read_entries(bundle, read)
    if [leaf_hash(entry) for entry in entries] != _edge(Tile(0, index, width), read):
        raise Refused(f"The entries in {bundle.path} are not the ones whose hashes are in the tile beside it.")
    return entries


def _require_agreement(after: CompactRange, files: Mapping[str, bytes], read: Read) -> None:
    stored = range_in_tiles(after.size, lambda path: files[path] if path in files else read(path))
    if stored != after:
        raise Refused("The tiles at the log's right edge do not hash to the log's root: a file there was changed.")

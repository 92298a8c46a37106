"""Where a log's hashes and entries lie: the files of C2SP tlog-tiles, their paths, and which of them a longer log adds.

A tile holds up to 256 hashes, in order: the hash at place i of tile n on level l is the root of the 256^l entries from
(n * 256 + i) * 256^l on. A bundle holds the entries that hash to a tile of level 0. The last of each level may be
partial; a file, once served, never changes: a longer log has a wider file of another name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cryptonewshub.tlog.merkle import Subtree

WIDTH = 256
HEIGHT = 8  # a full tile is a perfect subtree of 2^8 hashes
TOP_LEVEL = 63
LARGEST_INDEX = 10**18 - 1  # six groups of digits
_PATH = re.compile(r"tile/([0-9]{1,2}|entries)/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/([0-9]{1,3}))?")


@dataclass(frozen=True, slots=True, order=True)
class Tile:
    """A file of `width` hashes on a level of the tree: 0 has the leaves, each further one a hash for 256 below."""

    level: int
    index: int
    width: int = WIDTH

    def __post_init__(self) -> None:
        _require_place(self.index, self.width)
        if not 0 <= self.level <= TOP_LEVEL:
            raise ValueError(f"A tile cannot be on level {self.level}: levels run from 0 to {TOP_LEVEL}.")

    @property
    def path(self) -> str:
        """Below the log's prefix: `tile/0/x001/x234/067.p/8`."""
        return f"tile/{self.level}/{_place(self.index, self.width)}"

    @property
    def full(self) -> Tile:
        """The tile that holds these hashes and those that follow, once it is full."""
        return Tile(self.level, self.index)

    def content(self, subtree: Subtree) -> bytes:
        """The tile's bytes: its hashes, 32 bytes each, with nothing between."""
        start = self.index * WIDTH
        return b"".join(subtree(HEIGHT * self.level, start + place) for place in range(self.width))


@dataclass(frozen=True, slots=True, order=True)
class Bundle:
    """A file of `width` entries: those that hash to the tile of level 0 with the same index and width."""

    index: int
    width: int = WIDTH

    def __post_init__(self) -> None:
        _require_place(self.index, self.width)

    @property
    def path(self) -> str:
        """Below the log's prefix: `tile/entries/x001/x234/067.p/8`."""
        return f"tile/entries/{_place(self.index, self.width)}"

    @property
    def full(self) -> Bundle:
        """The bundle that holds these entries and those that follow, once it is full."""
        return Bundle(self.index)


def parse_path(path: str) -> Tile | Bundle:
    """The tile or bundle at a path. Raises ValueError for any path that this module would not have written."""
    found = _PATH.fullmatch(path)
    if found is None:
        raise ValueError("This is not the path of a tile or of an entry bundle.")
    level, groups, width = found.groups()
    index = int(groups.replace("/", "").replace("x", ""))
    tile = _file(level, index, WIDTH if width is None else int(width))
    if tile.path != path:
        raise ValueError(f"This path is not the canonical one, which is {tile.path}.")
    return tile


def _file(level: str, index: int, width: int) -> Tile | Bundle:
    return Bundle(index, width) if level == "entries" else Tile(int(level), index, width)


def _require_place(index: int, width: int) -> None:
    if not 0 <= index <= LARGEST_INDEX:
        raise ValueError(f"A tile cannot have the index {index}: indexes run from 0 to 10^18 - 1.")
    if not 1 <= width <= WIDTH:
        raise ValueError(f"A tile cannot be {width} wide: it has 1 to {WIDTH} places; there are no empty ones.")


def _place(index: int, width: int) -> str:
    digits = f"{index:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
    partial = "" if width == WIDTH else f".p/{width}"
    return "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]]) + partial


def tiles_of(size: int) -> Iterator[Tile]:
    """Every tile that a log of `size` entries serves, level by level."""
    return tiles_added(0, size)


def bundles_of(size: int) -> Iterator[Bundle]:
    """Every entry bundle that a log of `size` entries serves."""
    return bundles_added(0, size)


def tiles_added(old_size: int, size: int) -> Iterator[Tile]:
    """The tiles that a log of `size` entries serves and a log of its first `old_size` entries does not."""
    level = 0
    while old_size < size:
        yield from (Tile(level, index, width) for index, width in _places_added(old_size, size))
        level, old_size, size = level + 1, old_size // WIDTH, size // WIDTH


def bundles_added(old_size: int, size: int) -> Iterator[Bundle]:
    """The entry bundles that a log of `size` entries serves and a log of its first `old_size` entries does not."""
    return (Bundle(index, width) for index, width in _places_added(old_size, size))


def _places_added(old_count: int, count: int) -> Iterator[tuple[int, int]]:
    """Index and width of each file that is new when a level grows from `old_count` to `count` places."""
    if old_count < count:
        for index in range(old_count // WIDTH, -(-count // WIDTH)):
            yield index, min(WIDTH, count - index * WIDTH)


def partial_tiles(size: int) -> Iterator[Tile]:
    """The partial tiles of a log of `size` entries, at most one to a level: its right edge, from which it grows."""
    level = 0
    while size:
        if size % WIDTH:
            yield Tile(level, size // WIDTH, size % WIDTH)
        level, size = level + 1, size // WIDTH


def bundle_with(index: int, size: int) -> Bundle:
    """The bundle that holds entry `index` in a log of `size` entries. Raises ValueError when it has no such entry."""
    if not 0 <= index < size:
        raise ValueError(f"A log of {size} entries has no entry {index}.")
    return Bundle(index // WIDTH, min(WIDTH, size - index // WIDTH * WIDTH))

"""Tiles: their paths both ways, and which of them a longer log adds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cryptonewshub.tlog.merkle import leaf_hash, root_of, subtrees_of
from cryptonewshub.tlog.tiles import (
    Bundle,
    Tile,
    bundle_with,
    bundles_added,
    bundles_of,
    parse_path,
    partial_tiles,
    tiles_added,
    tiles_of,
)
from tests.tlog.strictness import read_or_none
from tests.tlog.vectors import vector_json

tiles = st.builds(Tile, st.integers(0, 63), st.integers(0, 10**18 - 1), st.integers(1, 256))
bundles = st.builds(Bundle, st.integers(0, 10**18 - 1), st.integers(1, 256))


@pytest.mark.parametrize(
    ("file", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 999, 1), "tile/0/999.p/1"),
        (Tile(0, 1000), "tile/0/x001/000"),
        (Tile(2, 7_000_042, 255), "tile/2/x007/x000/042.p/255"),
        (Tile(63, 10**18 - 1), "tile/63/x999/x999/x999/x999/x999/999"),
        (Bundle(0, 12), "tile/entries/000.p/12"),
        (Bundle(1234567), "tile/entries/x001/x234/567"),
    ],
)
def test_paths_are_groups_of_three_digits(file: Tile | Bundle, path: str) -> None:
    assert file.path == path
    assert parse_path(path) == file


@settings(deadline=None)
@given(tiles | bundles)
def test_every_path_comes_back(file: Tile | Bundle) -> None:
    assert parse_path(file.path) == file


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/0/",
        "tile/0/0",
        "tile/0/0000",
        "/tile/0/000",
        "tile/0/000/",
        "tile/0/000\n",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/data/000",
        "tile/8/0/000",
        "tile/0/x000/001",
        "tile/0/001/002",
        "tile/0/x001",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/",
        "tile/0/٠٠٠",
        "tile/0/../000",
        "tile/0/x001/x000/x000/x000/x000/x000/000",
    ],
)
def test_other_paths_are_refused(path: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        parse_path(path)


@settings(deadline=None)
@given(st.text(st.sampled_from("tile/x.p0129entries"), max_size=40))
def test_a_path_is_read_in_its_one_spelling_or_refused(path: str) -> None:
    file = read_or_none(parse_path, path)
    assert file is None or file.path == path


def test_a_tile_that_cannot_be_is_refused() -> None:
    for level, index, width in ((-1, 0, 1), (64, 0, 1), (0, -1, 1), (0, 10**18, 1), (0, 0, 0), (0, 0, 257)):
        with pytest.raises(ValueError, match=r"\.$"):
            Tile(level, index, width)


def test_a_log_of_70_000_entries_has_the_277_tiles_of_the_specification() -> None:
    found = list(tiles_of(70_000))
    partial = [(tile.level, tile.width) for tile in found if tile.width < 256]
    full = [sum(tile.level == level and tile.width == 256 for tile in found) for level in range(3)]
    assert (len(found), full, partial) == (277, [273, 1, 0], [(0, 112), (1, 17), (2, 1)])


def test_a_full_level_0_tile_has_a_hash_above_it() -> None:
    assert [tile.path for tile in tiles_of(256)] == ["tile/0/000", "tile/1/000.p/1"]
    assert [bundle.path for bundle in bundles_of(256)] == ["tile/entries/000"]
    assert list(tiles_of(0)) == []
    assert list(bundles_of(0)) == []


@settings(deadline=None)
@given(st.integers(0, 200_000), st.integers(0, 2_000))
def test_what_a_longer_log_adds_is_what_the_shorter_one_has_not(old: int, more: int) -> None:
    size = old + more
    assert set(tiles_added(old, size)) == set(tiles_of(size)) - set(tiles_of(old))
    assert set(bundles_added(old, size)) == set(bundles_of(size)) - set(bundles_of(old))
    assert list(partial_tiles(size)) == [tile for tile in tiles_of(size) if tile.width < 256]


@settings(deadline=None)
@given(st.integers(0, 10**12), st.data())
def test_the_bundle_of_an_entry_is_one_that_the_log_serves(size: int, data: st.DataObject) -> None:
    if not size:
        with pytest.raises(ValueError, match="has no entry 0"):
            bundle_with(0, 0)
        return
    index = data.draw(st.integers(0, size - 1))
    bundle = bundle_with(index, size)
    assert bundle.index * 256 <= index < bundle.index * 256 + bundle.width <= size


def test_a_tile_holds_the_roots_of_full_tiles_below() -> None:
    leaves = [leaf_hash(b"%d" % number) for number in range(600)]
    subtree = subtrees_of(leaves)
    assert Tile(0, 2, 88).content(subtree) == b"".join(leaves[512:])
    assert Tile(1, 0, 2).content(subtree) == root_of(leaves[:256]) + root_of(leaves[256:512])


@pytest.mark.shared
def test_paths_are_read_and_written_as_elsewhere() -> None:
    vectors = vector_json("tiles/paths.json")
    for case in vectors["format"]:
        assert Tile(case["l"], case["n"], case["w"] or 256).path == case["path"]
    for case in vectors["entries_for_index"]:
        assert bundle_with(case["index"], case["size"]).path == case["path"]
    for case in vectors["parse"]:
        path = f"tile/{case['level']}/{case['path']}"
        if case["error"]:
            with pytest.raises(ValueError, match=r"\.$"):
                parse_path(path)
        else:
            assert parse_path(path) == Tile(case["l"], case["n"], case["w"] or 256)

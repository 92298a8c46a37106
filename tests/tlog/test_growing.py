"""Growing: the files of a log made in steps are those of a log made at once, and damage is found before it spreads."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cryptonewshub.tlog.framing import frame
from cryptonewshub.tlog.growing import grow
from cryptonewshub.tlog.merkle import CompactRange, leaf_hash, root_of, subtrees_of
from cryptonewshub.tlog.refusal import Refused
from cryptonewshub.tlog.tiles import bundles_of, tiles_of
from tests.tlog.paper import PaperLog, numbered

steps = st.lists(st.sampled_from([0, 1, 2, 255, 256, 257, 511, 700]), max_size=6)


@settings(max_examples=40, deadline=None)
@given(steps)
def test_growing_by_tiles_equals_computing_anew(counts: list[int]) -> None:
    log = PaperLog()
    for count in counts:
        log.add(numbered(count, start=log.size))
        entries = numbered(log.size)
        leaves = [leaf_hash(entry) for entry in entries]
        subtree = subtrees_of(leaves)
        assert log.range.root() == root_of(leaves)
        for tile in tiles_of(log.size):
            assert log.files[tile.path] == tile.content(subtree)
        for bundle in bundles_of(log.size):
            start = bundle.index * 256
            assert log.files[bundle.path] == frame(entries[start : start + bundle.width])


@settings(deadline=None)
@given(st.integers(0, 600), st.integers(0, 600))
def test_the_new_files_are_new(before: int, more: int) -> None:
    log = PaperLog.of(numbered(before))
    growth = grow(log.range, numbered(more, start=before), log.read)
    assert not growth.files.keys() & log.files.keys()
    tiles = {tile.path for tile in tiles_of(before + more)}
    bundles = {bundle.path for bundle in bundles_of(before + more)}
    assert growth.files.keys() == (tiles | bundles) - log.files.keys()


def test_the_third_level_grows_when_the_second_is_full() -> None:
    log = PaperLog.of(numbered(65_535))
    growth = grow(log.range, [b"the last of the 65,536"], log.read)
    assert set(growth.files) == {"tile/0/255", "tile/1/000", "tile/2/000.p/1", "tile/entries/255"}
    assert growth.files["tile/2/000.p/1"] == growth.after.root()


def test_little_is_read_however_long_the_log_is() -> None:
    log = PaperLog.of(numbered(66_000))
    paths: list[str] = []

    def read(path: str) -> bytes:
        paths.append(path)
        return log.read(path)

    grow(log.range, [b"one more"], read)
    assert set(paths) == {"tile/0/257.p/208", "tile/1/001.p/1", "tile/2/000.p/1", "tile/entries/257.p/208"}


@settings(deadline=None)
@given(st.data())
def test_one_flipped_bit_at_the_edge_stops_the_log(data: st.DataObject) -> None:
    log = PaperLog.of(numbered(600))
    path = data.draw(st.sampled_from(["tile/0/002.p/88", "tile/1/000.p/2", "tile/entries/002.p/88"]))
    content = bytearray(log.files[path])
    bit = data.draw(st.integers(0, len(content) * 8 - 1))
    content[bit // 8] ^= 1 << bit % 8
    log.files[path] = bytes(content)
    with pytest.raises(ValueError, match=r"\.$"):
        grow(log.range, [b"one more"], log.read)


def test_files_of_another_history_are_refused() -> None:
    log, other = PaperLog.of([b"a", b"b"]), PaperLog.of([b"a", b"c"])
    with pytest.raises(Refused, match="do not hash to the log's root"):
        grow(log.range, [b"d"], other.read)


def test_an_entry_that_is_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 65535"):
        grow(CompactRange(), [b"a" * 65536], PaperLog().read)

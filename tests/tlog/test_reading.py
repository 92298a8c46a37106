"""Reading: roots and proofs out of files, partial ones or full ones in their place, and damaged ones refused."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cryptonewshub.tlog.checkpoints import open_checkpoint
from cryptonewshub.tlog.framing import unframe
from cryptonewshub.tlog.keys import VerifierKey
from cryptonewshub.tlog.merkle import Subtree, leaf_hash, prove_consistency, prove_inclusion, root_of, subtrees_of
from cryptonewshub.tlog.reading import (
    consistency_in_tiles,
    inclusion_in_tiles,
    range_in_tiles,
    read_entries,
    read_tile,
)
from cryptonewshub.tlog.refusal import Refused
from cryptonewshub.tlog.tiles import Bundle, Tile, bundles_of, tiles_of
from tests.tlog.paper import PaperLog, numbered
from tests.tlog.vectors import vector

EDGES = [1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 66_000]
sizes = st.sampled_from(EDGES) | st.integers(1, 66_000)


@dataclass(frozen=True)
class Long:
    """A log of 66,000 entries, three levels of tiles high; made once."""

    log: PaperLog
    entries: list[bytes]
    leaves: list[bytes]
    subtree: Subtree

    def as_of(self, size: int) -> dict[str, bytes]:
        """The tiles of the log when it had `size` entries, from the tree alone."""
        return {tile.path: tile.content(self.subtree) for tile in tiles_of(size)}


@pytest.fixture(scope="module")
def long() -> Long:
    entries = numbered(66_000)
    leaves = [leaf_hash(entry) for entry in entries]
    return Long(PaperLog.of(entries), entries, leaves, subtrees_of(leaves))


@pytest.mark.parametrize("size", EDGES)
def test_a_root_out_of_tiles_is_the_root_of_the_list(long: Long, size: int) -> None:
    assert range_in_tiles(size, long.as_of(size).__getitem__).root() == root_of(long.leaves[:size])


@settings(deadline=None)
@given(sizes, st.data())
def test_proofs_are_made_though_earlier_partial_tiles_are_gone(long: Long, size: int, data: st.DataObject) -> None:
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    full = {path: content for path, content in long.log.files.items() if ".p/" not in path}
    edge = {tile.path: tile.content(long.subtree) for tile in tiles_of(size) if tile.full.path not in full}
    read = {**full, **edge}.__getitem__
    assert inclusion_in_tiles(index, size, read) == prove_inclusion(index, size, long.subtree)
    assert consistency_in_tiles(old, size, read) == prove_consistency(old, size, long.subtree)


def test_few_files_are_read_for_a_proof(long: Long) -> None:
    paths: list[str] = []

    def read(path: str) -> bytes:
        paths.append(path)
        return long.log.read(path)

    inclusion_in_tiles(300, 66_000, read)
    assert sorted(paths) == ["tile/0/001", "tile/0/257.p/208", "tile/1/000", "tile/1/001.p/1"]


def test_a_deleted_partial_file_is_read_out_of_the_full_one() -> None:
    log = PaperLog.of(numbered(300))
    assert read_tile(Tile(0, 0, 7), log.read) == b"".join(leaf_hash(entry) for entry in numbered(7))
    assert read_entries(Bundle(0, 7), log.read) == tuple(numbered(7))
    with pytest.raises(KeyError, match="tile/0/009"):
        read_tile(Tile(0, 9), log.read)


@pytest.mark.parametrize("damaged", [b"", b"h" * 31, b"h" * 33, b"h" * 64])
def test_a_tile_of_the_wrong_length_is_refused(damaged: bytes) -> None:
    with pytest.raises(Refused, match=r"tile/0/000.p/1 has \d+ bytes"):
        range_in_tiles(1, lambda _: damaged)


def test_a_bundle_with_another_number_of_entries_is_refused() -> None:
    with pytest.raises(Refused, match="has 1 entries; it should have 2"):
        read_entries(Bundle(0, 2), lambda _: b"\x00\x00")


@pytest.mark.shared
def test_a_log_that_another_program_wrote_is_read() -> None:
    folder = vector("tlog-tessera")
    key = VerifierKey.parse((folder / "VKEY").read_text().strip())
    roots = {}
    for size in range(16):
        signed = open_checkpoint((folder / f"checkpoint.{size}").read_bytes(), key.name, [key])
        assert signed.checkpoint.size == size
        roots[size] = signed.checkpoint.root
        if not size:
            continue
        entries = [entry for bundle in bundles_of(size) for entry in unframe((folder / bundle.path).read_bytes())]
        assert range_in_tiles(size, lambda path: (folder / path).read_bytes()).root() == roots[size]
        assert root_of(leaf_hash(entry) for entry in entries) == roots[size]
        assert PaperLog.of(entries).files[Tile(0, 0, size).path] == (folder / Tile(0, 0, size).path).read_bytes()


@pytest.mark.shared
def test_real_tiles_of_certificate_transparency_are_read() -> None:
    folder: Path = vector("ct-navigli2025h2")
    leaves = b"".join((folder / f"tile/0/00{number}").read_bytes() for number in range(4))
    hashes = [leaves[start : start + 32] for start in range(0, len(leaves), 32)]
    tops = b"".join(root_of(hashes[start : start + 256]) for start in range(0, 1024, 256))

    def read(path: str) -> bytes:
        return tops[: 32 * int(path[-1])] if path.startswith("tile/1/") else (folder / path).read_bytes()

    assert range_in_tiles(1024, read).root() == root_of(hashes)
    assert range_in_tiles(3 * 256 + 10, read).root() == root_of(hashes[: 3 * 256 + 10])
    assert inclusion_in_tiles(700, 1024, read) == prove_inclusion(700, 1024, subtrees_of(hashes))

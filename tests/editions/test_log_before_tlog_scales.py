"""Logs that our sequencer wrote, read and proved by tlog-scales, an independent reader in Python."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from tlog_scales import signing, tiles
from tlog_scales.backend import LocalBackend
from tlog_scales.reader import TilesReader

from cryptonewshub.editions.sequencing import Entered, open_log
from cryptonewshub.editions.witness import Witness
from cryptonewshub.editions.witnessing import ListedWitness, ask
from cryptonewshub.sources.fetching import Fetched
from cryptonewshub.tlog.tiles import Tile
from tests.editions.small_log import ORIGIN, SmallLog
from tests.tlog.logcheck import flip
from tests.tlog.paper import WITNESS

SIZES = [1, 255, 256, 257, 1000]


def reader_of(log: SmallLog) -> tuple[TilesReader, Any]:
    reader = TilesReader(LocalBackend(log.folder.path))
    checkpoint = reader.get_checkpoint()
    checkpoint.verify(signing.Vkey.from_string(str(log.log_key.verifier)))
    return reader, checkpoint


def test_entries_roots_and_growth_are_what_another_reader_finds(tmp_path: Path) -> None:
    log = SmallLog.founded(tmp_path / "home")
    _, empty = reader_of(log)
    assert (empty.size, empty.root_hash) == (0, TilesReader(LocalBackend(log.folder.path)).get_checkpoint().root_hash)
    entered, seen = list[Entered](), []
    for size in SIZES:
        entered += log.append(log.versions(size - len(entered), start=len(entered)))
        reader, checkpoint = reader_of(log)
        assert (checkpoint.origin, checkpoint.size) == (ORIGIN, size)
        assert reader.calculate_root_hash() == checkpoint.root_hash
        for index in {0, size // 2, size - 1}:
            assert reader.get_entry(index) == entered[index].data
            proof = reader.get_inclusion_proof(index, size)
            proof.check(tiles.leaf_hash(entered[index].data), checkpoint.root_hash)
        seen.append(checkpoint)
    for old, new in pairwise(seen):
        reader.get_consistency_proof(old.size, new.size).check(old.root_hash, new.root_hash)


def test_our_proof_files_say_what_another_reader_proves(tmp_path: Path) -> None:
    log = SmallLog.founded(tmp_path / "home")
    log.append(log.versions(700))
    with open_log(log.folder, log.keys_folder) as opened:
        opened.write_proofs([0, 256, 699])
    reader, _ = reader_of(log)
    for index in (0, 256, 699):
        lines = log.folder.read(f"proof/{index}.tlog-proof").decode().split("\n")
        hashes = [b64decode(line) for line in lines[lines.index(f"index {index}") + 1 : lines.index("")]]
        assert hashes == reader.get_inclusion_proof(index, 700).node_hashes


def test_one_flipped_bit_is_found(tmp_path: Path) -> None:
    log = SmallLog.founded(tmp_path / "home")
    log.append(log.versions(300))
    flip(log.folder.path / "tile/1/000.p/1", 7)
    reader, checkpoint = reader_of(log)
    assert reader.calculate_root_hash() != checkpoint.root_hash


def test_a_cosigned_checkpoint_is_accepted(tmp_path: Path) -> None:
    log = SmallLog.founded(tmp_path / "home")
    log.append(log.versions(3))
    witness = Witness(WITNESS, {ORIGIN: [log.log_key.verifier]}, tmp_path / "seen.sqlite3")
    ask(log.folder, ListedWitness(WITNESS.verifier, "https://lighthouse.example"), _wire(witness))
    _, checkpoint = reader_of(log)
    checkpoint.verify(signing.Vkey.from_string(str(WITNESS.verifier)))


def _wire(witness: Witness) -> Callable[[str, bytes], Fetched]:
    def send(address: str, body: bytes) -> Fetched:
        answer = witness.add_checkpoint(body, time=1_772_440_200)
        return Fetched(
            address, answer.status, "", (("Content-Type", answer.content_type),), answer.body, (address,), ""
        )

    return send


@pytest.mark.parametrize("number", [0, 255, 256, 1000, 1_234_067])
def test_paths_are_spelled_as_another_reader_spells_them(number: int) -> None:
    assert Tile(0, number, 8).path == "/".join(tiles.tile_path(0, number, 8))

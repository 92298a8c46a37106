"""The sequencer: what it was given is in the log, in order, once. It signs no damage and makes no second history."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from cryptonewshub.editions.lock_store import LostRaceError
from cryptonewshub.editions.log_folder import LogBusyError
from cryptonewshub.editions.recovery import LogRefusedError
from cryptonewshub.editions.sequencing import Entered, OpenLog, Submission, found_log, open_log
from cryptonewshub.tlog.checkpoints import open_checkpoint
from cryptonewshub.tlog.leaves import sign_manifest
from cryptonewshub.tlog.merkle import leaf_hash, root_of
from cryptonewshub.tlog.proofs import verify_proof
from cryptonewshub.tlog.reading import read_entries
from cryptonewshub.tlog.refusal import Refused
from cryptonewshub.tlog.tiles import bundles_of, tiles_of
from tests.editions.small_log import MONDAY, ORIGIN, SmallLog


@pytest.fixture
def log(tmp_path: Path) -> SmallLog:
    return SmallLog.founded(tmp_path / "home")


def size_of(log: SmallLog) -> int:
    """The size that readers are told, once everything that they are told is verified against the entries."""
    data = log.folder.public_checkpoint()
    assert data is not None
    checkpoint = open_checkpoint(data, ORIGIN, [log.log_key.verifier]).checkpoint
    entries = [entry for bundle in bundles_of(checkpoint.size) for entry in read_entries(bundle, log.folder.read)]
    assert len(entries) == checkpoint.size
    assert root_of(leaf_hash(entry) for entry in entries) == checkpoint.root
    for tile in tiles_of(checkpoint.size):
        assert log.folder.has(tile.path) or log.folder.has(tile.full.path)
    return checkpoint.size


@pytest.mark.parametrize("batches", [[], [1], [3, 253, 1, 1], [255, 2, 600]])
def test_what_is_entered_is_in_the_log_in_its_order(log: SmallLog, batches: list[int]) -> None:
    entered: list[Entered] = []
    for count in batches:
        entered += log.append(log.versions(count, start=len(entered)))
    assert size_of(log) == len(entered) == sum(batches)
    assert [entry.index for entry in entered] == list(range(len(entered)))
    assert [entry.leaf.manifest.article and entry.leaf.manifest.article.int for entry in entered] == [
        *range(len(entered))
    ]


def test_documents_are_there_under_their_hashes(log: SmallLog) -> None:
    (entry,) = log.append(log.versions(1))
    assert entry.leaf.manifest.content is not None
    assert log.folder.read(f"content/{entry.leaf.manifest.content.hex()}") == b'{"number":0}'


def test_proofs_hold_and_stay_short(log: SmallLog) -> None:
    entered = log.append(log.versions(300))
    with open_log(log.folder, log.keys_folder) as opened:
        opened.write_proofs([0, 299])
    for index in (0, 299):
        proof = log.folder.read(f"proof/{index}.tlog-proof")
        assert verify_proof(proof, entered[index].data, ORIGIN, [log.log_key.verifier])[0] == index
        assert len(proof) < 2000


def test_the_time_of_entry_never_falls(log: SmallLog) -> None:
    for now in (MONDAY, MONDAY - timedelta(days=1), MONDAY + timedelta(hours=1)):
        log.append(log.versions(1), now=now)
    with open_log(log.folder, log.keys_folder) as opened:
        times = [entry.leaf.at for entry in opened.entries(0)]
    assert times == [MONDAY, MONDAY, MONDAY + timedelta(hours=1)]


def test_partial_files_are_taken_away_once_the_full_ones_are_there(log: SmallLog) -> None:
    log.append(log.versions(255))
    assert log.folder.has("tile/0/000.p/255")
    log.append(log.versions(1, start=255))
    assert not (log.folder.path / "tile/0/000.p").exists()
    assert not (log.folder.path / "tile/entries/000.p").exists()


def test_a_manifest_that_the_desk_did_not_sign_is_refused(log: SmallLog) -> None:
    good = log.versions(1)[0]
    forged = Submission(sign_manifest(good.signed.manifest, log.log_key), good.document)
    with pytest.raises(Refused, match="not one of the newsroom's"):
        log.append([forged])
    assert size_of(log) == 0


def test_a_document_that_is_another_one_is_refused(log: SmallLog) -> None:
    good = log.versions(1)[0]
    with pytest.raises(ValueError, match="not the one whose hash"):
        log.append([Submission(good.signed, b"{}")])
    assert size_of(log) == 0


def test_a_log_is_founded_once(log: SmallLog) -> None:
    log.append(log.versions(3))
    found_log(log.folder, log.key_document(), log.keys_folder)
    assert size_of(log) == 3


def test_a_log_without_its_lock_store_is_not_signed_and_not_founded_again(log: SmallLog) -> None:
    log.append(log.versions(3))
    log.folder.store.file.unlink()
    with pytest.raises(LogRefusedError, match="no lock store"):
        log.append(log.versions(1))
    with pytest.raises(LogRefusedError, match="would contradict it"):
        found_log(log.folder, log.key_document(), log.keys_folder)
    assert size_of(log) == 3


def test_an_old_lock_store_is_not_signed_with(log: SmallLog, tmp_path: Path) -> None:
    log.append(log.versions(3))
    shutil.copy(log.folder.store.file, tmp_path / "old.db")
    log.append(log.versions(2, start=3))
    shutil.copy(tmp_path / "old.db", log.folder.store.file)
    with pytest.raises(LogRefusedError, match="has 5 entries, and the lock store knows of 3"):
        log.append(log.versions(1, start=5))
    assert size_of(log) == 5


def test_another_root_for_the_same_size_stops_the_log(tmp_path: Path) -> None:
    log = SmallLog.founded(tmp_path / "home")
    shutil.copytree(log.home, tmp_path / "copy")
    other = SmallLog(tmp_path / "copy", tmp_path / "copy" / "keys")
    log.append(log.versions(2))
    other.append(other.versions(2, start=7))
    shutil.copy(other.folder.path / "checkpoint", log.folder.path / "checkpoint")
    with pytest.raises(LogRefusedError, match="another root than the lock store"):
        log.append(log.versions(1, start=2))


@pytest.mark.parametrize(
    "path", ["tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/001.p/44"], ids=["hashes", "roots", "entries"]
)
@pytest.mark.parametrize("damage", ["flipped", "cut", "gone"])
def test_a_damaged_right_edge_is_not_signed_over(log: SmallLog, path: str, damage: str) -> None:
    log.append(log.versions(300))
    file = log.folder.path / path
    data = file.read_bytes()
    match damage:
        case "flipped":
            file.write_bytes(bytes([data[0] ^ 1]) + data[1:])
        case "cut":
            file.write_bytes(data[:-1])
        case "gone":
            file.unlink()
    with pytest.raises((LogRefusedError, OSError, ValueError)):
        log.append(log.versions(1, start=300))
    assert open_checkpoint(log.folder.read("checkpoint"), ORIGIN, [log.log_key.verifier]).checkpoint.size == 300
    file.write_bytes(data)
    log.append(log.versions(1, start=300))
    assert size_of(log) == 301


def test_a_checkpoint_that_was_lost_is_served_again(log: SmallLog) -> None:
    log.append(log.versions(3))
    for damaged in (b"", b"rubbish\n", None):
        file = log.folder.path / "checkpoint"
        file.unlink() if damaged is None else file.write_bytes(damaged)
        with open_log(log.folder, log.keys_folder):
            assert size_of(log) == 3


def test_what_was_committed_before_a_crash_is_made_public_at_the_next_start(
    log: SmallLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(opened: OpenLog, growth: object) -> None:
        raise KeyboardInterrupt

    log.append(log.versions(250))
    with monkeypatch.context() as patched:
        patched.setattr(OpenLog, "_make_public", killed)
        with pytest.raises(KeyboardInterrupt):
            log.append(log.versions(10, start=250))
    assert size_of(log) == 250
    with open_log(log.folder, log.keys_folder) as opened:
        assert opened.size == 260
    assert size_of(log) == 260
    assert list(log.folder.staging.iterdir()) == []


def test_what_was_staged_and_not_committed_is_forgotten(log: SmallLog, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(opened: OpenLog, standing: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(OpenLog, "_commit", killed)
        with pytest.raises(KeyboardInterrupt):
            log.append(log.versions(2))
    assert len(list(log.folder.staging.iterdir())) == 1
    log.append(log.versions(1, start=5))
    assert size_of(log) == 1


def test_two_sequencers_with_one_lock_store_never_both_win(log: SmallLog) -> None:
    with open_log(log.folder, log.keys_folder) as first:
        second = OpenLog(log.folder, first._standing, log.keys_folder)  # as if the folder's lock did not reach it
        list(first.append(log.versions(1), now=MONDAY))
        with pytest.raises(LostRaceError):
            list(second.append(log.versions(1, start=9), now=MONDAY))
    assert size_of(log) == 1


def test_one_process_writes_at_a_time(log: SmallLog) -> None:
    with (
        open_log(log.folder, log.keys_folder),
        pytest.raises(LogBusyError, match="Another process"),
        open_log(log.folder, log.keys_folder, wait=0),
    ):
        pass


def test_a_key_that_is_not_the_logs_signs_nothing(log: SmallLog, tmp_path: Path) -> None:
    other = SmallLog.founded(tmp_path / "other")
    shutil.copy(other.keys_folder / "log.key", tmp_path / "log.key")
    (log.keys_folder / "log.key").unlink()
    shutil.copy(tmp_path / "log.key", log.keys_folder / "log.key")
    with pytest.raises(LogRefusedError, match="is not the one in its list"):
        log.append(log.versions(1))

"""Logs that our sequencer wrote, before a verifier in Go that shares nothing with ours, and before one in Rust."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

import pytest

from cryptonewshub.editions.sequencing import Entered, open_log
from tests.editions.small_log import ORIGIN, SmallLog
from tests.tlog.logcheck import build, flip

SIZES = [0, 1, 255, 256, 257, 1000, 70_000]

# One worker builds it, once.
pytestmark = [pytest.mark.shared, pytest.mark.xdist_group("logcheck")]

Check = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("logcheck"))


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory, program: Path) -> tuple[SmallLog, dict[int, Path], list[Entered]]:
    """One log, grown through all the sizes, in batches of odd lengths; a copy of its checkpoint at each."""
    log = SmallLog.founded(tmp_path_factory.mktemp("grown") / "home")
    pool = log.versions(500)
    kept, entered = {}, list[Entered]()
    for size in SIZES:
        while len(entered) < size:
            count = min(size - len(entered), 4001)
            entered += log.append(list(islice(cycle(pool), count)))
        kept[size] = log.home / f"checkpoint.{size}"
        kept[size].write_bytes(log.folder.read("checkpoint"))
    return log, kept, entered


@pytest.fixture
def check(program: Path, grown: tuple[SmallLog, dict[int, Path], list[Entered]]) -> Check:
    key = str(grown[0].log_key.verifier)

    def run(word: str, *rest: str | Path) -> subprocess.CompletedProcess[str]:
        command = [program, word, "-vkey", key, "-origin", ORIGIN, *rest]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return run


@pytest.mark.parametrize("size", SIZES[:-1])
def test_a_log_of_each_size_is_accepted_and_with_one_flipped_bit_refused(
    size: int, program: Path, tmp_path: Path
) -> None:
    log = SmallLog.founded(tmp_path / "home")
    if size:
        log.append(log.versions(size))
    command: list[str | Path] = [
        program,
        "audit",
        "-vkey",
        str(log.log_key.verifier),
        "-origin",
        ORIGIN,
        log.folder.path,
    ]
    audited = subprocess.run(command, capture_output=True, text=True, check=False)
    assert audited.returncode == 0, audited.stderr
    assert f"size {size} root" in audited.stdout
    for path in _ends(log):
        flip(path, 7)
        assert subprocess.run(command, capture_output=True, check=False).returncode == 1, path
        flip(path, 7)


def _ends(log: SmallLog) -> set[Path]:
    files = sorted(file for file in (log.folder.path / "tile").rglob("*") if file.is_file())
    return {files[0], files[-1]} if files else set()


def test_70_000_entries_are_accepted_and_with_one_flipped_bit_refused(
    check: Check, grown: tuple[SmallLog, dict[int, Path], list[Entered]]
) -> None:
    log = grown[0]
    audited = check("audit", log.folder.path)
    assert audited.returncode == 0, audited.stderr
    assert "size 70000 root" in audited.stdout
    for path in ("tile/0/137", "tile/entries/273.p/112", "tile/2/000.p/1"):
        flip(log.folder.path / path, 300 if path != "tile/2/000.p/1" else 3)
        assert check("audit", log.folder.path).returncode == 1, path
        flip(log.folder.path / path, 300 if path != "tile/2/000.p/1" else 3)


def test_the_log_grew_from_each_checkpoint_that_was_served(
    check: Check, grown: tuple[SmallLog, dict[int, Path], list[Entered]]
) -> None:
    log, kept, _ = grown
    for size in SIZES:
        done = check("grow", kept[size], kept[SIZES[-1]], log.folder.path)
        assert done.returncode == 0, done.stderr


def test_proofs_are_accepted_and_short(
    check: Check, grown: tuple[SmallLog, dict[int, Path], list[Entered]], tmp_path: Path
) -> None:
    log, _, entered = grown
    places = (0, 255, 256, 999, 35_000, 69_999)
    with open_log(log.folder, log.keys_folder) as opened:
        opened.write_proofs(places)
    entry = tmp_path / "entry"
    for index in places:
        entry.write_bytes(entered[index].data)
        proof = log.folder.path / f"proof/{index}.tlog-proof"
        assert proof.stat().st_size < 2000
        done = check("proof", "-leaf", entry, proof)
        assert done.returncode == 0, done.stderr
    entry.write_bytes(entered[1].data)
    assert check("proof", "-leaf", entry, proof).returncode == 1

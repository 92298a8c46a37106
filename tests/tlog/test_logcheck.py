"""Our logs before an independent verifier: a program in Go, on Go's own sumdb code, that shares nothing with ours."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cryptonewshub.tlog.notes import Note, cosign
from tests.tlog.logcheck import build, flip
from tests.tlog.paper import LOG_KEY, ORIGIN, WITNESS, PaperLog, numbered

SIZES = [0, 1, 255, 256, 257, 1000]

# One worker builds it, once.
pytestmark = [pytest.mark.shared, pytest.mark.xdist_group("logcheck")]

Logcheck = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def logcheck(tmp_path_factory: pytest.TempPathFactory) -> Logcheck:
    """Runs a word of logcheck with the paper's key and origin."""
    program = build(tmp_path_factory.mktemp("logcheck"))

    def run(word: str, *rest: str | Path) -> subprocess.CompletedProcess[str]:
        known = ["-vkey", str(LOG_KEY.verifier), "-origin", ORIGIN]
        return subprocess.run([program, word, *known, *rest], capture_output=True, text=True, check=False)

    return run


def lay_out(log: PaperLog, folder: Path) -> Path:
    """Writes the log's files as a web server would serve them."""
    for path, content in log.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "checkpoint").write_bytes(log.checkpoint())
    return folder


@pytest.mark.parametrize("size", SIZES)
def test_an_audit_accepts_our_logs(size: int, logcheck: Logcheck, tmp_path: Path) -> None:
    audited = logcheck("audit", lay_out(PaperLog.of(numbered(size)), tmp_path))
    assert audited.returncode == 0, audited.stderr
    assert f"size {size} root" in audited.stdout


@pytest.mark.parametrize("size", SIZES[1:])
def test_an_audit_refuses_one_flipped_bit(size: int, logcheck: Logcheck, tmp_path: Path) -> None:
    log = PaperLog.of(numbered(size))
    served = sorted(path for path in log.files)
    for path in {served[0], served[-1]}:
        folder = lay_out(log, tmp_path)
        flip(folder / path, 7)
        audited = logcheck("audit", folder)
        assert audited.returncode == 1, path
        assert "FAIL" in audited.stderr


@pytest.mark.parametrize("size", SIZES[1:])
def test_our_proofs_are_accepted_and_with_one_flipped_bit_refused(
    size: int, logcheck: Logcheck, tmp_path: Path
) -> None:
    entries = numbered(size)
    log = PaperLog.of(entries)
    entry, proof = tmp_path / "entry", tmp_path / "proof"
    for index in {0, size // 2, size - 1}:
        entry.write_bytes(entries[index])
        proof.write_bytes(log.proof(index))
        checked = logcheck("proof", "-leaf", entry, proof)
        assert checked.returncode == 0, checked.stderr
        assert f"entry {index} is in {ORIGIN} at size {size}" in checked.stdout
    flip(proof, proof.read_bytes().index(ORIGIN.encode()) * 8)
    assert logcheck("proof", "-leaf", entry, proof).returncode == 1


def test_our_proofs_are_byte_for_byte_those_that_go_makes(logcheck: Logcheck, tmp_path: Path) -> None:
    log = PaperLog.of(numbered(1000))
    folder = lay_out(log, tmp_path)
    for index in (0, 255, 256, 700, 999):
        made = logcheck("prove", "-index", str(index), folder)
        assert made.stdout.encode() == log.proof(index)


def test_growing_logs_are_accepted(logcheck: Logcheck, tmp_path: Path) -> None:
    log = PaperLog()
    earlier: list[Path] = []
    for size in SIZES:
        log.add(numbered(size - log.size, start=log.size))
        folder = lay_out(log, tmp_path / "log")
        kept = tmp_path / f"checkpoint.{size}"
        kept.write_bytes(log.checkpoint())
        for old in earlier:
            grown = logcheck("grow", old, kept, folder)
            assert grown.returncode == 0, grown.stderr
        earlier.append(kept)


def test_a_rewritten_history_and_one_flipped_bit_are_refused(logcheck: Logcheck, tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    entries = numbered(1000)
    old.write_bytes(PaperLog.of([b"rewritten", *entries[1:257]]).checkpoint())
    log = PaperLog.of(entries)
    new.write_bytes(log.checkpoint())
    folder = lay_out(log, tmp_path / "log")
    assert "NOT APPEND-ONLY" in logcheck("grow", old, new, folder).stderr
    old.write_bytes(PaperLog.of(entries[:257]).checkpoint())
    assert logcheck("grow", old, new, folder).returncode == 0
    flip(folder / "tile/0/001", 0)
    assert logcheck("grow", old, new, folder).returncode == 1


def test_a_witness_line_is_accepted_and_at_another_time_refused(logcheck: Logcheck, tmp_path: Path) -> None:
    note = cosign(Note.parse(PaperLog.of(numbered(3)).checkpoint()), WITNESS, 1_772_440_200)
    file = tmp_path / "checkpoint"
    file.write_bytes(note.to_bytes())
    checked = logcheck("note", "-vkey", str(WITNESS.verifier), file)
    assert checked.returncode == 0, checked.stderr
    assert f"ok signature by {WITNESS.name}+{WITNESS.verifier.id.hex()}" in checked.stdout
    signature = note.signatures[1]
    later = replace(signature, value=(1_772_440_201).to_bytes(8, "big") + signature.value[8:])
    file.write_bytes(replace(note, signatures=(note.signatures[0], later)).to_bytes())
    assert logcheck("note", "-vkey", str(WITNESS.verifier), file).returncode == 1

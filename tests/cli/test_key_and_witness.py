"""`cnh key` and `cnh witness`: a verifier key on one line, and a second machine that signs what grew."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from cryptonewshub.cli.main import main
from cryptonewshub.editions.witnessing import ListedWitness, ask_all, newest_seen_by
from cryptonewshub.tlog.keys import VerifierKey
from tests.editions.small_log import ORIGIN, SmallLog


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallLog:
    founded = SmallLog.founded(tmp_path / "home")
    founded.append(founded.versions(3))
    monkeypatch.setenv("CNH_HOME", str(founded.home))
    return founded


def test_the_logs_key_is_printed_without_a_database(log: SmallLog, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["key"]) == 0
    assert capsys.readouterr().out == f"{log.log_key.verifier}\n"
    assert main(["key", "show", "desk"]) == 0
    assert capsys.readouterr().out == f"{log.desk_key.verifier}\n"


def test_where_there_is_no_log_there_is_no_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CNH_HOME", str(tmp_path))
    assert main(["key"]) == 2
    assert "there is no log in" in capsys.readouterr().err


def test_a_witness_on_a_second_machine_signs_and_remembers(log: SmallLog, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "cryptonewshub", "witness", str(tmp_path / "witness"), "--port", str(free_port())]
    words = ["--name", "lighthouse.example/w1", "--log", str(log.log_key.verifier)]
    with subprocess.Popen([*command, *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        key, _, address = process.stdout.readline().strip().partition(" ")
        listed = ListedWitness(VerifierKey.parse(key), address)
        problems = list(ask_all(log.folder, (listed,)))
        seen = newest_seen_by(listed, ORIGIN)
        process.terminate()
    assert problems == []
    assert seen == log.folder.read("checkpoint")
    assert (tmp_path / "witness" / "witness.key").stat().st_mode & 0o777 == 0o400


def test_a_new_witness_needs_a_name(tmp_path: Path, log: SmallLog, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["witness", str(tmp_path / "w"), "--log", str(log.log_key.verifier), "--port", str(free_port())]) == 2
    assert "a new witness needs a name" in capsys.readouterr().err
    assert main(["witness", str(tmp_path / "w"), "--log", "nonsense", "--name", "a/w", "--port", str(free_port())]) == 2
    assert "--log: The verifier key is not" in capsys.readouterr().err

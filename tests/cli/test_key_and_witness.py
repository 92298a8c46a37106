"""`cnh key` and `cnh witness`: a verifier key on one line, and a second machine that signs what grew."""

from __future__ import annotations

import socket
import subprocess
import sys
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from cryptonewshub.cli.main import main
from cryptonewshub.cli.witness import _answering
from cryptonewshub.config.home import Home
from cryptonewshub.editions.witness import Witness
from cryptonewshub.editions.witnessing import ListedWitness, ask_all, newest_seen_by
from cryptonewshub.tlog.keys import KeyKind, SigningKey, VerifierKey
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


def test_the_desks_key_is_not_retired_and_no_other_instead_of_it(
    committed_newsroom: object, home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home.database.touch()
    monkeypatch.setenv("CNH_HOME", str(home.path))
    assert main(["key", "rotate", "log"]) == 0
    before = (home.log / "keys.json").read_bytes()
    capsys.readouterr()
    assert main(["key", "retire", "desk", "--early"]) == 2
    assert capsys.readouterr().err == (
        "cnh: the desk has one key at a time: “cnh key rotate desk” puts a new one in its place. Nothing was changed.\n"
    )
    assert (home.log / "keys.json").read_bytes() == before
    assert main(["key", "retire", "log", "--early"]) == 0


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


def test_nobody_writes_to_the_terminal_of_a_witness(
    log: SmallLog, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = SigningKey("lighthouse.example/w1", bytes(range(32)), KeyKind.COSIGNATURE)
    witness = Witness(key, {ORIGIN: [log.log_key.verifier]}, tmp_path / "seen.sqlite3")
    with ThreadingHTTPServer(("127.0.0.1", 0), _answering(witness)) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        with socket.create_connection(("127.0.0.1", server.server_port)) as caller:
            caller.sendall(b"GET /\x1b]0;owned\x07\x9b31m\x7f HTTP/1.0\r\n\r\n")
            while caller.recv(4096):
                pass
        server.shutdown()
    said = capsys.readouterr().err
    assert "/\\x1b]0;owned\\x07\\x9b31m\\x7f" in said
    assert said.replace("\n", "").isprintable()


def test_a_new_witness_needs_a_name(tmp_path: Path, log: SmallLog, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["witness", str(tmp_path / "w"), "--log", str(log.log_key.verifier), "--port", str(free_port())]) == 2
    assert "a new witness needs a name" in capsys.readouterr().err
    assert main(["witness", str(tmp_path / "w"), "--log", "nonsense", "--name", "a/w", "--port", str(free_port())]) == 2
    assert "--log: The verifier key is not" in capsys.readouterr().err

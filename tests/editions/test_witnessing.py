"""Asking witnesses: only lines that are valid are served, and a witness that fails is a sentence, not a delay."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from cryptonewshub.cli.witness import _answering
from cryptonewshub.editions.elsewhere import read_mirror
from cryptonewshub.editions.sequencing import open_log
from cryptonewshub.editions.witness import SIZE_TYPE, Answer, Witness
from cryptonewshub.editions.witnessing import ListedWitness, WitnessError, ask, ask_all, newest_seen_by, read_witnesses
from cryptonewshub.sources.fetching import Fetched
from cryptonewshub.tlog import notes
from cryptonewshub.tlog.checkpoints import open_checkpoint
from cryptonewshub.tlog.keys import KeyKind, SigningKey
from cryptonewshub.tlog.notes import Note
from cryptonewshub.tlog.proofs import Proof, verify_proof
from cryptonewshub.tlog.submissions import CheckpointSubmission
from tests.editions.small_log import ORIGIN, SmallLog

KEY = SigningKey("lighthouse.example/w1", bytes(range(32)), KeyKind.COSIGNATURE)
LISTED = ListedWitness(KEY.verifier, "http://127.0.0.1:8149")
NOON = 1_772_440_200


@pytest.fixture
def log(tmp_path: Path) -> SmallLog:
    founded = SmallLog.founded(tmp_path / "home")
    enter(founded, 3)
    return founded


def enter(log: SmallLog, count: int) -> None:
    with open_log(log.folder, log.keys_folder) as opened:
        for batch in opened.append(log.versions(count, start=opened.size), now=log.versions(1)[0].signed.manifest.made):
            opened.write_proofs(entry.index for entry in batch)


class Wire:
    """A witness at the end of a wire; remembers the sizes of what it was sent."""

    def __init__(self, answer: Callable[[bytes], Answer]) -> None:
        self._answer = answer
        self.sizes: list[int] = []

    def __call__(self, address: str, body: bytes) -> Fetched:
        note = Note.parse(CheckpointSubmission.parse(body).checkpoint)
        self.sizes.append(int(note.text.split("\n")[1]))
        answer = self._answer(body)
        headers = (("Content-Type", answer.content_type),)
        return Fetched(address, answer.status, "", headers, answer.body, (address,), "")


@pytest.fixture
def wire(log: SmallLog, tmp_path: Path) -> Wire:
    witness = Witness(KEY, {ORIGIN: [log.log_key.verifier]}, tmp_path / "seen.sqlite3")
    return Wire(lambda body: witness.add_checkpoint(body, time=NOON))


def signers(log: SmallLog) -> list[str]:
    data = log.folder.public_checkpoint()
    assert data is not None
    opened = open_checkpoint(data, ORIGIN, [log.log_key.verifier], [KEY.verifier])
    return [statement.key.name for statement in opened.witnessed_by]


def test_a_witnesss_line_is_served_under_the_checkpoint_and_in_its_proofs(log: SmallLog, wire: Wire) -> None:
    ask(log.folder, LISTED, wire)
    assert signers(log) == [KEY.name]
    with open_log(log.folder, log.keys_folder) as opened:
        entries = list(opened.entries(0))
    for entry in entries:
        proof = log.folder.read(f"proof/{entry.index}.tlog-proof")
        _, signed = verify_proof(proof, entry.data, ORIGIN, [log.log_key.verifier], [KEY.verifier])
        assert [statement.time for statement in signed.witnessed_by] == [NOON]
        assert len(proof) < 2000


def test_proofs_under_earlier_checkpoints_stay_as_they_are(log: SmallLog, wire: Wire) -> None:
    before = log.folder.read("proof/2.tlog-proof")
    enter(log, 2)
    ask(log.folder, LISTED, wire)
    assert log.folder.read("proof/2.tlog-proof") == before
    assert len(Note.parse(Proof.parse(log.folder.read("proof/3.tlog-proof")).checkpoint).signatures) == 2


def test_a_checkpoint_is_asked_about_once_and_sizes_never_fall(log: SmallLog, wire: Wire) -> None:
    ask(log.folder, LISTED, wire)
    ask(log.folder, LISTED, wire)
    enter(log, 300)
    ask(log.folder, LISTED, wire)
    assert wire.sizes == [3, 303]
    assert signers(log) == [KEY.name]


def test_a_witness_that_remembers_more_than_we_do_is_asked_from_there(log: SmallLog, wire: Wire) -> None:
    ask(log.folder, LISTED, wire)
    for file in (log.folder.state / "witnesses").iterdir():
        file.unlink()
    enter(log, 2)
    ask(log.folder, LISTED, wire)
    assert signers(log) == [KEY.name]


def test_a_witness_that_has_seen_a_longer_log_is_an_alarm(log: SmallLog) -> None:
    with pytest.raises(WitnessError, match="it has seen 9 entries, and this log has 3"):
        ask(log.folder, LISTED, Wire(lambda _: Answer(409, b"9\n", SIZE_TYPE)))


LIAR = SigningKey("lighthouse.example/w1", bytes(32), KeyKind.COSIGNATURE)


def _signed_by(key: SigningKey, time: int = NOON) -> Callable[[bytes], Answer]:
    def answer(body: bytes) -> Answer:
        note = Note.parse(CheckpointSubmission.parse(body).checkpoint)
        return Answer(200, f"{notes.cosign(note, key, time).signatures[-1]}\n".encode())

    return answer


def _of_another_text(body: bytes) -> Answer:
    note = notes.sign("another text\n", [SigningKey("x", bytes(32))])
    return Answer(200, f"{notes.cosign(note, KEY, NOON).signatures[-1]}\n".encode())


@pytest.mark.parametrize(
    "answer",
    [
        _signed_by(LIAR),
        _of_another_text,
        lambda _: Answer(200, b""),
        lambda _: Answer(200, b"\xff\n"),
        lambda _: Answer(200, b"rubbish\n"),
        lambda _: Answer(409, b"2\n", SIZE_TYPE),
        lambda _: Answer(409, b"1\n", "text/plain"),
        lambda _: Answer(409, b"-1\n", SIZE_TYPE),
        lambda _: Answer(403, b"no"),
        lambda _: Answer(500, b""),
        lambda _: Answer(302, b""),
    ],
    ids=["wrong key", "other text", "empty", "bytes", "words", "loop", "type", "negative", "403", "500", "302"],
)
def test_what_a_lying_or_broken_witness_says_is_not_kept(log: SmallLog, answer: Any) -> None:
    before = log.folder.read("checkpoint")
    wire = Wire(answer)
    with pytest.raises((WitnessError, ValueError)):
        ask(log.folder, LISTED, wire)
    assert log.folder.read("checkpoint") == before
    assert len(wire.sizes) <= 3


def test_an_absent_witness_is_a_sentence(log: SmallLog) -> None:
    (sentence,) = ask_all(log.folder, (LISTED,))
    assert sentence.startswith("The witness lighthouse.example/w1 did not sign the log: ")


def test_the_list_of_witnesses_is_a_file_that_a_person_writes(tmp_path: Path) -> None:
    file = tmp_path / "witnesses"
    assert read_witnesses(file) == ()
    file.write_text(f"# colleagues\n\n{KEY.verifier} https://lighthouse.example/w1/\n", encoding="utf-8")
    (listed,) = read_witnesses(file)
    assert (listed.address, listed.place) == ("https://lighthouse.example/w1", "lighthouse.example:443")
    log_key = SigningKey("a/log", bytes(32)).verifier
    for address in ("", "ftp://x", "https://", "http://[", "https://x:99999x", "https://x y", "lighthouse.example/w1"):
        file.write_text(f"# colleagues\n{KEY.verifier} {address}", encoding="utf-8")
        with pytest.raises(ValueError, match=r"line 2 of .*witnesses"):
            read_witnesses(file)
    for line in ("nonsense", f"{log_key} https://x"):
        file.write_text(line, encoding="utf-8")
        with pytest.raises(ValueError, match=r"line 1 of .*witnesses"):
            read_witnesses(file)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("http://[::1]:8110", "[::1]:8110"),
        ("http://[0:0::1]", "[::1]:80"),
        ("https://Lighthouse.example", "lighthouse.example:443"),
        ("http://10.0.0.8:8110/w1", "10.0.0.8:8110"),
    ],
)
def test_a_witness_is_at_the_place_that_the_guard_of_the_network_knows(address: str, place: str) -> None:
    listed = ListedWitness(KEY.verifier, address)
    assert listed.place == place
    assert listed.limits.allowed == (place,)


class _OnSix(ThreadingHTTPServer):
    address_family = socket.AF_INET6


@contextmanager
def _serving(kind: type[ThreadingHTTPServer], host: str, handler: Any) -> Iterator[str]:
    """The address of a web server on this machine, until the block is left."""
    try:
        server = kind((host, 0), handler)
    except OSError:
        pytest.skip("This machine has no IPv6.")
    with server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://{f'[{host}]' if ':' in host else host}:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.parametrize(("kind", "host"), [(ThreadingHTTPServer, "127.0.0.1"), (_OnSix, "::1")])
def test_a_real_witness_at_a_real_address_signs(
    log: SmallLog, tmp_path: Path, kind: type[ThreadingHTTPServer], host: str
) -> None:
    witness = Witness(KEY, {ORIGIN: [log.log_key.verifier]}, tmp_path / "seen.sqlite3")
    with _serving(kind, host, _answering(witness)) as address:
        listed = ListedWitness(KEY.verifier, address)
        assert list(ask_all(log.folder, (listed,))) == []
        assert newest_seen_by(listed, ORIGIN) == log.folder.read("checkpoint")
    assert signers(log) == [KEY.name]


class _Files(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.parametrize(("kind", "host"), [(ThreadingHTTPServer, "127.0.0.1"), (_OnSix, "::1")])
def test_a_copied_log_is_read_wherever_it_is(log: SmallLog, kind: type[ThreadingHTTPServer], host: str) -> None:
    with _serving(kind, host, partial(_Files, directory=str(log.home / "log"))) as address:
        assert read_mirror(address, "checkpoint") == log.folder.read("checkpoint")
        with pytest.raises(FileNotFoundError, match="answers 404"):
            read_mirror(address, "nothing")
    with pytest.raises(ValueError, match="cannot be read"):
        read_mirror("http://[", "checkpoint")

"""A witness signs what grew, once, and nothing else, whoever asks and how often at once."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from cryptonewshub.editions.witness import Witness
from cryptonewshub.tlog.canonical import write_base64
from cryptonewshub.tlog.checkpoints import Checkpoint, sign_checkpoint
from cryptonewshub.tlog.keys import KeyKind, SigningKey, VerifierKey
from cryptonewshub.tlog.merkle import EMPTY_ROOT
from cryptonewshub.tlog.notes import Note
from cryptonewshub.tlog.reading import consistency_in_tiles
from cryptonewshub.tlog.submissions import CheckpointSubmission, read_signature_lines
from tests.tlog.paper import LOG_KEY, ORIGIN, WITNESS, PaperLog, numbered
from tests.tlog.vectors import vector_json

NOON = 1_772_440_200


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    return Witness(WITNESS, {ORIGIN: [LOG_KEY.verifier]}, tmp_path / "seen.sqlite3")


def submission(log: PaperLog, old: int, *, checkpoint: bytes = b"") -> bytes:
    proof = consistency_in_tiles(old, log.size, log.read) if 0 < old < log.size else ()
    return CheckpointSubmission(old, proof, checkpoint or log.checkpoint()).to_bytes()


def test_a_log_that_grows_is_signed_each_time(witness: Witness) -> None:
    log = PaperLog()
    for old, count in ((0, 1), (1, 299), (300, 7)):
        log.add(numbered(count, start=old))
        answer = witness.add_checkpoint(submission(log, old), time=NOON)
        assert answer.status == 200, answer.body
        (line,) = read_signature_lines(answer.body)
        assert WITNESS.verifier.verify(Note.parse(log.checkpoint()).text.encode(), line.value).time == NOON


def test_the_same_checkpoint_may_be_signed_again_later(witness: Witness) -> None:
    log = PaperLog.of(numbered(5))
    assert witness.add_checkpoint(submission(log, 0), time=NOON).status == 200
    assert witness.add_checkpoint(submission(log, 5), time=NOON + 60).status == 200


def test_another_old_size_is_answered_with_the_one_that_was_seen(witness: Witness) -> None:
    log = PaperLog.of(numbered(5))
    witness.add_checkpoint(submission(log, 0), time=NOON)
    log.add(numbered(2, start=5))
    for old in (0, 3):
        answer = witness.add_checkpoint(submission(log, old), time=NOON)
        assert (answer.status, answer.body, answer.content_type) == (409, b"5\n", "text/x.tlog.size")


def test_a_rewritten_history_is_not_signed(witness: Witness) -> None:
    log, other = PaperLog.of(numbered(5)), PaperLog.of([b"rewritten", *numbered(6, start=1)])
    witness.add_checkpoint(submission(log, 0), time=NOON)
    assert witness.add_checkpoint(submission(other, 5), time=NOON).status == 422
    fork = PaperLog.of([b"rewritten", *numbered(4, start=1)])
    assert witness.add_checkpoint(submission(fork, 5), time=NOON).status == 409


def test_what_is_not_the_logs_is_not_signed(witness: Witness) -> None:
    log = PaperLog.of(numbered(5))
    checkpoint = Checkpoint(ORIGIN, log.size, log.range.root())
    forged = sign_checkpoint(checkpoint, [SigningKey(ORIGIN, bytes(32))])
    assert witness.add_checkpoint(submission(log, 0, checkpoint=forged), time=NOON).status == 403
    spoilt = log.checkpoint().replace(write_base64(log.range.root()).encode(), write_base64(bytes(32)).encode())
    assert witness.add_checkpoint(submission(log, 0, checkpoint=spoilt), time=NOON).status == 403
    stranger = SigningKey("elsewhere.example/log", bytes(32))
    unknown = sign_checkpoint(Checkpoint(stranger.name, 5, log.range.root()), [stranger])
    assert witness.add_checkpoint(submission(log, 0, checkpoint=unknown), time=NOON).status == 404


@pytest.mark.parametrize("body", [b"", b"old 1", b"old -1\n\nx", b"old 1\nnonsense\n\nx", b"\xff\n\n", b"old 0\n\n\n"])
def test_rubbish_is_a_bad_request(witness: Witness, body: bytes) -> None:
    assert witness.add_checkpoint(body, time=NOON).status == 400


def test_an_old_size_above_the_new_one_is_a_bad_request(witness: Witness) -> None:
    assert witness.add_checkpoint(submission(PaperLog.of(numbered(2)), 7), time=NOON).status == 400


def test_an_empty_log_can_be_signed(witness: Witness) -> None:
    empty = sign_checkpoint(Checkpoint(ORIGIN, 0, EMPTY_ROOT), [LOG_KEY])
    assert witness.add_checkpoint(CheckpointSubmission(0, (), empty).to_bytes(), time=NOON).status == 200


def test_of_two_histories_at_once_one_is_signed(witness: Witness) -> None:
    base = PaperLog.of(numbered(5))
    witness.add_checkpoint(submission(base, 0), time=NOON)
    bodies = []
    for number in range(8):
        fork = PaperLog.of(numbered(5))
        fork.add([b"fork %d" % number])
        bodies.append(submission(fork, 5))
    answers: list[int] = []
    together = threading.Barrier(len(bodies))

    def ask(body: bytes) -> None:
        together.wait()
        answers.append(witness.add_checkpoint(body, time=NOON).status)

    threads = [threading.Thread(target=ask, args=(body,)) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200] + [409] * 7


def test_what_was_signed_is_remembered_by_the_next_process(witness: Witness, tmp_path: Path) -> None:
    log = PaperLog.of(numbered(5))
    witness.add_checkpoint(submission(log, 0), time=NOON)
    next_one = Witness(WITNESS, {ORIGIN: [LOG_KEY.verifier]}, tmp_path / "seen.sqlite3")
    assert next_one.add_checkpoint(submission(log, 0), time=NOON).status == 409
    from hashlib import sha256

    newest = next_one.newest(sha256(ORIGIN.encode()).hexdigest())
    assert newest.body.startswith(log.checkpoint())
    assert next_one.newest("0" * 64).status == 404


@pytest.mark.shared
def test_the_conversation_of_another_witness_is_the_same_here(tmp_path: Path) -> None:
    recorded = vector_json("witness/add-checkpoint.json")
    origin = recorded["log_origin"]
    log = VerifierKey(origin, bytes.fromhex(recorded["log_public_key_hex"]))
    key = SigningKey("example.com/witness", bytes(range(32)), KeyKind.COSIGNATURE)
    witness = Witness(key, {origin: [log]}, tmp_path / "seen.sqlite3")
    for case in recorded["cases"]:
        answer = witness.add_checkpoint(case["body"].encode(), time=NOON)
        # The specification now answers an unknown log with 404; the recorded witness was older.
        wanted = 404 if case["value"] == "unknown log" else case["status"]
        assert answer.status == wanted
        if case["assert"] == "contains":
            assert case["value"] in answer.body.decode()
        else:
            assert answer.body.decode() == case["value"]

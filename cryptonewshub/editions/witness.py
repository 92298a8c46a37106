"""A witness: on a machine of its own, it signs only checkpoints of logs that grew from what it signed before.

Plain Python, and no newsroom: `cnh witness` runs it for one's own log or for colleagues'. C2SP tlog-witness. What was
signed is on disk before the answer leaves, and two questions at once are compared with it one after the other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptonewshub.tlog import notes
from cryptonewshub.tlog.checkpoints import Checkpoint
from cryptonewshub.tlog.keys import SigningKey, VerifierKey
from cryptonewshub.tlog.merkle import verify_consistency
from cryptonewshub.tlog.notes import Note
from cryptonewshub.tlog.refusal import Refused
from cryptonewshub.tlog.submissions import CheckpointSubmission

LARGEST_BODY = 64 * 1024
SIZE_TYPE = "text/x.tlog.size"
_TEXT = "text/plain; charset=utf-8"
_TABLE = "CREATE TABLE IF NOT EXISTS seen (origin TEXT PRIMARY KEY, size INTEGER NOT NULL, note BLOB NOT NULL)"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the witness says to one request."""

    status: int
    body: bytes
    content_type: str = _TEXT


class Witness:
    """Answers requests. `logs` are the keys of each log that it watches, by the log's name."""

    def __init__(self, key: SigningKey, logs: Mapping[str, Sequence[VerifierKey]], store: Path) -> None:
        self._key = key
        self._logs = logs
        self._store = store
        with self._alone() as seen:
            seen.execute(_TABLE)

    def add_checkpoint(self, body: bytes, *, time: int) -> Answer:
        """The answer to a submission; `time` is in seconds since 1970."""
        try:
            submission = CheckpointSubmission.parse(body)
            checkpoint = _unsigned(submission.checkpoint)
        except ValueError as error:
            return _refusal(400, str(error))
        keys = self._logs.get(checkpoint.origin)
        if keys is None:
            return _refusal(404, "This is an unknown log: it is not one that this witness watches.")
        try:
            note = Note.parse(submission.checkpoint)
            notes.verify(note, keys)
        except ValueError as error:
            return _refusal(403, f"There is no valid signature, or there is an invalid signature: {error}")
        if submission.old > checkpoint.size:
            return _refusal(400, "The old size is above the size of the checkpoint.")
        return self._cosign(submission, note, checkpoint, time)

    def _cosign(self, submission: CheckpointSubmission, note: Note, checkpoint: Checkpoint, time: int) -> Answer:
        with self._alone() as store:
            seen = _seen(store, checkpoint.origin)
            if submission.old != seen.size:
                return Answer(409, f"{seen.size}\n".encode(), SIZE_TYPE)
            try:
                _require_growth(seen, checkpoint, submission.proof)
            except _OtherRoot:
                return Answer(409, f"{seen.size}\n".encode(), SIZE_TYPE)
            except Refused as refused:
                return _refusal(422, f"The consistency proof does not hold: {refused}")
            cosigned = notes.cosign(note, self._key, time)
            # It is on the disk before anybody is told: a crash in between has signed nothing.
            store.execute(
                "INSERT OR REPLACE INTO seen VALUES (?, ?, ?)",
                (checkpoint.origin, checkpoint.size, cosigned.to_bytes()),
            )
        return Answer(200, f"{cosigned.signatures[-1]}\n".encode())

    def newest(self, name: str) -> Answer:
        """The newest checkpoint that was signed of the log whose name has this SHA-256, in hex."""
        origin = next((origin for origin in self._logs if sha256(origin.encode()).hexdigest() == name), None)
        with self._alone() as store:
            row = store.execute("SELECT note FROM seen WHERE origin = ?", (origin,)).fetchone()
        return Answer(200, row[0]) if row else _refusal(404, "Nothing was signed of such a log.")

    @contextmanager
    def _alone(self) -> Iterator[sqlite3.Connection]:
        store = sqlite3.connect(self._store, timeout=20, isolation_level=None)
        try:
            store.execute("PRAGMA synchronous = EXTRA")
            store.execute("BEGIN IMMEDIATE")
            yield store
            store.execute("COMMIT")
        finally:
            store.close()


def _unsigned(data: bytes) -> Checkpoint:
    """What a checkpoint file says, whoever signed it. Raises ValueError."""
    text, _, _ = data.decode("utf-8", "replace").rpartition("\n\n")
    return Checkpoint.parse(text + "\n")


class _OtherRoot(Refused):
    """Two roots for one size: the log shows different histories to different people."""


def _seen(store: sqlite3.Connection, origin: str) -> Checkpoint:
    row = store.execute("SELECT note FROM seen WHERE origin = ?", (origin,)).fetchone()
    return Checkpoint.parse(Note.parse(row[0]).text) if row else Checkpoint(origin, 0, sha256(b"").digest())


def _require_growth(seen: Checkpoint, checkpoint: Checkpoint, proof: tuple[bytes, ...]) -> None:
    if seen.size == 0:
        if proof:
            raise Refused("From an empty log there is no proof to give.")
    elif seen.size == checkpoint.size and seen.root != checkpoint.root:
        raise _OtherRoot("Another root was signed for this size.")
    else:
        verify_consistency(seen.size, checkpoint.size, seen.root, checkpoint.root, proof)


def _refusal(status: int, sentence: str) -> Answer:
    return Answer(status, f"{sentence}\n".encode())

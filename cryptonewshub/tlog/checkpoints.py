"""Checkpoints (C2SP tlog-checkpoint): a signed note that says how long a log is and what its root is.

Three lines, no more: lines after the root are allowed by the specification and advised against, and none is written or
accepted here, because nobody could audit them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cryptonewshub.tlog import notes
from cryptonewshub.tlog.canonical import HASH_SIZE, LARGEST_NUMBER, read_hash, read_number, write_base64
from cryptonewshub.tlog.keys import SigningKey, Statement, VerifierKey
from cryptonewshub.tlog.merkle import EMPTY_ROOT
from cryptonewshub.tlog.notes import Note
from cryptonewshub.tlog.refusal import Refused


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A log's name (`news.example.org/log`), its number of entries, and the root of their tree."""

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        if not self.origin or any(sign < " " for sign in self.origin):
            raise ValueError("A checkpoint names no origin, or one with a control character in it.")
        if not 0 <= self.size <= LARGEST_NUMBER or len(self.root) != HASH_SIZE:
            raise ValueError("A checkpoint has a size from 0 to 2^63 - 1 and a root of 32 bytes.")
        if self.size == 0 and self.root != EMPTY_ROOT:
            raise ValueError("A checkpoint of an empty log has another root than the SHA-256 of nothing.")

    @property
    def text(self) -> str:
        """What is signed: origin, size and root, each on a line."""
        return f"{self.origin}\n{self.size}\n{write_base64(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Reads the signed text. Raises ValueError."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[3]:
            raise ValueError("A checkpoint is not exactly three lines: origin, size and root.")
        return cls(lines[0], read_number(lines[1], "size in a checkpoint"), read_hash(lines[2], "root in a checkpoint"))


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint that was verified: which of the log's keys signed it, and which witnesses saw it, and when."""

    checkpoint: Checkpoint
    signed_by: tuple[VerifierKey, ...]
    witnessed_by: tuple[Statement, ...]


def sign_checkpoint(checkpoint: Checkpoint, keys: Sequence[SigningKey]) -> bytes:
    """The checkpoint file, signed by the log's keys: one, or two while one replaces the other.

    The same checkpoint and keys give the same bytes. Raises ValueError for a key that does not bear the log's name.
    """
    if any(key.name != checkpoint.origin for key in keys):
        raise ValueError(f"The log {checkpoint.origin} is signed only by keys of that name.")
    return notes.sign(checkpoint.text, keys).to_bytes()


def open_checkpoint(
    data: bytes, origin: str, log_keys: Sequence[VerifierKey], witnesses: Sequence[VerifierKey] = ()
) -> SignedCheckpoint:
    """Reads and verifies a checkpoint file of the log `origin`.

    Raises ValueError when it cannot be read, and Refused when it is of another log, when none of the log's keys signed
    it, or when a known key's signature is not valid. Witnesses are counted, never needed.
    """
    note = Note.parse(data)
    statements = notes.verify(note, [*log_keys, *witnesses])
    signed_by = tuple(statement.key for statement in statements if statement.key in log_keys)
    if not signed_by:
        raise Refused(f"The checkpoint is signed by a witness and not by the log {origin} itself.")
    checkpoint = Checkpoint.parse(note.text)
    if checkpoint.origin != origin:
        raise Refused(f"The checkpoint is of the log {checkpoint.origin}, not of {origin}.")
    return SignedCheckpoint(checkpoint, signed_by, tuple(s for s in statements if s.key not in log_keys))

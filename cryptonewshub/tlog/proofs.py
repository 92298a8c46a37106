"""Proof files (C2SP tlog-proof, version 1): with the log's key, all that shows that an entry is logged.

A proof stays valid for ever and needs no network: it carries the checkpoint that was signed over the entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cryptonewshub.tlog import merkle
from cryptonewshub.tlog.canonical import HASH_SIZE, LARGEST_NUMBER, read_base64, read_hash, read_number, write_base64
from cryptonewshub.tlog.checkpoints import SignedCheckpoint, open_checkpoint
from cryptonewshub.tlog.keys import VerifierKey

_FIRST_LINE = "c2sp.org/tlog-proof@v1"
_MOST_HASHES = 63  # a checkpoint counts fewer than 2^63 entries


@dataclass(frozen=True, slots=True)
class Proof:
    """An entry's index, the hashes from the leaf up, and a checkpoint file, byte for byte.

    `extra` is for other logs' use: it is kept, vouched for by nobody, and looked at by nothing here.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes = b""

    def __post_init__(self) -> None:
        if not 0 <= self.index <= LARGEST_NUMBER or len(self.hashes) > _MOST_HASHES:
            raise ValueError(f"A proof has an index from 0 to 2^63 - 1 and at most {_MOST_HASHES} hashes.")
        if any(len(value) != HASH_SIZE for value in self.hashes):
            raise ValueError("A proof has a hash that is not 32 bytes long.")

    def to_bytes(self) -> bytes:
        """The proof file."""
        extra = [f"extra {write_base64(self.extra)}"] if self.extra else []
        lines = [_FIRST_LINE, *extra, f"index {self.index}", *(write_base64(value) for value in self.hashes)]
        return "\n".join(lines).encode() + b"\n\n" + self.checkpoint

    @classmethod
    def parse(cls, data: bytes) -> Proof:
        """Reads a proof file and verifies nothing. Raises ValueError."""
        head, blank, checkpoint = data.partition(b"\n\n")
        first, *lines = _ascii(head).split("\n")
        if not blank or first != _FIRST_LINE:
            raise ValueError(f"A proof file is the line {_FIRST_LINE}, its hashes, an empty line and a checkpoint.")
        extra = _after("extra ", lines.pop(0)) if lines and lines[0].startswith("extra ") else None
        index = read_number(_after("index ", lines.pop(0) if lines else ""), "index in a proof")
        hashes = tuple(read_hash(line, "hash in a proof") for line in lines)
        return cls(index, hashes, checkpoint, b"" if extra is None else _extra(extra))


def _ascii(head: bytes) -> str:
    try:
        return head.decode("ascii")
    except UnicodeDecodeError:
        raise ValueError("A proof file has a sign other than ASCII before its checkpoint.") from None


def _after(word: str, line: str) -> str:
    if not line.startswith(word):
        raise ValueError(f"A proof file has no line “{word.strip()}” where it must stand.")
    return line.removeprefix(word)


def _extra(text: str) -> bytes:
    data = read_base64(text, "extra data in a proof")
    if not data:
        raise ValueError("A proof file has a line for extra data and none in it.")
    return data


def verify_proof(
    data: bytes, entry: bytes, origin: str, log_keys: Sequence[VerifierKey], witnesses: Sequence[VerifierKey] = ()
) -> tuple[int, SignedCheckpoint]:
    """Holds when the log `origin` has the entry; gives the entry's index and the checkpoint that covers it.

    Raises ValueError when the file cannot be read, Refused when the checkpoint or the proof does not hold.
    """
    proof = Proof.parse(data)
    signed = open_checkpoint(proof.checkpoint, origin, log_keys, witnesses)
    leaf = merkle.leaf_hash(entry)
    merkle.verify_inclusion(proof.index, signed.checkpoint.size, leaf, proof.hashes, signed.checkpoint.root)
    return proof.index, signed

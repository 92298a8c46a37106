"""What a log sends to a witness (C2SP tlog-witness): a checkpoint, and the proof that it grew from one seen before."""

from __future__ import annotations

from dataclasses import dataclass

from cryptonewshub.tlog.canonical import read_hash, read_number, write_base64
from cryptonewshub.tlog.notes import Signature

MOST_HASHES = 63
_OLD = "old "


@dataclass(frozen=True, slots=True)
class CheckpointSubmission:
    """The size that the witness is believed to have seen, the consistency proof from there, and a checkpoint file."""

    old: int
    proof: tuple[bytes, ...]
    checkpoint: bytes

    def __post_init__(self) -> None:
        if len(self.proof) > MOST_HASHES:
            raise ValueError(f"A witness is sent at most {MOST_HASHES} hashes.")

    def to_bytes(self) -> bytes:
        """The body of `add-checkpoint`."""
        lines = [f"{_OLD}{self.old}", *map(write_base64, self.proof), ""]
        return "".join(f"{line}\n" for line in lines).encode("ascii") + self.checkpoint

    @classmethod
    def parse(cls, data: bytes) -> CheckpointSubmission:
        """Reads such a body. Raises ValueError."""
        head, blank, checkpoint = data.partition(b"\n\n")
        try:
            first, *lines = head.decode("ascii").split("\n")
        except UnicodeDecodeError:
            raise ValueError("There is a sign other than ASCII before the checkpoint.") from None
        if not blank or not first.startswith(_OLD):
            raise ValueError("A checkpoint comes after the line “old N”, its proof, and an empty line.")
        old = read_number(first.removeprefix(_OLD), "old size")
        return cls(old, tuple(read_hash(line, "hash in a consistency proof") for line in lines), checkpoint)


def read_signature_lines(data: bytes) -> tuple[Signature, ...]:
    """The lines of a witness's answer; nothing in them is verified. Raises ValueError."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise ValueError("The answer of a witness is not UTF-8.") from None
    if not text.endswith("\n") or text.count("\n") > MOST_HASHES:
        raise ValueError("The answer of a witness is not one or more lines.")
    return tuple(map(Signature.parse, text[:-1].split("\n")))

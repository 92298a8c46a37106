"""A small paper of the tests, the Merrow Courier: its keys, and its log held in memory, grown batch by batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptonewshub.tlog.checkpoints import Checkpoint, sign_checkpoint
from cryptonewshub.tlog.growing import grow
from cryptonewshub.tlog.keys import KeyKind, SigningKey
from cryptonewshub.tlog.merkle import CompactRange
from cryptonewshub.tlog.proofs import Proof
from cryptonewshub.tlog.reading import inclusion_in_tiles

ORIGIN = "merrow-courier.example/log"
LOG_KEY = SigningKey(ORIGIN, bytes(range(32)))
DESK_KEY = SigningKey("merrow-courier.example/desk", bytes(range(32, 64)))
WITNESS = SigningKey("lighthouse.example/w1", bytes(range(64, 96)), KeyKind.COSIGNATURE)


@dataclass
class PaperLog:
    """The files of a log by their paths, and the range that they hash to."""

    range: CompactRange = field(default_factory=CompactRange)
    files: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Sequence[bytes]) -> PaperLog:
        log = cls()
        log.add(entries)
        return log

    def add(self, entries: Sequence[bytes]) -> None:
        growth = grow(self.range, entries, self.read)
        self.files.update(growth.files)
        self.range = growth.after

    def read(self, path: str) -> bytes:
        return self.files[path]

    @property
    def size(self) -> int:
        return self.range.size

    def checkpoint(self) -> bytes:
        return sign_checkpoint(Checkpoint(ORIGIN, self.size, self.range.root()), [LOG_KEY])

    def proof(self, index: int) -> bytes:
        return Proof(index, inclusion_in_tiles(index, self.size, self.read), self.checkpoint()).to_bytes()


def numbered(count: int, start: int = 0) -> list[bytes]:
    """Entries that differ in words and in length, the first of them empty."""
    return [b"entry %d " % number * (number % 5) for number in range(start, start + count)]

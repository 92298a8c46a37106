"""A log of the tests, written by our sequencer: its keys and folder, and acts to enter in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from cryptonewshub.editions.keys import DESK_KEY, LOG_KEY, make_keys, read_keys
from cryptonewshub.editions.log_folder import LogFolder
from cryptonewshub.editions.sequencing import Entered, Submission, found_log, open_log
from cryptonewshub.tlog.key_list import KeyDocument
from cryptonewshub.tlog.keys import SigningKey
from cryptonewshub.tlog.leaves import sign_manifest
from cryptonewshub.tlog.manifests import Change, Kind, Manifest

ORIGIN = "merrow-courier.example/log"
MONDAY = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


@dataclass(frozen=True)
class SmallLog:
    """A newsroom's log folder and keys, without the newsroom."""

    home: Path
    keys_folder: Path

    @classmethod
    def founded(cls, home: Path) -> SmallLog:
        made = cls(home, home / "keys")
        made.keys_folder.mkdir(parents=True)
        make_keys(made.keys_folder, ORIGIN)
        found_log(made.folder, made.key_document(), made.keys_folder)
        return made

    @property
    def folder(self) -> LogFolder:
        return LogFolder(self.home / "log")

    @property
    def log_key(self) -> SigningKey:
        return read_keys(self.keys_folder, LOG_KEY)[-1]

    @property
    def desk_key(self) -> SigningKey:
        return read_keys(self.keys_folder, DESK_KEY)[-1]

    def key_document(self) -> KeyDocument:
        log, desk = (read_keys(self.keys_folder, name) for name in (LOG_KEY, DESK_KEY))
        return KeyDocument(ORIGIN, tuple(key.verifier for key in log), tuple(key.verifier for key in desk))

    def append(self, submissions: list[Submission], now: datetime = MONDAY) -> list[Entered]:
        with open_log(self.folder, self.keys_folder) as log:
            return [entry for batch in log.append(submissions, now=now) for entry in batch]

    def versions(self, count: int, start: int = 0, made: datetime = MONDAY) -> list[Submission]:
        """First versions of so many articles, each with a document of its own."""
        return list(self._versions(count, start, made))

    def _versions(self, count: int, start: int, made: datetime) -> Iterator[Submission]:
        key = self.desk_key
        for number in range(start, start + count):
            document = b'{"number":%d}' % number
            manifest = Manifest(
                kind=Kind.VERSION,
                made=made,
                article=UUID(int=number),
                version=1,
                change=Change.FIRST,
                content=sha256(document).digest(),
            )
            yield Submission(sign_manifest(manifest, key), document)

"""The files of a log on disk: what is public and static in one folder, and in its `.state`, never served, the rest.

Plain Python. Files of the tree are never changed: one that is there already can only be written with its own bytes.
"""

from __future__ import annotations

import fcntl
import io
import shutil
import tarfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from cryptonewshub.editions.crash_points import crash_point
from cryptonewshub.editions.lock_store import LockStore
from cryptonewshub.sources.archive import make_folder_durably, write_all_durably, write_durably
from cryptonewshub.tlog.checkpoints import Checkpoint
from cryptonewshub.tlog.reading import read_entries
from cryptonewshub.tlog.refusal import Refused
from cryptonewshub.tlog.tiles import WIDTH, bundle_with, parse_path

CHECKPOINT = "checkpoint"
KEYS = "keys.json"


class LogBusyError(Exception):
    """Another process writes the log, and did not finish while this one waited."""


class LogFolder:
    """A log's folder. `lock_store` is inside it unless another place is named."""

    def __init__(self, path: Path, lock_store: Path | None = None) -> None:
        self.path = path
        self.state = path / ".state"
        self.staging = self.state / "staging"
        self.store = LockStore(lock_store or self.state / "lock.db")

    @property
    def home(self) -> Path:
        """The newsroom's directory."""
        return self.path.parent

    def read(self, path: str) -> bytes:
        """The file at a path below the log's prefix. Raises OSError."""
        return (self.path / path).read_bytes()

    def has(self, path: str) -> bool:
        """Whether there is a file at a path below the log's prefix."""
        return (self.path / path).is_file()

    def write(self, path: str, data: bytes) -> None:
        """Writes one file durably."""
        write_durably(self.path / path, data)

    def write_all(self, files: Mapping[str, bytes]) -> None:
        """Writes files durably; a crash leaves some of them, each whole."""
        write_all_durably({self.path / path: data for path, data in files.items()}, after_each=self._after_each)

    def _after_each(self) -> None:
        crash_point("P5", self.home)

    def public_checkpoint(self) -> bytes | None:
        """The checkpoint that readers are served, if there is one."""
        try:
            return self.read(CHECKPOINT)
        except FileNotFoundError:
            return None

    def entries(self, start: int, end: int, size: int) -> Iterator[bytes]:
        """The entries with start <= index < end of a log of `size`, from the bundles. Raises OSError or ValueError."""
        while start < end:
            bundle = bundle_with(start, size)
            first = bundle.index * WIDTH
            entries = read_entries(bundle, self.read)[start - first : end - first]
            yield from entries
            start += len(entries)

    def refuse(self, why: str) -> None:
        """Keeps every sequencer from signing, with this sentence."""
        write_durably(self.state / "refused", why.encode())

    def refusal(self) -> str:
        """Why nothing may be signed; empty when nothing stands against it."""
        file = self.state / "refused"
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def forget_refusal(self) -> None:
        """What stood against signing is put right."""
        (self.state / "refused").unlink(missing_ok=True)

    @contextmanager
    def alone(self, wait: float) -> Iterator[None]:
        """Holds the folder's lock; waits so many seconds for it. Raises LogBusyError."""
        make_folder_durably(self.state)
        with (self.state / "lock").open("w") as lock:
            _take(lock, wait)
            yield

    def stage(self, checkpoint: Checkpoint, files: Mapping[str, bytes]) -> None:
        """Keeps all the files that a longer log needs, in one durable file that the checkpoint names."""
        write_durably(self._staged(checkpoint), _pack(files))

    def staged(self, checkpoint: Checkpoint) -> dict[str, bytes] | None:
        """The files that were staged for this checkpoint."""
        file = self._staged(checkpoint)
        return _unpack(file.read_bytes()) if file.is_file() else None

    def apply(self, files: Mapping[str, bytes]) -> None:
        """Puts staged files in their places. Doing it again, after a crash or not, gives the same.

        Raises Refused when a file is there with other bytes: nothing is put in its place.
        """
        for path, data in files.items():
            self._require_same(path, data)
        # What a crash left half done is written again: a name that is there may not be on the disk yet.
        self.write_all(files)

    def clear_staging(self) -> None:
        """Takes staged files away: they are applied, or were never signed. Should one come back, it is taken again."""
        if self.staging.is_dir():
            for file in list(self.staging.iterdir()):
                file.unlink()

    def drop_partial_files(self, files: Mapping[str, bytes]) -> None:
        """Takes the partial files away whose full ones are among these."""
        for path in files:
            if path.startswith("tile/") and parse_path(path).width == WIDTH:
                shutil.rmtree(self.path / f"{path}.p", ignore_errors=True)

    def _require_same(self, path: str, data: bytes) -> None:
        place = self.path / path
        if place.exists() and place.read_bytes() != data:
            raise Refused(f"The file {path} of the log is there already, with other bytes. It was damaged or forged.")

    def _staged(self, checkpoint: Checkpoint) -> Path:
        return self.staging / f"{checkpoint.size}-{checkpoint.root.hex()}.tar"


def _take(lock: io.TextIOWrapper, wait: float) -> None:
    until = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= until:
                raise LogBusyError("Another process is writing the log. Try again in a moment.") from None
            time.sleep(0.02)


def _pack(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for path, data in files.items():
            member = tarfile.TarInfo(path)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return packed.getvalue()


def _unpack(packed: bytes) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        for member in tar:
            content = tar.extractfile(member)
            assert content is not None
            files[member.name] = content.read()
    return files

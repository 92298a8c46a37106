"""Comparing with copies of the log that others hold, before a lock store is believed that may come from a backup.

An old lock store is the one way to make a second history by accident: it would sign again what was signed already. So a
store that is not the very file that was last written here is compared with every mirror and every witness first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptonewshub.editions.log_folder import CHECKPOINT, LogFolder
from cryptonewshub.editions.recovery import LogRefusedError
from cryptonewshub.editions.witnessing import PATIENCE, newest_seen_by, read_witnesses
from cryptonewshub.sources.archive import write_durably
from cryptonewshub.sources.destinations import destination_of
from cryptonewshub.sources.fetching import Limits, fetch
from cryptonewshub.tlog.checkpoints import Checkpoint, open_checkpoint
from cryptonewshub.tlog.key_list import KeyList
from cryptonewshub.tlog.reading import range_in_tiles

MIRRORS = "mirrors"
WITNESSES = "witnesses"
_LARGEST_FILE = 100_000_000


@dataclass(frozen=True, slots=True)
class Copy:
    """What somebody else holds of the log: the checkpoint, or why there is none."""

    name: str
    checkpoint: Checkpoint | None
    problem: str = ""


def require_newest(folder: LogFolder) -> None:
    """Compares a lock store that is new here with all copies that the newsroom has listed.

    Raises LogRefusedError when a copy is longer or contradicts the log, and when no copy could be asked.
    """
    if not _is_to_be_compared(folder):
        return
    copies = list(compare(folder))
    if copies and all(copy.problem for copy in copies):
        answers = " ".join(copy.problem for copy in copies)
        raise LogRefusedError(
            "The log's lock store was put here since it was last written, and no mirror or witness could say whether "
            f"it is the newest one. {answers} Nothing is signed until one of them answers."
        )
    _remember(folder)


def compare(folder: LogFolder) -> Iterator[Copy]:
    """What each mirror and witness holds. Raises LogRefusedError for one that is longer or tells another history."""
    keys = KeyList.parse(folder.store.read().keys)
    own = open_checkpoint(folder.store.read().checkpoint, keys.origin, keys.log_keys()).checkpoint
    for name, data, problem in _answers(folder, keys.origin):
        checkpoint = None
        if data is not None:
            try:
                checkpoint = open_checkpoint(data, keys.origin, keys.log_keys()).checkpoint
            except ValueError as error:
                problem = f"{name} has no checkpoint of this log: {error}"
        if checkpoint is not None:
            _require_prefix(folder, name, own, checkpoint)
        yield Copy(name, checkpoint, problem)


def _answers(folder: LogFolder, origin: str) -> Iterator[tuple[str, bytes | None, str]]:
    for witness in read_witnesses(folder.home / WITNESSES):
        name = f"The witness {witness.key.name}"
        try:
            yield name, newest_seen_by(witness, origin), ""
        except ValueError as error:
            yield name, None, f"{name} could not be asked: {error}"
    for address in read_mirrors(folder.home / MIRRORS):
        name = f"The mirror {address}"
        try:
            yield name, read_mirror(address, CHECKPOINT), ""
        except (ValueError, OSError) as error:
            yield name, None, f"{name} could not be asked: {error}"


def read_mirrors(file: Path) -> tuple[str, ...]:
    """The mirrors listed in a file, one a line: the address of a copied log, or a folder on this machine."""
    if not file.exists():
        return ()
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    return tuple(line.rstrip("/") for line in lines if line and not line.startswith("#"))


def read_mirror(address: str, path: str) -> bytes:
    """A file of a copied log. Raises OSError or ValueError when it cannot be read."""
    if "://" not in address:
        return (Path(address) / path).read_bytes()
    place = destination_of(address).place
    answer = fetch(f"{address}/{path}", limits=Limits(seconds=PATIENCE, most_bytes=_LARGEST_FILE, allowed=(place,)))
    if answer.status != 200:
        raise FileNotFoundError(f"{address}/{path} answers {answer.status}.")
    return answer.body


def _require_prefix(folder: LogFolder, name: str, own: Checkpoint, other: Checkpoint) -> None:
    if other.size > own.size:
        folder.refuse(
            f"{name} has {other.size} entries of this log, and the lock store here knows of {own.size}: it is an old "
            "copy. Fetch the log from there with “cnh log recover --from ADDRESS”, or copy the newest CNH_HOME back."
        )
    elif range_in_tiles(other.size, folder.read).root() != other.root:
        folder.refuse(f"{name} has another history of this log. Keep both, find out which was signed when, and say so.")
    if why := folder.refusal():
        raise LogRefusedError(why)


def _is_to_be_compared(folder: LogFolder) -> bool:
    has_copies = any((folder.home / name).exists() for name in (MIRRORS, WITNESSES))
    return has_copies and folder.store.exists and _remembered(folder) != _identity(folder)


def _identity(folder: LogFolder) -> str:
    """Tells the file from one that a backup put in its place, which is another file with the same name."""
    stat = folder.store.file.stat()
    return f"{stat.st_dev}.{stat.st_ino}"


def _remembered(folder: LogFolder) -> str:
    file = folder.state / "compared"
    return file.read_text(encoding="ascii") if file.exists() else ""


def _remember(folder: LogFolder) -> None:
    write_durably(folder.state / "compared", _identity(folder).encode("ascii"))

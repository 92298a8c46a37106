"""Before a log is written: is this folder what was last signed? What a crash left undone is done; damage is refused.

The lock store is trusted, the folder is not. Refusing to sign never stops anybody from reading the files.
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptonewshub.editions.lock_store import Locked
from cryptonewshub.editions.log_folder import CHECKPOINT, KEYS, LogFolder
from cryptonewshub.tlog.checkpoints import Checkpoint, open_checkpoint
from cryptonewshub.tlog.key_list import KeyList
from cryptonewshub.tlog.merkle import CompactRange
from cryptonewshub.tlog.reading import range_in_tiles
from cryptonewshub.tlog.refusal import Refused


class LogRefusedError(Exception):
    """The log is not in a state in which it may be signed. Its text says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a log stands: what the lock store holds, read and verified, and the range to grow from."""

    locked: Locked
    checkpoint: Checkpoint
    keys: KeyList
    range: CompactRange


def recover(folder: LogFolder) -> Standing:
    """Brings the folder to what the lock store holds, and verifies its right edge. The folder's lock must be held.

    Raises LogRefusedError when the public checkpoint is newer than the lock store or contradicts it, when there is no
    lock store, and when a file that the log grows from is missing or damaged.
    """
    if why := folder.refusal():
        raise LogRefusedError(f"{why} Nothing will be signed before that is put right; see “cnh log status”.")
    locked = _read_store(folder)
    keys = KeyList.parse(locked.keys)
    checkpoint = open_checkpoint(locked.checkpoint, keys.origin, keys.log_keys()).checkpoint
    public = _public(folder, keys)
    _require_no_newer(public, checkpoint)
    if public != checkpoint:
        # The process ended after the commit and before its files were public: the staging is still there.
        _apply_staged(folder, checkpoint)
    standing = Standing(locked, checkpoint, keys, _range(folder, checkpoint))
    if public != checkpoint:
        publish(folder, standing.locked)
    folder.clear_staging()
    return standing


def publish(folder: LogFolder, locked: Locked) -> None:
    """Serves what was committed: the list of keys, then the checkpoint. Before this, readers see the log as it was."""
    if _bytes_at(folder, KEYS) != locked.keys:
        folder.write(KEYS, locked.keys)
    folder.write(CHECKPOINT, locked.checkpoint)


def _read_store(folder: LogFolder) -> Locked:
    try:
        return folder.store.read()
    except FileNotFoundError:
        raise LogRefusedError(
            f"The log in {folder.path} has no lock store, so nobody knows what was signed last, and nothing will be "
            f"signed. Copy {folder.store.file} back from the machine that wrote the log."
        ) from None


def _public(folder: LogFolder, keys: KeyList) -> Checkpoint | None:
    """The checkpoint that is served, if it is one of this log. A damaged one says nothing: it is written anew."""
    data = folder.public_checkpoint()
    if data is None:
        return None
    try:
        return open_checkpoint(data, keys.origin, keys.log_keys()).checkpoint
    except ValueError:
        return None


def _require_no_newer(public: Checkpoint | None, checkpoint: Checkpoint) -> None:
    if public is None or public == checkpoint or public.size < checkpoint.size:
        return
    if public.size > checkpoint.size:
        raise LogRefusedError(
            f"The public log has {public.size} entries, and the lock store knows of {checkpoint.size}: it is an old "
            "copy. Nothing will be signed, because that would make a second history. Copy the newest lock store back, "
            "from the machine or the backup that has it."
        )
    raise LogRefusedError(
        f"The public log of {public.size} entries has another root than the lock store: two sequencers have signed. "
        "Nothing more will be signed. Find the second one, keep both folders, and say so in public."
    )


def _apply_staged(folder: LogFolder, checkpoint: Checkpoint) -> None:
    files = folder.staged(checkpoint)
    if files is None:
        return  # nothing was staged for it, or the checkpoint file alone was lost; the edge is verified next
    try:
        folder.apply(files)
    except Refused as refusal:
        raise LogRefusedError(f"{refusal} Nothing will be signed; run “cnh log audit”.") from refusal


def _range(folder: LogFolder, checkpoint: Checkpoint) -> CompactRange:
    try:
        found = range_in_tiles(checkpoint.size, folder.read)
    except (OSError, ValueError) as error:
        raise LogRefusedError(
            f"A file that the log grows from is missing or damaged: {error} Nothing will be signed; run “cnh log "
            "audit”."
        ) from error
    if found.root() != checkpoint.root:
        raise LogRefusedError(
            "The tiles at the log's right edge do not hash to the root that was signed: a file was changed. Nothing "
            "will be signed; run “cnh log audit”."
        )
    return found


def _bytes_at(folder: LogFolder, path: str) -> bytes | None:
    try:
        return folder.read(path)
    except FileNotFoundError:
        return None

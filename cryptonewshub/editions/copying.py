"""Fetching a longer copy of the log: what an old backup is brought up to date with. Nothing in the copy is believed.

Its checkpoint must be signed by the log's own key, begin with the log that is here, and be what its entries hash to.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from cryptonewshub.editions.elsewhere import read_mirror
from cryptonewshub.editions.lock_store import Locked
from cryptonewshub.editions.log_folder import CHECKPOINT, LogFolder
from cryptonewshub.editions.recovery import LogRefusedError, publish
from cryptonewshub.editions.sequencing import document_path
from cryptonewshub.tlog.checkpoints import Checkpoint, open_checkpoint
from cryptonewshub.tlog.growing import grow
from cryptonewshub.tlog.key_list import KeyDocument, KeyList
from cryptonewshub.tlog.leaves import Leaf
from cryptonewshub.tlog.manifests import Kind
from cryptonewshub.tlog.notes import Note
from cryptonewshub.tlog.reading import range_in_tiles, read_entries
from cryptonewshub.tlog.tiles import WIDTH, bundle_with


def copy_newer(folder: LogFolder, source: str) -> int:
    """Brings the log to the length that it has in `source`, an address or a folder; returns how many entries came.

    Raises LogRefusedError when the copy is not of this log, or tells another history.
    """
    with folder.alone(10.0):
        locked = folder.store.read()
        keys = KeyList.parse(locked.keys)
        own = open_checkpoint(locked.checkpoint, keys.origin, keys.log_keys()).checkpoint
        data = read_mirror(source, CHECKPOINT)
        theirs = _signed(data, keys, source)
        if theirs.size <= own.size:
            return 0
        entries = list(_entries(source, own.size, theirs.size))
        growth = grow(range_in_tiles(own.size, folder.read), entries, folder.read)
        if growth.after.root() != theirs.root:
            raise LogRefusedError(f"The log in {source} does not go on from the log that is here. Nothing was changed.")
        documents = dict(_documents(source, entries))
        listed = _keys_after(keys, own.size, entries, documents)
        folder.write_all({**documents, **growth.files})
        newest = Locked(_without_witnesses(data, listed, theirs), listed.to_bytes())
        folder.store.swap(locked, newest)
        publish(folder, newest)
        folder.forget_refusal()
        return len(entries)


def _signed(data: bytes, keys: KeyList, source: str) -> Checkpoint:
    try:
        return open_checkpoint(data, keys.origin, keys.log_keys()).checkpoint
    except ValueError as error:
        raise LogRefusedError(f"The log in {source} is not signed by this log's key: {error}") from error


def _entries(source: str, start: int, size: int) -> Iterator[bytes]:
    while start < size:
        bundle = bundle_with(start, size)
        entries = read_entries(bundle, lambda path: read_mirror(source, path))
        yield from entries[start - bundle.index * WIDTH :]
        start = bundle.index * WIDTH + bundle.width


def _documents(source: str, entries: list[bytes]) -> Iterator[tuple[str, bytes]]:
    """The documents of these entries, as far as they are there: one that was withdrawn is not."""
    for path in dict.fromkeys(document_path(Leaf.parse(entry).manifest) for entry in entries):
        if path is None:
            continue
        try:
            data = read_mirror(source, path)
        except OSError:
            continue
        if sha256(data).hexdigest() == path.rpartition("/")[2]:
            yield path, data


def _keys_after(keys: KeyList, start: int, entries: list[bytes], documents: dict[str, bytes]) -> KeyList:
    for index, entry in enumerate(entries, start=start):
        manifest = Leaf.parse(entry).manifest
        if manifest.kind is Kind.KEY:
            keys = keys.after(index, KeyDocument.parse(documents[str(document_path(manifest))]))
    return keys


def _without_witnesses(data: bytes, keys: KeyList, checkpoint: Checkpoint) -> bytes:
    note = Note.parse(data)
    own = keys.log_keys(checkpoint.size)
    lines = tuple(line for line in note.signatures if any(line.is_by(key) for key in own))
    return Note(note.text, lines).to_bytes()

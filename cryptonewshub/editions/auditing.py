"""Auditing one's own log: every entry, tile and document is held against the root that was signed, and mended.

Plain Python. Tiles follow from entries; entries that were lost on disk may be known elsewhere: in the database, or in a
mirror. Whatever is put back hashes to what was signed, or it is not put back, and then the log is not signed any more.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from cryptonewshub.editions.log_folder import LogFolder
from cryptonewshub.editions.recovery import LogRefusedError
from cryptonewshub.editions.sequencing import document_path
from cryptonewshub.tlog.checkpoints import Checkpoint, open_checkpoint
from cryptonewshub.tlog.framing import frame
from cryptonewshub.tlog.key_list import KeyList
from cryptonewshub.tlog.leaves import Leaf
from cryptonewshub.tlog.merkle import leaf_hash, root_of, subtrees_of
from cryptonewshub.tlog.reading import read_entries
from cryptonewshub.tlog.tiles import WIDTH, Bundle, bundles_of, tiles_of

_STALE = 3600.0


@dataclass(frozen=True, slots=True)
class Spare:
    """Where else to look: an entry by its index, and a document by its path. None where it is not known either.

    `is_withdrawn` says of a document that it must not come back.
    """

    entry: Callable[[int], bytes | None] = lambda index: None
    document: Callable[[str], bytes | None] = lambda path: None
    is_withdrawn: Callable[[str], bool] = lambda path: False


@dataclass(frozen=True, slots=True)
class Fault:
    """A file of the log that was missing or other than what was signed, and whether it is right now."""

    path: str
    is_mended: bool

    def __str__(self) -> str:
        return f"{self.path} was missing or damaged" + (", and is mended." if self.is_mended else ", and still is.")


def audit(folder: LogFolder, spare: Spare, *, wait: float = 10.0) -> list[Fault]:
    """Looks at every file of the log, mends what it can, and says what it found.

    As long as something is not mended the log is refused to the sequencer. Raises LogBusyError when another process
    writes the log, LogRefusedError when there is no lock store.
    """
    with folder.alone(wait):
        checkpoint = _signed(folder)
        entries, faults = _entries(folder, checkpoint, spare)
        if entries is not None:
            faults += _tiles(folder, entries)
            faults += _documents(folder, entries, spare)
        _remember(folder, [fault for fault in faults if not fault.is_mended])
        _take_drafts_away(folder)
        return faults


def _signed(folder: LogFolder) -> Checkpoint:
    try:
        locked = folder.store.read()
    except FileNotFoundError:
        raise LogRefusedError(f"The log in {folder.path} has no lock store, so nothing says what is right.") from None
    keys = KeyList.parse(locked.keys)
    return open_checkpoint(locked.checkpoint, keys.origin, keys.log_keys()).checkpoint


def _entries(folder: LogFolder, checkpoint: Checkpoint, spare: Spare) -> tuple[list[bytes] | None, list[Fault]]:
    """All entries, or None when they do not hash to the signed root whatever is taken from elsewhere."""
    bundles = list(bundles_of(checkpoint.size))
    stored = {bundle: _stored(folder, bundle) for bundle in bundles}
    suspects = [bundle for bundle in bundles if stored[bundle] is None]
    if not suspects and _root(stored, bundles) == checkpoint.root:
        return _all(stored, bundles), []
    suspects = suspects or [bundle for bundle in bundles if not _agrees(folder, bundle, stored[bundle])] or bundles
    for attempt in (suspects, bundles):
        mended = {**stored, **{bundle: _from_elsewhere(bundle, spare) or stored[bundle] for bundle in attempt}}
        if _root(mended, bundles) == checkpoint.root:
            return _all(mended, bundles), _put_back(folder, stored, mended)
    return None, [Fault(bundle.path, is_mended=False) for bundle in suspects]


Bundles = dict[Bundle, tuple[bytes, ...] | None]


def _stored(folder: LogFolder, bundle: Bundle) -> tuple[bytes, ...] | None:
    try:
        return read_entries(bundle, folder.read)
    except (OSError, ValueError):
        return None


def _agrees(folder: LogFolder, bundle: Bundle, entries: tuple[bytes, ...] | None) -> bool:
    """Whether the entries hash to the tile beside them, which does not say which of the two is right."""
    tile = bundle.path.replace("entries", "0", 1)
    return entries is not None and folder.has(tile) and b"".join(map(leaf_hash, entries)) == folder.read(tile)


def _from_elsewhere(bundle: Bundle, spare: Spare) -> tuple[bytes, ...] | None:
    start = bundle.index * WIDTH
    found = [spare.entry(index) for index in range(start, start + bundle.width)]
    known = tuple(entry for entry in found if entry is not None)
    return known if len(known) == bundle.width else None


def _all(stored: Bundles, bundles: list[Bundle]) -> list[bytes]:
    return [entry for bundle in bundles for entry in stored[bundle] or ()]


def _root(stored: Bundles, bundles: list[Bundle]) -> bytes:
    return root_of(map(leaf_hash, _all(stored, bundles)))


def _put_back(folder: LogFolder, stored: Bundles, mended: Bundles) -> list[Fault]:
    changed = {bundle: entries for bundle, entries in mended.items() if entries != stored[bundle]}
    folder.write_all({bundle.path: frame(entries or ()) for bundle, entries in changed.items()})
    return [Fault(bundle.path, is_mended=True) for bundle in changed]


def _tiles(folder: LogFolder, entries: list[bytes]) -> list[Fault]:
    subtree = subtrees_of(map(leaf_hash, entries))
    wanted = {tile.path: tile.content(subtree) for tile in tiles_of(len(entries))}
    wrong = {path: data for path, data in wanted.items() if _bytes_at(folder, path) != data}
    folder.write_all(wrong)
    return [Fault(path, is_mended=True) for path in wrong]


def _documents(folder: LogFolder, entries: list[bytes], spare: Spare) -> list[Fault]:
    paths = [path for entry in entries if (path := document_path(Leaf.parse(entry).manifest))]
    return [fault for path in dict.fromkeys(paths) if (fault := _document(folder, path, spare))]


def _document(folder: LogFolder, path: str, spare: Spare) -> Fault | None:
    """A document that is nowhere was withdrawn: its entry stays, and says so. In its place may stand what says so."""
    stored = _bytes_at(folder, path)
    if (stored is not None and _is_named(stored, path)) or spare.is_withdrawn(path):
        return None
    known = spare.document(path)
    if known is not None and _is_named(known, path):
        folder.write(path, known)
        return Fault(path, is_mended=True)
    return None if stored is None else Fault(path, is_mended=False)


def _is_named(data: bytes, path: str) -> bool:
    return sha256(data).hexdigest() == path.rpartition("/")[2]


def _bytes_at(folder: LogFolder, path: str) -> bytes | None:
    try:
        return folder.read(path)
    except OSError:
        return None


def _remember(folder: LogFolder, faults: list[Fault]) -> None:
    """What is not mended keeps the sequencer from signing, until an audit finds nothing any more."""
    if faults:
        sentences = " ".join(map(str, faults[:3]))
        folder.refuse(f"An audit of the log found {len(faults)} files that cannot be mended from here. {sentences}")
    else:
        folder.forget_refusal()


def _take_drafts_away(folder: LogFolder) -> None:
    """What a killed process left half written."""
    now = time.time()
    for draft in list(folder.path.rglob(".*.tmp")):
        if now - draft.stat().st_mtime > _STALE:
            draft.unlink(missing_ok=True)

"""The sequencer: enters signed manifests in the log, in an order of steps in which a crash can lose or fork nothing.

Plain Python, no database but the lock store. The order is Sunlight's: what will be served is staged; the checkpoint is
signed and swapped into the lock store, which is the commit; the staged files are applied; the checkpoint is published;
only then is anything acknowledged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from cryptonewshub.editions.clock import Reading, keep_clock, read_clock, require_believable
from cryptonewshub.editions.crash_points import crash_point
from cryptonewshub.editions.keys import LOG_KEY, read_keys
from cryptonewshub.editions.lock_store import Locked
from cryptonewshub.editions.log_folder import LogFolder
from cryptonewshub.editions.recovery import LogRefusedError, Standing, publish, recover
from cryptonewshub.tlog.checkpoints import Checkpoint, sign_checkpoint
from cryptonewshub.tlog.growing import Growth, grow
from cryptonewshub.tlog.key_list import KeyDocument, KeyList
from cryptonewshub.tlog.keys import SigningKey
from cryptonewshub.tlog.leaves import Leaf, SignedManifest, verify_manifest
from cryptonewshub.tlog.manifests import Kind, Manifest
from cryptonewshub.tlog.merkle import EMPTY_ROOT, leaf_hash, prove_inclusion
from cryptonewshub.tlog.proofs import Proof, verify_proof
from cryptonewshub.tlog.reading import subtrees_in_tiles

LARGEST_BATCH = 10_000
_OF_KEYS = (Kind.GENESIS, Kind.KEY)
PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Submission:
    """A signed manifest that waits, and the document that it commits to, if it commits to one."""

    signed: SignedManifest
    document: bytes | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """An entry of the log: where it stands, its bytes, and what it says."""

    index: int
    data: bytes
    leaf: Leaf

    @property
    def hash(self) -> bytes:
        """Its leaf hash."""
        return leaf_hash(self.data)


def found_log(folder: LogFolder, document: KeyDocument, keys: Path) -> None:
    """Makes an empty log with these keys: a lock store, and a signed checkpoint of no entries.

    Raises LogRefusedError when files of a log are there and its lock store is not: they would be a second history.
    """
    with folder.alone(PATIENCE):
        if folder.store.exists:
            return
        if folder.public_checkpoint() is not None:
            raise LogRefusedError(
                f"There is a log in {folder.path} without its lock store. A new log would contradict it: copy the lock "
                "store back, or move the folder away."
            )
        listed = KeyList.founded(document)
        empty = Checkpoint(document.origin, 0, EMPTY_ROOT)
        first = Locked(sign_checkpoint(empty, _signers(keys, listed, 0)), listed.to_bytes())
        folder.store.create(first)
        publish(folder, first)


@contextmanager
def open_log(folder: LogFolder, keys: Path, *, wait: float = PATIENCE) -> Iterator[OpenLog]:
    """The log for one writer, recovered and verified. `keys` is the folder of the signing keys.

    Raises LogBusyError when another process holds it, LogRefusedError when it may not be signed.
    """
    with folder.alone(wait):
        yield OpenLog(folder, recover(folder), keys)


class OpenLog:
    """A log that this process alone writes."""

    def __init__(self, folder: LogFolder, standing: Standing, keys: Path) -> None:
        self._folder = folder
        self._standing = standing
        self._keys = keys

    def require_believable_clock(self, now: datetime) -> None:
        """Raises ClockDoubtedError when the clock has jumped ahead since the log was last written."""
        reading, file = Reading.now(now), self._folder.state / "clock"
        before = read_clock(file)
        require_believable(reading, before, self._last_time())
        if before is None or before.boot != reading.boot:
            keep_clock(file, reading)

    @property
    def size(self) -> int:
        return self._standing.checkpoint.size

    @property
    def checkpoint(self) -> Checkpoint:
        return self._standing.checkpoint

    @property
    def keys(self) -> KeyList:
        return self._standing.keys

    def entries(self, start: int) -> Iterator[Entered]:
        """The entries from an index on."""
        for index, data in enumerate(self._folder.entries(start, self.size, self.size), start=start):
            yield Entered(index, data, Leaf.parse(data))

    def append(self, submissions: Iterable[Submission], *, now: datetime) -> Iterator[tuple[Entered, ...]]:
        """Enters the manifests in their order, and gives each batch once its checkpoint is public.

        Raises Refused for a manifest that no key of the newsroom signed or whose document is another one, LostRaceError
        when another sequencer came first, OSError when a file cannot be written: then nothing of its batch is entered,
        or, after the commit, the next start completes it.
        """
        for batch in _batches(list(submissions)):
            yield self._append(batch, now)

    def _append(self, batch: Sequence[Submission], now: datetime) -> tuple[Entered, ...]:
        entered = self._leaves(batch, self._time(now))
        growth = grow(self._standing.range, [entry.data for entry in entered], self._folder.read)
        self._write_documents(batch)
        crash_point("P1", self._folder.home)
        standing = self._sign(growth, self._keys_after(batch))
        self._folder.stage(standing.checkpoint, growth.files)
        crash_point("P2", self._folder.home)
        self._commit(standing)
        self._make_public(growth)
        return entered

    def _time(self, now: datetime) -> datetime:
        """The entry's time never falls, whatever the clock does."""
        now, last = now.replace(microsecond=0), self._last_time()
        return max(now, last) if last else now

    def _last_time(self) -> datetime | None:
        if self.size == 0:
            return None
        (last,) = self.entries(self.size - 1)
        return last.leaf.at

    def _leaves(self, batch: Sequence[Submission], at: datetime) -> tuple[Entered, ...]:
        entered = []
        for index, submission in enumerate(batch, start=self.size):
            verify_manifest(submission.signed, self.keys.desk_keys(index))
            leaf = Leaf(submission.signed, at)
            entered.append(Entered(index, leaf.to_bytes(), leaf))
        return tuple(entered)

    def _write_documents(self, batch: Sequence[Submission]) -> None:
        documents = {}
        for submission in batch:
            path = document_path(submission.signed.manifest)
            if path is not None:
                documents[path] = require_document(submission)
        self._folder.write_all({path: data for path, data in documents.items() if not self._folder.has(path)})

    def _keys_after(self, batch: Sequence[Submission]) -> KeyList:
        """A batch ends at an entry that changes the keys, so only its last one can."""
        last = batch[-1]
        if last.signed.manifest.kind is not Kind.KEY or last.document is None:
            return self.keys
        return self.keys.after(self.size + len(batch) - 1, KeyDocument.parse(last.document))

    def _sign(self, growth: Growth, keys: KeyList) -> Standing:
        checkpoint = Checkpoint(keys.origin, growth.after.size, growth.after.root())
        signed = sign_checkpoint(checkpoint, _signers(self._keys, keys, checkpoint.size))
        return Standing(Locked(signed, keys.to_bytes()), checkpoint, keys, growth.after)

    def _commit(self, standing: Standing) -> None:
        crash_point("P3", self._folder.home)
        # A crash before this line: nothing happened. After it: the log has these entries, whatever is on display.
        self._folder.store.swap(self._standing.locked, standing.locked)
        self._standing = standing
        crash_point("P4", self._folder.home)

    def _make_public(self, growth: Growth) -> None:
        self._folder.apply(growth.files)
        crash_point("P6", self._folder.home)
        publish(self._folder, self._standing.locked)
        crash_point("P7", self._folder.home)
        self._folder.clear_staging()
        self._folder.drop_partial_files(growth.files)

    def missing_proofs(self) -> list[int]:
        """The entries with a document of their own whose proof is not there, or does not hold."""
        return [entry.index for entry in self.entries(0) if entry.leaf.manifest.content and not self._proves(entry)]

    def _proves(self, entry: Entered) -> bool:
        try:
            proof = self._folder.read(proof_path(entry.index))
            return verify_proof(proof, entry.data, self.keys.origin, self.keys.log_keys())[0] == entry.index
        except (OSError, ValueError):
            return False

    def write_proofs(self, indexes: Iterable[int]) -> None:
        """A proof file for each of these entries, against the checkpoint that is served."""
        checkpoint = self._folder.public_checkpoint() or self._standing.locked.checkpoint
        subtree = subtrees_in_tiles(self.size, self._folder.read)
        # With the entry in it, a proof is all that somebody needs besides the content document and the key.
        proofs = (
            Proof(
                index,
                prove_inclusion(index, self.size, subtree),
                checkpoint,
                next(self._folder.entries(index, index + 1, self.size)),
            )
            for index in indexes
        )
        self._folder.write_all({proof_path(proof.index): proof.to_bytes() for proof in proofs})


def proof_path(index: int) -> str:
    """Where an entry's proof is, below the log's prefix."""
    return f"proof/{index}.tlog-proof"


def document_path(manifest: Manifest) -> str | None:
    """Where the document is that a manifest commits to, below the log's prefix."""
    if manifest.content is not None:
        return f"content/{manifest.content.hex()}"
    return None if manifest.doc is None else f"doc/{manifest.doc.hex()}"


def require_document(submission: Submission) -> bytes:
    """The document that the manifest commits to. Raises ValueError when there is none or it is another one."""
    manifest = submission.signed.manifest
    wanted = manifest.content if manifest.content is not None else manifest.doc
    if submission.document is None or sha256(submission.document).digest() != wanted:
        raise ValueError("The document that came with a manifest is not the one whose hash is in it.")
    return submission.document


def _batches(submissions: list[Submission]) -> Iterator[list[Submission]]:
    batch: list[Submission] = []
    for submission in submissions:
        batch.append(submission)
        if len(batch) == LARGEST_BATCH or submission.signed.manifest.kind in _OF_KEYS:
            yield batch
            batch = []
    if batch:
        yield batch


def _signers(folder: Path, keys: KeyList, size: int) -> list[SigningKey]:
    """The log's keys that hold at this size. Raises LogRefusedError when one of them is not here."""
    here = {key.verifier: key for key in read_keys(folder, LOG_KEY)}
    wanted = keys.log_keys(size)
    if any(key not in here for key in wanted):
        raise LogRefusedError(f"The log's signing key in {folder / LOG_KEY} is not the one in its list of keys.")
    return [here[key] for key in wanted]

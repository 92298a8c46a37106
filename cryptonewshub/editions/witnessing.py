"""Asking witnesses to sign the log's checkpoints, so that nobody can be shown another history than everybody else.

Plain Python. It never runs in the way of a publication: whoever runs the newsroom calls `ask_all` in the background.
What a witness answers is verified before it is kept; one that is absent, slow or wrong is a sentence for the operator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from cryptonewshub.editions.log_folder import CHECKPOINT, LogFolder
from cryptonewshub.editions.sequencing import proof_path
from cryptonewshub.editions.witness import SIZE_TYPE
from cryptonewshub.sources.archive import write_durably
from cryptonewshub.sources.destinations import destination_of
from cryptonewshub.sources.fetching import Fetched, Limits, fetch, post
from cryptonewshub.tlog.canonical import read_number
from cryptonewshub.tlog.checkpoints import Checkpoint
from cryptonewshub.tlog.keys import KeyKind, VerifierKey
from cryptonewshub.tlog.notes import Note, Signature
from cryptonewshub.tlog.proofs import Proof
from cryptonewshub.tlog.reading import consistency_in_tiles
from cryptonewshub.tlog.submissions import CheckpointSubmission, read_signature_lines

LIST = "witnesses"
PATIENCE = 8.0
_LARGEST_ANSWER = 16_000
_TRIES = 3

Post = Callable[[str, bytes], Fetched]


class WitnessError(Exception):
    """A witness did not sign. Its text is a sentence that names the witness."""


@dataclass(frozen=True, slots=True)
class ListedWitness:
    """A witness that the newsroom asks: its key, and the address below which it takes checkpoints."""

    key: VerifierKey
    address: str

    @property
    def place(self) -> str:
        """Host and port, as the guard of the network names them."""
        return destination_of(self.address).place

    @property
    def limits(self) -> Limits:
        """The operator listed this address, wherever it is."""
        return Limits(seconds=PATIENCE, most_bytes=_LARGEST_ANSWER, allowed=(self.place,))


def read_witnesses(file: Path) -> tuple[ListedWitness, ...]:
    """The witnesses listed in a file, one a line: verifier key, space, address. Raises ValueError with the line."""
    if not file.exists():
        return ()
    lines = file.read_text(encoding="utf-8").splitlines()
    kept = [(number, line.strip()) for number, line in enumerate(lines, start=1) if line.strip()[:1] not in ("", "#")]
    return tuple(_listed(line, f"line {number} of {file}") for number, line in kept)


def ask_all(folder: LogFolder, witnesses: tuple[ListedWitness, ...]) -> Iterator[str]:
    """Asks every witness that has not signed the newest checkpoint. Gives a sentence for each that did not sign now."""
    for witness in witnesses:
        try:
            ask(folder, witness)
        except (WitnessError, ValueError, OSError) as error:
            yield f"The witness {witness.key.name} did not sign the log: {error}"


def ask(folder: LogFolder, witness: ListedWitness, send: Post | None = None) -> None:
    """Asks one witness, and serves its line under the checkpoint that it signed.

    Raises WitnessError, or ValueError from a guard or a reader, when nothing was signed.
    """
    note = _own_checkpoint(folder)
    checkpoint = Checkpoint.parse(note.text)
    seen = _seen_by(folder, witness)
    if _has_signed(folder, witness, note) or checkpoint.size == 0 or checkpoint.size < seen:
        return
    line = _cosignature(folder, witness, note, send or _post(witness))
    _remember(folder, witness, checkpoint.size)
    _serve(folder, witness, note, line)


def _own_checkpoint(folder: LogFolder) -> Note:
    """The checkpoint as the log signed it; it may be asked about only once it is public."""
    note = Note.parse(folder.store.read().checkpoint)
    if _served(folder).text != note.text:
        raise WitnessError("the newest checkpoint is not public yet")
    return note


def _served(folder: LogFolder) -> Note:
    return Note.parse(folder.read(CHECKPOINT))


def _has_signed(folder: LogFolder, witness: ListedWitness, note: Note) -> bool:
    served = _served(folder)
    return served.text == note.text and any(line.is_by(witness.key) for line in served.signatures)


def _cosignature(folder: LogFolder, witness: ListedWitness, note: Note, send: Post) -> Signature:
    checkpoint, old = Checkpoint.parse(note.text), _seen_by(folder, witness)
    for _ in range(_TRIES):
        proof = consistency_in_tiles(old, checkpoint.size, folder.read) if 0 < old < checkpoint.size else ()
        answer = send(f"{witness.address}/add-checkpoint", CheckpointSubmission(old, proof, note.to_bytes()).to_bytes())
        if answer.status == 200:
            return _verified(answer.body, witness, note)
        if answer.status != 409 or answer.media_type != SIZE_TYPE:
            raise WitnessError(f"it answered {answer.status}: {_first_line(answer.body)}")
        old = read_number(answer.body.decode("ascii", "replace").removesuffix("\n"), "size that a witness has seen")
        if old > checkpoint.size:
            raise WitnessError(f"it has seen {old} entries, and this log has {checkpoint.size}: is this an old copy?")
        _remember(folder, witness, old)
    raise WitnessError("it names another size each time")


def _verified(body: bytes, witness: ListedWitness, note: Note) -> Signature:
    """The witness's own line, verified; whatever else it sent is not kept."""
    for line in read_signature_lines(body):
        if line.is_by(witness.key):
            witness.key.verify(note.text.encode(), line.value)
            return line
    raise WitnessError("its answer has no line of its key")


def _serve(folder: LogFolder, witness: ListedWitness, note: Note, line: Signature) -> None:
    """Adds the line to the checkpoint, if that is still the newest, and to the proofs under it."""
    with folder.alone(PATIENCE):
        served = _served(folder)
        if served.text != note.text:
            return
        others = tuple(other for other in served.signatures if not other.is_by(witness.key))
        cosigned = replace(served, signatures=(*others, line)).to_bytes()
        folder.write(CHECKPOINT, cosigned)
        folder.write_all(dict(_proofs_under(folder, note, cosigned)))


def _proofs_under(folder: LogFolder, note: Note, cosigned: bytes) -> Iterator[tuple[str, bytes]]:
    """The proofs that carry this checkpoint are those of the last entries."""
    for index in range(Checkpoint.parse(note.text).size - 1, -1, -1):
        path = proof_path(index)
        if not folder.has(path):
            return
        proof = Proof.parse(folder.read(path))
        if Note.parse(proof.checkpoint).text != note.text:
            return
        yield path, replace(proof, checkpoint=cosigned).to_bytes()


def _seen_by(folder: LogFolder, witness: ListedWitness) -> int:
    try:
        return int(_memory(folder, witness).read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return 0


def _remember(folder: LogFolder, witness: ListedWitness, size: int) -> None:
    write_durably(_memory(folder, witness), str(size).encode("ascii"))


def _memory(folder: LogFolder, witness: ListedWitness) -> Path:
    return folder.state / "witnesses" / sha256(str(witness.key).encode()).hexdigest()[:16]


def _post(witness: ListedWitness) -> Post:
    return lambda address, body: post(address, body, media_type="text/plain", limits=witness.limits)


def newest_seen_by(witness: ListedWitness, origin: str) -> bytes | None:
    """The newest checkpoint of the log that the witness has signed, unverified; None when it has none.

    Raises ValueError when the witness cannot be asked.
    """
    name = sha256(origin.encode()).hexdigest()
    answer = fetch(f"{witness.address}/{name}/checkpoint", limits=witness.limits)
    return answer.body if answer.status == 200 else None


def _listed(line: str, where: str) -> ListedWitness:
    key, _, address = line.partition(" ")
    address = address.strip().rstrip("/")
    try:
        parsed = VerifierKey.parse(key)
        destination_of(address)
    except ValueError as error:
        raise ValueError(f"A witness cannot be read in {where}: {error}") from None
    if parsed.kind is not KeyKind.COSIGNATURE:
        raise ValueError(f"A witness cannot be read in {where}: it is a cosignature key, a space, and a web address.")
    return ListedWitness(parsed, address)


def _first_line(body: bytes) -> str:
    return body[:200].decode("utf-8", "replace").partition("\n")[0]

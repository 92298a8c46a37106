"""Signed notes (C2SP signed-note): a text, and signature lines under it that anybody may add to.

A reader knows some keys. Lines of other keys are ignored, so a second kind of signature or a witness can be added
without breaking anybody; but every line must be well formed, and a bad signature of a known key spoils the note.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from cryptonewshub.tlog.canonical import read_base64, write_base64
from cryptonewshub.tlog.keys import ID_SIZE, SigningKey, Statement, VerifierKey, require_name
from cryptonewshub.tlog.refusal import Refused

MOST_SIGNATURES = 100
_DASH = "— "


@dataclass(frozen=True, slots=True)
class Signature:
    """One line under a note: a key's name and id, and the bytes that its kind of signature defines."""

    name: str
    key_id: bytes
    value: bytes

    def __post_init__(self) -> None:
        require_name(self.name)
        if len(self.key_id) != ID_SIZE or not self.value:
            raise ValueError(f"A signature line of {self.name} has no id of four bytes and a signature after it.")

    def __str__(self) -> str:
        """The line, without its end."""
        return f"{_DASH}{self.name} {write_base64(self.key_id + self.value)}"

    @classmethod
    def parse(cls, line: str) -> Signature:
        """Reads one line, without its end. Raises ValueError."""
        name, space, encoded = line.removeprefix(_DASH).partition(" ")
        if not line.startswith(_DASH) or not space:
            raise ValueError("A signature line is not a dash, a name and a signature with single spaces between them.")
        data = read_base64(encoded, "signature in a note")
        return cls(name, data[:ID_SIZE], data[ID_SIZE:])

    def is_by(self, key: VerifierKey) -> bool:
        """Whether the line says that this key made it; nothing is verified."""
        return self.name == key.name and self.key_id == key.id


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends in a line feed, which is what is signed, and one to a hundred signatures."""

    text: str
    signatures: tuple[Signature, ...]

    def __post_init__(self) -> None:
        _require_text(self.text)
        if not 1 <= len(self.signatures) <= MOST_SIGNATURES:
            raise ValueError(f"A note has {len(self.signatures)} signatures; it must have 1 to {MOST_SIGNATURES}.")

    def to_bytes(self) -> bytes:
        """The note as it is stored and served."""
        return "".join([self.text, "\n", *(f"{signature}\n" for signature in self.signatures)]).encode()

    @classmethod
    def parse(cls, data: bytes) -> Note:
        """Reads a note and verifies nothing: its text must not be used before `verify`. Raises ValueError."""
        text, blank, lines = _decode(data).rpartition("\n\n")
        if not blank or not lines.endswith("\n"):
            raise ValueError("A note is a text, an empty line, and signature lines that each end in a line feed.")
        if lines.count("\n") > MOST_SIGNATURES:
            raise ValueError(f"A note has more than {MOST_SIGNATURES} signature lines.")
        return cls(text + "\n", tuple(Signature.parse(line) for line in lines[:-1].split("\n")))


def _decode(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise ValueError("A note is not UTF-8.") from None


def _require_text(text: str) -> None:
    if not text.endswith("\n"):
        raise ValueError("The text of a note does not end in a line feed.")
    if any(sign < " " and sign != "\n" for sign in text):
        raise ValueError("A note has a control character other than the line feed in it.")
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValueError("A note has half of a surrogate pair in it, which UTF-8 cannot hold.")


def sign(text: str, keys: Iterable[SigningKey]) -> Note:
    """A note with this text, signed by each key in turn. Raises ValueError for a text that no note can have."""
    _require_text(text)
    return Note(text, tuple(_signature(text, key, None) for key in keys))


def cosign(note: Note, key: SigningKey, time: int) -> Note:
    """The note with a witness's line at its end; `time` is in seconds since 1970. Verify the note before."""
    return replace(note, signatures=(*note.signatures, _signature(note.text, key, time)))


def _signature(text: str, key: SigningKey, time: int | None) -> Signature:
    return Signature(key.name, key.verifier.id, key.sign(text.encode(), time=time))


def verify(note: Note, keys: Sequence[VerifierKey]) -> tuple[Statement, ...]:
    """What the known keys say of the note, in the order of the lines: each once, by the first of its lines.

    Raises Refused when a signature of a known key is not valid, when two known keys cannot be told apart, or when no
    known key signed.
    """
    statements: dict[VerifierKey, Statement] = {}
    for signature in note.signatures:
        key = _known(signature, keys)
        if key is not None:
            statements.setdefault(key, key.verify(note.text.encode(), signature.value))
    if not statements:
        raise Refused("No known key has signed this note, so nothing in it can be believed.")
    return tuple(statements.values())


def _known(signature: Signature, keys: Sequence[VerifierKey]) -> VerifierKey | None:
    found = [key for key in keys if signature.is_by(key)]
    if len(found) > 1:
        raise Refused(f"Two of the known keys of {signature.name} have the same id and cannot be told apart.")
    return found[0] if found else None

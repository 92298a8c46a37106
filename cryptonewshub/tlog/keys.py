"""Keys of signed notes: a name, a kind of signature, and the key itself; how they are written, and what they sign.

The text form of the public half (vkey) is C2SP's; that of the secret half is the one that Go's sumdb/note reads.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from hashlib import sha256

from cryptonewshub.tlog import ed25519
from cryptonewshub.tlog.canonical import LARGEST_NUMBER, read_base64, read_hex, write_base64
from cryptonewshub.tlog.refusal import Refused

ID_SIZE = 4
_PREFIX = "PRIVATE+KEY+"
_TIME_SIZE = 8


class KeyKind(IntEnum):
    """What a key signs, by the byte that C2SP assigns. Until 0x06, ML-DSA-44, is one of them its lines are unknown."""

    ED25519 = 0x01
    COSIGNATURE = 0x04


@dataclass(frozen=True, slots=True)
class Statement:
    """What a valid signature says: this key signed, and for a cosignature when, in seconds since 1970."""

    key: VerifierKey
    time: int | None = None


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The public half of a key: 32 bytes, with the name that its signature lines carry."""

    name: str
    public: bytes
    kind: KeyKind = KeyKind.ED25519

    def __post_init__(self) -> None:
        require_name(self.name)
        if len(self.public) != ed25519.KEY_SIZE:
            raise ValueError(f"The public key of {self.name} has {len(self.public)} bytes; Ed25519 has 32.")

    @property
    def id(self) -> bytes:
        """The first four bytes of SHA-256(name, line feed, kind, public key): tells keys of one name apart, no more."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:ID_SIZE]

    def __str__(self) -> str:
        """The vkey: name, id in hex and base64 of kind and key, with `+` between."""
        return f"{self.name}+{self.id.hex()}+{write_base64(bytes([self.kind]) + self.public)}"

    @classmethod
    def parse(cls, text: str) -> VerifierKey:
        """Reads a vkey. Raises ValueError when it is damaged or of a kind that is unknown here."""
        name, key_id, kind, public = _parts(text, "verifier key")
        key = cls(name, public, kind)
        _require_id(key, key_id)
        return key

    def verify(self, message: bytes, signature: bytes) -> Statement:
        """What a signature, the bytes after the key's id, says of a note's text. Raises Refused if it is not valid."""
        time = None
        if self.kind is KeyKind.COSIGNATURE:
            time = cosigned_time(signature)
            message, signature = cosigned_message(message, time), signature[_TIME_SIZE:]
        if not ed25519.is_signed(self.public, message, signature):
            raise Refused(f"The signature of {self.name} is not valid: the text was changed, or another key signed it.")
        return Statement(self, time)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The secret half of a key: a seed of 32 bytes, which is never printed."""

    name: str
    seed: bytes = field(repr=False)
    kind: KeyKind = KeyKind.ED25519

    def __post_init__(self) -> None:
        require_name(self.name)
        if len(self.seed) != ed25519.KEY_SIZE:
            raise ValueError(f"The secret key of {self.name} has {len(self.seed)} bytes; Ed25519 has 32.")

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        return VerifierKey(self.name, ed25519.public_key(self.seed), self.kind)

    def secret_text(self) -> str:
        """The form to keep in a file that only its user may read."""
        return f"{_PREFIX}{self.name}+{self.verifier.id.hex()}+{write_base64(bytes([self.kind]) + self.seed)}"

    @classmethod
    def parse(cls, text: str) -> SigningKey:
        """Reads the secret form. Raises ValueError, which never repeats a part of it."""
        if not text.startswith(_PREFIX):
            raise ValueError(f"A secret key begins with {_PREFIX!r}; this text does not.")
        name, key_id, kind, seed = _parts(text.removeprefix(_PREFIX), "secret key")
        key = cls(name, seed, kind)
        _require_id(key.verifier, key_id)
        return key

    def sign(self, message: bytes, *, time: int | None = None) -> bytes:
        """The signature over a note's text, without the key's id; a cosignature's `time` is in seconds since 1970.

        Raises ValueError when a cosignature has no time, or a plain signature has one.
        """
        if (time is None) is (self.kind is KeyKind.COSIGNATURE):
            raise ValueError("A cosignature names its time, and no other signature does.")
        if time is None:
            return ed25519.sign(self.seed, message)
        if not 0 <= time <= LARGEST_NUMBER:
            raise ValueError("The time of a cosignature is not between 0 and 2^63 - 1 seconds since 1970.")
        return time.to_bytes(_TIME_SIZE, "big") + ed25519.sign(self.seed, cosigned_message(message, time))


def cosigned_time(signature: bytes) -> int:
    """When a witness signed, in seconds since 1970. Raises Refused when the bytes are no Ed25519 cosignature."""
    time = int.from_bytes(signature[:_TIME_SIZE], "big")
    if len(signature) != _TIME_SIZE + ed25519.SIGNATURE_SIZE or time > LARGEST_NUMBER:
        raise Refused("A cosignature is not a time before 2^63 and an Ed25519 signature.")
    return time


def cosigned_message(text: bytes, time: int) -> bytes:
    """What a witness signs of a checkpoint's text (C2SP tlog-cosignature, version 1)."""
    return b"cosignature/v1\ntime %d\n" % time + text


def require_name(name: str) -> None:
    """Raises ValueError unless the name can stand in a signature line: no space, no `+`, no control character."""
    if not name or any(sign.isspace() or sign == "+" or not _is_text(sign) for sign in name):
        raise ValueError("A key's name is not empty, and has no space, no control character and no “+” in it.")


def _is_text(sign: str) -> bool:
    return sign >= " " and not "\ud800" <= sign <= "\udfff"


def _parts(text: str, what: str) -> tuple[str, bytes, KeyKind, bytes]:
    """Name, id, kind and key. Only the first two `+` part them: base64 has `+` too."""
    try:
        name, key_id, encoded = text.split("+", 2)
    except ValueError:
        raise ValueError(f"The {what} is not a name, an id and a key with “+” between them.") from None
    tagged = read_base64(encoded, f"key in the {what}")
    if not tagged or tagged[0] not in list(KeyKind):
        raise ValueError(f"The {what} is of a kind that this version does not know: it knows Ed25519 (1 and 4).")
    return name, read_hex(key_id, ID_SIZE, f"id in the {what}"), KeyKind(tagged[0]), tagged[1:]


def _require_id(key: VerifierKey, key_id: bytes) -> None:
    if key.id != key_id:
        raise ValueError(f"The key of {key.name} is damaged: its id is not the one that its name and its bytes give.")

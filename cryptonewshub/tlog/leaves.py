"""Leaves: the bytes of the log's entries, signed by the publishing key and given a time by the sequencer.

An entry is one JSON object in canonical bytes, at most 8 KiB of them; `specs/log.md` has its keys. Whatever can be read
here can be written here, byte for byte the same, and all else is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from cryptonewshub.tlog import ed25519, strict_json
from cryptonewshub.tlog.canonical import HASH_SIZE, read_base64, read_hex, read_time, write_base64, write_time
from cryptonewshub.tlog.keys import ID_SIZE, SigningKey, VerifierKey
from cryptonewshub.tlog.manifests import Basis, Change, Kind, Manifest, Scope, require_time
from cryptonewshub.tlog.refusal import Refused
from cryptonewshub.tlog.strict_json import Value

FORMAT = 1
LARGEST_LEAF = 8 * 1024
_DOMAIN = b"newsroom-entry/v1\n"
_WHAT = "log entry"
_KEYS = {"v", "kind", "made", "article", "version", "prev", "change", "content", "of", "basis", "scope", "doc"}

_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class SignedManifest:
    """A manifest as the publishing worker hands it over: with the id of its key, 4 bytes, and its signature, 64."""

    manifest: Manifest
    key_id: bytes
    signature: bytes

    def __post_init__(self) -> None:
        if len(self.key_id) != ID_SIZE or len(self.signature) != ed25519.SIGNATURE_SIZE:
            raise ValueError("A manifest's signature is not a key's id of 4 bytes and an Ed25519 signature of 64.")

    def to_bytes(self) -> bytes:
        """The canonical bytes, to be kept until the sequencer enters them."""
        return _write(_signed_json(self))

    @classmethod
    def parse(cls, data: bytes) -> SignedManifest:
        """Reads what `to_bytes` wrote, and verifies nothing. Raises ValueError for anything else."""
        return _read_signed(_read(data))


@dataclass(frozen=True, slots=True)
class Leaf:
    """An entry of the log: a signed manifest, and the time at which the sequencer entered it, UTC in whole seconds.

    `at` is not under the manifest's signature: the checkpoint answers for it.
    """

    signed: SignedManifest
    at: datetime

    def __post_init__(self) -> None:
        require_time(self.at)

    @property
    def manifest(self) -> Manifest:
        """What the entry says."""
        return self.signed.manifest

    def to_bytes(self) -> bytes:
        """The entry: what is hashed into the tree. Raises ValueError for more than 8 KiB."""
        return _write({**_signed_json(self.signed), "at": write_time(self.at)})

    @classmethod
    def parse(cls, data: bytes) -> Leaf:
        """Reads an entry strictly, and verifies no signature. Raises ValueError for bytes that nobody may write."""
        value = _read(data)
        at = read_time(_text(value, "at"), "time of entry")
        return cls(_read_signed(_without(value, "at")), at)


def sign_manifest(manifest: Manifest, key: SigningKey) -> SignedManifest:
    """The manifest under the publishing key's signature. Deterministic: signing twice gives the same bytes."""
    return SignedManifest(manifest, key.verifier.id, ed25519.sign(key.seed, signed_bytes(manifest)))


def verify_manifest(signed: SignedManifest, keys: Sequence[VerifierKey]) -> VerifierKey:
    """The key that signed. Raises Refused when none of these did, or the signature is not valid."""
    named = [key for key in keys if key.id == signed.key_id]
    if not named:
        raise Refused(f"A manifest is signed by the key {signed.key_id.hex()}, which is not one of the newsroom's.")
    for key in named:
        if ed25519.is_signed(key.public, signed_bytes(signed.manifest), signed.signature):
            return key
    raise Refused(f"A manifest's signature by the key {signed.key_id.hex()} is not valid: the manifest was changed.")


def signed_bytes(manifest: Manifest) -> bytes:
    """What the publishing key signs: a line that says what for, and the manifest's canonical bytes."""
    return _DOMAIN + strict_json.write(_manifest_json(manifest))


def _write(value: dict[str, Value]) -> bytes:
    data = strict_json.write(value)
    _require_size(data)
    return data


def _read(data: bytes) -> dict[str, Value]:
    _require_size(data)
    return strict_json.read(data, _WHAT)


def _require_size(data: bytes) -> None:
    if len(data) > LARGEST_LEAF:
        raise ValueError(f"The {_WHAT} has {len(data)} bytes; it may have at most {LARGEST_LEAF}.")


def _signed_json(signed: SignedManifest) -> dict[str, Value]:
    signature: Value = {"key": signed.key_id.hex(), "ed25519": write_base64(signed.signature)}
    return {**_manifest_json(signed.manifest), "sig": signature}


def _manifest_json(manifest: Manifest) -> dict[str, Value]:
    """The keys of the table in `specs/log.md`; what is not there is absent."""
    given: dict[str, Value | None] = {
        "v": FORMAT,
        "kind": manifest.kind.value,
        "made": write_time(manifest.made),
        "article": None if manifest.article is None else str(manifest.article),
        "version": manifest.version,
        "prev": _hex(manifest.prev),
        "change": manifest.change and manifest.change.value,
        "content": _hex(manifest.content),
        "of": None if manifest.of is None else list(manifest.of),
        "basis": manifest.basis and manifest.basis.value,
        "scope": manifest.scope and manifest.scope.value,
        "doc": _hex(manifest.doc),
    }
    return {key: value for key, value in given.items() if value is not None}


def _hex(value: bytes | None) -> str | None:
    return None if value is None else value.hex()


def _read_signed(value: dict[str, Value]) -> SignedManifest:
    signature = value.get("sig")
    if not isinstance(signature, dict) or set(signature) != {"key", "ed25519"}:
        raise ValueError(f"The {_WHAT} has no signature with a key and nothing else.")
    key_id = read_hex(_text(signature, "key"), ID_SIZE, "id of the signing key")
    manifest = _read_manifest(_without(value, "sig"))
    return SignedManifest(manifest, key_id, read_base64(_text(signature, "ed25519"), "signature of a manifest"))


def _read_manifest(value: dict[str, Value]) -> Manifest:
    if value.get("v") != FORMAT:
        raise ValueError(f"The {_WHAT} is not of format {FORMAT}, the one that this version reads.")
    if value.keys() - _KEYS:
        raise ValueError(f"The {_WHAT} has a key that no manifest has: {min(value.keys() - _KEYS)!a}.")
    return Manifest(
        kind=_word(value, "kind", Kind),
        made=read_time(_text(value, "made"), "time in a manifest"),
        article=_uuid(_text(value, "article")) if "article" in value else None,
        version=_number(value["version"]) if "version" in value else None,
        prev=_hash(value, "prev"),
        change=_word(value, "change", Change) if "change" in value else None,
        content=_hash(value, "content"),
        of=_numbers(value["of"]) if "of" in value else None,
        basis=_word(value, "basis", Basis) if "basis" in value else None,
        scope=_word(value, "scope", Scope) if "scope" in value else None,
        doc=_hash(value, "doc"),
    )


def _without(value: dict[str, Value], key: str) -> dict[str, Value]:
    return {name: inner for name, inner in value.items() if name != key}


def _word(value: dict[str, Value], key: str, words: type[_Word]) -> _Word:
    try:
        return words(_text(value, key))
    except ValueError:
        raise ValueError(f"The {_WHAT} has another value for “{key}” than {', '.join(words)}.") from None


def _text(value: dict[str, Value], key: str) -> str:
    found = value.get(key)
    if not isinstance(found, str):
        raise ValueError(f"The {_WHAT} has no text for “{key}”.")
    return found


def _number(value: Value) -> int:
    if not isinstance(value, int):
        raise ValueError(f"The {_WHAT} has something else where a number must be.")
    return value


def _numbers(value: Value) -> tuple[int, ...]:
    if not isinstance(value, list):
        raise ValueError(f"The {_WHAT} has something else where a list of numbers must be.")
    return tuple(_number(item) for item in value)


def _hash(value: dict[str, Value], key: str) -> bytes | None:
    return read_hex(_text(value, key), HASH_SIZE, f"hash “{key}” in a manifest") if key in value else None


def _uuid(text: str) -> UUID:
    try:
        found = UUID(text)
    except ValueError:
        found = None
    if found is None or str(found) != text:
        raise ValueError("The article in a manifest is not a UUID in lower case.")
    return found

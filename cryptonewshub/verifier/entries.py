"""Entries of the log, read strictly after `specs/log.md`: each kind has its keys and no other, and a signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptonewshub.verifier.canonical import LARGEST_INTEGER, Refused, canonical, read_base64, read_canonical
from cryptonewshub.verifier.ed25519 import is_signed
from cryptonewshub.verifier.log import Key, leaf_hash

_REMOVAL = {"article", "prev", "of", "basis", "scope"}
_KEYS = {
    "genesis": {"doc"},
    "version": {"article", "version", "prev", "change", "content"},
    "withdraw": _REMOVAL,
    "restore": {*_REMOVAL, "content"},
    "move": {"article", "prev"},
    "key": {"doc"},
    "policy": {"doc"},
    "end": {"doc"},
}
_HEX = r"[0-9a-f]{64}"
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_WORDS = {
    "change": "first|update|minor|clarification|correction|retraction|import",
    "basis": "legal|privacy|safety|error",
    "scope": "whole|fields",
    "article": _UUID,
    "prev": _HEX,
    "content": _HEX,
    "doc": _HEX,
}
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_LARGEST = 8 * 1024


@dataclass(frozen=True)
class Entry:
    """One entry: its bytes' hash, and what it says under the keys of the specification."""

    index: int
    hash: bytes
    value: dict[str, Any]

    @property
    def kind(self) -> str:
        return str(self.value["kind"])

    @property
    def article(self) -> str:
        return str(self.value.get("article", ""))

    @property
    def version(self) -> int:
        return int(self.value.get("version", 0))

    @property
    def content(self) -> str:
        return str(self.value.get("content", ""))


def read_entry(index: int, data: bytes) -> Entry:
    """Raises ValueError for bytes that nobody may enter."""
    if len(data) > _LARGEST:
        raise ValueError(f"Entry {index} is longer than {_LARGEST} bytes.")
    value = read_canonical(data, f"entry {index}")
    allowed = _KEYS.get(value.get("kind", "")) if isinstance(value.get("kind"), str) else None
    if allowed is None or value.get("v") != 1:
        raise ValueError(f"Entry {index} is of a kind or a format that is not in the specification.")
    missing = ({"v", "kind", "made", "at", "sig"} | allowed) - value.keys() - {"prev"}
    if missing or value.keys() - allowed - {"v", "kind", "made", "at", "sig"}:
        raise ValueError(f"Entry {index} does not have the keys of a “{value['kind']}” and no other.")
    _require_values(index, value)
    return Entry(index, leaf_hash(data), value)


def _require_values(index: int, value: dict[str, Any]) -> None:
    for key, pattern in _WORDS.items():
        if key in value and not (isinstance(value[key], str) and re.fullmatch(pattern, value[key])):
            raise ValueError(f"Entry {index} has a wrong value for “{key}”.")
    for key in ("made", "at"):
        _require_time(index, value[key])
    _require_version(index, value)
    of = value.get("of", [0])
    if not isinstance(of, list) or not of or not all(type(n) is int and n >= 0 for n in of) or of != sorted(set(of)):
        raise ValueError(f"Entry {index} names no entries, or not in rising order.")
    signature = value["sig"]
    if not isinstance(signature, dict) or signature.keys() != {"key", "ed25519"}:
        raise ValueError(f"Entry {index} has no signature.")
    if not all(isinstance(part, str) for part in signature.values()) or not re.fullmatch(
        "[0-9a-f]{8}", signature["key"]
    ):
        raise ValueError(f"Entry {index} is signed by something that is no key.")
    if len(read_base64(signature["ed25519"], f"signature of entry {index}")) != 64:
        raise ValueError(f"The signature of entry {index} is not 64 bytes long.")


def _require_version(index: int, value: dict[str, Any]) -> None:
    if "article" not in value:
        return
    version = value.get("version")
    if value["kind"] == "version" and not (type(version) is int and 1 <= version <= LARGEST_INTEGER):
        raise ValueError(f"Entry {index} has no version.")
    if ("prev" in value) is (version == 1):
        raise ValueError(f"Entry {index} names the entry before it where it may not, or does not where it must.")
    if value["kind"] == "version" and (value["change"] in ("first", "import")) is not (version == 1):
        raise ValueError(f"Entry {index} has a class of change that this version cannot have.")


def _require_time(index: int, text: Any) -> None:
    try:
        if isinstance(text, str) and _TIME.fullmatch(text):
            datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z")
            return
    except ValueError:
        pass
    raise ValueError(f"Entry {index} has no time of the form YYYY-MM-DDTHH:MM:SSZ.")


def verify_entry(entry: Entry, keys: Sequence[Key]) -> None:
    """Raises Refused unless one of the newsroom's keys signed it."""
    signed = {key: value for key, value in entry.value.items() if key not in ("at", "sig")}
    text = b"newsroom-entry/v1\n" + canonical(signed)
    signature = read_base64(entry.value["sig"]["ed25519"], "signature")
    named = [key for key in keys if key.id.hex() == entry.value["sig"]["key"]]
    if not named:
        raise Refused(f"Entry {entry.index} is signed by a key that is not one of the newsroom’s.")
    if not any(is_signed(key.public, text, signature) for key in named):
        raise Refused(f"The signature of entry {entry.index} is not valid: the entry was changed or forged.")

"""Which keys speak for a newsroom, and from which entry to which: what `keys.json` and the entries' key documents say.

A document that an entry commits to names the keys that hold from there on. Read one after another, those documents give
the list, so `keys.json` is a convenience: nothing in it has to be believed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from cryptonewshub.tlog import strict_json
from cryptonewshub.tlog.canonical import HASH_SIZE, read_hex
from cryptonewshub.tlog.keys import VerifierKey
from cryptonewshub.tlog.strict_json import Value

FORMAT = 1
_WHAT = "document of keys"
_LIST = "list of keys"


@dataclass(frozen=True, slots=True)
class EarlierLog:
    """The log that a new one goes on from: its name, its last size, and the root over that many entries."""

    origin: str
    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class KeyDocument:
    """What a `genesis` or `key` entry commits to: the keys that sign checkpoints, and those that sign entries.

    They hold from there on. Two keys of a kind stand there while one replaces the other.
    """

    origin: str
    log: tuple[VerifierKey, ...]
    desk: tuple[VerifierKey, ...]
    earlier: EarlierLog | None = None

    def __post_init__(self) -> None:
        if not self.log or not self.desk:
            raise ValueError(f"A {_WHAT} names no key for checkpoints, or none for entries.")
        if any(key.name != self.origin for key in self.log):
            raise ValueError(f"A {_WHAT} names a key for checkpoints that does not bear the log's name.")

    def to_bytes(self) -> bytes:
        """The canonical bytes, whose hash the entry has."""
        value: dict[str, Value] = {
            "v": FORMAT,
            "origin": self.origin,
            "log": [str(key) for key in self.log],
            "desk": [str(key) for key in self.desk],
        }
        if self.earlier:
            earlier = self.earlier
            value["earlier"] = {"origin": earlier.origin, "size": earlier.size, "root": earlier.root.hex()}
        return strict_json.write(value)

    @classmethod
    def parse(cls, data: bytes) -> KeyDocument:
        """Reads canonical bytes. Raises ValueError."""
        value = _object(strict_json.read(data, _WHAT), {"v", "origin", "log", "desk"}, {"earlier"}, _WHAT)
        return cls(
            origin=_text(value, "origin", _WHAT),
            log=tuple(VerifierKey.parse(_as_text(item, _WHAT)) for item in _items(value, "log", _WHAT)),
            desk=tuple(VerifierKey.parse(_as_text(item, _WHAT)) for item in _items(value, "desk", _WHAT)),
            earlier=_earlier(value["earlier"]) if "earlier" in value else None,
        )


@dataclass(frozen=True, slots=True)
class ListedKey:
    """A key and its term: for entries with `start` <= index < `end`, for checkpoints of `start` <= size < `end`."""

    key: VerifierKey
    start: int
    end: int | None = None

    def holds_at(self, place: int) -> bool:
        return self.start <= place and (self.end is None or place < self.end)


@dataclass(frozen=True, slots=True)
class KeyList:
    """Every key that the log ever had, oldest first, with its term."""

    origin: str
    log: tuple[ListedKey, ...]
    desk: tuple[ListedKey, ...]

    @classmethod
    def founded(cls, document: KeyDocument) -> KeyList:
        """The list of a log whose first entry commits to the document: its keys hold from the very beginning."""
        return cls(
            document.origin,
            tuple(ListedKey(key, 0) for key in document.log),
            tuple(ListedKey(key, 0) for key in document.desk),
        )

    def after(self, index: int, document: KeyDocument) -> KeyList:
        """The list once entry `index` has committed to the document, which holds for entries after that one, and for
        the checkpoints that cover it. Raises ValueError for a document of another log.
        """
        if document.origin != self.origin:
            raise ValueError(f"The {_WHAT} is of the log {document.origin}, not of {self.origin}.")
        start = index + 1
        return replace(
            self, log=_succeeded(self.log, document.log, start), desk=_succeeded(self.desk, document.desk, start)
        )

    def log_keys(self, size: int | None = None) -> tuple[VerifierKey, ...]:
        """The keys that sign a checkpoint of `size` entries; without a size, all that ever did."""
        return _held(self.log, size)

    def desk_keys(self, index: int | None = None) -> tuple[VerifierKey, ...]:
        """The keys that sign entry `index`; without an index, all that ever did."""
        return _held(self.desk, index)

    def to_bytes(self) -> bytes:
        """`keys.json`."""
        value: dict[str, Value] = {"v": FORMAT, "origin": self.origin}
        value["log"] = [_listed_json(listed) for listed in self.log]
        value["desk"] = [_listed_json(listed) for listed in self.desk]
        return strict_json.write(value)

    @classmethod
    def parse(cls, data: bytes) -> KeyList:
        """Reads `keys.json`. Raises ValueError."""
        value = _object(strict_json.read(data, _LIST), {"v", "origin", "log", "desk"}, set(), _LIST)
        return cls(
            origin=_text(value, "origin", _LIST),
            log=tuple(map(_listed, _items(value, "log", _LIST))),
            desk=tuple(map(_listed, _items(value, "desk", _LIST))),
        )


def _succeeded(listed: Iterable[ListedKey], keys: tuple[VerifierKey, ...], start: int) -> tuple[ListedKey, ...]:
    """The terms of keys that are not named any more end; those of new ones begin."""
    listed = tuple(listed)
    held = {item.key for item in listed if item.end is None}
    kept = [replace(item, end=start) if item.end is None and item.key not in keys else item for item in listed]
    return (*kept, *(ListedKey(key, start) for key in keys if key not in held))


def _held(listed: tuple[ListedKey, ...], place: int | None) -> tuple[VerifierKey, ...]:
    found = (item.key for item in listed if place is None or item.holds_at(place))
    return tuple(dict.fromkeys(found))


def _listed_json(listed: ListedKey) -> dict[str, Value]:
    term: dict[str, Value] = {"vkey": str(listed.key), "from": listed.start}
    return term if listed.end is None else {**term, "to": listed.end}


def _listed(item: Value) -> ListedKey:
    value = _object(item, {"vkey", "from"}, {"to"}, _LIST)
    end = _number(value, "to", _LIST) if "to" in value else None
    return ListedKey(VerifierKey.parse(_text(value, "vkey", _LIST)), _number(value, "from", _LIST), end)


def _earlier(item: Value) -> EarlierLog:
    value = _object(item, {"origin", "size", "root"}, set(), _WHAT)
    root = read_hex(_text(value, "root", _WHAT), HASH_SIZE, f"root in a {_WHAT}")
    return EarlierLog(_text(value, "origin", _WHAT), _number(value, "size", _WHAT), root)


def _object(value: Value, needed: set[str], allowed: set[str], what: str) -> dict[str, Value]:
    if not isinstance(value, dict) or not needed <= value.keys() or value.keys() - needed - allowed:
        raise ValueError(f"A {what} does not have the keys {', '.join(sorted(needed))} and no other.")
    if value.get("v", FORMAT) != FORMAT:
        raise ValueError(f"A {what} is not of format {FORMAT}, the one that this version reads.")
    return value


def _items(value: dict[str, Value], key: str, what: str) -> list[Value]:
    found = value[key]
    if not isinstance(found, list):
        raise ValueError(f"A {what} has no list for “{key}”.")
    return found


def _text(value: dict[str, Value], key: str, what: str) -> str:
    return _as_text(value[key], what)


def _as_text(value: Value, what: str) -> str:
    if not isinstance(value, str):
        raise ValueError(f"A {what} has something else where a text must be.")
    return value


def _number(value: dict[str, Value], key: str, what: str) -> int:
    found = value[key]
    if not isinstance(found, int) or found < 0:
        raise ValueError(f"A {what} has something else where a number must be.")
    return found

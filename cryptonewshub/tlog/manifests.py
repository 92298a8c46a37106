"""Manifests: what an entry of the log says, and which entries there can be at all.

An entry can never be removed, and what is in it could one day be ordered away. So a manifest holds whole numbers,
times, ids, hashes and words out of fixed lists, and its types leave no room for anything else: no name, no headline, no
address and no free text. It commits to a published document by its hash.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from cryptonewshub.tlog.canonical import HASH_SIZE, is_whole_second
from cryptonewshub.tlog.strict_json import LARGEST_INTEGER


class Kind(StrEnum):
    """What an entry records."""

    GENESIS = "genesis"
    VERSION = "version"
    WITHDRAW = "withdraw"
    RESTORE = "restore"
    MOVE = "move"
    KEY = "key"
    POLICY = "policy"
    END = "end"


class Change(StrEnum):
    """The class of change that made a version."""

    FIRST = "first"
    UPDATE = "update"
    MINOR = "minor"
    CLARIFICATION = "clarification"
    CORRECTION = "correction"
    RETRACTION = "retraction"
    IMPORT = "import"


class Basis(StrEnum):
    """Why something was withdrawn or restored."""

    LEGAL = "legal"
    PRIVACY = "privacy"
    SAFETY = "safety"
    ERROR = "error"


class Scope(StrEnum):
    """How much of it."""

    WHOLE = "whole"
    FIELDS = "fields"


_OF_AN_ARTICLE = {"article", "prev"}
_OF_A_REMOVAL = {"article", "prev", "of", "basis", "scope"}
_FIELDS: dict[Kind, set[str]] = {
    Kind.GENESIS: {"doc"},
    Kind.VERSION: {*_OF_AN_ARTICLE, "version", "change", "content"},
    Kind.WITHDRAW: _OF_A_REMOVAL,
    Kind.RESTORE: {*_OF_A_REMOVAL, "content"},
    Kind.MOVE: _OF_AN_ARTICLE,
    Kind.KEY: {"doc"},
    Kind.POLICY: {"doc"},
    Kind.END: {"doc"},
}


# Types are what keeps words out of the log, so they are held at run time too.
_TYPES: dict[str, type] = {
    "kind": Kind,
    "made": datetime,
    "article": UUID,
    "version": int,
    "prev": bytes,
    "change": Change,
    "content": bytes,
    "of": tuple,
    "basis": Basis,
    "scope": Scope,
    "doc": bytes,
}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one entry says. `made` is UTC, in whole seconds; hashes are 32 bytes; `of` are indexes of entries, rising.

    Every kind has the fields of its row in `specs/log.md` and no other; the first version of an article, and only that,
    has no `prev`. Raises ValueError when that does not hold.
    """

    kind: Kind
    made: datetime
    article: UUID | None = None
    version: int | None = None
    prev: bytes | None = None
    change: Change | None = None
    content: bytes | None = None
    of: tuple[int, ...] | None = None
    basis: Basis | None = None
    scope: Scope | None = None
    doc: bytes | None = None

    def __post_init__(self) -> None:
        _require_types(self)
        _require_fields(self)
        _require_first(self)


def _require_types(manifest: Manifest) -> None:
    for name, kind in _TYPES.items():
        value = getattr(manifest, name)
        if value is not None and type(value) is not kind:
            raise ValueError(f"The field “{name}” of a manifest has a value of a wrong type.")
    require_time(manifest.made)
    _require_numbers(manifest)
    if any(value is not None and len(value) != HASH_SIZE for value in (manifest.prev, manifest.content, manifest.doc)):
        raise ValueError("A manifest has a hash that is not 32 bytes long.")


def require_time(time: datetime) -> None:
    """Raises ValueError unless it is a time in UTC without a fraction of a second."""
    if type(time) is not datetime or not is_whole_second(time):
        raise ValueError("A time in the log must be in UTC and in whole seconds.")


def _require_numbers(manifest: Manifest) -> None:
    if manifest.version is not None and not 1 <= manifest.version <= LARGEST_INTEGER:
        raise ValueError("The version in a manifest is not a number from 1 to 2^53 - 1.")
    of = manifest.of
    if of is not None and not (of and all(type(index) is int and 0 <= index <= LARGEST_INTEGER for index in of)):
        raise ValueError("The entries that a manifest is of are not one or more numbers from 0 to 2^53 - 1.")
    if of is not None and list(of) != sorted(set(of)):
        raise ValueError("The entries that a manifest is of are not in rising order, each once.")


def _require_fields(manifest: Manifest) -> None:
    if manifest.kind not in _FIELDS:
        raise ValueError("A manifest has no kind.")
    allowed = _FIELDS[manifest.kind]
    given = {name for name in _TYPES if getattr(manifest, name) is not None} - {"kind", "made"}
    if given - allowed:
        raise ValueError(f"A manifest of the kind “{manifest.kind}” cannot have “{min(given - allowed)}”.")
    missing = allowed - given - {"prev"}
    if missing:
        raise ValueError(f"A manifest of the kind “{manifest.kind}” must have “{min(missing)}”.")


def _require_first(manifest: Manifest) -> None:
    is_first = manifest.version == 1
    if manifest.article is not None and (manifest.prev is None) is not is_first:
        raise ValueError("An article's first version names no previous entry, and each later entry of it names one.")
    if manifest.kind is Kind.VERSION and (manifest.change in (Change.FIRST, Change.IMPORT)) is not is_first:
        raise ValueError("The first version of an article has the change “first” or “import”, and no later one has.")

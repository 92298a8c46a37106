"""The log since it was last seen: it only grew, and each new entry is readable, signed, and the next of its article."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from cryptonewshub.verifier.canonical import Refused, read_canonical
from cryptonewshub.verifier.entries import Entry, read_entry, verify_entry
from cryptonewshub.verifier.log import Checkpoint, Key, Read, Tree, leaf_hash, read_entries, tile_root
from cryptonewshub.verifier.memory import Seen, as_keys
from cryptonewshub.verifier.places import Place

_ALARM = "THE LOG'S HISTORY WAS REWRITTEN, OR TWO READERS ARE SHOWN TWO LOGS."
_KEEP = "Keep both checkpoints: together they prove it."


class RewrittenError(Refused):
    """The log contradicts what was signed and seen before."""


def read_on(place: Place, checkpoint: Checkpoint, seen: Seen) -> int:
    """Takes in the entries that are new under the checkpoint, and returns how many there are.

    What is wrong with single entries goes to `seen.faults`. Raises RewrittenError, or Refused or OSError when the files
    are not those that were signed; `seen` is as it was then.
    """

    def read(path: str) -> bytes:
        return place.read(f"/log/{path}")

    tree = Tree(seen.size, [bytes.fromhex(peak) for peak in seen.peaks])
    _require_growth(checkpoint, seen, tree.root)
    if tile_root(checkpoint.size, read) != checkpoint.root:
        raise Refused("The tiles of the log (tile/) do not hash to the root that was signed: they were changed.")
    entries = list(read_entries(seen.size, checkpoint.size, read))
    for data in entries:
        tree.add(leaf_hash(data))
    if tree.root != checkpoint.root:
        if seen.size and _is_another_list(checkpoint, read):
            raise RewrittenError(f"{_ALARM} Its first {seen.size} entries are not those that were seen before. {_KEEP}")
        raise Refused("The entries of the log (tile/entries/) do not hash to the root that was signed.")
    follower = _Follower(place, seen)
    for index, data in enumerate(entries, start=seen.size):
        seen.faults += follower.follow(index, data)
    seen.origin, seen.size, seen.peaks = checkpoint.origin, checkpoint.size, [peak.hex() for peak in tree.peaks]
    return len(entries)


def _require_growth(checkpoint: Checkpoint, seen: Seen, old: bytes) -> None:
    if seen.origin not in ("", checkpoint.origin):
        raise Refused(f"This is the log {checkpoint.origin}; the state file follows {seen.origin}.")
    if checkpoint.size < seen.size:
        raise RewrittenError(
            f"{_ALARM} It had {seen.size} entries when it was last seen, and is shown with {checkpoint.size} now. "
            f"(If a cache between you and the site is slow, the next run is well again.) {_KEEP}"
        )
    if checkpoint.size == seen.size and seen.size and checkpoint.root != old:
        raise RewrittenError(f"{_ALARM} Two different roots were signed for {seen.size} entries. {_KEEP}")


def _is_another_list(checkpoint: Checkpoint, read: Read) -> bool:
    """Whether the entries from the first on are those that were signed: then it is the past that was another one."""
    whole = Tree()
    for data in read_entries(0, checkpoint.size, read):
        whole.add(leaf_hash(data))
    return whole.root == checkpoint.root


class _Follower:
    """Entry after entry, with the keys that hold where it stands."""

    def __init__(self, place: Place, seen: Seen) -> None:
        self._place, self._seen = place, seen
        self._desk: tuple[Key, ...] = as_keys(seen.desk)

    def follow(self, index: int, data: bytes) -> Iterator[str]:
        """Takes the entry in. Says what is wrong with it."""
        seen = self._seen
        if seen.end:
            yield f"Entry {index} stands after the entry that ends the log."
        try:
            entry = read_entry(index, data)
        except ValueError as error:
            yield str(error)
            return
        yield from self._document(entry)
        try:
            verify_entry(entry, self._desk)
        except ValueError as error:
            yield str(error)
        self._desk = as_keys(seen.desk)
        if entry.value["at"] < seen.at:
            yield f"Entry {index} is of {entry.value['at']}, which is before the entry before it ({seen.at})."
        seen.at = max(seen.at, entry.value["at"])
        if entry.article:
            yield from self._chain(entry)

    def _document(self, entry: Entry) -> Iterator[str]:
        """The document of a `genesis`, `key`, `policy` or `end` entry. Keys hold from the next entry on."""
        if (entry.kind == "genesis") is not (entry.index == 0):
            yield f"Entry {entry.index} is a “{entry.kind}”: the first entry of a log, and no other, is its “genesis”."
        if "doc" not in entry.value:
            return
        name = entry.value["doc"]
        try:
            data = self._place.read(f"/log/doc/{name}")
            if sha256(data).hexdigest() != name:
                raise Refused("it was changed.")
            if entry.kind in ("genesis", "key"):
                self._take_keys(read_canonical(data, "document"))
            if entry.kind == "end":
                self._seen.end = str(read_canonical(data, "document")["next"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            yield f"The document of entry {entry.index} (/log/doc/{name}) cannot be used: {error}"
        if entry.kind == "genesis":
            self._desk = as_keys(self._seen.desk)

    def _take_keys(self, value: dict[str, Any]) -> None:
        log, desk = ([str(text) for text in value[kind]] for kind in ("log", "desk"))
        if not log or not desk or any(key.name != value["origin"] for key in as_keys(log)) or not as_keys(desk):
            raise Refused("it does not name the keys of this log.")
        self._seen.log, self._seen.desk = log, desk

    def _chain(self, entry: Entry) -> Iterator[str]:
        seen, article, index = self._seen, entry.article, entry.index
        if entry.value.get("prev") != seen.last.get(article):
            yield f"Entry {index} does not follow the last entry of its article ({article}): “prev” is another one."
        seen.last[article] = entry.hash.hex()
        if entry.kind == "version":
            yield from self._version(entry)
        if entry.kind == "withdraw":
            yield from self._withdraw(entry)
        if entry.kind == "restore":
            yield from self._restore(entry)

    def _version(self, entry: Entry) -> Iterator[str]:
        seen, article = self._seen, entry.article
        due = seen.versions.get(article, 0) + 1
        if entry.version != due:
            yield f"Entry {entry.index} is version {entry.version} of article {article}, where version {due} is due."
        if entry.content in seen.documents:
            yield f"Entry {entry.index} commits to the document of entry {seen.documents[entry.content][1]}."
        seen.versions[article] = max(entry.version, due - 1)
        seen.newest[article], seen.times[article] = entry.content, entry.value["at"]
        seen.documents.setdefault(entry.content, [article, entry.index, entry.version])
        seen.contents[str(entry.index)] = entry.content

    def _withdraw(self, entry: Entry) -> Iterator[str]:
        seen = self._seen
        seen.withdrawals[str(entry.index)] = entry.article
        for index in entry.value["of"]:
            content = seen.contents.get(str(index))
            if content is None or seen.documents[content][0] != entry.article:
                yield f"Entry {entry.index} withdraws entry {index}, which is no version of its article."
                continue
            seen.withdrawn[content] = entry.index
        seen.times[entry.article] = entry.value["at"]

    def _restore(self, entry: Entry) -> Iterator[str]:
        seen = self._seen
        if any(seen.withdrawals.get(str(index)) != entry.article for index in entry.value["of"]):
            yield f"Entry {entry.index} undoes an entry that is no withdrawal of its article."
        if seen.withdrawn.pop(entry.content, None) is None:
            yield f"Entry {entry.index} restores a document that was not withdrawn."
        seen.contents[str(entry.index)] = entry.content
        seen.documents.setdefault(entry.content, [entry.article, entry.index, 0])
        seen.times[entry.article] = entry.value["at"]

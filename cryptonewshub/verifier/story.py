"""Verifying one page: every edition that it shows is in the log, and it says what was sealed and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptonewshub.verifier.canonical import Refused, read_canonical
from cryptonewshub.verifier.entries import Entry, read_entry, verify_entry
from cryptonewshub.verifier.log import (
    Checkpoint,
    Key,
    Proof,
    leaf_hash,
    open_checkpoint,
    read_entries,
    verify_inclusion,
)
from cryptonewshub.verifier.page import Reading, Scope, read_page, read_shown
from cryptonewshub.verifier.places import GoneError, Place
from cryptonewshub.verifier.projection import Sealed, differences
from cryptonewshub.verifier.sealed import collapsed
from cryptonewshub.verifier.theme import Theme

WORDS = "/verify/words.json"
KEYS = "/log/keys.json"


class Unusable(ValueError):  # noqa: N818 - it is about the input
    """What was given cannot be verified at all; the sentence says what is missing and what to do."""


@dataclass(frozen=True)
class Step:
    """One thing that was looked at: `holds` is None where it could not be."""

    holds: bool | None
    text: str


@dataclass
class Report:
    """What was found of a page, step by step."""

    page: str
    steps: list[Step] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def verified(self) -> bool:
        return all(step.holds is not False for step in self.steps) and any(step.holds for step in self.steps)

    def add(self, holds: bool | None, text: str) -> None:
        self.steps.append(Step(holds, text))


@dataclass(frozen=True)
class Term:
    """A key and where it holds: for sizes of the log, or indexes of entries, from `first` up to and without `end`."""

    key: Key
    first: int = 0
    end: int = 2**53


@dataclass(frozen=True)
class Keys:
    """Whose signatures count: the log's and the desk's keys, and whether the reader brought the log's key along."""

    log: tuple[Term, ...]
    desk: tuple[Term, ...]
    is_own: bool

    def of_log(self, size: int | None = None) -> tuple[Key, ...]:
        """Those that may sign a log, of that size."""
        return tuple(term.key for term in self.log if size is None or term.first <= size < term.end)

    def of_desk(self, index: int) -> tuple[Key, ...]:
        """Those that may sign the entry."""
        return tuple(term.key for term in self.desk if term.first <= index < term.end)


def read_keys(place: Place, given: str | None) -> Keys:
    """The keys that the site lists; of the log only the reader's own, if there is one. Raises Unusable."""
    try:
        listed = read_canonical(place.read(KEYS), "list of keys")
        log, desk = (tuple(map(_term, listed[name])) for name in ("log", "desk"))
    except OSError as error:
        raise Unusable(
            f"There is no list of keys, {KEYS} ({error}). The entry’s signature cannot be verified."
        ) from None
    except (KeyError, TypeError) as error:
        raise Unusable(f"The list of keys cannot be read: {error!r}.") from None
    if not log or not desk or any(term.key.name != listed.get("origin") for term in log):
        raise Unusable("The list of keys names no key of the log, or none of the newsroom’s, or is of another log.")
    return Keys((Term(Key.parse(given)),), desk, True) if given else Keys(log, desk, False)


def _term(item: dict[str, Any]) -> Term:
    """Raises KeyError, TypeError or ValueError."""
    first, end = item["from"], item.get("to", 2**53)
    if not isinstance(first, int) or not isinstance(end, int) or first >= end:
        raise ValueError("A key in the list of keys does not say from where to where it holds.")
    return Term(Key.parse(item["vkey"]), first, end)


def verify_page(place: Place, address: str, page: bytes, *, key: str | None = None) -> Report:
    """Everything that can be checked of a page. Raises Unusable when it shows no edition, or there are no keys."""
    report = Report(address)
    keys = read_keys(place, key)
    try:
        reading = read_shown(read_page(page.decode()))
    except UnicodeDecodeError:
        raise Unusable("The page is not UTF-8 text.") from None
    except ValueError as error:
        report.add(False, str(error))
        return report
    scopes = reading.scopes
    if not scopes:
        raise Unusable("This page shows no edition of a story, so there is nothing in it to verify.")
    _say_whose_key(keys, report)
    editions = {scope.content: found for scope in scopes if (found := _edition(place, scope, keys, reading, report))}
    _compare(place, reading, editions, report)
    return report


def _say_whose_key(keys: Keys, report: Report) -> None:
    if not keys.is_own:
        names = ", ".join(f"{key.name}+{key.id.hex()}" for key in keys.of_log())
        report.add(
            None,
            f"The log’s key was taken from the site itself ({names}). Get it another way once, and give it with --key.",
        )


def _edition(place: Place, scope: Scope, keys: Keys, reading: Reading, report: Report) -> Sealed | None:
    """One edition that the page names, checked against the log. None where its document is not at hand."""
    is_main = scope in reading.whole
    what = f"version {scope.version}" + ("" if is_main else f" of article {scope.article[:8]}")
    try:
        data = place.read(f"/log/content/{scope.content}")
    except GoneError:
        report.add(None, f"The document of {what} was withdrawn; its words cannot be compared any more.")
        return None
    except OSError as error:
        report.add(False if is_main else None, f"The document of {what} is not at hand: {error}")
        return None
    try:
        content = _content(data, scope, what)
        if is_main:
            report.facts |= {"article": scope.article, "version": scope.version, "content": scope.content}
            report.facts["headline"] = collapsed(str(content.get("headline", "")))
        _require_entry(place, scope, keys, what, report)
    except ValueError as error:
        report.add(False, str(error))
        return None
    return Sealed.of(content)


def _content(data: bytes, scope: Scope, what: str) -> dict[str, Any]:
    if sha256(data).hexdigest() != scope.content:
        raise Refused(f"The sealed document of {what} was changed: its SHA-256 is not the one that the page names.")
    return read_canonical(data, f"document of {what}")


def _require_entry(place: Place, scope: Scope, keys: Keys, what: str, report: Report) -> None:
    if not scope.entry:
        raise Refused(f"The page does not say where {what} is in the log.")
    try:
        proof = Proof.parse(place.read(f"/log/proof/{scope.entry}.tlog-proof"))
    except OSError as error:
        raise Refused(f"The proof of {what} is not at hand: {error}") from None
    entry, checkpoint = _proved(place, proof, keys)
    said = (entry.article, str(entry.version), entry.content, str(proof.index))
    if entry.kind != "version" or said != (scope.article, scope.version, scope.content, scope.entry):
        raise Refused(f"Entry {proof.index} of the log is not about {what}.")
    verify_entry(entry, keys.of_desk(proof.index))
    report.add(
        True,
        f"{what[0].upper()}{what[1:]} is entry {proof.index} of the log {checkpoint.origin}, which had "
        f"{checkpoint.size} entries when it was signed. It was entered on {_day(entry)}.",
    )


def _day(entry: Entry) -> str:
    return f"{entry.value['at'][:10]} at {entry.value['at'][11:16]} UTC"


def _proved(place: Place, proof: Proof, keys: Keys) -> tuple[Entry, Checkpoint]:
    checkpoint = open_checkpoint(proof.checkpoint, keys.of_log())
    open_checkpoint(proof.checkpoint, keys.of_log(checkpoint.size))
    data = proof.entry or next(read_entries(proof.index, checkpoint.size, lambda path: place.read(f"/log/{path}")), b"")
    verify_inclusion(proof.index, checkpoint.size, leaf_hash(data), proof.hashes, checkpoint.root)
    return read_entry(proof.index, data), checkpoint


def _compare(place: Place, reading: Reading, editions: dict[str, Sealed], report: Report) -> None:
    theme = read_theme(place, report)
    found = differences(reading, editions, theme)
    for sentence in found:
        report.add(False, collapsed(sentence))  # what a page says may not begin a line of its own
    compared = [shown for shown in reading.shown if shown.scope.content in editions]
    if not found and compared:
        report.add(True, f"All {len(compared)} passages, figures and times on the page say what was sealed.")
        if theme is not None:
            report.add(True, f"The {len(reading.beside)} other texts on it are in the site’s list of its own words.")
    for step in _pictures(place, reading):
        report.steps.append(step)


def read_theme(place: Place, report: Report) -> Theme | None:
    """The site's list of its own words, if it is at hand and can be read."""
    try:
        data = place.read(WORDS)
        report.facts["words"] = sha256(data).hexdigest()
        return Theme.of(json.loads(data))
    except OSError:
        report.add(
            False,
            f"The site’s list of its own words, {WORDS}, is not at hand: what was not sealed cannot be told from it.",
        )
    except (ValueError, RecursionError) as error:
        report.add(False, f"The site’s list of its own words cannot be read: {error}")
    return None


def _pictures(place: Place, reading: Reading) -> Iterator[Step]:
    shown = {item.element.get("src") or "": item.value for item in reading.shown if item.element.tag == "img"}
    for address, value in shown.items():
        try:
            is_same = sha256(place.read(address)).hexdigest() == value
        except OSError:
            yield Step(None, f"The picture {address} is not at hand.")
            continue
        told = "is the one that was sealed" if is_same else "is not the one that was sealed: its bytes are others"
        yield Step(is_same, f"The picture {address} {told}.")

"""What a monitor remembers from one run to the next: the log as far as it was seen, in one JSON file."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from cryptonewshub.verifier.log import Key
from cryptonewshub.verifier.story import Unusable


@dataclass
class Seen:
    """The log up to `size` entries, and what followed from them.

    `peaks` are the roots of its full subtrees (hex), `note` the checkpoint as it was served. Of each article `last` has
    the leaf hash of its last entry, `newest` the document of its newest version, `times` when it last changed. Of each
    document `documents` has the article, entry and version; of each entry `contents` has the document. `withdrawals`
    has the article of each withdraw entry, `withdrawn` the entry that withdrew a document. `faults` are what was wrong
    with entries: the log cannot lose them any more, so no run forgets them. `words` is the SHA-256 of the site's list
    of its own words.
    """

    v: int = 1
    origin: str = ""
    size: int = 0
    peaks: list[str] = field(default_factory=list)
    note: str = ""
    at: str = ""
    log: list[str] = field(default_factory=list)
    desk: list[str] = field(default_factory=list)
    trusted: list[str] = field(default_factory=list)
    end: str = ""
    last: dict[str, str] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    newest: dict[str, str] = field(default_factory=dict)
    times: dict[str, str] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    documents: dict[str, list[str | int]] = field(default_factory=dict)
    contents: dict[str, str] = field(default_factory=dict)
    withdrawals: dict[str, str] = field(default_factory=dict)
    withdrawn: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    words: str = ""

    @classmethod
    def read(cls, file: Path | None) -> Seen:
        """Nothing yet where there is no file. Raises Unusable for a file that is no memory of a run."""
        if file is None or not file.exists():
            return cls()
        try:
            kept = json.loads(file.read_text(encoding="utf-8"))
            seen = cls(**kept)
            empty = cls()
            if seen.v != empty.v or any(
                type(getattr(seen, f.name)) is not type(getattr(empty, f.name)) for f in fields(cls)
            ):
                raise ValueError
            bytes.fromhex("".join(seen.peaks))
        except (ValueError, TypeError, KeyError, RecursionError):
            raise Unusable(
                f"The file {file} is not one that this program wrote, or it is damaged. Restore it, or name another "
                "one with --state; what the old one remembers cannot be held against the log then."
            ) from None
        return seen

    def write(self, file: Path) -> None:
        """Durably, under another name first: a crash leaves the old memory or the new one. Raises OSError."""
        draft = file.with_name(f"{file.name}.{os.getpid()}.new")
        with draft.open("w", encoding="utf-8") as out:
            json.dump(asdict(self), out)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(file)
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def as_keys(texts: Sequence[str]) -> tuple[Key, ...]:
    return tuple(map(Key.parse, texts))

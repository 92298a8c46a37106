"""Inspecting the baked files: what a disk or a hand has changed since is found by its hash, and baked again.

The site keeps a list of what was written: one line a file, its SHA-256 and its path, the newest line of a path last;
zeros for a file that was taken away. A file that is not in the list is not judged. Whoever copies the site reads the
list on from where it was.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.conf import settings

from cryptonewshub.delivery.packing import are_whole
from cryptonewshub.sources.archive import write_durably

MOST_AT_ONCE = 20_000
_TAKEN_AWAY = "0" * 64


@dataclass(frozen=True, slots=True)
class Noted:
    """What the list says of files, by their paths: their SHA-256, or None of one that was taken away.

    `is_whole` when that is all of the list, and not what was added since; `mark` is for the next time.
    """

    files: Mapping[str, str | None]
    is_whole: bool
    mark: str


def note_written(file: Path, data: bytes) -> None:
    """Remembers what a file was written with. A crash may lose the line, and then the file is not judged."""
    _note(file, hashlib.sha256(data).hexdigest())


def note_taken_away(file: Path) -> None:
    """Remembers that there is no such file any more."""
    _note(file, _TAKEN_AWAY)


def noted_since(mark: str) -> Noted:
    """What was noted since the list was read last; all of it where it was begun anew since, or for the mark ''."""
    try:
        with _list().open("rb") as lines:
            known, _, offset = mark.partition(" ")
            found = os.fstat(lines.fileno())
            is_whole = known != str(found.st_ino) or int(offset) > found.st_size
            start = 0 if is_whole else lines.seek(int(offset))
            read = lines.read()
    except FileNotFoundError:
        return Noted({}, is_whole=True, mark="")
    end = read.rfind(b"\n") + 1
    return Noted(_files_in(read[:end].decode()), is_whole, f"{found.st_ino} {start + end}")


def damaged_files(*, start: int = 0, most: int = MOST_AT_ONCE) -> list[Path]:
    """The files that are not what was written, among so many from there on."""
    site: Path = settings.CNH_HOME.site
    judged = islice(sorted(_written().items()), start, start + most)
    return [site / path for path, sha256 in judged if not _is_whole(site / path, sha256)]


def count_written() -> int:
    """How many files are in the list."""
    return len(_written())


def forget(files: Iterable[Path]) -> None:
    """Takes files out of the list that belong to no page any more, and says each other one once."""
    site: Path = settings.CNH_HOME.site
    gone = {str(file.relative_to(site)) for file in files}
    kept = {path: sha256 for path, sha256 in _written().items() if path not in gone}
    write_durably(_list(), "".join(f"{sha256} {path}\n" for path, sha256 in kept.items()).encode())


def _written() -> Mapping[str, str]:
    return {path: sha256 for path, sha256 in noted_since("").files.items() if sha256}


def _files_in(text: str) -> dict[str, str | None]:
    lines = (line.partition(" ") for line in text.split("\n"))
    return {path: None if sha256 == _TAKEN_AWAY else sha256 for sha256, _, path in lines if len(sha256) == 64 and path}


def _note(file: Path, sha256: str) -> None:
    with _list().open("a", encoding="utf-8") as lines:
        lines.write(f"{sha256} {file.relative_to(settings.CNH_HOME.site)}\n")


def _is_whole(file: Path, sha256: str) -> bool:
    """Whether the file is what was written, and so are its packed copies, which readers get in its place."""
    try:
        data = file.read_bytes()
    except OSError:
        return False
    return hashlib.sha256(data).hexdigest() == sha256 and are_whole(file, data)


def _list() -> Path:
    place: Path = settings.CNH_HOME.site / ".state" / "written"
    return place

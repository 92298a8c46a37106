"""Inspecting the baked files: what a disk or a hand has changed since is found by its hash, and baked again.

The site keeps a list of what was written: one line a file, its SHA-256 and its path, the newest line of a path last. A
file that is not in the list is not judged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path

from django.conf import settings

from cryptonewshub.sources.archive import write_durably

MOST_AT_ONCE = 20_000


def note_written(file: Path, data: bytes) -> None:
    """Remembers what a file was written with. A crash may lose the line, and then the file is not judged."""
    with _list().open("a", encoding="utf-8") as lines:
        lines.write(f"{hashlib.sha256(data).hexdigest()} {file.relative_to(settings.CNH_HOME.site)}\n")


def damaged_files(*, start: int = 0, most: int = MOST_AT_ONCE) -> list[Path]:
    """The files that are not what was written, among so many from there on."""
    site: Path = settings.CNH_HOME.site
    judged = islice(sorted(_written().items()), start, start + most)
    return [site / path for path, sha256 in judged if _sha256_of(site / path) != sha256]


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
    if not _list().exists():
        return {}
    lines = (line.partition(" ") for line in _list().read_text(encoding="utf-8").split("\n"))
    return {path: sha256 for sha256, _, path in lines if len(sha256) == 64 and path}


def _sha256_of(file: Path) -> str | None:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return None


def _list() -> Path:
    place: Path = settings.CNH_HOME.site / ".state" / "written"
    return place

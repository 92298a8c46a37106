"""What changed in the site and the log since the store was brought up to date, at a cost that does not grow with them.

The bake's own list says it of the site. A folder of the log whose time is still the same has the same files: they are
only ever replaced by renaming, which the folder's time shows.
"""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptonewshub.delivery import inspecting
from cryptonewshub.delivery.packing import ENDINGS

_LIST = "site"
_LOG_FOLDERS = ("tile", "proof", "doc", "content")
_SETTLED = 5.0  # seconds after which a folder's time tells of everything that was done in it before


@dataclass(slots=True)
class Changes:
    """Keys that may have changed, what the bake wrote under some, and marks to be kept once all are in the store."""

    keys: set[str] = field(default_factory=set)
    written: dict[str, str] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)


def changes_since(home: Path, held: Mapping[str, str], seen: Mapping[str, str]) -> Changes:
    """All that may have changed in the site and in the log. A mark '' stands for a folder that is no more."""
    found = Changes(marks=dict.fromkeys(seen, ""))
    _of_the_site(home / "site", held, seen, found)
    _of_the_log(home / "log", held, seen, found)
    return found


def is_as_it_was(home: Path, seen: Mapping[str, str]) -> bool:
    """Whether nothing at all was done since: the answer for most rounds, from a look at the list and the folders."""
    noted = inspecting.noted_since(seen.get(_LIST, ""))
    if noted.is_whole or noted.files:
        return False
    times = {os.path.relpath(folder, home): str(os.stat(folder).st_mtime_ns) for folder in _folders(home / "log")}
    return times == {place: mark.partition(" ")[0] for place, mark in seen.items() if place != _LIST}


def _of_the_site(site: Path, held: Mapping[str, str], seen: Mapping[str, str], found: Changes) -> None:
    noted = inspecting.noted_since(seen.get(_LIST, ""))
    found.marks[_LIST] = noted.mark
    found.written = {key: sha256 for key, sha256 in noted.files.items() if sha256}
    changed = {key for key, sha256 in noted.files.items() if held.get(key) != sha256}
    if noted.is_whole:  # the list was begun anew, or this is the first time: what is in no list is looked at, too
        changed |= {key for key in _files(site) if key not in noted.files}
        changed |= {key for key in held if key not in noted.files and not key.startswith("log/")}
    found.keys |= changed


def _files(site: Path) -> Iterator[str]:
    """The keys of all files of the site, without their packed copies."""
    for folder, folders, names in os.walk(site):
        if Path(folder) == site:
            folders[:] = [name for name in folders if name != ".state"]
        there = set(names)
        for name in names:
            if not name.startswith(".") and not (name.endswith(ENDINGS) and os.path.splitext(name)[0] in there):
                yield os.path.relpath(os.path.join(folder, name), site)


def _of_the_log(log: Path, held: Mapping[str, str], seen: Mapping[str, str], found: Changes) -> None:
    now = time.time()
    of_folder = defaultdict(set)
    for key in held:
        if key.startswith("log/"):
            of_folder[os.path.dirname(key)].add(key)
    for folder in _folders(log):
        place = os.path.relpath(folder, log.parent)
        known = of_folder.pop(place, set())
        changed_at = os.stat(folder).st_mtime_ns
        same, _, since = seen.get(place, "").partition(" ")
        found.marks.pop(place, None)
        if same == str(changed_at):
            continue
        there = {f"{place}/{file.name}": file.stat().st_mtime for file in os.scandir(folder) if file.is_file()}
        found.keys |= {key for key, at in there.items() if key not in held or at >= float(since or 0) - _SETTLED}
        found.keys |= known - there.keys()
        if now - changed_at / 1e9 > _SETTLED:
            found.marks[place] = f"{changed_at} {now}"
    found.keys.update(*of_folder.values())  # of folders that are no more


def _folders(log: Path) -> Iterator[str]:
    if log.is_dir():
        yield str(log)
    for name in _LOG_FOLDERS:
        yield from (folder for folder, _, _ in os.walk(log / name))

"""What the store is to hold: each file of the site and of the log under the address at which readers find it."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from cryptonewshub.delivery.gone import is_gone
from cryptonewshub.delivery.packing import is_packed, packed_copies
from cryptonewshub.delivery.reading_room import shelves_of
from cryptonewshub.delivery.shelves import UPLOADED, Shelf

CHECKPOINT = "log/checkpoint"


@dataclass(frozen=True, slots=True)
class Thing:
    """One file as the store gets it, with its headers. `sha256` is that of the file, packed or not."""

    body: bytes
    sha256: str
    headers: dict[str, str]


class Shelves:
    """The files below a newsroom's directory, by their keys: 'security/ferry/index.html', 'log/tile/0/000'."""

    def __init__(self, home: Path, *, are_packed: bool = False) -> None:
        self._home = home
        self._shelves = shelves_of(home)
        self._are_packed = are_packed

    def has(self, key: str) -> bool:
        """Whether there is a file under a key, and one that readers may see."""
        place = self._shelf(key).place(f"/{key}")
        return place is not None and os.path.isfile(place)

    def read(self, key: str) -> Thing | None:
        """The file under a key as it is now; None where there is none, or none that readers may see."""
        shelf = self._shelf(key)
        place = shelf.place(f"/{key}")
        try:
            return self._thing(key, shelf, place, Path(place).read_bytes()) if place else None
        except OSError:
            return None

    def _shelf(self, key: str) -> Shelf:
        return next(shelf for shelf in self._shelves if f"/{key}".startswith(shelf.prefix))

    def _thing(self, key: str, shelf: Shelf, place: str, data: bytes) -> Thing:
        gone = is_gone(data)
        packed = packed_copies(data).get(".gz") if self._are_packed and _is_packable(key) else None
        headers = {
            "content-type": shelf.type_of(place),
            "cache-control": shelf.cache_control,
            **({"content-encoding": "gzip"} if packed else {}),
            # A store sends no policy: what others made is kept from running by being saved and not shown.
            **({"content-disposition": "attachment"} if shelf.headers is UPLOADED else {}),
            **({"x-amz-meta-gone": "yes"} if gone else {}),
        }
        return Thing(packed or data, hashlib.sha256(data).hexdigest(), headers)


def may_change(key: str) -> bool:
    """Whether there can ever be other bytes under a key: not of the log's entries, nor of what they promise."""
    return not key.startswith(("log/tile/", "log/doc/"))


def _is_packable(key: str) -> bool:
    """Whether a file may be sent packed: the log's are read by programs that unpack nothing."""
    return not key.startswith("log/") and is_packed(Path(key))

"""The ledger: what the store has acknowledged, and how far the site's and the log's changes were looked at.

A file beside the newsroom's database. A kill at any moment loses at most what was acknowledged last, and that is sent
once more.
"""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

_TABLES = """
CREATE TABLE IF NOT EXISTS held (key TEXT PRIMARY KEY, sha256 TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS seen (place TEXT PRIMARY KEY, mark TEXT NOT NULL) WITHOUT ROWID;
"""


class Ledger:
    """Open it with `opened`; threads may share it."""

    def __init__(self, file: Path) -> None:
        self._rows = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        self._rows.execute("PRAGMA journal_mode=WAL")
        self._rows.execute("PRAGMA synchronous=NORMAL")
        self._rows.executescript(_TABLES)
        self._lock = Lock()

    def held(self) -> dict[str, str]:
        """The SHA-256 of the file that the store has under each key."""
        return dict(self._rows.execute("SELECT key, sha256 FROM held"))

    def holds(self, key: str, sha256: str | None) -> None:
        """The store has acknowledged what is under a key now; None: nothing."""
        with self._lock:
            if sha256 is None:
                self._rows.execute("DELETE FROM held WHERE key = ?", (key,))
            else:
                self._rows.execute("INSERT OR REPLACE INTO held VALUES (?, ?)", (key, sha256))

    def seen(self) -> dict[str, str]:
        """A mark for each place that was looked at: as long as it is the same there, nothing has changed."""
        return dict(self._rows.execute("SELECT place, mark FROM seen"))

    def has_seen(self, marks: Mapping[str, str]) -> None:
        """Everything that these marks stand for is in the store; '' takes away the mark that was there."""
        with self._lock:
            self._rows.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?)", marks.items())
            self._rows.execute("DELETE FROM seen WHERE mark = ''")

    def forget(self, held: Mapping[str, str]) -> None:
        """Begins anew with what the store is said to hold."""
        with self._lock:
            self._rows.execute("DELETE FROM held")
            self._rows.execute("DELETE FROM seen")
            self._rows.executemany("INSERT INTO held VALUES (?, ?)", held.items())

    def close(self) -> None:
        self._rows.close()


@contextmanager
def opened(folder: Path) -> Iterator[Ledger]:
    """The ledger in a folder, for one process at a time; the next one waits."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ledger = Ledger(folder / "ledger.sqlite3")
        try:
            yield ledger
        finally:
            ledger.close()

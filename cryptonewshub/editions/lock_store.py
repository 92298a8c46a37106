"""The lock store: the one place that says which checkpoint is the log's newest. Replacing it is the log's commit.

A small SQLite database of one row, apart from all others and written with every care that SQLite knows. It is trusted:
whoever puts an old copy of it in place of a newer one makes two histories possible, so its backup is a special thing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_TABLE = "CREATE TABLE log (one INTEGER PRIMARY KEY CHECK (one = 1), checkpoint BLOB NOT NULL, keys BLOB NOT NULL)"


class LostRaceError(Exception):
    """Another sequencer has moved the log on. What this one prepared was not signed into the log."""


@dataclass(frozen=True, slots=True)
class Locked:
    """What the store holds: the newest checkpoint as the log signed it, and the list of keys that goes with it."""

    checkpoint: bytes
    keys: bytes


class LockStore:
    """A compare-and-swap register on disk."""

    def __init__(self, file: Path) -> None:
        self.file = file

    @property
    def exists(self) -> bool:
        return self.file.exists()

    def create(self, first: Locked) -> None:
        """Makes the store for a log that was never signed before. Raises FileExistsError when there is one."""
        if self.exists:
            raise FileExistsError(f"There is a lock store in {self.file} already.")
        with self._open() as database:
            database.execute(_TABLE)
            database.execute("INSERT INTO log VALUES (1, ?, ?)", (first.checkpoint, first.keys))

    def read(self) -> Locked:
        """What was last put there. Raises FileNotFoundError when there is no store."""
        if not self.exists:
            raise FileNotFoundError(f"There is no lock store in {self.file}.")
        with self._open() as database:
            row = database.execute("SELECT checkpoint, keys FROM log").fetchone()
        return Locked(*row)

    def swap(self, old: Locked, new: Locked) -> None:
        """Puts `new` in the place of `old`: durable when this returns. Raises LostRaceError when `old` is not there."""
        with self._open() as database:
            done = database.execute(
                "UPDATE log SET checkpoint = ?, keys = ? WHERE checkpoint = ?",
                (new.checkpoint, new.keys, old.checkpoint),
            )
            if done.rowcount != 1:
                raise LostRaceError("Another sequencer has entered something in the log since this one looked.")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """One transaction. EXTRA is FULL, and syncs the folder too when the rollback journal is taken away."""
        database = sqlite3.connect(self.file, timeout=20, isolation_level=None)
        try:
            database.execute("PRAGMA synchronous = EXTRA")
            database.execute("BEGIN IMMEDIATE")
            yield database
            database.execute("COMMIT")
        finally:
            database.close()

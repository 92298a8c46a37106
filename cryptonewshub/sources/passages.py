"""The archive's index: which of all the newsroom's sources hold these words, or nearly.

A file of its own (SQLite, write-ahead log), derived from the archive and disposable: it can be deleted and built again
at any time. Every source is kept as compressed text, and every row of three of its words as one number in a posting;
a search asks for the rarest rows of the quotation and reads only the few sources that have most of them.
"""

from __future__ import annotations

import sqlite3
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Self

from cryptonewshub.quotations.comparison.folding import Folded, fold
from cryptonewshub.quotations.comparison.segments import cut_at_marks
from cryptonewshub.quotations.vocabulary import SourceText

_ROW = 3
_BUCKETS = 1 << 18  # rows of words are counted by a hash of eighteen bits: chance meetings cost a look, never an answer
_MOST_ROWS = 40
_MOST_SOURCES = 3
_PENDING_ROWS = 3_000_000
_SCHEMA = """
CREATE TABLE IF NOT EXISTS source (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, publisher TEXT NOT NULL, speaker TEXT,
    language TEXT NOT NULL, published TEXT, text BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS posting (bucket INTEGER NOT NULL, part INTEGER NOT NULL, numbers BLOB NOT NULL,
PRIMARY KEY (bucket, part)) WITHOUT ROWID;
"""


class PassageIndex:
    """The index in one file. Sources are `add`ed, replaced and `remove`d by id; `closest` finds the source of a
    quotation.

    Changes are committed one by one, or together inside `batch()`. A reader never sees half a source.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.executescript(_SCHEMA)
        self._pending: dict[int, array[int]] = {}
        self._pending_rows = 0
        self._is_batch = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    @property
    def size(self) -> int:
        """Bytes of the file and its log."""
        files = (self._path, self._path.with_name(f"{self._path.name}-wal"))
        return sum(file.stat().st_size for file in files if file.exists())

    def __len__(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM source").fetchone()[0])

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Many changes as one: all of them, or none if an exception is raised."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._is_batch = True
        try:
            yield
            self._write_pending()
            self._connection.execute("COMMIT")
        except BaseException:
            self._pending.clear()
            self._connection.execute("ROLLBACK")
            raise
        finally:
            self._is_batch = False

    def add(self, source: SourceText) -> None:
        """Index a source; one that has the same id is replaced, or called anew where its words are the same."""
        if not self._is_batch:
            with self.batch():
                self.add(source)
            return
        if self._describe(source):
            return
        self.remove(source.id)
        number = self._insert(source)
        for bucket in set(_buckets(fold(source.text).keys)):
            self._pending.setdefault(bucket, array("I")).append(number)
            self._pending_rows += 1
        if self._pending_rows > _PENDING_ROWS:
            self._write_pending()

    def remove(self, source_id: str) -> None:
        """Forget a source. Its numbers stay in the postings and lead nowhere until the index is rebuilt."""
        self._connection.execute("DELETE FROM source WHERE id = ?", (source_id,))

    def forget(self, source_id: str) -> None:
        """Remove a source so that its words are on no page of the file either."""
        self._connection.execute("PRAGMA secure_delete = ON")
        self.remove(source_id)
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def rebuild(self, sources: Iterable[SourceText]) -> None:
        """Build the index anew from these sources; readers see the old one until it is done."""
        with self.batch():
            self._connection.execute("DELETE FROM posting")
            self._connection.execute("DELETE FROM source")
            for source in sources:
                self.add(source)

    def closest(self, text: str) -> SourceText | None:
        """The source that has most of these words in their order; None where none has more than a few."""
        keys = [key for run in _runs(text) for key in run]
        rows = [bucket for run in _runs(text) for bucket in _buckets(run)]
        if not rows:
            return None
        found = self._counted(rows)
        candidates = [self._read(number) for number, _ in found.most_common(_MOST_SOURCES * 2)]
        sources = [source for source in candidates if source is not None][:_MOST_SOURCES]
        shares = [(self._share(keys, source), -i, source) for i, source in enumerate(sources)]
        best = max(shares, key=lambda each: each[:2], default=None)
        return best[2] if best is not None and best[0] >= 0.5 else None

    def _describe(self, source: SourceText) -> bool:
        """Says anew what a source is called whose words are here already; False where they are not."""
        changed = self._connection.execute(
            "UPDATE source SET title = ?, publisher = ?, speaker = ?, language = ?, published = ?"
            " WHERE id = ? AND text = ?",
            (*_description(source), source.id, _packed(source)),
        )
        return changed.rowcount > 0

    def _insert(self, source: SourceText) -> int:
        cursor = self._connection.execute(
            "INSERT INTO source (title, publisher, speaker, language, published, id, text)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*_description(source), source.id, _packed(source)),
        )
        return int(cursor.lastrowid or 0)

    def _write_pending(self) -> None:
        """Add what was gathered to the postings, as a further part of each."""
        part = self._connection.execute("SELECT coalesce(max(part), 0) + 1 FROM posting").fetchone()[0]
        rows = ((bucket, part, numbers.tobytes()) for bucket, numbers in sorted(self._pending.items()))
        self._connection.executemany("INSERT INTO posting VALUES (?, ?, ?)", rows)
        self._pending.clear()
        self._pending_rows = 0

    def _counted(self, rows: Sequence[int]) -> Counter[int]:
        """How many of the quotation's rarer rows of words each source has."""
        wanted = list(dict.fromkeys(rows))
        if len(wanted) > _MOST_ROWS:
            wanted = wanted[:: len(wanted) // _MOST_ROWS + 1]
        counted: Counter[int] = Counter()
        for bucket in wanted:
            parts = self._connection.execute("SELECT numbers FROM posting WHERE bucket = ?", (bucket,)).fetchall()
            numbers = array("I", b"".join(part for (part,) in parts))
            weight = 1 + 1000 // (len(numbers) + 1)
            for number in set(numbers):
                counted[number] += weight
        return counted

    def _read(self, number: int) -> SourceText | None:
        row = self._connection.execute(
            "SELECT id, text, language, speaker, title, publisher, published FROM source WHERE number = ?", (number,)
        ).fetchone()
        if row is None:
            return None
        published = date.fromisoformat(row[6]) if row[6] else None
        return SourceText(row[0], zlib.decompress(row[1]).decode(), row[2], row[3], row[4], row[5], published)

    def _share(self, keys: Sequence[str], source: SourceText) -> float:
        """The share of the quotation's pairs of words that stand in the source."""
        line = fold(source.text).line
        pairs = [f" {left} {right} " for left, right in pairwise(keys)] or [f" {key} " for key in keys]
        return sum(1 for pair in pairs if pair in line) / len(pairs)


def _description(source: SourceText) -> tuple[str | None, ...]:
    published = source.published.isoformat() if source.published else None
    return (source.title, source.publisher, source.speaker, source.language, published)


def _packed(source: SourceText) -> bytes:
    return zlib.compress(source.text.encode(), 3)


def _runs(text: str) -> list[list[str]]:
    quoted = cut_at_marks(text)
    folded: Folded = quoted.folded
    return [folded.keys[run.first : run.end] for run in quoted.runs]


def _buckets(keys: Sequence[str]) -> Iterator[int]:
    """A number for each row of three words, the same on every machine."""
    if 0 < len(keys) < _ROW:
        return
    for i in range(len(keys) - _ROW + 1):
        row = " ".join(keys[i : i + _ROW]).encode()
        yield zlib.crc32(row) % _BUCKETS

"""What every index can do. `files.py` keeps one in a folder, `postgres.py` in a database for several machines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from cryptonewshub.reader.search.findable import Findable, Kind
from cryptonewshub.reader.search.questions import Question


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. `snippet` is a stretch of its text, `marks` the code points of the hit words in it."""

    kind: Kind
    path: str
    title: str
    language: str
    published: datetime
    section_name: str
    standing: str
    snippet: str
    marks: tuple[tuple[int, int], ...]
    starts_midway: bool = False
    ends_midway: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of hits, and how many there are in all. `instead` is the question that was perhaps meant."""

    hits: tuple[Hit, ...]
    total: int
    instead: str = ""


class IndexUnavailable(Exception):  # noqa: N818  (a state of the index)
    """There is no index to ask just now. Its text is a sentence for the log."""


class SearchIndex(Protocol):
    """An index over findable things. `cursor` is the index of the log's next entry, 0 for an empty one."""

    def ask(self, question: Question, *, zone: str) -> Answer:
        """Raises IndexUnavailable when there is nothing to ask."""

    def cursor(self) -> int:
        """The index of the first entry of the log that is not in it yet."""

    def replace(self, owners: Iterable[str], findables: Iterable[Findable], *, cursor: int) -> None:
        """Takes out everything of these owners, puts the findables in, and moves the cursor, as one change."""

    def rebuild(self, findables: Iterable[Findable], *, cursor: int) -> None:
        """Builds the index anew; readers ask the old one until it is done. Nothing of the old one is left."""

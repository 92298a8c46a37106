"""Counting what happens, for whoever watches the newsroom: plain numbers, in memory, without a lock.

Two threads that count at the same instant may count once: a request costs twenty microseconds here, and a lock would be
the dearest part of it; for the same reason what is answered from memory is counted and not timed. Each readers' process
leaves its counts in a file every few seconds; the editors' process adds them up.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
import time
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

BOUNDS = (0.0001, 0.0005, 0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10.0)
"""The upper ends of the histogram's buckets, in seconds; a last one has no end."""
_EVERY = 5.0  # seconds


@dataclass(slots=True)
class Waits:
    """How long something took, as a histogram."""

    buckets: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    seconds: float = 0.0

    def add(self, seconds: float) -> None:
        self.buckets[bisect_left(BOUNDS, seconds)] += 1
        self.seconds += seconds

    def __iadd__(self, other: Waits) -> Waits:
        self.buckets = [one + two for one, two in zip(self.buckets, other.buckets, strict=True)]
        self.seconds += other.seconds
        return self


@dataclass(slots=True)
class Counts:
    """Requests by what answered them ('file', 'editors') and status, and how long the answers took."""

    requests: dict[tuple[str, str], int] = field(default_factory=dict)
    waits: dict[str, Waits] = field(default_factory=lambda: {"file": Waits(), "editors": Waits()})
    remembered: dict[str, int] = field(default_factory=dict)

    def add(self, by: str, status: str, seconds: float) -> None:
        key = (by, status)
        self.requests[key] = self.requests.get(key, 0) + 1
        self.waits[by].add(seconds)

    def remember(self, status: str) -> None:
        """An answer from memory: it belongs to the first bucket."""
        self.remembered[status] = self.remembered.get(status, 0) + 1

    def all(self) -> Counts:
        """The same, with what was answered from memory among the files."""
        total = Counts(
            dict(self.requests), {by: Waits(list(one.buckets), one.seconds) for by, one in self.waits.items()}
        )
        for status, count in dict(self.remembered).items():
            total.requests["file", status] = total.requests.get(("file", status), 0) + count
            total.waits["file"].buckets[0] += count
        return total


def counts_of(home: Path) -> Path:
    """The folder in a newsroom where its readers' processes leave their counts."""
    return home / "site" / ".state" / "readers"


def keep_writing(counts: Counts, folder: Path) -> None:
    """Leaves the counts of this process in the folder from now on."""
    place = folder / f"{os.getpid()}.json"
    folder.mkdir(parents=True, exist_ok=True)
    _in_background(lambda: _write(counts, place))


def forget_all(folder: Path) -> None:
    """The counts of processes that are no more: numbers begin again, as those who read them expect of a restart."""
    for file in folder.glob("*.json"):
        file.unlink(missing_ok=True)


def add_up(folder: Path) -> Counts:
    """The counts of every readers' process."""
    total = Counts()
    for file in sorted(folder.glob("*.json")):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            told: dict[str, Any] = json.loads(file.read_text(encoding="ascii"))
            for by, status, count in told["requests"]:
                total.requests[by, status] = total.requests.get((by, status), 0) + int(count)
            for by, (buckets, seconds) in told["waits"].items():
                total.waits[by] += Waits(buckets, seconds)
    return total


def _write(counts: Counts, place: Path) -> None:
    total = counts.all()
    told = {
        "requests": [[by, status, count] for (by, status), count in total.requests.items()],
        "waits": {by: [waits.buckets, waits.seconds] for by, waits in total.waits.items()},
    }
    draft = place.with_suffix(".draft")
    draft.write_text(json.dumps(told), encoding="ascii")
    draft.replace(place)


def _in_background(work: Callable[[], None]) -> None:
    def go_on() -> None:
        while True:
            with contextlib.suppress(OSError):  # a full disk is somebody else's news
                work()
            time.sleep(_EVERY)

    threading.Thread(target=go_on, daemon=True, name="counts").start()

"""What the editors' process has done since it began: bakes, and how long a publication took to reach the pages.

Each is also a line of the log, at the level INFO, with its numbers as fields; no line names a reader.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from cryptonewshub.delivery.counting import Waits
from cryptonewshub.editions.models import LogEntry

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Measures:
    """Counts since the start of the process."""

    bakes: Waits = field(default_factory=Waits)
    pages: int = 0
    published: Waits = field(default_factory=Waits)


measures = Measures()


@contextmanager
def measured_bake(entries: Iterable[LogEntry]) -> Iterator[list[str]]:
    """Around a bake; what is put on the list that it gives was written. One that had nothing to do is not counted."""
    written: list[str] = []
    began = time.perf_counter()
    yield written
    seconds = time.perf_counter() - began
    for entry in entries:
        measures.published.add(max(0.0, _age(entry.made)))
    if written:
        measures.bakes.add(seconds)
        measures.pages += len(written)
        logger.info("baked", extra={"event": "bake", "pages": len(written), "seconds": round(seconds, 3)})


def _age(moment: datetime) -> float:
    return time.time() - moment.timestamp()

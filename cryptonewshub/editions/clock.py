"""The machine's clock, and whether it can be believed. An entry's time stands in the log for ever, and never falls.

A clock that is behind does no harm: the last entry's time is used again. One that is far ahead would hold every later
entry at its time. It is found by the clock that nobody sets, which counts the seconds since the machine was started.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptonewshub.sources.archive import write_durably
from cryptonewshub.tlog.canonical import read_time, write_time

logger = logging.getLogger(__name__)

FAR = timedelta(hours=24)
LONG_SILENCE = timedelta(days=31)
BEHIND = timedelta(minutes=1)
_BOOT = Path("/proc/sys/kernel/random/boot_id")


class ClockDoubtedError(Exception):
    """The clock is further ahead than can be explained. Its text says what to do."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the clocks said at one moment: the time of day, and the seconds since this start of the machine."""

    time: datetime
    boot: str
    uptime: float

    @classmethod
    def now(cls, now: datetime) -> Reading:
        """The reading that goes with this time of day, on a machine that may not tell its starts apart."""
        try:
            uptime = float(Path("/proc/uptime").read_text(encoding="ascii").split()[0])
            return cls(now, _BOOT.read_text(encoding="ascii").strip(), uptime)
        except OSError:
            return cls(now, "", time.monotonic())

    @classmethod
    def parse(cls, text: str) -> Reading:
        """Reads what `str` wrote. Raises ValueError."""
        moment, boot, uptime = text.split(" ")
        return cls(read_time(moment, "reading of the clock"), boot, float(uptime))

    def __str__(self) -> str:
        return f"{write_time(self.time.astimezone(UTC).replace(microsecond=0))} {self.boot} {self.uptime}"

    def expects(self, later: Reading) -> datetime | None:
        """What the time of day must be at a later reading; None when the machine was started in between."""
        if not self.boot or self.boot != later.boot:
            return None
        return self.time + timedelta(seconds=later.uptime - self.uptime)


def require_believable(reading: Reading, before: Reading | None, last_entry: datetime | None) -> None:
    """Raises ClockDoubtedError when the clock has jumped ahead by more than a day.

    After a new start of the machine nothing can tell; then an entry more than a month after the last one is doubted. A
    clock that is behind the last entry is worth a warning.
    """
    if last_entry and reading.time < last_entry - BEHIND:
        logger.warning("The clock says %s, which is before the last entry of the log. Set it right.", reading.time)
    expected = before.expects(reading) if before else None
    if expected is not None and reading.time > expected + FAR:
        raise ClockDoubtedError(_doubt(reading, f"it should be about {expected:%d %B %Y %H:%M}"))
    if expected is None and last_entry and reading.time > last_entry + LONG_SILENCE:
        raise ClockDoubtedError(_doubt(reading, f"the last entry of the log is of {last_entry:%d %B %Y %H:%M}"))


def read_clock(file: Path) -> Reading | None:
    """The reading that was kept there, if there is one."""
    try:
        return Reading.parse(file.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def keep_clock(file: Path, reading: Reading) -> None:
    """Keeps a reading: from here on the clock is measured."""
    write_durably(file, str(reading).encode("ascii"))


def _doubt(reading: Reading, why: str) -> str:
    return (
        f"The clock says {reading.time:%d %B %Y %H:%M} UTC, and {why}. An entry's time can never be taken back, so "
        "nothing is entered. Set the clock right, or, if it is right, run “cnh log confirm-clock”."
    )

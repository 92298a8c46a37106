"""The clock: what is behind is borne, what is far ahead is doubted until a person says that it is right."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cryptonewshub.editions.clock import ClockDoubtedError, Reading, keep_clock, read_clock, require_believable

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
BEFORE = Reading(NOON, "boot", 1000.0)


def after(hours: float, *, clock: float | None = None, boot: str = "boot") -> Reading:
    """So many hours later; the clock says so many."""
    return Reading(NOON + timedelta(hours=hours if clock is None else clock), boot, 1000.0 + hours * 3600)


@pytest.mark.parametrize("hours", [0, 1, 23, 24 * 400])
def test_time_that_really_went_by_is_believed(hours: float) -> None:
    require_believable(after(hours), BEFORE, NOON)


@pytest.mark.parametrize("jump", [-1, -24, -24 * 365, 0.5, 23])
def test_a_clock_that_is_behind_or_a_little_ahead_is_borne(jump: float) -> None:
    require_believable(after(1, clock=1 + jump), BEFORE, NOON)


def test_a_clock_that_is_behind_the_log_is_worth_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    require_believable(after(1, clock=-5), BEFORE, NOON)
    assert "before the last entry of the log" in caplog.text


@pytest.mark.parametrize("jump", [25, 24 * 365])
def test_a_clock_that_jumped_ahead_is_doubted(jump: float) -> None:
    with pytest.raises(ClockDoubtedError, match="cnh log confirm-clock"):
        require_believable(after(1, clock=1 + jump), BEFORE, NOON)


def test_after_a_new_start_of_the_machine_a_month_of_silence_is_doubted() -> None:
    require_believable(after(24 * 30, boot="other"), BEFORE, NOON)
    with pytest.raises(ClockDoubtedError, match="the last entry of the log is of 02 March 2026"):
        require_believable(after(24 * 32, boot="other"), BEFORE, NOON)


def test_a_new_log_has_nothing_to_doubt_with() -> None:
    require_believable(after(0), None, None)


def test_zones_and_summer_time_make_no_difference() -> None:
    from zoneinfo import ZoneInfo

    for zone in ("Europe/Oslo", "America/St_Johns", "Pacific/Apia"):
        local = Reading((NOON + timedelta(hours=1)).astimezone(ZoneInfo(zone)), "boot", 4600.0)
        require_believable(local, BEFORE, NOON)


def test_a_reading_is_kept(tmp_path: Path) -> None:
    assert read_clock(tmp_path / "clock") is None
    keep_clock(tmp_path / "clock", BEFORE)
    assert read_clock(tmp_path / "clock") == BEFORE
    (tmp_path / "clock").write_text("rubbish")
    assert read_clock(tmp_path / "clock") is None

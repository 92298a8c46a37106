"""Times name their zone as people did on that day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cryptonewshub.reader.times import (
    calendar_date,
    day_of,
    machine_time,
    moment,
    moment_after,
    weekday_date,
    year_of,
)


@pytest.mark.parametrize(
    ("when", "zone", "text"),
    [
        (datetime(2025, 11, 8, 9, 51, tzinfo=UTC), "Europe/Oslo", "10:51 CET, 8 November 2025"),
        (datetime(2024, 9, 29, 7, 30, tzinfo=UTC), "Europe/Oslo", "09:30 CEST, 29 September 2024"),
        (datetime(2025, 7, 1, 0, 5, tzinfo=UTC), "Europe/London", "01:05 BST, 1 July 2025"),
        (datetime(2025, 1, 1, 12, 0, tzinfo=UTC), "America/New_York", "07:00 EST, 1 January 2025"),
        (datetime(2025, 1, 1, 12, 0, tzinfo=UTC), "America/Sao_Paulo", "09:00 UTC−3, 1 January 2025"),
        (datetime(2025, 1, 1, 12, 0, tzinfo=UTC), "Asia/Kathmandu", "17:45 UTC+5:45, 1 January 2025"),
        (datetime(2025, 1, 1, 12, 0, tzinfo=UTC), "UTC", "12:00 UTC, 1 January 2025"),
    ],
)
def test_a_time_has_the_right_name_of_its_zone(when: datetime, zone: str, text: str) -> None:
    assert moment(when, zone, "en").text == text


def test_the_machine_gets_the_offset_of_that_day() -> None:
    assert machine_time(datetime(2025, 11, 8, 9, 51, 7, tzinfo=UTC), "Europe/Oslo") == "2025-11-08T10:51:07+01:00"
    assert machine_time(datetime(2025, 6, 8, 9, 51, tzinfo=UTC), "Europe/Oslo") == "2025-06-08T11:51:00+02:00"


def test_the_two_hours_that_share_a_name_when_summer_ends_are_told_apart() -> None:
    first, second = (moment(datetime(2025, 10, 26, h, 30, tzinfo=UTC), "Europe/Oslo", "en").text for h in (0, 1))
    assert (first, second) == ("02:30 CEST, 26 October 2025", "02:30 CET, 26 October 2025")


def test_an_update_on_the_same_day_needs_no_date() -> None:
    published = datetime(2025, 11, 8, 9, 51, tzinfo=UTC)
    update = datetime(2025, 11, 8, 13, 20, tzinfo=UTC)
    assert moment_after(update, published, "Europe/Oslo", "en").text == "14:20 CET"


def test_the_day_is_that_of_the_zone() -> None:
    published = datetime(2025, 11, 8, 22, 30, tzinfo=UTC)
    update = datetime(2025, 11, 8, 23, 30, tzinfo=UTC)
    assert moment_after(update, published, "Europe/Oslo", "en").text == "00:30 CET, 9 November 2025"
    assert day_of(update, "Europe/Oslo", "en").text == "9 November 2025"
    assert year_of(datetime(2025, 12, 31, 23, 30, tzinfo=UTC), "Europe/Oslo") == 2026


def test_dates_are_in_the_sites_language() -> None:
    assert calendar_date(date(2025, 3, 2), "nb") == "2. mars 2025"
    assert calendar_date(date(2025, 3, 2), "uk") == "2 березня 2025"
    assert calendar_date(date(2025, 3, 2), "xx-unknown") == "2 March 2025"
    assert weekday_date(datetime(2025, 11, 8, 9, tzinfo=UTC), "Europe/Oslo", "en").text == "Saturday, 8 November 2025"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="has no zone"):
        moment(datetime(2025, 11, 8, 9, 51), "Europe/Oslo", "en")  # noqa: DTZ001

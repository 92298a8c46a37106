"""One spelling for every value: what is read is what would be written, and nothing else is read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cryptonewshub.tlog.canonical import (
    read_base64,
    read_hash,
    read_hex,
    read_number,
    read_time,
    write_base64,
    write_time,
)
from tests.tlog.strictness import read_or_none

seconds = st.datetimes(timezones=st.just(UTC)).map(lambda time: time.replace(microsecond=0))


@settings(deadline=None)
@given(st.binary())
def test_base64_comes_back(data: bytes) -> None:
    assert read_base64(write_base64(data), "value") == data


@pytest.mark.parametrize("text", ["YQ", "YQ=", "YR==", "YQ==\n", " YQ==", "Y Q==", "YQ==YQ==", "-_-_", "é", "YQ==="])
def test_other_spellings_of_base64_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^The root is not .*base64.*\.$"):
        read_base64(text, "root")


def test_a_hash_has_32_bytes() -> None:
    assert read_hash(write_base64(b"h" * 32), "root") == b"h" * 32
    with pytest.raises(ValueError, match="31 bytes"):
        read_hash(write_base64(b"h" * 31), "root")


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("7", 7), ("9223372036854775807", 2**63 - 1)])
def test_decimal_numbers_are_read(text: str, number: int) -> None:
    assert read_number(text, "size") == number


@pytest.mark.parametrize(
    "text", ["", "00", "01", "+1", "-1", "1 ", "1\n", "1_0", "٣", "0x1", "9223372036854775808", "1" * 5000]
)
def test_other_spellings_of_numbers_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^The size is not .*\.$"):
        read_number(text, "size")


@pytest.mark.parametrize("text", ["", "AB", "0", "abc", "g0", "ab\n", "ab cd", "é0"])
def test_other_spellings_of_hex_are_refused(text: str) -> None:
    assert read_hex("a0", 1, "id") == b"\xa0"
    with pytest.raises(ValueError, match=r"^The id is not .*\.$"):
        read_hex(text, 1, "id")


@settings(deadline=None)
@given(seconds)
def test_times_come_back(time: datetime) -> None:
    assert read_time(write_time(time), "time") == time


@settings(deadline=None)
@given(st.text(max_size=30))
def test_a_time_is_read_in_its_one_spelling_or_refused(text: str) -> None:
    time = read_or_none(lambda given: read_time(given, "time"), text)
    assert time is None or write_time(time) == text


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02T08:30:00",
        "2026-03-02 08:30:00Z",
        "2026-02-30T08:30:00Z",
        "2026-03-02T24:00:00Z",
        "0000-01-01T00:00:00Z",
    ],
)
def test_times_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^The time is not .*\.$"):
        read_time(text, "time")


@pytest.mark.parametrize(
    "time",
    [
        datetime(2026, 3, 2, 8, 30),  # noqa: DTZ001 - that is what is refused
        datetime(2026, 3, 2, 8, 30, tzinfo=timezone(timedelta(hours=1))),
        datetime(2026, 3, 2, 8, 30, 0, 1, tzinfo=UTC),
    ],
)
def test_a_time_that_would_be_rounded_or_moved_is_not_written(time: datetime) -> None:
    with pytest.raises(ValueError, match="whole seconds"):
        write_time(time)

"""Entries in a bundle: both ways, and no bytes that end in the middle."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cryptonewshub.tlog.framing import frame, unframe
from tests.tlog.strictness import read_or_none


def test_an_entry_stands_behind_its_length() -> None:
    assert frame([b"", b"ab"]) == b"\x00\x00\x00\x02ab"
    assert unframe(b"") == ()


@settings(deadline=None)
@given(st.lists(st.binary(max_size=300), max_size=20))
def test_entries_come_back(entries: list[bytes]) -> None:
    assert list(unframe(frame(entries))) == entries


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_bytes_are_cut_as_they_would_be_framed_or_refused(data: bytes) -> None:
    entries = read_or_none(unframe, data)
    assert entries is None or frame(entries) == data


@pytest.mark.parametrize("data", [b"\x00", b"\x00\x01", b"\x00\x01a\x00", b"\xff\xff" + b"a" * 65534])
def test_a_bundle_that_ends_too_early_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="middle of its entry"):
        unframe(data)


def test_the_longest_entry_has_65535_bytes() -> None:
    assert unframe(frame([b"a" * 65535])) == (b"a" * 65535,)
    with pytest.raises(ValueError, match="at most 65535"):
        frame([b"a" * 65536])

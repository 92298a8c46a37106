"""Bodies on their way: whole, or not at all; and one network never takes all the room."""

from __future__ import annotations

import io
import os

import pytest

from cryptonewshub.delivery.bodies import Doorstep, received


def test_a_large_body_arrives_whole() -> None:
    sent = os.urandom(1_000_000)
    with received(io.BytesIO(sent), len(sent)) as body:
        assert body.read() == sent


def test_a_body_that_breaks_off_is_an_error() -> None:
    with pytest.raises(OSError, match="before its body was whole"):
        received(io.BytesIO(b"half"), 8)


def test_one_network_leaves_room_for_the_others() -> None:
    doorstep = Doorstep(4)
    assert [doorstep.enter(f"203.0.113.{last}") for last in (1, 2, 3)] == [True, True, False]
    assert doorstep.enter("198.51.100.1")
    doorstep.leave("203.0.113.1")
    assert doorstep.enter("203.0.113.4")
    assert [doorstep.enter("198.51.100.1"), doorstep.enter("192.0.2.1")] == [True, False]

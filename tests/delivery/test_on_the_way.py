"""Large answers on their way: room for so many bytes, a share for one network, and what has arrived counts no more."""

from __future__ import annotations

import time

import pytest

from cryptonewshub.delivery import on_the_way
from cryptonewshub.delivery.on_the_way import OnTheWay

HERE, BESIDE, ELSEWHERE = "192.0.2.1", "192.0.2.9", "198.51.100.1"
NETWORK = "192.0.2.0/24"


def _later() -> float:
    return time.monotonic() + 1


def test_one_network_leaves_room_for_the_others() -> None:
    room = OnTheWay(most=100, share=40)
    assert [room.begin(HERE, 20), room.begin(BESIDE, 20), room.begin(HERE, 1)] == [True, True, False]
    assert [room.begin(ELSEWHERE, 20), room.begin(ELSEWHERE, 20)] == [True, True]
    assert [room.begin("203.0.113.1", 20), room.begin("203.0.114.1", 1)] == [True, False]
    assert room.size == 100


def test_who_fetches_a_very_large_file_can_read_on_meanwhile() -> None:
    room = OnTheWay(most=100, share=40)
    assert [room.begin(HERE, 1_000), room.begin(BESIDE, 5), room.begin(HERE, 1_000)] == [True, True, False]
    assert [room.begin(f"203.0.{network}.1", 1_000) for network in range(4)] == [True, True, True, False]


def test_what_nobody_waits_for_has_arrived() -> None:
    room = OnTheWay(most=100, share=40)
    assert room.begin(HERE, 20)
    assert room.begin(HERE, 10)
    room.watched({NETWORK: 1}, _later())
    assert room.size == 20  # the one that is left may be the larger one
    room.watched({}, _later())
    assert room.size == 0


def test_what_was_begun_during_a_look_is_not_judged_by_it() -> None:
    room = OnTheWay(most=100, share=40)
    since = time.monotonic() - 1
    assert room.begin(HERE, 20)
    room.watched({}, since)
    assert room.size == 20


def test_behind_a_proxy_all_come_from_one_network() -> None:
    room = OnTheWay(most=100, share=40, one_proxy=True)
    assert [room.begin(HERE, 50), room.begin(HERE, 50), room.begin(HERE, 1)] == [True, True, False]


def test_where_nobody_watches_an_answer_counts_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_the_way, "LONGEST", 0.0)
    room = OnTheWay(most=100, share=40)
    assert [room.begin(HERE, 20) for _ in range(3)] == [True, True, True]


def test_answers_do_not_count_for_ever_when_the_watch_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    room = OnTheWay(most=100, share=40)
    room.watched({}, time.monotonic() - 1)
    assert [room.begin(HERE, 20) for _ in range(3)] == [True, True, False]
    monkeypatch.setattr(on_the_way, "LONGEST", 0.0)
    assert room.begin(HERE, 20)

"""Connections that stand still are closed; those that move, however slowly a telephone does, are left."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator

import pytest

from cryptonewshub.delivery.stalled import Watch

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Only Linux tells what waits in a connection.")


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """A reader and the server's end of his connection."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        reader = socket.socket()
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.connect(server.getsockname())
        ours, _ = server.accept()
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65536)
        ours.setblocking(False)
        with reader, ours:
            yield reader, ours


def fill(ours: socket.socket) -> None:
    try:
        while True:
            ours.send(b"x" * 65536)
    except BlockingIOError:
        return


def is_open(ours: socket.socket) -> bool:
    try:
        return ours.send(b"") == 0
    except OSError:
        return False


def test_an_answer_that_nobody_takes_is_given_up(pair: tuple[socket.socket, socket.socket]) -> None:
    _, ours = pair
    fill(ours)
    watch = Watch(longest=15)
    watch.look(0)
    watch.look(14)
    assert is_open(ours)
    assert watch.look(16) >= 1
    assert not is_open(ours)


def test_an_answer_that_is_taken_slowly_is_not(pair: tuple[socket.socket, socket.socket]) -> None:
    reader, ours = pair
    fill(ours)
    watch = Watch(longest=15)
    for now in range(0, 60, 10):
        watch.look(now)
        taken = 0
        while taken < 20_000:
            taken += len(reader.recv(20_000))
        fill(ours)
    assert is_open(ours)


def test_a_request_that_drips_is_given_up_and_one_that_waits_for_its_answer_is_not(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    reader, ours = pair
    watch = Watch(longest=15)
    watch.look(0)
    watch.look(60)
    assert is_open(ours)
    reader.sendall(b"x")
    ours.setblocking(True)
    assert ours.recv(1) == b"x"
    assert watch.look(62) >= 1
    assert not is_open(ours)

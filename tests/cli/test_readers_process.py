"""The readers' server as a process: it comes up, comes up again, outlives who started it, and goes when it is told."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cryptonewshub.cli.readers_process import ReadersProcess, end_the_one_before, socket_of
from cryptonewshub.config.home import Home

pytestmark = pytest.mark.service


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Home, ReadersProcess, int]]:
    home = Home(tmp_path / "home")
    home.prepare()
    (home.site / "index.html").write_text("front")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    readers = ReadersProcess(home, "127.0.0.1", port, 1)
    assert readers.keep_up()
    readers.wait_until_open()
    yield home, readers, port
    readers.end()


def status(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline, "It did not come about in a minute."
        time.sleep(0.05)


def _is_closed(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def test_pages_are_served_while_the_editors_are_away(served: tuple[Home, ReadersProcess, int]) -> None:
    _, _, port = served
    assert status(port, "/") == 200
    assert status(port, "/search/?q=ferry") == 503


def test_a_server_that_dies_is_started_again(served: tuple[Home, ReadersProcess, int]) -> None:
    _, readers, port = served
    assert not readers.keep_up()
    assert readers._process
    os.killpg(readers._process.pid, signal.SIGKILL)
    readers._process.wait()
    until(lambda: _is_closed(port))
    assert readers.keep_up()
    readers.wait_until_open()
    assert status(port, "/") == 200


def test_the_next_one_takes_the_place_of_one_that_was_left(served: tuple[Home, ReadersProcess, int]) -> None:
    home, readers, port = served
    assert end_the_one_before(home)
    until(lambda: _is_closed(port))
    assert readers._process
    readers._process.wait()
    assert not end_the_one_before(home)


def test_a_note_that_names_somebody_else_ends_nobody(served: tuple[Home, ReadersProcess, int]) -> None:
    home, _, port = served
    (home.site / ".state" / "readers.json").write_text(f'{{"pid": {os.getpid()}}}')
    assert not end_the_one_before(home)
    (home.site / ".state" / "readers.json").write_text("rubbish")
    assert not end_the_one_before(home)
    assert status(port, "/") == 200


def test_a_home_in_a_deep_folder_has_a_socket_all_the_same(tmp_path: Path) -> None:
    deep = Home(tmp_path / ("a" * 60) / ("b" * 60))
    assert len(os.fsencode(socket_of(deep))) <= 100
    assert socket_of(deep) == socket_of(deep)
    assert socket_of(deep) != socket_of(Home(tmp_path))

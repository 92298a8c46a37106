"""Readers who are slow on purpose, many at once, beside one who only wants to read (slowhttptest -H, -B and -X)."""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

HEAD = b"GET / HTTP/1.1\r\nHost: news.example\r\n"
LETTER = b"POST /comments/ HTTP/1.1\r\nHost: news.example\r\nContent-Length: 4096\r\n\r\n"


class Slow:
    """`count` connections that send `first`, and then `more` every now and then, and never read."""

    def __init__(self, port: int, count: int, first: bytes, more: bytes = b"", every: float = 2.0) -> None:
        self._every, self._more, self._is_over = every, more, Event()
        self.connections = [_connected(port, first) for _ in range(count)]
        self._thread = Thread(target=self._drip, daemon=True)
        self._thread.start()

    def _drip(self) -> None:
        while self._more and not self._is_over.wait(self._every):
            for connection in self.connections:
                with suppress(OSError):
                    connection.send(self._more)

    def left(self) -> int:
        """How many the server has not given up."""
        return sum(not _is_dropped(connection) for connection in self.connections)

    def close(self) -> None:
        self._is_over.set()
        self._thread.join()
        for connection in self.connections:
            connection.close()


def _connected(port: int, first: bytes) -> socket.socket:
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # its window is shut at once
    connection.settimeout(60)
    connection.connect(("127.0.0.1", port))
    connection.sendall(first)
    connection.setblocking(False)
    return connection


def _is_dropped(connection: socket.socket) -> bool:
    """Whether the server has closed it: what it sent is left unread, as a slow reader would."""
    told = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)
    return told[0] != _ESTABLISHED


_ESTABLISHED = 1


@contextmanager
def slow(port: int, count: int, first: bytes, more: bytes = b"") -> Iterator[Slow]:
    crowd = Slow(port, count, first, more)
    try:
        yield crowd
    finally:
        crowd.close()


def ninety_ninth(port: int, count: int = 300) -> float:
    """Seconds in which 99 of 100 readers have their page; each comes anew. Raises where one gets none."""
    waits = sorted(_one_wait(port) for _ in range(count))
    return waits[len(waits) * 99 // 100]


def _one_wait(port: int) -> float:
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", "/")
        answer = connection.getresponse()
        assert answer.status == 200
        assert answer.read().endswith(b"</html>\n")
    finally:
        connection.close()
    return time.monotonic() - began

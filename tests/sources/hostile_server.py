"""A web server that does whatever it is told on a loopback port: each test gives it the bytes and the pauses."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Behaviour = Callable[[socket.socket, bytes], None]
"""What is done with one connection and the head of its request."""


@dataclass
class HostileServer:
    """Serves one connection after another, each on a thread; `requests` are the heads that came in, in order."""

    behave: Behaviour
    context: ssl.SSLContext | None = None
    requests: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.place = f"127.0.0.1:{self.port}"
        self._is_over = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def url(self, path: str = "/") -> str:
        return f"http://{self.place}{path}"

    def stop(self) -> None:
        self._is_over.set()
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _serve(self) -> None:
        while not self._is_over.is_set():
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with suppress(OSError, ssl.SSLError), connection:
            stream = self.context.wrap_socket(connection, server_side=True) if self.context else connection
            with stream:
                head = b""
                while b"\r\n\r\n" not in head and (piece := stream.recv(65_536)):
                    head += piece
                self.requests.append(head)
                self.behave(stream, head)


@contextmanager
def serving(behave: Behaviour, context: ssl.SSLContext | None = None) -> Iterator[HostileServer]:
    server = HostileServer(behave, context)
    try:
        yield server
    finally:
        server.stop()


def answering(body: bytes, media_type: str = "text/html", *headers: str, status: str = "200 OK") -> Behaviour:
    """An honest answer."""

    def behave(stream: socket.socket, head: bytes) -> None:
        lines = [f"HTTP/1.1 {status}", f"Content-Type: {media_type}", f"Content-Length: {len(body)}", *headers]
        stream.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

    return behave


def sending(*pieces: bytes) -> Behaviour:
    """These bytes, and the connection is closed."""

    def behave(stream: socket.socket, head: bytes) -> None:
        for piece in pieces:
            stream.sendall(piece)

    return behave


def redirecting(*targets: str) -> Behaviour:
    """A redirect to each target in turn, and then a page."""
    left = list(targets)

    def behave(stream: socket.socket, head: bytes) -> None:
        if not left:
            answering(b"<p>At last.</p>")(stream, head)
            return
        location = left.pop(0).encode()
        stream.sendall(b"HTTP/1.1 302 Found\r\nLocation: " + location + b"\r\nSet-Cookie: a=b\r\n\r\n")

    return behave

"""A real newsroom in a folder, served by `cnh serve`, for web servers to stand before."""

from __future__ import annotations

import http.client
import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

ROOT = Path(__file__).resolve().parents[2]
ORIGIN = "https://news.example.org"
_PATIENCE = 120.0


@dataclass(frozen=True)
class Served:
    """Where a server answers, whose files these are, and from where it is asked: crowds are counted by network."""

    port: int
    home: Path
    is_secure: bool = False
    asked_from: str = "127.0.0.1"


@dataclass(frozen=True)
class Asked:
    """One request."""

    path: str
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.headers or ''}"


@dataclass(frozen=True)
class Answer:
    """What came back; the names of headers in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(served: Served, asked: Asked) -> Answer:
    """Sends exactly this address: nothing is put right on the way."""
    connection: http.client.HTTPConnection
    if served.is_secure:
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection(
            "127.0.0.1", served.port, timeout=60, source_address=(served.asked_from, 0), context=trusting
        )
    else:
        connection = http.client.HTTPConnection(
            "127.0.0.1", served.port, timeout=60, source_address=(served.asked_from, 0)
        )
    try:
        connection.request(asked.method, asked.path, asked.body, {"Host": "news.example.org", **asked.headers})
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        # nginx says its own twice when it refuses a part, and the same each time.
        is_once = len(headers) == len(answer.getheaders()) or answer.status == 416
        assert is_once, f"A header stands twice: {asked}: {answer.getheaders()}"
        return Answer(answer.status, headers, answer.read())
    finally:
        connection.close()


FORGED = ("X-Forwarded-For", "X_Forwarded_For", "X-Forwarded_For", "X_Forwarded-For")
"""The headers that a server which speaks WSGI cannot tell from one another."""


@dataclass
class Noting:
    """What stands behind a web server, and notes who asked for `/comments/x` by each header that says so."""

    port: int = 0
    arrived: list[list[tuple[str, str]]] = field(default_factory=list)


@contextmanager
def noting() -> Iterator[Noting]:
    found = Noting()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/comments/x":
                named = [(name.lower(), value) for name, value in self.headers.items()]
                found.arrived.append([each for each in named if each[0].replace("_", "-") == "x-forwarded-for"])
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    found.port = server.server_port
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(is_so: Callable[[], bool], process: subprocess.Popen[bytes], output: Path) -> None:
    """Waits for a server to be what it should be, and says what it said when it ends instead."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        with suppress(OSError, http.client.HTTPException):
            if is_so():
                return
        assert process.poll() is None, output.read_text()
        assert time.monotonic() < deadline, output.read_text()
        time.sleep(0.05)


def start_serving(home: Path, port: int, **settings: str) -> subprocess.Popen[bytes]:
    """`cnh serve`, as the documents say for behind a web server, and with these settings more."""
    output = home.parent / "serve.out"
    with output.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "cryptonewshub", "serve", "--port", str(port)],
            cwd=ROOT,
            env={
                **{name: value for name, value in os.environ.items() if not name.startswith(("CNH_", "DJANGO_"))},
                "CNH_HOME": str(home),
                "CNH_BASE_URL": ORIGIN,
                "CNH_HOSTS": "news.example.org",
                "CNH_BEHIND_PROXY": "yes",
                **settings,
            },
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    served = Served(port, home)
    wait_until(lambda: ask(served, Asked("/admin/login/")).status == 200, process, output)
    return process

"""A service on this machine that hears purges: what it was asked, word for word, and what it is to answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread


@dataclass(frozen=True)
class Heard:
    """One request; the names of headers in small letters."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Listening:
    """What was heard so far; `answers` are given in turn, then `200`."""

    place: str = ""
    heard: list[Heard] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    body: bytes = b'{"success": true}'


@contextmanager
def listening() -> Iterator[Listening]:
    found = Listening()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = int(self.headers.get("Content-Length", 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            found.heard.append(Heard(self.command, self.path, headers, self.rfile.read(size)))
            status, more = found.answers.pop(0) if found.answers else (200, {})
            self.send_response(status)
            for name, value in {**more, "Content-Length": str(len(found.body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(found.body)

        do_PURGE = do_POST  # noqa: N815 - the name of the method

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answering)
    found.place = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()

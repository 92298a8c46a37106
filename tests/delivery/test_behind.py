"""Handing dynamic requests on to the editors' process, a real one behind a real socket."""

from __future__ import annotations

import io
import shutil
import socket
import socketserver
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from cryptonewshub.delivery.behind import Behind

_hold = Event()


class Editors(BaseHTTPRequestHandler):
    """Says back what it was asked."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if "slow" in self.path:
            _hold.wait(20)
        said = "\n".join([f"{self.command} {self.path}", *(f"{name}: {value}" for name, value in self.headers.items())])
        self._say(said.encode())

    def do_POST(self) -> None:
        self._say(self.rfile.read(int(self.headers["Content-Length"])))

    def _say(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Set-Cookie", "one=1")
        self.send_header("Set-Cookie", "two=2")
        self.send_header("Connection", "keep-alive")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass

    def address_string(self) -> str:
        return "reader"


class _Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A request that broke off is what some of the tests are about."""


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="cnh"))  # a socket's path must be short
    server = _Server(str(folder / "s"), Editors)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield folder / "s"
    _hold.set()
    server.shutdown()
    server.server_close()
    shutil.rmtree(folder)


def ask(
    behind: Behind, path: str, method: str = "GET", body: bytes = b"", **environ: str
) -> tuple[str, list[Any], bytes]:
    told: list[Any] = []
    asked: dict[str, Any] = {
        "PATH_INFO": path,
        "REQUEST_METHOD": method,
        "QUERY_STRING": "",
        "HTTP_HOST": "news.example",
        "REMOTE_ADDR": "203.0.113.9",
        "wsgi.input": io.BytesIO(body),
        **environ,
    }
    said = b"".join(behind.answer(asked, lambda status, headers: told.extend((status, headers))))
    return told[0], told[1], said


def test_a_request_is_handed_on_whole(place: Path) -> None:
    status, headers, body = ask(
        Behind(place, ("/admin/",)), "/admin/a b/é".encode().decode("latin-1"), QUERY_STRING="x=1"
    )
    text = body.decode().lower()
    assert status == "200 OK"
    assert text.startswith("get /admin/a%20b/%c3%a9?x=1")
    assert "host: news.example" in text
    assert "x-newsroom-client: 203.0.113.9" in text
    assert [value for name, value in headers if name.lower() == "set-cookie"] == ["one=1", "two=2"]
    assert "connection" not in {name.lower() for name, _ in headers}


def test_nobody_can_say_that_he_is_somebody_else(place: Path) -> None:
    _, _, body = ask(Behind(place, ("/admin/",)), "/admin/", HTTP_X_NEWSROOM_CLIENT="127.0.0.1")
    assert body.decode().lower().count("x-newsroom-client") == 1
    assert "203.0.113.9" in body.decode()


def test_a_body_arrives_whole(place: Path) -> None:
    sent = bytes(range(256)) * 1000
    _, _, body = ask(Behind(place, ("/admin/",)), "/admin/", "POST", sent, CONTENT_LENGTH=str(len(sent)))
    assert body == sent


@pytest.mark.parametrize(
    ("environ", "status"),
    [
        ({"CONTENT_LENGTH": "99999999999"}, 413),
        ({"CONTENT_LENGTH": "x"}, 411),
        ({"CONTENT_LENGTH": "-1"}, 411),
        ({"HTTP_TRANSFER_ENCODING": "chunked"}, 411),
    ],
)
def test_a_body_that_may_never_end_is_refused_early(place: Path, environ: dict[str, Any], status: int) -> None:
    assert ask(Behind(place, ()), "/admin/", "POST", **environ)[0].startswith(str(status))


def test_a_body_that_ends_early_is_not_handed_on_as_whole(place: Path) -> None:
    status, _, _ = ask(Behind(place, ()), "/admin/", "POST", b"half", CONTENT_LENGTH="8")
    assert status.startswith("503")


@contextmanager
def hanging_up(answer: bytes) -> Iterator[Path]:
    """The socket of somebody who reads the headers, says this, and hangs up."""
    with tempfile.TemporaryDirectory(prefix="cnh") as folder, socket.socket(socket.AF_UNIX) as door:
        door.bind(f"{folder}/s")
        door.listen()

        def hang_up() -> None:
            connection, _ = door.accept()
            with connection:
                heard = b""
                while b"\r\n\r\n" not in heard:
                    heard += connection.recv(1)
                connection.sendall(answer)

        editors = Thread(target=hang_up, daemon=True)
        editors.start()
        yield Path(folder, "s")
        editors.join(20)


def test_a_refusal_before_the_body_is_heard() -> None:
    sent = bytes(4_000_000)  # more than a socket takes in before somebody reads
    with hanging_up(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 3\r\n\r\nNo.") as place:
        status, _, body = ask(Behind(place, ()), "/admin/", "POST", sent, CONTENT_LENGTH=str(len(sent)))
    assert (status, body) == ("403 Forbidden", b"No.")


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", b"rubbish\r\n\r\n"])
@pytest.mark.parametrize("sent", [b"", b"words"])
def test_an_answer_that_breaks_off_is_none(sent: bytes, answer: bytes) -> None:
    with hanging_up(answer) as place:
        status, _, _ = ask(Behind(place, ()), "/admin/", "POST", sent, CONTENT_LENGTH=str(len(sent)))
    assert status.startswith("503")


def test_no_more_wait_than_there_is_room_for(place: Path) -> None:
    behind = Behind(place, ("/admin/",), most_waiting=1)
    waiting = Thread(target=ask, args=(behind, "/admin/slow"), daemon=True)
    waiting.start()
    while behind._room._value:
        pass
    assert ask(behind, "/admin/")[0].startswith("503")
    assert ask(behind, "/comments/", "POST")[0].startswith("429")
    _hold.set()
    waiting.join(20)
    assert ask(behind, "/admin/")[0] == "200 OK"


def test_those_who_search_leave_room_to_the_others(place: Path) -> None:
    _hold.clear()
    behind = Behind(place, ("/admin/", "/search/"))
    searching = [
        Thread(target=ask, args=(behind, "/search/", "GET"), kwargs={"QUERY_STRING": "slow"}) for _ in range(4)
    ]
    for each in searching:
        each.start()
    while behind._room._value > 8:
        pass
    status, _, page = ask(behind, "/search/")
    assert (status, b"Too many are asking at the moment." in page) == ("429 Too Many Requests", True)
    assert ask(behind, "/admin/")[0] == "200 OK"
    _hold.set()
    for each in searching:
        each.join(20)
    assert ask(behind, "/search/")[0] == "200 OK"


def test_addresses_of_the_editors_are_known_with_and_without_their_last_slash() -> None:
    behind = Behind(Path("none"), ("/search/",))
    assert behind.is_asked("/search/")
    assert behind.is_asked("/search")
    assert not behind.is_asked("/searchlight/")

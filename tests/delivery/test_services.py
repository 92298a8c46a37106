"""Services that the operator has named: asked over kept connections, and never waited for without end."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from threading import Thread

import pytest

from cryptonewshub.delivery.services import Answer, Service, ServiceAway

Talk = Callable[[socket.socket], None]
GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone"


@contextmanager
def listening(*talks: Talk) -> Iterator[str]:
    """A server that has one talk with each connection, in this order; its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            for talk in talks:
                with server.accept()[0] as peer:
                    talk(peer)

        thread = Thread(target=answer, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/base"
        thread.join(10)


def says(*answers: bytes) -> Talk:
    def talk(peer: socket.socket) -> None:
        for answer in answers:
            peer.recv(65_536)
            peer.sendall(answer)

    return talk


def test_one_connection_serves_many_requests_and_any_method():
    talk = says(GOOD, GOOD.replace(b"200 OK", b"503 Busy"))
    with listening(talk) as address, closing(Service(address)) as service:
        assert service.ask("PURGE", f"{service.root}/a", {"host": service.host}) == Answer(200, "OK", b"done")
        assert not service.ask("PURGE", f"{service.root}/b", {"host": service.host}).is_good


def test_a_kept_connection_that_was_closed_meanwhile_is_made_anew():
    with listening(says(GOOD), says(GOOD)) as address, closing(Service(address)) as service:
        assert service.ask("GET", "/", {}).is_good
        time.sleep(0.05)
        assert service.ask("GET", "/", {}).is_good


def test_an_answer_that_breaks_off_is_no_answer():
    with listening(says(GOOD[:-1])) as address, pytest.raises(ServiceAway, match="cannot be reached"):
        Service(address).ask("GET", "/", {})


def test_a_redirect_is_an_answer_and_leads_nowhere():
    redirect = says(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")
    with listening(redirect) as address, closing(Service(address)) as service:
        assert service.ask("GET", "/", {}).status == 302


def test_nobody_there_is_a_sentence():
    with listening() as address:
        pass
    with pytest.raises(ServiceAway, match=r"^127\.0\.0\.1:\d+ cannot be reached: .+\.$"):
        Service(address).ask("GET", "/", {})


def test_a_service_that_says_nothing_is_not_waited_for():
    with listening(lambda peer: time.sleep(1)) as address, pytest.raises(ServiceAway, match="timed out"):
        Service(address, patience=0.2).ask("GET", "/", {})


def test_a_service_that_drips_is_not_waited_for():
    def drip(peer: socket.socket) -> None:
        try:
            peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            for _ in range(40):
                peer.sendall(b".")
                time.sleep(0.05)
        except OSError:
            return

    with listening(drip) as address, pytest.raises(ServiceAway, match="too slowly"):
        Service(address, patience=0.5).ask("GET", "/", {})


@pytest.mark.parametrize(
    "address",
    ["s3.example.org/site", "ftp://s3.example.org", "https://", "https://x.example/?a", "https://a:b@x.example"],
)
def test_what_is_no_address_of_a_service_is_refused(address: str):
    with pytest.raises(ValueError, match="is no address of a service"):
        Service(address)

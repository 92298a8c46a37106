"""The one door to the network, against servers that do their worst on a loopback port.

The loopback is let in by name, by each test; nothing else opens it.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cryptonewshub.sources.destinations import FetchRefused
from cryptonewshub.sources.fetching import Fetched, Limits, fetch, post
from tests.sources.hostile_server import (
    Behaviour,
    HostileServer,
    answering,
    redirecting,
    sending,
    serving,
)


def ask(server: HostileServer, path: str = "/", **limits: Any) -> Fetched:
    return fetch(server.url(path), limits=Limits(allowed={server.place}, **limits))


def refusal(behave: Behaviour, **limits: Any) -> str:
    """The sentence with which a server is given up."""
    with serving(behave) as server, pytest.raises(FetchRefused) as refused:
        ask(server, **limits)
    return str(refused.value)


def test_an_honest_answer_comes_whole() -> None:
    with serving(answering(b"<p>Rain.</p>", "text/html; charset=UTF-8")) as server:
        got = ask(server, "/weather?day=1")
    assert (got.status, got.body, got.media_type, got.charset) == (200, b"<p>Rain.</p>", "text/html", "utf-8")
    assert got.hops == (server.url("/weather?day=1"),)
    assert got.number == "127.0.0.1"


def test_nothing_is_sent_along_but_the_request(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    with serving(redirecting("/second")) as server:
        got = ask(server, "/first")
    assert got.body == b"<p>At last.</p>"
    sent = b"".join(server.requests).lower()
    assert b"get /first http/1.1" in sent
    assert b"get /second http/1.1" in sent
    for unwanted in (b"cookie", b"authorization", b"referer", b"gzip"):
        assert unwanted not in sent


def test_the_loopback_is_shut_unless_it_is_named() -> None:
    with serving(answering(b"secret")) as server:
        for limits in (Limits(), Limits(ports={80, 443, server.port}), Limits(allowed={"127.0.0.1:1"})):
            with pytest.raises(FetchRefused):
                fetch(server.url(), limits=limits)
            with pytest.raises(FetchRefused):
                post(server.url(), b"x", media_type="text/plain", limits=limits)
    assert server.requests == []


def test_a_redirect_to_a_private_place_is_refused() -> None:
    with serving(answering(b"secret")) as inside:
        for target in (inside.url(), f"//127.0.0.1:{inside.port}/", "file:///etc/passwd", "http://10.0.0.1/"):
            with serving(redirecting(target)) as outside, pytest.raises(FetchRefused):
                ask(outside)
    assert inside.requests == []


@pytest.mark.parametrize("target", ["http://[", "//[", "http://[::1", "http://]/", "http://[v1.x]/"])
def test_a_redirect_to_what_is_no_address_is_refused_in_a_sentence(target: str) -> None:
    assert target.removeprefix("//") in refusal(redirecting(target))


def test_a_named_place_is_not_reached_by_a_redirect_from_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(answering(b"secret")) as inside, serving(redirecting(inside.url())) as outside:
        # A public page, as far as the guard can tell; the connection is led to the loopback behind its back.
        connect = socket.create_connection
        real = ("127.0.0.1", outside.port)
        monkeypatch.setattr("socket.create_connection", lambda place, timeout: connect(real, timeout))
        limits = Limits(allowed={inside.place}, resolve=lambda host, port: ["93.184.216.34"])
        with pytest.raises(FetchRefused):
            fetch("http://news.example/", limits=limits)
        assert len(outside.requests) == 1
    assert inside.requests == []


def test_the_connection_goes_to_the_number_that_was_judged_and_the_name_is_looked_up_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    answers = [["93.184.216.34"], ["127.0.0.1"]]

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return answers.pop(0)

    connected: list[tuple[str, int]] = []

    def refuse(place: tuple[str, int], timeout: float) -> socket.socket:
        connected.append(place)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr("socket.create_connection", refuse)
    with pytest.raises(FetchRefused, match="Connection refused"):
        fetch("http://news.example/", limits=Limits(resolve=rebinding))
    assert asked == ["news.example"]
    assert set(connected) == {("93.184.216.34", 80)}


def test_an_endless_chain_of_redirects_ends() -> None:
    assert "without end" in refusal(redirecting(*["/again"] * 20))
    with serving(redirecting(*["/again"] * 5)) as server:
        assert len(ask(server).hops) == 6


def test_a_redirect_away_from_encryption_is_told() -> None:
    got = Fetched("http://a.example/", 200, "OK", (), b"", ("https://a.example/", "http://a.example/"), "")
    assert got.lost_encryption
    assert not Fetched(
        "https://a.example/", 200, "OK", (), b"", ("http://a.example/", "https://a.example/"), ""
    ).lost_encryption


def drip(piece: bytes, head: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n") -> Behaviour:
    def behave(stream: socket.socket, request: bytes) -> None:
        stream.sendall(head)
        for _ in range(600):
            stream.sendall(piece)
            time.sleep(0.05)

    return behave


@pytest.mark.parametrize(
    "behave",
    [
        drip(b"x"),
        drip(b"1\r\nx\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
        drip(b"X: y\r\n", b"HTTP/1.1 200 OK\r\n"),
        drip(b"H", b"HTTP/1.1 200 O"),
        drip(b"HTTP/1.1 100 Continue\r\n\r\n", b""),
        lambda stream, head: time.sleep(20),
    ],
    ids=["body", "chunks", "headers", "status line", "continues", "silence"],
)
def test_a_server_that_drips_is_cut_off_at_the_end_of_the_time(behave: Behaviour) -> None:
    began = time.monotonic()
    sentence = refusal(behave, seconds=0.6)
    assert "within 0.6 seconds" in sentence or "100 headers" in sentence
    assert time.monotonic() - began < 15


def test_a_slow_name_server_is_cut_off_too() -> None:
    def slow(host: str, port: int) -> list[str]:
        time.sleep(20)
        return []

    with pytest.raises(FetchRefused, match="within"):
        fetch("http://news.example/", limits=Limits(seconds=0.3, resolve=slow))


def test_a_server_that_is_slow_under_tls_is_cut_off(tmp_path: Path) -> None:
    with serving(answering(b"x")) as server, pytest.raises(FetchRefused):
        fetch(f"https://{server.place}/", limits=Limits(seconds=0.5, allowed={server.place}))


def endless(head: bytes, piece: bytes) -> Behaviour:
    def behave(stream: socket.socket, request: bytes) -> None:
        stream.sendall(head)
        while True:
            stream.sendall(piece)

    return behave


def test_an_endless_body_is_cut_off_at_the_cap() -> None:
    assert "more than 1 MB" in refusal(endless(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 9000), most_bytes=1_000_000)


def test_a_packed_bomb_is_cut_off_at_the_cap_of_what_is_unpacked() -> None:
    bomb = gzip.compress(bytes(60_000_000))
    assert len(bomb) < 100_000
    assert "more than 25 MB" in refusal(answering(bomb, "text/html", "Content-Encoding: gzip"))


def test_an_honest_packed_answer_is_unpacked() -> None:
    with serving(answering(gzip.compress(b"<p>Rain.</p>"), "text/html", "Content-Encoding: gzip")) as server:
        assert ask(server).body == b"<p>Rain.</p>"


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"x" * 900)[:-12],
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 4\r\n\r\nnope",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1_000_000 + b"\r\n\r\n",
        b"SSH-2.0-OpenSSH\r\n",
        b"",
    ],
    ids=["short", "short chunks", "short packed", "not packed", "packed otherwise", "many headers", "long header",
         "no web server", "nothing"],
)  # fmt: skip
def test_a_broken_answer_is_no_document(answer: bytes) -> None:
    assert "could not be read" in refusal(sending(answer))


def test_what_comes_after_the_announced_length_is_not_read() -> None:
    with serving(sending(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntrue" + b"false" * 1000)) as server:
        assert ask(server).body == b"true"


def test_a_post_is_answered_in_small_and_follows_nothing() -> None:
    with serving(answering(b"cosigned", "text/plain", status="409 Conflict")) as server:
        got = post(server.url("/add"), b"note", media_type="text/plain", limits=Limits(allowed={server.place}))
        assert (got.status, got.body) == (409, b"cosigned")
        assert server.requests[0].startswith(b"POST /add HTTP/1.1")
    with serving(redirecting("/elsewhere")) as server:
        assert post(server.url(), b"", media_type="text/plain", limits=Limits(allowed={server.place})).status == 302
        assert len(server.requests) == 1


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for news.example, by itself, with its key, in one file."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "news.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("news.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "server.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return file


@pytest.mark.parametrize(
    ("host", "is_trusted"), [("news.example", True), ("other.example", True), ("news.example", False)]
)
def test_a_certificate_holds_for_the_name_that_was_asked(
    certificate: Path, host: str, is_trusted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    with serving(answering(b"Rain."), context) as server:
        connect = socket.create_connection
        real = ("127.0.0.1", server.port)
        monkeypatch.setattr("socket.create_connection", lambda place, timeout: connect(real, timeout))
        limits = Limits(
            resolve=lambda host, port: ["93.184.216.34"], certificates=str(certificate) if is_trusted else None
        )
        if host == "news.example" and is_trusted:
            assert fetch(f"https://{host}/", limits=limits).body == b"Rain."
            assert b"Host: news.example\r\n" in server.requests[0]
            return
        with pytest.raises(FetchRefused, match="certificate"):
            fetch(f"https://{host}/", limits=limits)
    assert server.requests == []

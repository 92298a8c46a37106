"""The turnstile: who may put words into the letterbox, told before Django hears of it."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest

from cryptonewshub.delivery.letterbox import turnstile
from cryptonewshub.delivery.letterbox.turnstile import Turnstile

FORM = "application/x-www-form-urlencoded"
FROM_US = {"sec-fetch-site": "same-origin", "content-type": FORM}


class Inside:
    """Stands for Django: notes what comes in, and answers like it."""

    def __init__(self) -> None:
        self.asked: list[tuple[MutableMapping[str, Any], bytes]] = []
        self.status = 200

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked.append((scope, (await receive())["body"]))
        headers = [(b"set-cookie", b"csrftoken=1"), (b"vary", b"Cookie"), (b"content-type", b"text/html")]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"thank you"})


class Street:
    """Readers on one street before the door, with a clock of its own."""

    def __init__(self, **options: Any) -> None:
        self.inside = Inside()
        self.now = 0.0
        self.door = Turnstile(self.inside, origin="https://news.example.org", clock=lambda: self.now, **options)

    def ask(
        self,
        path: str = "/comments/write/x/",
        method: str = "POST",
        *,
        body: bytes | list[bytes] = b"body=words",
        client: str = "203.0.113.7",
        headers: dict[str, str] | None = None,
    ) -> tuple[int, dict[str, str], bytes]:
        parts = body if isinstance(body, list) else [body]
        waiting = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
        waiting[-1]["more_body"] = False
        sent: list[Any] = []

        async def receive() -> Any:
            return waiting.pop(0)

        async def send(message: Any) -> None:
            sent.append(message)

        raw = [(name.encode(), value.encode()) for name, value in (FROM_US if headers is None else headers).items()]
        scope = {"type": "http", "path": path, "method": method, "headers": raw, "client": (client, 5)}
        asyncio.run(self.door(scope, receive, send))
        told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return sent[0]["status"], told, b"".join(message["body"] for message in sent[1:])


@pytest.fixture
def street() -> Street:
    return Street()


def test_words_go_in_without_cookies_and_answers_come_out_without_them(street: Street) -> None:
    status, headers, body = street.ask(headers={**FROM_US, "cookie": "session=abc", "authorization": "x"})
    assert (status, body) == (200, b"thank you")
    assert not {"set-cookie", "vary"} & headers.keys()
    assert headers["cache-control"] == "no-store"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    ((scope, words),) = street.inside.asked
    assert words == b"body=words"
    assert not {b"cookie", b"authorization"} & {name for name, _ in scope["headers"]}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": "https://news.example.org"}, 403),
        ({"origin": "https://news.example.org"}, 200),
        ({"origin": "null"}, 403),
        ({"origin": "https://news.example.org.evil.example"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({}, 403),
        ({"sec-fetch-site": "same-origin", "content-type": "text/plain"}, 415),
        ({"sec-fetch-site": "same-origin", "content-type": "application/json"}, 415),
        ({"sec-fetch-site": "same-origin", "content-type": "multipart/form-data; boundary=x"}, 415),
        ({"sec-fetch-site": "same-origin", "content-type": f"{FORM}; charset=utf-8"}, 200),
        ({"sec-fetch-site": "same-origin", "content-encoding": "gzip"}, 413),
        ({"sec-fetch-site": "same-origin", "content-length": "99999999"}, 413),
        ({"sec-fetch-site": "same-origin", "content-length": "-1"}, 413),
    ],
)
def test_what_another_site_sends_is_refused(street: Street, headers: dict[str, str], status: int) -> None:
    assert street.ask(headers=headers)[0] == status
    assert len(street.inside.asked) == (status == 200)


def test_a_mail_program_may_stop_letters_without_an_origin(street: Street) -> None:
    assert street.ask("/comments/post/stop-all/token/", headers={})[0] == 200
    assert street.ask("/comments/post/erase-all/token/", headers={})[0] == 403


def test_a_mail_program_may_send_its_one_click_in_parts_and_nobody_else_may(street: Street) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
    in_parts = {"content-type": "Multipart/Form-Data; boundary=x"}  # RFC 8058 allows both kinds of form
    stop = "/comments/post/stop-all/token/"
    assert street.ask(stop, body=body, headers=in_parts)[0] == 200
    assert street.inside.asked[0][1] == body
    assert street.ask(stop, headers={"content-type": "application/json"})[0] == 415
    assert street.ask(stop, body=[b"x" * 40_000, b"x" * 40_000], headers=in_parts)[0] == 413
    for path in ("/comments/post/confirm/token/", "/comments/post/erase-all/token/", "/comments/write/x/"):
        assert street.ask(path, headers=in_parts)[0] == 403
        assert street.ask(path, headers={**FROM_US, **in_parts})[0] == 415
    assert len(street.inside.asked) == 1


def test_a_body_that_grows_too_large_is_refused_whatever_its_length_said(street: Street) -> None:
    assert street.ask(body=[b"x" * 40_000, b"x" * 40_000])[0] == 413
    assert street.inside.asked == []


def test_a_crowd_from_one_network_is_held_back_and_others_are_not(street: Street) -> None:
    statuses = [street.ask(client=f"203.0.113.{number}")[0] for number in range(30)]
    assert statuses == [200] * 10 + [429] * 20
    status, headers, body = street.ask()
    assert (status, headers["retry-after"]) == (429, "60")
    assert b"keep them" in body
    assert street.ask(client="198.51.100.1")[0] == 200
    street.now += 60
    assert [street.ask()[0] for _ in range(11)] == [200] * 10 + [429]


def test_a_crowd_from_everywhere_is_held_back_and_memory_stays_bounded(street: Street) -> None:
    street.door._gate.writers.kept = 500
    statuses = [street.ask(client=f"10.{number // 250}.{number % 250}.1")[0] for number in range(2_000)]
    assert statuses.count(200) == 40
    assert len(street.door._gate.writers.networks) == 500


def test_an_ipv6_network_is_a_48(street: Street) -> None:
    statuses = [street.ask(client=f"2001:db8:1:{number:x}::1")[0] for number in range(20)]
    assert statuses.count(200) == 10


def test_only_our_own_proxy_is_believed_about_who_asks() -> None:
    forwarded = {**FROM_US, "x-forwarded-for": "198.51.100.9, 203.0.113.7"}
    plain, behind = Street(), Street(behind_proxy=True)
    plain.ask(headers=forwarded, client="192.0.2.1")
    behind.ask(headers=forwarded, client="192.0.2.1")
    assert plain.inside.asked[0][0]["client"][0] == "192.0.2.1"
    assert behind.inside.asked[0][0]["client"][0] == "203.0.113.7"


def test_an_error_of_ours_is_told_as_not_now(street: Street) -> None:
    street.inside.status = 500
    status, headers, body = street.ask()
    assert (status, headers["retry-after"]) == (503, "60")
    assert body == f"{turnstile._NOT_NOW}\n".encode()


def test_other_addresses_pass_untouched(street: Street) -> None:
    status, headers, _ = street.ask("/admin/login/", headers={"cookie": "session=abc"})
    assert (status, headers["set-cookie"]) == (200, "csrftoken=1")
    assert (b"cookie", b"session=abc") in street.inside.asked[0][0]["headers"]

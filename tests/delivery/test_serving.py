"""Serving: files for readers, whole and with their headers; nothing outside the shelves; the staff's own door."""

from __future__ import annotations

from collections.abc import Coroutine, MutableMapping
from pathlib import Path
from typing import Any

import pytest

from cryptonewshub.delivery.serving import Front, Shelf, log_shelves, uploads


class Answer:
    """What one request got: status, headers, body."""

    def __init__(self, messages: list[MutableMapping[str, Any]]) -> None:
        self.status: int = messages[0]["status"]
        self.headers = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
        self.body = b"".join(message.get("body", b"") for message in messages[1:])


async def _staff(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"the editor"})


@pytest.fixture
def front(tmp_path: Path) -> Front:
    site, media = tmp_path / "site", tmp_path / "media"
    (site / "security" / "ferry").mkdir(parents=True)
    (site / ".state").mkdir()
    media.mkdir()
    (site / "index.html").write_text("front")
    (site / "404.html").write_text("nothing here")
    (site / "security" / "ferry" / "index.html").write_text("the ferry")
    (site / ".state" / "cursor").write_text("7")
    (tmp_path / "secret").write_text("secret")
    (media / "x.html").write_text("<script>alert(1)</script>")
    return Front((uploads(media), Shelf("/", site)), _staff, ("/admin/",), site / "404.html")


@pytest.mark.parametrize(
    ("mark", "status"),
    [
        ("<!doctype html><!-- 410 Gone --><p>Withdrawn", 410),
        ('{"gone":{"entry":7}}', 410),
        ("<!doctype html><p>Gone", 200),
    ],
)
def test_a_file_that_says_that_it_is_gone_is_answered_so(front: Front, tmp_path: Path, mark: str, status: int) -> None:
    (tmp_path / "site" / "security" / "ferry" / "index.html").write_text(mark)
    answer = get(front, "/security/ferry/")
    assert (answer.status, answer.body) == (status, mark.encode())
    again = get(front, "/security/ferry/", if_none_match=answer.headers["etag"])
    assert again.status == (410 if status == 410 else 304)
    assert get(front, "/security/ferry/", method="HEAD").status == status


def get(front: Front, path: str, *, method: str = "GET", **headers: str) -> Answer:
    messages: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        messages.append(message)

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b""}

    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    _finish(front({"type": "http", "method": method, "path": path, "headers": sent}, receive, send))
    return Answer(messages)


def _finish(answering: Coroutine[Any, Any, None]) -> None:
    """Serving a file waits for nothing, so its coroutine ends at the first step, and needs no event loop."""
    with pytest.raises(StopIteration):
        answering.send(None)


def test_a_page_is_served_with_the_policy_that_keeps_advertisements_out(front: Front) -> None:
    answer = get(front, "/security/ferry/")
    assert (answer.status, answer.body) == (200, b"the ferry")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "set-cookie" not in answer.headers
    assert "vary" not in answer.headers


def test_an_unchanged_page_is_not_sent_again(front: Front) -> None:
    etag = get(front, "/").headers["etag"]
    answer = get(front, "/", if_none_match=f'"other", {etag}')
    assert (answer.status, answer.body) == (304, b"")
    assert "content-length" not in answer.headers


def test_a_changed_page_is_served_at_once(front: Front, tmp_path: Path) -> None:
    before = get(front, "/").headers["etag"]
    (tmp_path / "site" / "index.html").unlink()
    (tmp_path / "site" / "index.html").write_text("other front")
    answer = get(front, "/", if_none_match=before)
    assert (answer.status, answer.body) == (200, b"other front")


def test_head_has_the_length_and_no_body(front: Front) -> None:
    answer = get(front, "/", method="HEAD")
    assert (answer.status, answer.body, answer.headers["content-length"]) == (200, b"", "5")


def test_an_address_without_its_last_slash_leads_to_the_page(front: Front) -> None:
    answer = get(front, "/security/ferry")
    assert (answer.status, answer.headers["location"]) == (308, "/security/ferry/")


@pytest.mark.parametrize(
    "path",
    [
        "/nothing/",
        "/../secret",
        "/security/../../secret",
        "/.state/cursor",
        "/security//ferry/",
        "/security/ferry/index.html/",
        "/\\secret",
        "/security/\0",
        "/%2e%2e/secret",
        "//secret",
        "/" + "a" * 5000,
    ],
)
def test_nothing_outside_the_shelves_is_served(front: Front, path: str) -> None:
    answer = get(front, path)
    assert (answer.status, answer.body) == (404, b"nothing here")


def test_readers_can_only_read(front: Front) -> None:
    answer = get(front, "/", method="POST")
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


def test_an_upload_can_never_run(front: Front) -> None:
    assert get(front, "/uploads/x.html").headers["content-security-policy"] == "default-src 'none'; sandbox"


@pytest.fixture
def log_front(tmp_path: Path) -> Front:
    log = tmp_path / "log"
    for name in ("tile/0/000.p/5", "tile/entries/000", "proof/3.tlog-proof", "content/ab", "doc/cd", ".state/lock.db"):
        (log / name).parent.mkdir(parents=True, exist_ok=True)
        (log / name).write_bytes(name.encode())
    (log / "checkpoint").write_text("signed")
    (log / "keys.json").write_text("{}")
    return Front((*log_shelves(log), Shelf("/", tmp_path)), _staff, ("/admin/",), tmp_path / "404.html")


@pytest.mark.parametrize(
    ("path", "kind", "cache"),
    [
        ("/log/checkpoint", "text/plain; charset=utf-8", "public, max-age=2"),
        ("/log/tile/0/000.p/5", "application/octet-stream", "public, max-age=31536000, immutable"),
        ("/log/tile/entries/000", "application/octet-stream", "public, max-age=31536000, immutable"),
        ("/log/proof/3.tlog-proof", "text/plain; charset=utf-8", "public, max-age=0, must-revalidate"),
        ("/log/content/ab", "application/json", "public, max-age=0, must-revalidate"),
        ("/log/doc/cd", "application/json", "public, max-age=31536000, immutable"),
        ("/log/keys.json", "application/json", "public, max-age=0, must-revalidate"),
    ],
)
def test_the_logs_files_are_served_as_what_they_are(log_front: Front, path: str, kind: str, cache: str) -> None:
    answer = get(log_front, path)
    assert answer.status == 200
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == (kind, cache)


@pytest.mark.parametrize("path", ["/log/.state/lock.db", "/log/tile/../.state/lock.db", "/log/", "/log/keys.jsonx"])
def test_nothing_else_of_the_log_is_served(log_front: Front, path: str) -> None:
    assert get(log_front, path).status == 404


def test_the_staffs_addresses_go_to_the_editor(front: Front) -> None:
    assert get(front, "/admin/login/", method="POST").body == b"the editor"

"""A hub is told of every feed that changed, and its failures reach nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from threading import enumerate as threads
from typing import Any
from urllib.parse import parse_qs

import pytest

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.delivery.hub import tell_the_hub_of
from cryptonewshub.editions.publishing import publish_edition


class Hub(BaseHTTPRequestHandler):
    told: list[dict[str, list[str]]] = []
    status = 204

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        Hub.told.append(parse_qs(body))
        self.send_response(Hub.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hub(settings: Any) -> Iterator[type[Hub]]:
    server = HTTPServer(("127.0.0.1", 0), Hub)
    Thread(target=server.serve_forever, daemon=True).start()
    Hub.told, Hub.status = [], 204
    settings.CNH_WEBSUB_HUB = f"http://127.0.0.1:{server.server_port}/"
    yield Hub
    server.shutdown()
    server.server_close()


def _tell(*written: str) -> None:
    thread = tell_the_hub_of(written)
    assert thread is not None
    thread.join(60)


def test_the_hub_is_told_of_feeds_alone(hub: type[Hub]) -> None:
    _tell("/", "/feed.xml", "/security/atom.xml", "/security/ferry/", "/feed.json")
    assert [told["hub.url"] for told in hub.told] == [
        ["http://localhost:8000/feed.xml"],
        ["http://localhost:8000/security/atom.xml"],
        ["http://localhost:8000/feed.json"],
    ]
    assert {told["hub.mode"][0] for told in hub.told} == {"publish"}


def test_a_hub_that_refuses_is_named_and_nothing_fails(hub: type[Hub], caplog: pytest.LogCaptureFixture) -> None:
    hub.status = 403
    _tell("/feed.xml")
    assert "refused to be told of /feed.xml: 403" in caplog.text


def test_a_hub_that_is_away_is_asked_once(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    settings.CNH_WEBSUB_HUB = "http://127.0.0.1:9/"
    _tell("/feed.xml", "/atom.xml")
    assert caplog.text.count("was not told") == 1


def test_without_a_hub_nobody_is_told() -> None:
    assert tell_the_hub_of(["/feed.xml"]) is None


def test_a_publication_tells_the_hub(hub: type[Hub], committed_draft: Callable[..., ArticlePage]) -> None:
    revision = committed_draft().get_latest_revision()
    assert revision is not None
    publish_edition(revision)
    for thread in [each for each in threads() if each.name == "tell the hub"]:
        thread.join(60)
    assert ["http://localhost:8000/security/feed.xml"] in [told["hub.url"] for told in hub.told]

"""Without a connection: what a reader has read opens again, everything else is answered by a page of the newsroom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Page

from cryptonewshub.delivery.headers import PAGE_HEADERS
from cryptonewshub.delivery.shelves import CHECK_EACH_TIME, IMMUTABLE
from tests.browser.conftest import RunningNewsroom


class Handler(SimpleHTTPRequestHandler):
    """The baked pages with their headers."""

    def end_headers(self) -> None:
        for name, value in PAGE_HEADERS:
            self.send_header(name.decode(), value.decode())
        self.send_header("cache-control", IMMUTABLE if self.path.startswith("/assets/") else CHECK_EACH_TIME)
        super().end_headers()

    def log_message(self, *_words: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def mortal(running_newsroom: RunningNewsroom) -> Iterator[tuple[str, Callable[[], None]]]:
    """The address of a server of the newsroom's pages, and what ends it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(running_newsroom.home / "site")))
    Thread(target=server.serve_forever, daemon=True).start()

    def end() -> None:
        server.shutdown()
        server.server_close()

    yield f"http://localhost:{server.server_address[1]}", end
    end()


def test_without_a_connection_a_page_that_was_read_opens_and_others_say_what_is_the_matter(
    page: Page, mortal: tuple[str, Callable[[], None]]
) -> None:
    address, end = mortal
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(address)
    assert page.evaluate("navigator.serviceWorker.ready.then(({active}) => active.scriptURL)") == f"{address}/worker.js"
    page.goto(f"{address}/corrections/")
    page.wait_for_function("navigator.serviceWorker.controller")
    page.goto(f"{address}/archive/")
    archive = page.locator("h1").inner_text()

    end()
    page.goto(f"{address}/policies/")
    assert page.locator("h1").inner_text() == "There is no connection"
    assert page.evaluate("document.fonts.check('1em Text')")
    assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") != "none"
    page.goto(f"{address}/archive/")
    assert page.locator("h1").inner_text() == archive
    assert faults == []


def test_nothing_is_kept_of_what_a_reader_read(page: Page, mortal: tuple[str, Callable[[], None]]) -> None:
    address, _ = mortal
    page.goto(f"{address}/archive/")
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()
    page.goto(f"{address}/corrections/")
    kept = page.evaluate(
        "caches.keys().then(([shelf]) => caches.open(shelf)).then((shelf) => shelf.keys())"
        ".then((kept) => kept.map(({url}) => new URL(url).pathname))"
    )
    assert [path for path in kept if not path.startswith("/assets/")] == ["/offline/"]

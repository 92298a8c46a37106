"""Every kind of page that shows what was sealed, before the verifier in the reader’s browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import RunningNewsroom
from tests.browser.test_reader import PAGES

SHOWING = (
    "front", "section", "article", "edition", "history", "comparison", "live", "table", "explainer", "opinion",
    "live coverage that runs", "from right to left", "retracted", "part of a series", "series", "author", "topic",
    "person",
)  # fmt: skip


@pytest.mark.parametrize("kind", SHOWING)
def test_a_page_is_verified_in_the_readers_browser(page: Page, running_newsroom: RunningNewsroom, kind: str) -> None:
    page.goto(f"{running_newsroom.address}/verify/#{PAGES[kind]}")
    expect(page.locator("#verdict .end")).to_be_visible()
    assert page.locator("#verdict li.fails").all_inner_texts() == []

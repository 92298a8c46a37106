"""The reader's pages in a real browser: nothing from elsewhere, nothing stored, nothing that needs a script."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import RunningNewsroom

ARTICLE = "/energy/merrow-link-anchor/"
PAGES = [
    "/",
    "/energy/",
    ARTICLE,
    f"{ARTICLE}editions/1/",
    "/authors/nadia-corvell/",
    "/topics/merrow-link/",
    "/nothing/",
]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_no_other_host_and_sets_no_cookie(
    browser: Browser, running_newsroom: RunningNewsroom, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page, asked, refused = context.new_page(), set[str](), list[str]()
    page.on("request", lambda request: asked.add(request.url.split("/")[2]))
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.goto(running_newsroom.address + address)
    assert asked == {running_newsroom.address.removeprefix("http://")}
    assert context.cookies() == []
    assert [text for text in refused if "404" not in text] == []
    context.close()


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_in_light_and_dark(browser: Browser, running_newsroom: RunningNewsroom, address: str) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(running_newsroom.address + address)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
    context.close()


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_wider_than_the_screen(page: Page, running_newsroom: RunningNewsroom, address: str) -> None:
    page.goto(running_newsroom.address + address)
    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_an_article_says_when_it_was_published_in_the_zone_of_that_day(
    page: Page, running_newsroom: RunningNewsroom
) -> None:
    page.goto(running_newsroom.address + ARTICLE)
    published = page.locator("time").first
    expect(published).to_have_attribute("datetime", "2026-03-12T08:10:00+01:00")
    expect(published).to_contain_text("CET")


def test_the_mark_of_a_quotation_opens_where_it_comes_from_by_keyboard(
    page: Page, running_newsroom: RunningNewsroom
) -> None:
    page.goto(running_newsroom.address + ARTICLE)
    mark = page.get_by_role("button", name="Source:").first
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Press briefing on the Merrow Link").first).to_be_visible()


def test_a_correction_stands_above_the_story(page: Page, running_newsroom: RunningNewsroom) -> None:
    page.goto(running_newsroom.address + ARTICLE)
    correction = page.get_by_text("That is its capacity").first
    expect(correction).to_be_visible()
    box, story = correction.bounding_box(), page.locator('[data-c="body.0"]').bounding_box()
    assert box
    assert story
    assert box["y"] < story["y"]


def test_a_held_story_is_nowhere(page: Page, running_newsroom: RunningNewsroom) -> None:
    page.goto(running_newsroom.address)
    expect(page.get_by_text("Tarqua Gas").first).not_to_be_visible()
    answer = page.goto(f"{running_newsroom.address}/energy/tarqua-gas-offer/")
    assert answer
    assert answer.status == 404

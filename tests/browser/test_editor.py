"""An editor's day in a real browser: break a quotation, read why it is refused, mend it, publish, see it out."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import RunningNewsroom
from tests.browser.editing import publish, replace_words

ARTICLE = "Ellmark holds bulk carrier after anchor breaks power cable to Corravia"
WORDS = "I will not guess, and I would ask others not to guess either"


def _log_in(page: Page, newsroom: RunningNewsroom) -> None:
    page.goto(f"{newsroom.address}/admin/")
    page.get_by_label("Username").fill(newsroom.user)
    page.locator("input[name=password]").fill(newsroom.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/admin/$"))


def _open_article(page: Page, newsroom: RunningNewsroom) -> None:
    page.goto(f"{newsroom.address}/admin/pages/search/?q=Merrow+Link+anchor+Ellmark")
    if page.get_by_role("link", name=ARTICLE).count() == 0:
        page.goto(f"{newsroom.address}/admin/pages/search/?q=Ellmark+holds")
    page.get_by_role("link", name=ARTICLE).first.click()
    expect(page.locator(".public-DraftEditor-content", has_text=WORDS).first).to_be_visible()


def test_a_broken_quotation_is_refused_with_the_reason_and_a_mended_one_is_published(
    page: Page, running_newsroom: RunningNewsroom
) -> None:
    _log_in(page, running_newsroom)
    _open_article(page, running_newsroom)

    replace_words(page, "would ask others", "would beg others")
    publish(page)
    expect(page.get_by_text("beg").first).to_be_visible()
    expect(page.locator(".messages, .w-messages, [role=alert]").get_by_text("“ask”").first).to_be_visible()

    replace_words(page, "would beg others", "would ask others")
    page.get_by_label("Kind of change", exact=True).select_option("update")
    page.get_by_label("What changed").fill("One sentence was added.")
    replace_words(page, "with 22 people on board", "with 22 people on board and a cargo of grain")
    publish(page)
    expect(page.get_by_text("has been published").or_(page.get_by_text("is now published")).first).to_be_visible()

    page.goto(f"{running_newsroom.address}/energy/merrow-link-anchor/")
    expect(page.get_by_text("and a cargo of grain")).to_be_visible()
    expect(page.get_by_text(re.compile("^Updated")).first).to_be_visible()


def test_the_editors_pages_call_nobody_else(page: Page, running_newsroom: RunningNewsroom) -> None:
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url.split("/")[2]) if "://" in request.url else None)
    _log_in(page, running_newsroom)
    _open_article(page, running_newsroom)
    assert asked == {running_newsroom.address.removeprefix("http://")}


def test_the_preview_looks_like_the_page(page: Page, running_newsroom: RunningNewsroom) -> None:
    page.goto(f"{running_newsroom.address}/energy/merrow-link-anchor/")
    face = page.get_by_role("heading", level=1).evaluate("heading => getComputedStyle(heading).fontFamily")
    _log_in(page, running_newsroom)
    _open_article(page, running_newsroom)
    page.get_by_role("button", name="Toggle preview").click()
    page.wait_for_timeout(2500)  # the editor loads a preview beside the one that it shows, and then swaps them
    previewed = page.frame_locator("iframe[title=Preview]").first.get_by_role("heading", level=1)
    expect(previewed).to_have_text(ARTICLE)
    expect(previewed).to_have_css("font-family", face)

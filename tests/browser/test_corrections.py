"""A correction as its editor makes it and as its reader finds it, in a real browser."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import RunningNewsroom

STORY = "/security/naval-line-hundred-days/"


def _open_story(page: Page, newsroom: RunningNewsroom) -> None:
    page.goto(f"{newsroom.address}/admin/corrections/")
    if page.locator("input[name=username]").count():
        page.locator("input[name=username]").fill(newsroom.user)
        page.locator("input[name=password]").fill(newsroom.password)
        page.get_by_role("button", name="Sign in").click()
    page.goto(f"{newsroom.address}/admin/corrections/")
    page.get_by_role("link", name=re.compile("^Naval line rang")).first.click()


def test_the_form_shows_what_the_kind_of_change_needs(page: Page, running_newsroom: RunningNewsroom) -> None:
    _open_story(page, running_newsroom)
    kind = page.get_by_label("Kind of change", exact=True)
    kind.select_option("")  # another test may have left a draft
    expect(page.locator("#id_was_wrong")).to_be_hidden()
    kind.select_option("correction")
    for name in ("was_wrong", "is_right", "found_by", "credit", "severity"):
        expect(page.locator(f"#id_{name}")).to_be_visible()
    expect(page.locator("#id_change_note")).to_be_hidden()
    kind.select_option("retraction")
    expect(page.get_by_text("Why we no longer stand by it")).to_be_visible()
    expect(page.locator("#id_severity")).to_be_hidden()
    kind.select_option("minor")
    expect(page.locator("#id_minor_all_the_same")).to_be_visible()
    expect(page.locator("#id_was_wrong")).to_be_hidden()


def test_the_list_of_corrections_is_whole_and_accessible(page: Page, running_newsroom: RunningNewsroom) -> None:
    page.goto(f"{running_newsroom.address}/corrections/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Corrections")
    expect(page.get_by_text("The sailings at night go on as before.")).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("Corrections per 100 stories"))).to_be_visible()
    assert [found["id"] for found in Axe().run(page).response["violations"]] == []
    page.get_by_role("link", name=re.compile("^Strait Ferries")).click()
    expect(page).to_have_url(re.compile("/energy/strait-ferries-night/#change-2$"))
    expect(page.locator("#change-2")).to_be_in_viewport()

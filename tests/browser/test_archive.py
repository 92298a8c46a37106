"""A reporter's way with sources in a real browser: add a document, read it, protect it, find it again."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import RunningNewsroom
from tests.browser.test_editor import _log_in
from tests.sources.papers import VTT

LIST = "/admin/snippets/sources/source/"


def nothing_of_ours(page: Page) -> None:
    """No finding of axe in what the archive's own templates made."""
    found = Axe().run(page, context="main form.source-form, .source-ways, .source-columns, .source-text")
    assert found.violations_count == 0, found.generate_report()


def test_every_way_in_is_clean_and_can_be_reached_by_its_link(page: Page, running_newsroom: RunningNewsroom) -> None:
    _log_in(page, running_newsroom)
    page.goto(f"{running_newsroom.address}{LIST}add/")
    for label in ("Files", "Pasted text", "Interview notes", "Web address"):
        page.get_by_role("link", name=label, exact=True).click()
        expect(page.get_by_role("link", name=label, exact=True)).to_have_attribute("aria-current", "page")
        nothing_of_ours(page)


def test_a_transcript_is_added_read_protected_and_found_again(
    page: Page, running_newsroom: RunningNewsroom, tmp_path: Path
) -> None:
    (tmp_path / "ferry-briefing.vtt").write_text(VTT)
    _log_in(page, running_newsroom)
    page.goto(f"{running_newsroom.address}{LIST}add/?way=files")
    page.get_by_label("Files").set_input_files(tmp_path / "ferry-briefing.vtt")
    page.get_by_role("button", name="Add the files").click()
    expect(page.get_by_text("00:12:31")).to_be_visible()
    expect(page.get_by_text("No story yet.")).to_be_visible()
    nothing_of_ours(page)
    page.get_by_role("link", name="Correct the description").click()
    page.get_by_role("textbox", name="Title").fill("Briefing on the ferry")
    page.get_by_role("checkbox", name="Confidential").check()
    page.get_by_role("button", name="Save").click()
    page.goto(f"{running_newsroom.address}{LIST}?q=passengers+240")
    expect(page.get_by_text("it will carry 240 passengers")).to_be_visible()
    page.get_by_role("link", name="Briefing on the ferry").first.click()
    expect(page.get_by_text("do not pass it on")).to_be_visible()
    nothing_of_ours(page)


def test_an_address_inside_the_network_is_refused_where_it_was_typed(
    page: Page, running_newsroom: RunningNewsroom
) -> None:
    _log_in(page, running_newsroom)
    page.goto(f"{running_newsroom.address}{LIST}add/?way=address")
    page.get_by_label("Web address").fill("http://169.254.169.254/latest/meta-data/")
    page.get_by_role("button", name="Fetch the page").click()
    expect(page.get_by_text("is in a private network, which is never fetched.")).to_be_visible()

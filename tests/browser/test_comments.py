"""Readers and moderators in a real browser: reading, writing with and without a script, deciding by keyboard, an error
that is reported and corrected.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, RunningNewsroom, _plain_environment

STORY = "/energy/merrow-link-anchor/"
THREAD = f"{STORY}comments/"


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A browser without a script."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def _log_in(page: Page, newsroom: RunningNewsroom) -> None:
    page.goto(f"{newsroom.address}/admin/")
    page.get_by_label("Username").fill(newsroom.user)
    page.locator("input[name=password]").fill(newsroom.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/admin/$"))


def _fill(page: Page, body: str, name: str = "Edda") -> None:
    page.locator("#write textarea[name=body], form textarea[name=body]").first.fill(body)
    page.locator("#write input[name=name], form input[name=name]").first.fill(name)


def test_the_thread_comes_in_place_and_a_comment_is_sent_from_there(
    page: Page, running_newsroom: RunningNewsroom
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(running_newsroom.address + STORY)
    page.locator("#comments").scroll_into_view_if_needed()
    expect(page.get_by_text("Twelve knots to seven over that ground")).to_be_visible()
    page.locator("a[data-reply]").first.click()
    expect(page.get_by_text("You answer Rolf Haken.")).to_be_visible()
    page.locator("#write > summary").click()  # no answer after all: the form is back in its box
    page.locator("#write > summary").click()
    expect(page.get_by_text("You answer Rolf Haken.")).to_be_hidden()
    expect(page.locator("#write form")).to_be_visible()
    page.locator("a[data-reply]").first.click()
    expect(page.get_by_text("You answer Rolf Haken.")).to_be_visible()
    _fill(page, "I looked at the same page that night.")
    page.get_by_role("button", name="Send the comment").click()
    expect(page.get_by_text("Your comment waits for a moderator.")).to_be_visible()
    assert page.url == running_newsroom.address + STORY
    assert not page.context.cookies()
    assert complaints == []
    page.get_by_role("link", name="Change or delete it").click()
    expect(page.get_by_role("button", name="Save the change")).to_be_visible()
    page.locator("textarea[name=body]").fill("I looked at the same page that night, at four.")
    page.get_by_role("button", name="Save the change").click()
    expect(page.get_by_text("that night, at four.").first).to_be_visible()


def test_words_selected_in_the_story_are_offered_as_what_a_comment_answers(
    page: Page, running_newsroom: RunningNewsroom
) -> None:
    page.goto(running_newsroom.address + STORY)
    page.locator("#comments").scroll_into_view_if_needed()
    expect(page.locator("#write")).to_be_visible()
    page.evaluate(
        """() => { const node = document.querySelector('.story .text p').firstChild, range = document.createRange();
        range.setStart(node, 0); range.setEnd(node, 20);
        getSelection().removeAllRanges(); getSelection().addRange(range); }"""
    )
    expect(page.locator("#write textarea[name=quote]")).to_have_value("Ellmark has detained")


def test_a_comment_is_written_without_a_script(plain: Page, running_newsroom: RunningNewsroom) -> None:
    plain.goto(running_newsroom.address + STORY)
    plain.get_by_role("link", name="Read the comments, or write one").click()
    expect(plain.get_by_text("Twelve knots to seven over that ground")).to_be_visible()
    _fill(plain, "From a small telephone, without a script.")
    plain.get_by_role("button", name="Send the comment").click()
    expect(plain.get_by_text("Your comment waits for a moderator.")).to_be_visible()
    expect(plain.get_by_text("From a small telephone, without a script.").first).to_be_visible()
    assert not plain.context.cookies()
    plain.get_by_role("button", name="Delete the comment").click()
    expect(plain.get_by_text("Your comment is gone.")).to_be_visible()


def test_an_answer_and_a_mistake_without_a_script(plain: Page, running_newsroom: RunningNewsroom) -> None:
    plain.goto(running_newsroom.address + THREAD)
    plain.get_by_role("link", name="Reply").nth(1).click()
    expect(plain.get_by_text("You answer Ines Varrow.")).to_be_visible()
    _fill(plain, "Words that took long.")
    plain.locator("textarea[name=quote]").fill("These are not the story’s words")
    plain.get_by_role("button", name="Send the comment").click()
    expect(plain.get_by_text("The words that you quote are not in the story.")).to_be_visible()
    expect(plain.locator("textarea[name=body]")).to_have_value("Words that took long.")
    expect(plain.get_by_text("You answer Ines Varrow.")).to_be_visible()


def test_comments_are_decided_by_keyboard(page: Page, plain: Page, running_newsroom: RunningNewsroom) -> None:
    _log_in(page, running_newsroom)
    page.goto(f"{running_newsroom.address}/admin/comments/?q=fishing+ground")
    expect(page.get_by_text("would cross the same fishing ground")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Comment of Oskar")).to_be_visible()
    expect(page.locator(".story")).to_contain_text("Ellmark has detained a bulk carrier")
    page.keyboard.press("a")
    expect(page.get_by_text("was approved.")).to_be_visible()
    plain.goto(running_newsroom.address + THREAD)
    expect(plain.get_by_text("would cross the same fishing ground")).to_be_visible()

    page.goto(f"{running_newsroom.address}/admin/comments/?q=cables-cheap")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Comment of BestCableDeals")).to_be_visible()
    page.keyboard.press("r")
    page.keyboard.press("7")
    expect(page.get_by_text("was rejected.")).to_be_visible()
    page.goto(f"{running_newsroom.address}/admin/comments/?show=refused&q=cables-cheap")
    page.locator(".row a").first.click()
    expect(page.locator(".history")).to_contain_text("Rejected by editor")
    expect(page.locator(".history")).to_contain_text("It advertises something.")


CORRECTION = """\
was_wrong: The story said that the survey ship Petrel found the cable at a depth of 64 metres.
is_right: The briefing does not give the depth.
found_by: reader
credit: Gro Helle"""


def test_an_error_is_reported_corrected_and_credited(
    page: Page, plain: Page, running_newsroom: RunningNewsroom
) -> None:
    plain.goto(running_newsroom.address + STORY)
    plain.get_by_role("link", name="Report an error in this story").click()
    form = plain.locator("#report form")
    expect(form).to_be_visible()
    form.locator("[name=passage]").fill("found it parted at a depth of 64 metres")
    form.locator("[name=words]").fill("The depth is not in the briefing.")
    form.locator("[name=name]").fill("Gro Helle")
    form.locator("[name=wants_credit]").check()
    form.get_by_role("button", name="Send the report").click()
    expect(plain.get_by_text("The desk will look at it.")).to_be_visible()

    _log_in(page, running_newsroom)
    page.goto(f"{running_newsroom.address}/admin/comments/reports/")
    page.get_by_role("link", name="Ellmark holds bulk carrier").click()
    expect(page.locator("mark")).to_have_text("found it parted at a depth of 64 metres")
    case = page.url
    page.get_by_role("button", name="Correct the story").click()
    expect(page.get_by_label("Who found it", exact=True)).to_have_value("reader")
    expect(page.get_by_label("Name of who found it")).to_have_value("Gro Helle")

    _publish_correction(running_newsroom)
    page.goto(case)
    page.get_by_label("Led to a correction").check()
    page.get_by_label("Answer to the reader").fill("You were right.")
    page.get_by_role("button", name="Answer the report").click()
    expect(page.get_by_text("The report is answered.")).to_be_visible()
    plain.goto(running_newsroom.address + THREAD)
    expect(plain.get_by_text("Gro Helle found an error, corrected in")).to_be_visible()


def _publish_correction(newsroom: RunningNewsroom) -> None:
    """As a sub-editor does who works with files."""
    desk = newsroom.home.parent / "desk"
    shutil.copytree(ROOT / "cryptonewshub" / "demo", desk)
    file = desk / "stories" / "merrow-link-anchor.correction.md"
    text = file.read_text(encoding="utf-8").replace("it parted at a depth of 64 metres, 46", "it parted 46")
    text = re.sub(r"was_wrong:.*\nis_right:.*\nfound_by:.*", CORRECTION, text)
    file.write_text(re.sub(r"updated: .*\n", "", text), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "cryptonewshub", "publish", str(file)],
        cwd=ROOT,
        env={**_plain_environment(), "CNH_HOME": str(newsroom.home), "CNH_BASE_URL": newsroom.address},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", [THREAD, "/comments/data/", "/comments/flag/1/", "/comments/mine/none/"])
def test_axe_finds_nothing_on_the_readers_pages(
    browser: Browser, running_newsroom: RunningNewsroom, address: str, scheme: str
) -> None:
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(running_newsroom.address + address)
    for box in page.locator("details").all():
        box.evaluate("box => { box.removeAttribute('name'); box.open = true }")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    context.close()


def test_axe_finds_nothing_of_ours_on_the_moderators_screens(
    browser: Browser, running_newsroom: RunningNewsroom
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    page = context.new_page()
    _log_in(page, running_newsroom)
    for place in ("?show=all", "stories/", "rules/?kind=word&text=cable", "bans/", "figures/", "reports/", "1/"):
        page.goto(f"{running_newsroom.address}/admin/comments/{place}")
        for box in page.locator(".moderation details").all():
            box.evaluate("box => box.open = true")
        results = Axe().run(page, context=".moderation")
        assert results.violations_count == 0, place + results.generate_report()
    context.close()

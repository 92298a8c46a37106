"""An editor's way with the desk in a real browser: a held story, the workflow, the house policy, the reports."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import RunningNewsroom
from tests.browser.test_editor import _log_in

HELD = "Tarqua Gas offers Corravia three years of gas at a lower price"
SCREENS = (
    "",
    "house_policy/",
    "house_policy/new/",
    "reports/desk/held/",
    "reports/desk/open-findings/",
    "reports/desk/clearances/",
    "reports/desk/time-to-clear/",
    "reports/desk/quotations-per-source/",
    "snippets/people/newsperson/",
    "snippets/people/author/",
)


def test_a_held_story_says_why_and_cannot_be_approved(page: Page, running_newsroom: RunningNewsroom) -> None:
    _log_in(page, running_newsroom)
    page.get_by_role("link", name=HELD).click()
    expect(page.get_by_text("Held since").first).to_be_visible()
    expect(page.get_by_text("“14” there reads “40” here").first).to_be_visible()

    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name=re.compile("Submit to Desk")).click()
    expect(page.get_by_text("has been submitted for moderation").first).to_be_visible()

    page.goto(f"{running_newsroom.address}/admin/reports/desk/held/")
    page.get_by_role("link", name=HELD).click()
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.get_by_text("Nothing was approved").first).to_be_visible(timeout=30_000)


def test_a_changed_house_policy_is_public_at_once(page: Page, running_newsroom: RunningNewsroom) -> None:
    _log_in(page, running_newsroom)
    page.goto(f"{running_newsroom.address}/admin/house_policy/")
    page.get_by_role("link", name=re.compile("Add house policy")).first.click()
    page.get_by_label("Why it changes").fill("Five words prove more than four.")
    page.get_by_label("Quotations under so many words are quoted exactly").fill("5")
    page.get_by_role("button", name="Adopt this policy").click()
    expect(page.get_by_text("This is the house policy now: version 2.").first).to_be_visible(timeout=30_000)

    page.goto(f"{running_newsroom.address}/policies/accuracy/")
    expect(page.get_by_text("fewer than 5 words are quoted exactly")).to_be_visible()
    page.get_by_role("link", name="Version 1").click()
    expect(page.get_by_text("fewer than 4 words are quoted exactly")).to_be_visible()


def test_the_desks_screens_have_nothing_that_axe_finds(page: Page, running_newsroom: RunningNewsroom) -> None:
    _log_in(page, running_newsroom)
    for screen in SCREENS:
        page.goto(f"{running_newsroom.address}/admin/{screen}")
        found = Axe().run(page).response["violations"]
        assert found == [], (screen, [(each["id"], each["nodes"][0]["html"]) for each in found])

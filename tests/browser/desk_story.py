"""An editor at work in a real browser: begins a story, pastes it, attaches its sources, and uses the Desk panel."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import ROOT, RunningNewsroom
from tests.browser.editing import publish, replace_words
from tests.conftest import PATIENCE

PASSWORD = "a long password for tests"
SHOTS = os.environ.get("DESK_SHOTS")
_ACCOUNTS = """
import django, sys
django.setup()
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from cryptonewshub.people.models import Author
username, first, last, languages = sys.argv[1:]
user, _ = get_user_model().objects.get_or_create(username=username, defaults={"first_name": first, "last_name": last})
user.set_password("a long password for tests")
user.save()
user.groups.set([Group.objects.get(name="Editors")])
known = {"name": f"{first} {last}", "slug": f"{first}-{last}".lower(), "languages": languages}
Author.objects.update_or_create(user=user, defaults=known)
"""


@dataclass(frozen=True)
class Paper:
    """A source as an editor has it: a file, who speaks in it, and what else is known."""

    file: Path
    speaker: str = ""
    title: str = ""
    publisher: str = ""
    published: str = ""


def add_editor(newsroom: RunningNewsroom, username: str, name: str, languages: str = "") -> None:
    """An account in the group Editors, with a byline of its own. Nobody here is a superuser."""
    environment = {
        **os.environ,
        "CNH_HOME": str(newsroom.home),
        "CNH_BASE_URL": newsroom.address,  # a byline bakes pages, and they say where the site is
        "DJANGO_SETTINGS_MODULE": "cryptonewshub.config.settings",
    }
    first, last = name.split()
    subprocess.run(
        [sys.executable, "-c", _ACCOUNTS, username, first, last, languages], cwd=ROOT, env=environment, check=True
    )


@dataclass
class Editor:
    """Somebody at the editor; `name` is the account. Pictures are taken where DESK_SHOTS names a folder."""

    page: Page
    newsroom: RunningNewsroom
    name: str
    _pictures: list[str] = field(default_factory=list)

    def sign_in(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.goto(f"{self.newsroom.address}/admin/")
        self.page.get_by_label("Username").fill(self.name)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(re.compile("/admin/$"))

    def begin_story(self, section: str, headline: str, standfirst: str) -> None:
        self.page.goto(f"{self.newsroom.address}/admin/pages/search/?q={section}")
        link = self.page.get_by_role("link", name=section, exact=True).first.get_attribute("href") or ""
        number = re.search(r"/pages/(\d+)/", link)
        assert number, link
        self.page.add_init_script(
            "document.addEventListener('w-unsaved:watch-edits', () => document.documentElement.dataset.watched = '')"
        )
        self.page.goto(f"{self.newsroom.address}/admin/pages/add/articles/articlepage/{number[1]}/")
        expect(
            self.page.locator("html[data-watched]")
        ).to_be_attached()  # Wagtail takes what is typed before for no change
        self.open_desk()
        self.picture("new-story")
        self.page.locator("#id_title").fill(headline)
        self.page.locator("#id_standfirst").fill(standfirst)
        self.page.locator("#id_byline").fill("Staff")

    def paste_body(self, text: str, html: str | None = None) -> None:
        """Adds a paragraph and pastes into it as a person does: from the clipboard, with the keyboard."""
        body = self.page.locator('[data-contentpath="body"]')
        body.get_by_role("button", name="Insert a block").last.click()
        self.page.get_by_role("option", name="Paragraph").click()
        text_area = body.locator(".public-DraftEditor-content").last
        text_area.click()
        self.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page.evaluate(
            """async ([text, html]) => {
                const parts = {"text/plain": new Blob([text], {type: "text/plain"})};
                if (html) parts["text/html"] = new Blob([html], {type: "text/html"});
                await navigator.clipboard.write([new ClipboardItem(parts)]);
            }""",
            [text, html],
        )
        self.page.keyboard.press("Control+V")

    def open_desk(self) -> None:
        if self.panel.is_hidden():
            self.page.get_by_role("button", name="Toggle desk").click()
        expect(self.panel).to_be_visible()

    @property
    def panel(self) -> Locator:
        return self.page.locator('[data-side-panel="desk"]')

    @property
    def sentence(self) -> Locator:
        return self.panel.locator("[data-desk-sentence]")

    @property
    def counter(self) -> Locator:
        return self.page.locator('[data-side-panel-toggle="desk"] [data-side-panel-toggle-counter]')

    def finding(self, words: str) -> Locator:
        return self.panel.locator("[data-finding]", has_text=words)

    def stops(self, number: int) -> None:
        """Waits until this many findings stop publication, on the tab and in the panel."""
        if number:
            expect(self.sentence).to_have_text(re.compile(rf"^{number} findings? stops? publication"))
            expect(self.counter).to_have_text(str(number))
        else:
            expect(self.sentence).to_have_text(re.compile("^Ready to publish"))
            expect(self.counter).to_be_hidden()

    def attach(self, paper: Paper) -> None:
        self.panel.get_by_role("button", name="Attach a source").last.click()
        dialog = self.page.get_by_role("dialog", name="Attach a source")
        dialog.get_by_text("From a file").click()
        form = dialog.locator("details[open]")
        form.get_by_label("File").set_input_files(paper.file)
        for label, value in (
            ("Title", paper.title),
            ("Who speaks in it", paper.speaker),
            ("Publisher", paper.publisher),
            ("Date", paper.published),
        ):
            form.get_by_label(label, exact=True).fill(value)
        form.get_by_role("button", name="Read and attach").click()
        expect(dialog).to_be_hidden()

    def correct(self, words: str) -> None:
        self.finding(words).get_by_role("button", name="Correct to the source’s words").click()

    def replace(self, old: str, new: str) -> None:
        """Selects words of the body as a person would, and types others over them."""
        replace_words(self.page, old, new)

    def clear(self, words: str, sentence: str) -> None:
        """Clears a finding with one of the ready-made sentences."""
        item = self.finding(words)
        item.locator('[data-act="clear"]').click()
        item.get_by_role("button", name=sentence).click()
        self.picture("clearing")
        item.get_by_role("button", name="Clear", exact=True).click()

    def publish(self) -> None:
        publish(self.page)

    def picture(self, name: str) -> None:
        if SHOTS:
            self._pictures.append(name)
            self.page.screenshot(path=f"{SHOTS}/{self.name}-{len(self._pictures):02}-{name}.png")

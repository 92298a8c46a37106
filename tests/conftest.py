"""What several tests stand on: a home of its own for each test, a founded newsroom, and stories to put into it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright

from cryptonewshub.config.home import Home
from tests.cast import write_story

if TYPE_CHECKING:
    from cryptonewshub.articles.models import ArticlePage, FrontPage


# A change is judged by the same examples each time; `EXPLORE=yes make test` looks for new ones.
settings.register_profile("the same each time", derandomize=True)
settings.load_profile("default" if os.environ.get("EXPLORE") else "the same each time")

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",  # no other host exists
)


PATIENCE = 90_000  # ms: the machine may be busy with the other tests


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium. It lives no longer than its module: its event loop would be in other tests' way."""
    if CHROMIUM is None:
        pytest.skip("There is no Chromium on this machine. On Debian: apt-get install chromium")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Home:
    """An empty newsroom's directories, thrown away afterwards."""
    made = Home(tmp_path / "home")
    made.prepare()
    settings.CNH_HOME = made
    settings.MEDIA_ROOT = str(made.media)
    return made


@pytest.fixture
def newsroom(home: Home, db: None) -> FrontPage:
    """A founded newsroom with one section, without the wait for Wagtail's migrations."""
    return _found()


@pytest.fixture
def committed_newsroom(home: Home, transactional_db: None) -> FrontPage:
    """The same in a database that commits: for what happens after a commit."""
    return _found()


def _found() -> FrontPage:
    from wagtail.models import Collection, Locale, Page

    from cryptonewshub.articles.models import FrontPage, SectionPage
    from cryptonewshub.cli.founding import _lay_the_front
    from cryptonewshub.editions.founding import found_newsroom_log

    Locale.objects.get_or_create(language_code="en-gb")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    if not Page.objects.exists():
        Page.add_root(instance=Page(title="Root", slug="root"))
    _lay_the_front()
    found_newsroom_log()
    front = FrontPage.objects.get()
    front.add_child(instance=SectionPage(title="Security", slug="security"))
    return front


@pytest.fixture
def draft(newsroom: FrontPage, tmp_path: Path) -> Callable[..., ArticlePage]:
    """Makes a draft in the editor from a story file; takes what `write_story` takes."""
    return lambda **story: _draft(tmp_path, **story)


@pytest.fixture
def committed_draft(committed_newsroom: FrontPage, tmp_path: Path) -> Callable[..., ArticlePage]:
    return lambda **story: _draft(tmp_path, **story)


def _draft(folder: Path, **story: Any) -> ArticlePage:
    from cryptonewshub.articles.drafting import draft_article
    from cryptonewshub.articles.models import ArticlePage
    from cryptonewshub.articles.stories import read_story

    revision = draft_article(read_story(write_story(folder, **story)))
    return ArticlePage.objects.get(pk=revision.object_id)

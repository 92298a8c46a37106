"""Archived copies: readers see those that the desk lets be shown while a story cites them, and nothing in them runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.config.home import Home
from cryptonewshub.delivery.baking import bake_all, bake_pending, file_of
from cryptonewshub.delivery.reading_room import application_for
from cryptonewshub.editions.publishing import publish_edition
from cryptonewshub.editions.withdrawing import order_withdrawal
from cryptonewshub.reader.beside import Beside
from cryptonewshub.reader.pages import article_page
from cryptonewshub.sources.models import Source
from cryptonewshub.tlog.manifests import Basis
from tests.cast import TRANSCRIPT
from tests.reader.cast import EDITIONS, SITE, SPEECH, THIRD_EDITION
from tests.reader.outsider import differences_on

Draft = Callable[..., ArticlePage]
STORY = "/security/ferry-runs-again/"


@pytest.fixture
def story(committed_draft: Draft) -> ArticlePage:
    page = committed_draft()
    revision = page.get_latest_revision()
    assert revision is not None
    publish_edition(revision)
    return page


def show(is_shown: bool = True, **more: object) -> Source:
    source = Source.objects.get()
    source.is_shown = is_shown
    for name, value in more.items():
        setattr(source, name, value)
    source.save()
    return source


def page() -> str:
    return file_of(STORY).read_text(encoding="utf-8")


def test_a_copy_is_shown_when_the_desk_says_so_and_the_story_leads_to_it(story: ArticlePage) -> None:
    assert "/sources/" not in page()
    source = show()
    address = f"/sources/{source.sha256}.txt"
    assert page().count(f'href="{address}"') == 3  # in the notes of two quotations, and in the list
    assert file_of(address).read_text(encoding="utf-8") == TRANSCRIPT
    assert bake_all() == []
    show(False)
    assert "/sources/" not in page()
    assert not file_of(address).exists()
    assert bake_all() == []


def test_a_confidential_source_is_never_shown(story: ArticlePage) -> None:
    source = show(is_confidential=True)
    assert "/sources/" not in page()
    assert not file_of(f"/sources/{source.sha256}.txt").exists()


def test_a_source_that_no_story_cites_is_not_there(story: ArticlePage) -> None:
    source = show()
    order_withdrawal(story, basis=Basis.LEGAL)
    bake_pending()
    assert not file_of(f"/sources/{source.sha256}.txt").exists()


def test_a_lost_original_has_no_page_and_stops_no_other(story: ArticlePage, home: Home) -> None:
    source = show()
    for file in home.archive.rglob(f"*{source.sha256[4:]}*"):
        file.unlink()
    file_of(f"/sources/{source.sha256}.txt").unlink()
    assert f"/sources/{source.sha256}.txt" not in bake_all()
    assert STORY in page()


def test_what_is_shown_cannot_run(story: ArticlePage, home: Home) -> None:
    source, answered = show(), dict[str, str]()
    readers = application_for(home.path, home.path / "nobody.sock")

    def start(status: str, headers: list[tuple[str, str]], *_: object) -> None:
        answered.update({"status": status, **{name.lower(): value for name, value in headers}})

    body = readers({"REQUEST_METHOD": "GET", "PATH_INFO": f"/sources/{source.sha256}.txt", "QUERY_STRING": ""}, start)
    assert answered["status"].startswith("200")
    assert answered["content-security-policy"] == "default-src 'none'; sandbox"
    assert answered["x-content-type-options"] == "nosniff"
    assert TRANSCRIPT.encode() == b"".join(body)


def test_an_outsider_knows_a_copy_by_the_hash_that_was_sealed() -> None:
    sealed = Beside(copies={SPEECH.id: f"/sources/{SPEECH.sha256}.html"})
    assert differences_on(article_page(SITE, THIRD_EDITION, editions=EDITIONS, beside=sealed)) == []
    other = replace(sealed, copies={SPEECH.id: f"/sources/{'0' * 64}.html"})
    assert differences_on(article_page(SITE, THIRD_EDITION, editions=EDITIONS, beside=other))

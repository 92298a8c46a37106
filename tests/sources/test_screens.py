"""A source's page: what it is, its words with the way back, who cites it, its original, and what changed since."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.sources.capturing import Described, capture_address, capture_text, capture_upload
from cryptonewshub.sources.models import Source
from tests.cast import FALSE_WORDS, TRUE_WORDS
from tests.sources.hostile_server import answering, serving
from tests.sources.papers import VTT
from tests.sources.test_confidence import logged_in, member
from tests.stories.make_pdf import PAGES, pdf


@pytest.fixture
def cleo(newsroom: object) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("cleo", "", "a-long-password"))
    return client


def page_of(client: Client, source: Source) -> str:
    answer = client.get(f"/admin/snippets/sources/source/inspect/{source.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_pages_of_a_document_are_told(cleo: Client) -> None:
    shown = page_of(cleo, capture_upload("speech.pdf", pdf(PAGES)))
    assert "Page 2</h3>" in shown
    assert "Download the original" in shown
    assert "Capture it again" not in shown


def test_times_of_a_transcript_are_told(cleo: Client) -> None:
    shown = page_of(cleo, capture_upload("briefing.vtt", VTT.encode()))
    assert '<span class="source-time">00:12:31</span>' in shown
    assert "BO DAHL:" in shown


def test_hostile_words_are_shown_as_words(cleo: Client) -> None:
    evil = "<script>alert(1)</script> & more words"
    shown = page_of(cleo, capture_text(evil, described=Described(title=evil, publisher=evil)))
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_a_draft_that_cites_it_is_named_with_its_quotations(draft: Callable[..., ArticlePage], cleo: Client) -> None:
    page = draft(quotation=FALSE_WORDS)
    shown = page_of(cleo, page.attached_sources.get().source)
    assert page.title in shown
    assert "Draft" in shown
    assert FALSE_WORDS[:40] in shown


@pytest.mark.parametrize("is_confidential", [False, True])
def test_an_edition_that_cites_it_is_named_with_its_quotations(
    draft: Callable[..., ArticlePage], cleo: Client, is_confidential: bool
) -> None:
    from cryptonewshub.editions.publishing import publish_edition

    page = draft()
    source = page.attached_sources.get().source
    source.is_confidential = is_confidential
    source.save()
    publish_edition(page.get_latest_revision())
    shown = page_of(cleo, source)
    assert "Edition 1" in shown
    assert TRUE_WORDS[:40] in shown


def test_a_source_that_nobody_cites_says_so(cleo: Client) -> None:
    assert "No story yet." in page_of(cleo, capture_text("The quay closes."))


def test_an_original_is_kept_by_the_browser_as_a_file_and_nothing_else(cleo: Client) -> None:
    source = capture_upload("page.html", b"<p>Words.</p><script>alert(1)</script>")
    answer = cleo.get(f"/admin/sources/{source.pk}/original/")
    assert answer.content == b"<p>Words.</p><script>alert(1)</script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="page.html"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")


def test_a_damaged_original_is_told(cleo: Client) -> None:
    from cryptonewshub.sources import archive

    source = capture_text("The quay closes.")
    from django.conf import settings

    archive.place_of(settings.CNH_HOME.archive, source.sha256).write_bytes(b"other")
    answer = cleo.get(f"/admin/sources/{source.pk}/original/", follow=True)
    assert "was damaged on disk" in answer.content.decode()


@pytest.mark.parametrize("act", ["original", "again", "changes"])
def test_those_who_may_not_see_a_source_get_nothing_of_it(newsroom: object, act: str) -> None:
    source = capture_text("The quay closes.", user=member("ada"), described=Described(is_confidential=True))
    dov = logged_in(member("dov"))
    answer = (
        dov.post(f"/admin/sources/{source.pk}/{act}/")
        if act == "again"
        else dov.get(f"/admin/sources/{source.pk}/{act}/")
    )
    assert answer.status_code == 403
    assert "quay" not in answer.content.decode()


def test_a_page_is_captured_again_and_the_difference_shown(cleo: Client, settings: Any) -> None:
    pages = ["Monday", "Monday", "Tuesday"]
    words = "<title>Notice</title><p>The quay closes on {} for the whole week, and no ferry goes.</p>"
    with serving(lambda stream, head: answering(words.format(pages.pop(0)).encode())(stream, head)) as server:
        settings.CNH_FETCH_ALLOWED = [server.place]
        source = capture_address(server.url())
        again = f"/admin/sources/{source.pk}/again/"
        assert "Capture it again" in page_of(cleo, source)
        assert "Nothing has changed" in cleo.post(again, follow=True).content.decode()
        shown = cleo.post(again, follow=True).content.decode()
    assert '<del><span class="w-sr-only">removed: </span>Monday</del> ' in shown
    assert '<ins><span class="w-sr-only">added: </span>Tuesday</ins> ' in shown
    assert "what changed" in page_of(cleo, source)
    assert cleo.get(again).status_code == 405


def test_a_page_that_is_gone_is_told_and_changes_nothing(cleo: Client, settings: Any) -> None:
    with serving(answering(b"<p>The quay closes on Monday.</p>")) as server:
        settings.CNH_FETCH_ALLOWED = [server.place]
        source = capture_address(server.url())
    shown = cleo.post(f"/admin/sources/{source.pk}/again/", follow=True).content.decode()
    assert "could not be read" in shown
    assert Source.objects.count() == 1

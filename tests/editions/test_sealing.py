"""Sealing: what goes live becomes an edition, once, whole, for ever."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db.models import ProtectedError

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.config.home import Home
from cryptonewshub.editions.content import Change, digest
from cryptonewshub.editions.models import Edition
from cryptonewshub.editions.publishing import publish_edition
from tests.cast import TRANSCRIPT, TRUE_WORDS, WRONG_AND_RIGHT, correction_fields

Draft = Callable[..., ArticlePage]


def _publish(page: ArticlePage) -> Edition:
    revision = page.get_latest_revision()
    assert revision is not None
    return publish_edition(revision).edition


def test_a_published_article_has_an_edition_that_says_what_it_says(draft: Draft) -> None:
    edition = _publish(draft())
    content = edition.read()
    assert edition.version == 1
    assert content.change is Change.FIRST
    assert content.path == "/security/ferry-runs-again/"
    assert content.document.published == datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
    assert [quotation.text for quotation in content.quotations] == [TRUE_WORDS, "Fares will not rise this year,"]
    assert edition.sha256 == digest(bytes(edition.content))


def test_the_passage_of_each_quotation_is_sealed_with_it(draft: Draft) -> None:
    quotation = _publish(draft()).read().quotations[0]
    assert quotation.passage is not None
    assert quotation.passage.exact == TRUE_WORDS.rstrip(",")
    assert quotation.speaker == "Petra Lind"
    assert quotation.source == "lind"


def test_publishing_the_same_words_again_makes_no_edition(draft: Draft) -> None:
    first = _publish(draft())
    second = _publish(draft())
    assert second == first
    assert Edition.objects.count() == 1


def test_changed_words_make_the_next_edition_with_the_time_of_the_update(draft: Draft) -> None:
    _publish(draft())
    edition = _publish(draft(more="The first ship leaves at noon.", change="change: update"))
    content = edition.read()
    assert edition.version == 2
    assert content.change is Change.UPDATE
    assert content.document.published == datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
    assert content.document.updated is not None


def test_a_correction_is_told_in_every_later_edition(draft: Draft) -> None:
    _publish(draft())
    _publish(draft(more="It leaves at noon.", change=correction_fields()))
    third = _publish(draft(more="It leaves at one.", change="change: update")).read()
    assert [(told.wrong, told.right, told.version) for told in third.corrections] == [(*WRONG_AND_RIGHT, 2)]
    assert third.change is Change.UPDATE


def test_every_edition_has_a_salt_of_its_own(draft: Draft) -> None:
    one, other = _publish(draft(slug="one")), _publish(draft(slug="other"))
    assert one.read().salt != other.read().salt


def test_an_edition_cannot_be_changed_or_deleted(draft: Draft) -> None:
    edition = _publish(draft())
    with pytest.raises(TypeError, match="append-only"):
        edition.save()
    with pytest.raises(TypeError, match="append-only"):
        edition.delete()
    with pytest.raises(TypeError, match="append-only"):
        Edition.objects.all().delete()
    with pytest.raises(TypeError, match="append-only"):
        Edition.objects.update(version=7)
    with pytest.raises(ProtectedError):
        ArticlePage.objects.filter(pk=edition.article_id).delete()


def test_the_content_document_is_written_under_its_hash_after_the_commit(committed_draft: Draft, home: Home) -> None:
    edition = _publish(committed_draft())
    assert (home.log / "content" / edition.sha256).read_bytes() == bytes(edition.content)


def test_a_refused_publication_leaves_no_trace(committed_draft: Draft, home: Home) -> None:
    from cryptonewshub.articles.doors import PublishBlocked

    page = committed_draft(quotation="We looked at none of it,")
    with pytest.raises(PublishBlocked):
        _publish(page)
    assert not Edition.objects.exists()
    assert not (home.log / "content").exists()
    assert not (home.site / "security" / "ferry-runs-again").exists()


@pytest.mark.parametrize("sign", ["\t", "\x02", "\x0c", "\x00"])
def test_a_sign_in_the_source_that_cannot_be_sealed_stops_no_story(
    draft: Callable[..., ArticlePage], sign: str
) -> None:
    page = draft(transcript=TRANSCRIPT.replace("eleven of them.", f"eleven of them.{sign}So there."))
    publish_edition(page.get_latest_revision())
    passage = Edition.objects.get().read().quotations[0].passage
    assert passage is not None
    assert passage.suffix.startswith((". So there.", ".\ufffdSo there."))

"""What an editor typed, as the desk and the seal read it: nothing in it can stop a publication without a word."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from cryptonewshub.accuracy.last_checks import recheck
from cryptonewshub.accuracy.models import DraftCheck
from cryptonewshub.articles.doors import PublishBlocked
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.articles.printable import in_one_line, printable
from cryptonewshub.articles.reading import document_of, editor_places
from cryptonewshub.editions.publishing import publish_edition

Draft = Callable[..., ArticlePage]


def _in_editor(page: ArticlePage) -> ArticlePage:
    latest: ArticlePage = page.get_latest_revision_as_object()
    return latest


def test_a_line_end_in_a_field_of_one_line_is_a_blank() -> None:
    assert in_one_line("Two\r\nlines,\rthree,\n four\u2028and\x85more") == "Two lines, three,  four and more"


def test_places_stay_where_a_character_cannot_be_printed() -> None:
    assert printable("a\tb\x00c\x0bd\ufffee\nf") == "a b c d e\nf"


def test_a_story_with_line_ends_and_tabs_is_published(committed_draft: Draft) -> None:
    page = _in_editor(committed_draft())
    page.standfirst = "The ferry is back.\r\nIt sails on Tuesday."
    body = page.body.get_prep_value()
    body[0]["value"] = "<p>The ferry\tsails\x85again.</p>"
    page.body = page._meta.get_field("body").to_python(body)
    edition = publish_edition(page.save_revision()).edition
    document = edition.read().document
    assert document.standfirst == "The ferry is back. It sails on Tuesday."
    assert document.body[0].text == "The ferry sails again."


def test_what_was_wrong_may_be_told_in_lines(committed_draft: Draft) -> None:
    publish_edition(committed_draft().get_latest_revision())
    page = _in_editor(committed_draft(more="It sails at noon."))
    page.choose_change("correction", change_note="The hour.", was_wrong="It sailed\r\nat ten.", is_right="At\r\nnoon.")
    correction = publish_edition(page.save_revision()).edition.read().corrections[-1]
    assert (correction.wrong, correction.right) == ("It sailed at ten.", "At noon.")


def _with_an_empty_picture(page: ArticlePage) -> ArticlePage:
    found = _in_editor(page)
    fields = dict.fromkeys(("alt", "caption", "credit", "licence"), "")
    picture = {"type": "picture", "value": {"image": None, **fields}, "id": str(uuid.uuid4())}
    found.body = found._meta.get_field("body").to_python([picture, *found.body.get_prep_value()])
    found.save_revision()
    return found


def test_a_picture_that_is_not_chosen_yet_is_passed_over(draft: Draft) -> None:
    page = _with_an_empty_picture(draft())
    document = document_of(page)
    assert document.images == ()
    assert len(document.body) == len(editor_places(page)) == len(document_of(_in_editor(draft())).body)
    assert recheck(10) == 1


def test_a_draft_that_cannot_be_read_holds_up_no_other(
    draft: Draft, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from cryptonewshub.accuracy import last_checks
    from cryptonewshub.accuracy.gate import examine_for_all

    first, second = draft(), draft(slug="other")

    def fail(page: ArticlePage) -> object:
        if page.pk == first.pk:
            raise AttributeError("a fault of ours")
        return examine_for_all(page)

    monkeypatch.setattr(last_checks, "examine_for_all", fail)
    monkeypatch.setattr(last_checks, "_unreadable", set())
    assert recheck(1) == 0
    assert recheck(1) == 1
    assert second.pk in DraftCheck.objects.values_list("article_id", flat=True)
    assert recheck(10) == 0
    assert caplog.text.count("The desk could not read the newest draft") == 1
    first.save_revision()
    recheck(10)
    assert caplog.text.count("The desk could not read the newest draft") == 2


@pytest.mark.parametrize("year", [1, 206, 9999])
@pytest.mark.parametrize("field", ["published", "ended"])
def test_a_year_that_was_mistyped_is_a_reason_not_to_publish(draft: Draft, field: str, year: int) -> None:
    page = _in_editor(draft())
    setattr(page, field, datetime(year, 3, 2, tzinfo=UTC))
    with pytest.raises(PublishBlocked, match=rf"is in the year {year}, which cannot be right\. Correct it\."):
        publish_edition(page.save_revision())


def test_a_quotation_in_the_kicker_would_be_checked_by_nobody(draft: Draft) -> None:
    page = _in_editor(draft())
    page.kicker = "“I will resign”: Vale"
    with pytest.raises(PublishBlocked, match="The kicker has words in quotation marks"):
        publish_edition(page.save_revision())
    page.kicker = "Vale’s ferry"
    assert publish_edition(page.save_revision()).is_new


@pytest.mark.parametrize("days", [-40_000, 30])
def test_a_story_may_be_older_than_the_newsroom_or_of_next_month(draft: Draft, days: int) -> None:
    when = timezone.now().replace(microsecond=0) + timedelta(days=days)
    page = _in_editor(draft())
    page.published = when
    assert publish_edition(page.save_revision()).edition.read().document.published == when

"""No change after publication without a class, and what each class says to readers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cryptonewshub.articles.doors import PublishBlocked
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.editions.content import Change, FoundBy, Severity
from cryptonewshub.editions.models import Edition
from cryptonewshub.editions.publishing import publish_edition
from cryptonewshub.editions.scheduling import publish_due
from tests.cast import WRONG_AND_RIGHT, correction_fields
from tests.forms import editor_form

Draft = Callable[..., ArticlePage]
LATER = "The first ship leaves at noon."


@pytest.fixture
def cleo(db: None) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("cleo", "", "a-long-password"))
    return client


def _publish(page: ArticlePage) -> Edition:
    revision = page.get_latest_revision()
    assert revision is not None
    return publish_edition(revision).edition


def test_a_changed_story_without_a_class_is_refused(draft: Draft) -> None:
    _publish(draft())
    with pytest.raises(PublishBlocked, match="Say what kind of change this is"):
        _publish(draft(more=LATER))
    assert Edition.objects.count() == 1


def test_the_class_of_an_earlier_change_is_not_the_class_of_the_next(draft: Draft) -> None:
    _publish(draft())
    page = draft(more=LATER, change="change: update")
    _publish(page)
    page = ArticlePage.objects.get(pk=page.pk)
    page.standfirst = "The minister looked at every bolt."
    with pytest.raises(PublishBlocked, match="chosen for an earlier version"):
        _publish_changed(page)


def _publish_changed(page: ArticlePage) -> None:
    publish_edition(page.save_revision())


def test_a_save_in_the_shell_cannot_change_a_published_story(draft: Draft) -> None:
    page = draft()
    _publish(page)
    page = ArticlePage.objects.get(pk=page.pk)
    page.standfirst = "Something else."
    with pytest.raises(PublishBlocked, match="Say what kind of change this is"):
        page.save()


@pytest.mark.parametrize(
    ("kind", "missing", "sentence"),
    [
        ("correction", "was_wrong", "Tell readers what was wrong"),
        ("correction", "is_right", "Tell readers what is right now"),
        ("clarification", "is_right", "Tell readers what is meant"),
        ("retraction", "was_wrong", "why the story is retracted"),
    ],
)
def test_a_class_that_is_told_needs_its_words(draft: Draft, kind: str, missing: str, sentence: str) -> None:
    _publish(draft())
    with pytest.raises(PublishBlocked, match=sentence):
        _publish(draft(more=LATER, change=correction_fields(kind, **{missing: ""})))


def test_a_correction_is_sealed_whole(draft: Draft) -> None:
    first = _publish(draft(more="It carries 12 cars.")).read()
    change = correction_fields(found_by="reader", credit="Dov Aster", severity="slight")
    edition = _publish(draft(more="It carries 21 cars.", change=change))
    content = edition.read()
    (told,) = content.corrections
    assert (told.wrong, told.right) == WRONG_AND_RIGHT
    assert (told.found_by, told.credit, told.severity) == (FoundBy.READER, "Dov Aster", Severity.SLIGHT)
    assert (told.corrects, told.version, told.made) == (1, 2, content.document.updated)
    assert told.since == first.document.published
    assert told.passage is not None
    assert told.passage.block is not None
    block = content.document.body[told.passage.block].text
    assert block[told.passage.start : told.passage.end] == "It carries 21 cars."


def test_a_correction_names_the_version_that_brought_the_error(draft: Draft) -> None:
    _publish(draft(more="It is blue."))
    _publish(draft(more="It is blue. It carries 12 cars.", change="change: update"))
    _publish(draft(more="It is blue. It carries 12 cars. It has a kiosk.", change="change: update"))
    (told,) = (
        _publish(draft(more="It is blue. It carries 21 cars. It has a kiosk.", change=correction_fields()))
        .read()
        .corrections
    )
    assert (told.corrects, told.version) == (2, 4)


def test_what_was_said_stays_said_and_a_further_correction_corrects_it(draft: Draft) -> None:
    _publish(draft())
    second = _publish(draft(more=LATER, change=correction_fields())).read()
    again = correction_fields(was_wrong="Our correction named the wrong ship.", is_right="It was the Orra.")
    third = _publish(draft(more=LATER, change=again)).read()
    assert third.version == 3
    assert third.corrections[:1] == second.corrections
    assert third.corrections[1].wrong == "Our correction named the wrong ship."


def test_a_retraction_needs_no_changed_word(draft: Draft) -> None:
    first = _publish(draft()).read()
    second = _publish(draft(change=correction_fields("retraction", is_right=""))).read()
    assert second.change is Change.RETRACTION
    assert second.document.body == first.document.body
    assert second.corrections[0].is_grave


def test_a_command_that_is_run_twice_says_it_once(draft: Draft) -> None:
    _publish(draft())
    _publish(draft(more=LATER, change=correction_fields()))
    _publish(draft(more=LATER, change=correction_fields()))
    assert Edition.objects.count() == 2


def test_a_minor_change_that_alters_a_figure_is_questioned(draft: Draft) -> None:
    _publish(draft(more="It carries 12 cars."))
    with pytest.raises(PublishBlocked, match="You call this a minor change, but a figure changed from 12 to 21"):
        _publish(draft(more="It carries 21 cars.", change="change: minor change"))
    _publish(draft(more="It carries 21 cars.", change="change: minor change\nminor_all_the_same: yes"))
    assert Edition.objects.get(version=2).change == "minor"


def test_a_scheduled_change_keeps_the_class_that_was_chosen(draft: Draft) -> None:
    page = draft()
    _publish(page)
    revision = draft(more=LATER, change="change: update").get_latest_revision()
    assert revision is not None
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()
    assert [outcome.held_because for outcome in publish_due()] == [""]
    assert Edition.objects.get(version=2).change == "update"


def test_a_scheduled_change_to_a_story_that_changed_meanwhile_is_held(draft: Draft) -> None:
    _publish(draft())
    waiting = draft(more=LATER, change="change: update").get_latest_revision()
    assert waiting is not None
    _publish(draft(more="It leaves at one.", change="change: update"))
    waiting.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    waiting.save()
    (outcome,) = publish_due()
    assert "chosen for an earlier version" in outcome.held_because


def test_the_form_asks_for_the_class_of_each_change(draft: Draft, cleo: Client) -> None:
    page = draft()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert b'name="change"' not in cleo.get(address).content
    _publish(page)
    assert b'name="change"' in cleo.get(address).content

    form = editor_form(page, cleo)
    form["standfirst"] = "The minister looked at every bolt."
    refused = cleo.post(address, {**form, "action-publish": "1"})
    assert b"Say what kind of change this is" in refused.content
    assert Edition.objects.count() == 1

    cleo.post(address, {**form, "change": "update", "change_note": "A shorter summary.", "action-publish": "1"})
    assert [told.note for told in Edition.objects.get(version=2).read().corrections] == ["A shorter summary."]
    assert editor_form(page, cleo)["change"] == ""


def test_a_draft_of_a_published_story_needs_no_class(draft: Draft, cleo: Client) -> None:
    page = draft()
    _publish(page)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form: dict[str, Any] = editor_form(page, cleo)
    cleo.post(address, {**form, "standfirst": "Not yet decided."})
    assert ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object().standfirst == "Not yet decided."

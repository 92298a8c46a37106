"""When a story is published is set in a dialogue that speaks of one time, and no story has a time when it ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from cryptonewshub.articles.models import ArticlePage, SectionPage
from tests.accuracy.test_clearing import person
from tests.forms import editor_form

Draft = Callable[..., ArticlePage]


def _browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def cleo(db: None) -> Client:
    """Cleo publishes: a client that is logged in with every right."""
    return _browser(get_user_model().objects.create_superuser("cleo"))


def _form(client: Client, page: Any) -> str:
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_story_has_a_time_when_it_is_published_and_none_when_it_ends(draft: Draft, cleo: Client) -> None:
    for page in (draft(), SectionPage.objects.get()):
        form = _form(cleo, page)
        assert 'name="go_live_at"' in form
        assert "expire_at" not in form
    assert "Choose when this is published, in the newsroom’s time" in form
    assert "expire" not in form.lower()


def test_a_time_at_which_it_ends_is_not_taken_from_a_form_either(draft: Draft, cleo: Client) -> None:
    page = draft()
    sent = {**editor_form(page, cleo), "go_live_at": "2126-03-02 09:30", "expire_at": "2126-03-03 09:30"}
    assert cleo.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), sent).status_code == 302
    page.refresh_from_db()
    saved = page.get_latest_revision_as_object()
    assert saved.go_live_at.isoformat() == "2126-03-02T09:30:00+01:00"  # the newsroom is in Oslo
    assert saved.expire_at is None


def test_the_dialogue_says_when_the_time_takes_effect(draft: Draft, cleo: Client) -> None:
    page = draft()
    effective = "This time takes effect when you choose “Schedule to publish”."
    kept = "The time is kept with the draft. Somebody who may publish makes it effective."
    assert effective in _form(cleo, page)
    seen_by_ben = _form(_browser(person("Ben", "Desk")), page)
    assert kept in seen_by_ben
    assert effective not in seen_by_ben


def test_no_page_can_be_made_private_and_a_story_has_no_menu_to_sort(draft: Draft, cleo: Client) -> None:
    page, section = draft(), SectionPage.objects.get()
    for each, sorts in ((page, False), (section, True)):
        form = _form(cleo, each)
        assert 'data-a11y-dialog-show="set-privacy"' not in form
        assert ("Sort menu order" in form) == sorts
        address = reverse("wagtailadmin_pages:set_privacy", args=[each.pk])
        assert cleo.post(address, {"restriction_type": "login"}).status_code == 302
        assert not each.get_view_restrictions().exists()

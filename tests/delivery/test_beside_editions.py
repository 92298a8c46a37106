"""What editors change beside the stories reaches the pages, and only the pages that show it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cryptonewshub.articles.models import ArticlePage, FrontPage, FrontPin, Newsroom, Policies, SectionPage, Topic
from cryptonewshub.config.home import Home
from cryptonewshub.delivery import baking, site_files
from cryptonewshub.delivery.baking import bake_all, bake_later, bake_pending, file_of
from cryptonewshub.delivery.models import EVERYTHING, Wanted
from cryptonewshub.editions.publishing import publish_edition
from cryptonewshub.people.models import Author, NewsPerson, Office
from cryptonewshub.reader.machines import SECURITY
from tests.cast import correction_fields

Draft = Callable[..., ArticlePage]


def _publish(page: ArticlePage) -> ArticlePage:
    revision = page.get_latest_revision()
    assert revision is not None
    publish_edition(revision)
    return page


def _page(address: str) -> str:
    return file_of(address).read_text(encoding="utf-8")


@pytest.fixture
def stories(committed_draft: Draft) -> tuple[ArticlePage, ArticlePage]:
    first = _publish(committed_draft())
    second = _publish(committed_draft(slug="second", published="2026-03-03T09:30:00+01:00"))
    return first, second


def test_names_texts_and_people_reach_the_pages_when_they_are_saved(stories: object, home: Home) -> None:
    newsroom = Newsroom.load()
    newsroom.name = "The Sund Post"
    newsroom.save()
    assert "The Sund Post" in _page("/security/second/")
    section = SectionPage.objects.get(slug="security")
    section.title = "Safety"
    section.save()
    assert ">Safety</a>" in _page("/")
    Topic.objects.filter(slug="ferries").get().delete()
    assert not file_of("/topics/ferries/").exists()
    Author.objects.create(name="Ada Lund", slug="ada-lund", biography="She sails.")
    assert "She sails." in _page("/authors/ada-lund/")
    policies = Policies.load()
    policies.ethics = "We keep our word."
    policies.privacy = ""
    policies.save()
    assert "We keep our word." in _page("/policies/ethics/")
    assert not file_of("/policies/privacy/").exists()
    assert bake_all() == []


def test_somebody_who_is_registered_has_a_page_that_the_stories_lead_to(stories: object) -> None:
    assert "/persons/petra-lind/" not in _page("/security/second/")
    lind = NewsPerson.objects.create(name="Petra Lind", aliases="Minister Lind")
    assert (
        _page("/persons/petra-lind/").count('data-c="headline"') == 3
    )  # two stories, and where she said what is quoted
    assert 'href="/persons/petra-lind/"' in _page("/security/second/")
    lind.offices = [Office(title="Minister of Ferries", institution="Government of Orra")]
    lind.save()
    assert "Minister of Ferries" in _page("/persons/petra-lind/")
    lind.delete()
    assert not file_of("/persons/petra-lind/").exists()
    assert bake_all() == []


def test_pinned_stories_lead_in_their_order_until_their_time(
    stories: tuple[ArticlePage, ArticlePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = stories
    front = FrontPage.objects.get()
    assert _page("/").index(second.slug) < _page("/").index(first.slug)
    until = timezone.now() + timedelta(hours=1)
    front.pins = [FrontPin(story=first, until=until)]
    front.breaking_words, front.breaking_until = "The harbour is closed", until
    front.save()
    assert _page("/").index(first.slug) < _page("/").index(second.slug)
    assert "The harbour is closed" in _page("/")
    assert bake_all() == []
    later = until + timedelta(minutes=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    bake_pending()
    assert _page("/").index(second.slug) < _page("/").index(first.slug)
    assert "The harbour is closed" not in _page("/")
    assert not Wanted.objects.exists()


def test_a_retracted_story_is_on_no_place_of_the_front_that_an_editor_gave_it(
    stories: tuple[ArticlePage, ArticlePage], committed_draft: Draft
) -> None:
    first, second = stories
    front = FrontPage.objects.get()
    front.pins = [FrontPin(story=first), FrontPin(story=second)]
    front.breaking_words, front.breaking_story = "The ferry sails at last", first
    front.save()
    assert _page("/").index(first.slug) < _page("/").index(f"/security/{second.slug}/")
    assert "The ferry sails at last" in _page("/")
    _publish(committed_draft(change=correction_fields("retraction")))
    assert first.slug not in _page("/")
    assert "The ferry sails at last" not in _page("/")
    assert f"/security/{second.slug}/" in _page("/")
    front.breaking_story = None
    front.save()
    assert "The ferry sails at last" in _page("/")
    assert bake_all() == []


def test_whom_to_tell_of_a_hole_is_baked_again_each_month_and_asked_for_once(
    stories: object, committed_draft: Draft, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not Wanted.objects.filter(address=SECURITY).exists()
    settings.CNH_SECURITY_CONTACT = "security@news.example.org"
    bake_all()
    before, due = _page(SECURITY), Wanted.objects.get(address=SECURITY).due
    _publish(committed_draft(slug="third"))
    bake_all()
    assert Wanted.objects.get(address=SECURITY).due == due
    assert due.day == 1
    assert timedelta() < due - timezone.now() <= timedelta(days=31)
    later = due + timedelta(minutes=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert SECURITY in bake_pending()
    assert _page(SECURITY) != before
    again = Wanted.objects.get(address=SECURITY).due
    assert (again.day, again > later) == (1, True)


def test_related_stories_follow_when_the_one_beside_them_changes(
    stories: tuple[ArticlePage, ArticlePage], committed_draft: Draft
) -> None:
    assert "Ferry to Sund runs again on Tuesday" in _page("/security/second/").split('id="related"')[1]
    _publish(committed_draft(title="The ferry runs", change="change: update"))
    assert "The ferry runs" in _page("/security/second/").split('id="related"')[1]
    assert bake_all() == []


def test_what_was_asked_for_outlives_a_bake_that_fails(
    stories: object, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(files: object, after_each: object) -> None:
        raise OSError(28, "No space left on device")

    file_of("/offline/").unlink()
    with monkeypatch.context() as patched:
        patched.setattr(site_files, "write_all_durably", full)
        bake_later(["/offline/"])
    assert "No space left" in caplog.text
    assert Wanted.objects.get().address == "/offline/"
    assert "/offline/" in bake_pending()


def test_a_large_site_is_left_to_the_next_round(stories: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(baking, "_AT_ONCE", 1)
    file_of("/offline/").unlink()
    bake_later([EVERYTHING])
    assert not file_of("/offline/").exists()
    assert "/offline/" in bake_pending()

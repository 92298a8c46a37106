"""The index follows the editions, and searches are answered when the database is not."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.config.home import Home
from cryptonewshub.delivery import searching
from cryptonewshub.delivery.indexing import rebuild_index, update_index
from cryptonewshub.editions.publishing import publish_edition
from cryptonewshub.reader.search.files import FileIndex

Draft = Callable[..., ArticlePage]


def _publish(page: ArticlePage) -> None:
    revision = page.get_latest_revision()
    assert revision is not None
    publish_edition(revision)


def _found(q: str) -> str:
    return Client().get("/search/", {"q": q}).content.decode()


def test_a_published_story_can_be_found_at_once(committed_draft: Draft) -> None:
    _publish(committed_draft())
    assert "Ferry to Sund runs again on Tuesday" in _found("ferries")
    assert "Petra Lind" in _found("“every bolt of that ship”")


def test_a_new_edition_takes_the_place_of_the_old_one(committed_draft: Draft) -> None:
    _publish(committed_draft(more="The quay is full of marmalade."))
    assert "Nothing was found" not in _found("marmalade")
    _publish(committed_draft(more="The quay is full of people.", change="change: update"))
    assert "Nothing was found" in _found("marmalade")


def test_the_cursor_makes_every_run_repeatable(committed_draft: Draft) -> None:
    _publish(committed_draft())
    assert update_index() == 0
    assert rebuild_index() == 1
    assert update_index() == 0


def test_an_index_that_was_thrown_away_is_made_again(committed_draft: Draft, home: Home) -> None:
    _publish(committed_draft())
    shutil.rmtree(home.search)
    assert update_index() > 0
    assert "Ferry to Sund" in _found("ferry")


def test_a_search_sets_no_cookie_and_has_the_pages_policy(committed_draft: Draft) -> None:
    _publish(committed_draft())
    answer = Client().get("/search/", {"q": "ferry"})
    assert answer.status_code == 200
    assert not answer.cookies
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_searches_are_answered_while_the_database_is_away(committed_draft: Draft, monkeypatch: Any) -> None:
    _publish(committed_draft())
    _found("ferry")

    def away() -> None:
        raise DatabaseError("the disk is gone")

    monkeypatch.setattr(searching, "current_site", away)
    assert "Ferry to Sund" in _found("ferry")


def test_an_index_that_cannot_be_asked_is_a_polite_503(newsroom: object, caplog: Any) -> None:
    answer = Client().get("/search/", {"q": "ferry"})
    assert answer.status_code == 503
    assert "Search is not available just now" in answer.content.decode()
    assert "no search index" in caplog.text


def test_only_reading_is_possible_at_the_search(newsroom: object) -> None:
    assert Client().post("/search/", {"q": "ferry"}).status_code == 405


def test_an_index_that_fails_does_not_undo_a_publication(committed_draft: Draft, monkeypatch: Any, caplog: Any) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileIndex, "replace", full)
    page = committed_draft()
    _publish(page)
    assert ArticlePage.objects.get(pk=page.pk).live
    assert "could not be brought up to date" in caplog.text


@pytest.mark.parametrize("asked", ["' OR 1=1", "\x00", "ø" * 9000, "((((", "section:../../etc", "until:9999"])
def test_hostile_questions_are_answered(committed_draft: Draft, asked: str) -> None:
    _publish(committed_draft())
    assert Client().get("/search/", {"q": asked}).status_code == 200

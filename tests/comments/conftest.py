"""A published story to talk about, readers who write, and moderators who decide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.cache import cache
from django.test import Client
from wagtail.models import Locale

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.comments.models import Comment, CommentPolicy
from cryptonewshub.editions.publishing import publish_edition
from tests.comments.cast import say
from tests.conftest import _draft

Draft = Callable[..., ArticlePage]


@pytest.fixture
def story(draft: Draft, django_capture_on_commit_callbacks: Any) -> ArticlePage:
    """The ferry story, published and in the log; its thread stays open whatever the day is."""
    with django_capture_on_commit_callbacks(execute=True):
        return _published(draft())


@pytest.fixture
def committed_story(committed_draft: Draft) -> ArticlePage:
    """The same in a database that commits: for pages that are baked, and for races."""
    return _published(committed_draft())


def _published(page: ArticlePage) -> ArticlePage:
    cache.clear()
    publish(page)
    policy = CommentPolicy.load()
    policy.close_after_days = 0
    policy.save()
    return page


def publish(page: ArticlePage) -> None:
    revision = page.get_latest_revision()
    assert revision is not None
    publish_edition(revision)


@pytest.fixture
def correct(tmp_path: Path) -> Callable[[], ArticlePage]:
    """Publishes a correction of the ferry story in which a sentence is another one."""

    def corrected() -> ArticlePage:
        change = "change: correction\nwas_wrong: The fares were wrong.\nis_right: They are right."
        more = "“Fares will not rise this year,” Lind said again.[^lind]"
        page = _draft(tmp_path, more=more, change=change)
        publish(page)
        return page

    return corrected


@pytest.fixture
def cleo(db: None) -> User:
    """A moderator of every section."""
    return moderator("cleo")


def moderator(name: str, group: str = "Moderators") -> User:
    made, _ = Group.objects.get_or_create(name=group)
    rights = ["access_admin", "moderate_comment", "answer_errorreport"]
    made.permissions.add(*Permission.objects.filter(codename__in=rights))
    user = User.objects.create_user(name, password=f"{name}-writes-long-words")
    user.groups.add(made)
    Locale.objects.get_or_create(language_code="en-gb")
    return user


@pytest.fixture
def desk(cleo: User) -> Client:
    """Cleo's browser."""
    client = Client()
    client.force_login(cleo)
    return client


@pytest.fixture
def waiting(story: ArticlePage) -> Comment:
    return say(story)


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def post(story: ArticlePage) -> Callable[..., Any]:
    """Sends a comment as a browser without a script does."""

    def sent(**fields: str) -> Any:
        values = {"name": "Edda", "body": "The pier is not safe either.", **fields}
        return Client().post(f"/comments/write/{story.article_id}/", values)

    return sent

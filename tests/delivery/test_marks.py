"""Marks: for each notice in the place of something withdrawn there is an empty file that says so to a web server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.config.home import Home
from cryptonewshub.delivery.baking import bake_all, bake_pending
from cryptonewshub.delivery.gone import is_gone
from cryptonewshub.editions.models import Edition
from cryptonewshub.editions.publishing import publish_edition
from cryptonewshub.editions.withdrawing import order_withdrawal, restore
from cryptonewshub.tlog.manifests import Basis

Draft = Callable[..., ArticlePage]


def _publish(page: ArticlePage) -> None:
    revision = page.get_latest_revision()
    assert revision is not None
    publish_edition(revision)


def _marked(home: Home) -> set[Path]:
    marks = home.site / ".state" / "gone"
    return {mark.relative_to(marks) for mark in marks.rglob("*") if mark.is_file()}


def _gone(home: Home) -> set[Path]:
    pages = {file.relative_to(home.site) for file in home.site.rglob("*.html") if is_gone(file.read_bytes())}
    documents = {file.relative_to(home.path) for file in (home.log / "content").iterdir() if is_gone(file.read_bytes())}
    return pages | documents


def test_what_is_gone_is_marked_and_nothing_else(committed_draft: Draft, home: Home) -> None:
    page = committed_draft()
    _publish(page)
    _publish(committed_draft(slug="second"))
    assert _marked(home) == set()
    order_withdrawal(page, basis=Basis.PRIVACY)
    assert len(_marked(home)) == 4  # the story, its history, its one version, and the document in the log
    assert _marked(home) == _gone(home)


def test_a_lost_mark_is_made_again_and_a_fallen_order_leaves_none(committed_draft: Draft, home: Home) -> None:
    page = committed_draft()
    _publish(page)
    content = bytes(Edition.objects.get().content)
    order_withdrawal(page, basis=Basis.PRIVACY)
    for mark in _marked(home):
        (home.site / ".state" / "gone" / mark).unlink()
    bake_all()
    assert _marked(home) == _gone(home)
    restore(page.withdrawals.get(), [content], basis=Basis.ERROR)
    bake_pending()
    assert _marked(home) == _gone(home) == set()

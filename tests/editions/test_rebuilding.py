"""Rebuilding: what a lost database knew of the log comes back from the log, to the byte."""

from __future__ import annotations

from collections.abc import Callable

from cryptonewshub.articles.drafting import draft_document
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.articles.reading import document_of
from cryptonewshub.config.home import Home
from cryptonewshub.editions.publishing import publish_edition


def test_a_sealed_document_becomes_a_draft_that_says_the_same(
    committed_draft: Callable[..., ArticlePage], home: Home
) -> None:
    revision = committed_draft().get_latest_revision()
    assert revision is not None
    sealed = publish_edition(revision).edition.read().document
    page = draft_document(ArticlePage(slug="again", live=False), sealed, pictures=home.media / "published")
    again = document_of(page.get_latest_revision_as_object())
    assert again.title == sealed.title
    assert [(block.kind, block.text) for block in again.body] == [(block.kind, block.text) for block in sealed.body]

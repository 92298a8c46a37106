"""Threads: the comments of each story, at addresses of their own beside it, and their feeds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.comments.addresses import SITE_FEED, thread_address, thread_feed_address
from cryptonewshub.comments.models import Comment, Thread
from cryptonewshub.comments.threads import Conversation, conversation_of
from cryptonewshub.delivery.kept import once
from cryptonewshub.delivery.kinds import PageKind, fixed_page
from cryptonewshub.editions.models import Edition
from cryptonewshub.reader import conversations
from cryptonewshub.reader.site import Site

_LATEST = 50


def thread_page(site: Site, path: str, page: str | None) -> str | None:
    number = int(page or 1)
    conversation = _conversation_at(path)
    if conversation is None:
        return None
    if conversation.path != path:
        return conversations.moved_thread_page(site, conversation) if number == 1 else None
    pages = _pages(site, conversation)
    return pages[number - 1] if number <= len(pages) else None


def thread_feed(site: Site, path: str) -> str | None:
    """Also where the story was before: a program that reads feeds follows no link."""
    conversation = _conversation_at(path)
    return conversations.thread_feed(site, conversation) if conversation else None


def site_feed(site: Site) -> str:
    latest = Comment.objects.shown().order_by("-made")[:_LATEST]
    found = []
    for comment in reversed(latest):
        conversation = _conversation_of(comment.article_id)
        if conversation is not None:
            found += [(conversation, spoken) for spoken in conversation.comments if spoken.number == comment.pk]
    return conversations.site_feed(site, found)


def addresses_of(site: Site, thread: Thread) -> list[str]:
    """Every address that shows something of a thread: its pages, its feed, and the ways on from where it was before."""
    conversation = _conversation_of(thread.article_id)
    paths = set(Edition.objects.of(thread.article).values_list("path", flat=True))
    if conversation is None:
        # Not published yet, or withdrawn by order: whatever is there is taken away.
        return [address for path in sorted(paths) for address in (thread_address(path), thread_feed_address(path))]
    pages = range(1, len(_pages(site, conversation)) + 1)
    return [
        *(thread_address(conversation.path, page) for page in pages),
        *(thread_address(path) for path in sorted(paths - {conversation.path})),
        *(thread_feed_address(path) for path in sorted(paths)),
    ]


@lru_cache(maxsize=2)
def _pages(site: Site, conversation: Conversation) -> list[str]:
    """All pages of a thread are made at once; whoever asks for the next one gets it from here."""
    return conversations.thread_pages(site, conversation)


@once
def _conversation_at(path: str) -> Conversation | None:
    editions = Edition.objects.logged().filter(path=path).order_by("pk")
    article = editions.values_list("article_id", flat=True).last()
    return _conversation_of(article) if article else None


@once
def _conversation_of(article: int) -> Conversation | None:
    """A thread of many pages is read once for all of them."""
    return conversation_of(ArticlePage.objects.only("pk").get(pk=article))


def _page_addresses() -> Iterator[str]:
    """Only a thread in which somebody has spoken can have more than one page."""
    from cryptonewshub.delivery.printing import current_site

    spoken: set[Any] = set(Comment.objects.order_by().values_list("article", flat=True).distinct())
    paths = Edition.objects.logged().values_list("path", "article").distinct().order_by("path")
    yield from (thread_address(path) for path, article in paths.iterator() if article not in spoken)
    site = current_site()
    for thread in Thread.objects.filter(article__in=spoken).select_related("article").order_by("pk"):
        yield from (address for address in addresses_of(site, thread) if address.endswith("/"))


def _feed_addresses() -> Iterator[str]:
    for path in Edition.objects.logged().values_list("path", flat=True).distinct().order_by("path").iterator():
        yield thread_feed_address(path)


KINDS = (
    fixed_page(SITE_FEED, site_feed),
    PageKind(re.compile(r"(?P<path>/.+/)comments/(?:(?P<page>[1-9][0-9]{0,4})/)?"), thread_page, _page_addresses),
    PageKind(re.compile(r"(?P<path>/.+/)comments/feed\.xml"), thread_feed, _feed_addresses),
)

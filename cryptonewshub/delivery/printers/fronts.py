"""The front page, and the pages for where nothing is and for when there is no connection."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from cryptonewshub.articles.models import ArticlePage, FrontPage
from cryptonewshub.delivery.entries import look_up
from cryptonewshub.delivery.kinds import fixed_page
from cryptonewshub.editions.content import Content
from cryptonewshub.editions.models import Edition
from cryptonewshub.reader import affected, fronts, offline, pages
from cryptonewshub.reader.site import Site

NOT_FOUND = "/404.html"


def front_page(site: Site) -> str:
    """The editors' stories in their order, then the newest ones; both as they are published now."""
    now = timezone.now()
    pinned = _pinned(now)
    shown = {edition.article_id for edition in pinned}
    others = Edition.objects.newest().standing().exclude(article__in=shown)
    newest = others[: settings.CNH_STORIES_ON_FRONT - len(pinned)]
    return fronts.front_page(site, look_up(site, _read((*pinned, *newest))), _breaking(now))


def _pinned(now: datetime) -> list[Edition]:
    """The editions of the stories on the editors' list whose time is not over; what is not published is left out."""
    front = FrontPage.objects.live().order_by().first()
    if front is None:
        return []
    pins = front.pins.filter(Q(until__isnull=True) | Q(until__gt=now)).order_by("sort_order")
    order = {article: place for place, article in enumerate(dict.fromkeys(pins.values_list("story", flat=True)))}
    editions = Edition.objects.newest().standing().filter(article__in=order)
    return sorted(editions, key=lambda edition: order[edition.article_id])[: settings.CNH_STORIES_ON_FRONT]


def _breaking(now: datetime) -> fronts.Breaking | None:
    front = FrontPage.objects.live().order_by().first()
    if front is None or (front.breaking_until and front.breaking_until <= now):
        return None
    edition = _newest_of(front.breaking_story)
    if not (front.breaking_words or edition) or (edition and edition.is_retracted):
        return None
    story = edition.read() if edition else None
    return fronts.Breaking(front.breaking_words, story.path if story else "", story)


def _newest_of(article: ArticlePage | None) -> Edition | None:
    return Edition.objects.newest().filter(article=article).first() if article else None


def _read(editions: Iterable[Edition]) -> list[Content]:
    return [edition.read() for edition in editions]


KINDS = (
    fixed_page(affected.FRONT, front_page),
    fixed_page(NOT_FOUND, pages.not_found_page),
    fixed_page(offline.PAGE, offline.offline_page),
    fixed_page(offline.REGISTER, offline.register),
    fixed_page(offline.WORKER, offline.worker),
)

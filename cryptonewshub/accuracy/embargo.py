"""Embargoes: no road publishes a story before the time that its source has set."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.models import Revision

from cryptonewshub.articles.models import ArticlePage


def under_embargo(until: datetime | None, at: datetime) -> list[str]:
    """The sentence against publishing at a time, where an embargo runs longer."""
    if until is None or until <= at:
        return []
    return [
        f"The story is under embargo until {spoken_time(until)}. Set its time for then or later, or lift the embargo."
    ]


def embargo_of(page: ArticlePage) -> datetime | None:
    """Until when nothing may publish the article: the article in memory and its newest draft both count.

    An embargo is a fact about the story. A revision from before it was known does not go out earlier.
    """
    times = [time for time in (page.embargo_until, _in_newest_draft(page)) if time is not None]
    return max(times, default=None)


def spoken_time(moment: datetime) -> str:
    """'2 March 2026, 09:30 (Europe/Oslo)'."""
    local = timezone.localtime(moment)
    return f"{local.day} {local:%B %Y, %H:%M} ({settings.TIME_ZONE})"


def _in_newest_draft(page: ArticlePage) -> datetime | None:
    newest = Revision.objects.for_instance(page).order_by("-created_at", "-pk").first() if page.pk else None
    said = newest.content.get("embargo_until") if newest else None
    return parse_datetime(said) if said else None

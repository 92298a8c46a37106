"""Limits: who may not write at all, and how much may come from one network.

In front of these stands the letterbox’s turnstile, which counts requests; here comments are counted, and bans hold.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.cache import cache

from cryptonewshub.comments.language import day, say
from cryptonewshub.comments.models import Ban, Comment
from cryptonewshub.comments.networks import hash_network

# Comments of one network: within ten minutes and within a day, with a proof of work and without one.
PROVED_LIMITS = (6, 40)
BARE_LIMITS = (2, 10)
LETTERS_AN_HOUR = 5


class Refused(Exception):  # noqa: N818  (what happened, as a reader would say it)
    """The words were not taken. The text says why and what to do; `status` is the HTTP status that says the same."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


def refuse_banned(networks: tuple[str, ...], name: str, email: str, now: datetime) -> None:
    """Raises Refused, with the reason and the end, when the sender is banned."""
    values = {value for value in (*networks, name.casefold(), email) if value}
    ban = Ban.objects.in_force(now).filter(value__in=values).first()
    if ban:
        raise Refused(
            say("You cannot write here until %(day)s. The reason: %(reason)s", day=day(ban.until), reason=ban.reason),
            403,
        )


def refuse_crowds(network: str, now: datetime, limits: tuple[int, int]) -> None:
    """Raises Refused when too much has come from this network in ten minutes or in a day."""
    mine = Comment.objects.filter(network=network) if network else Comment.objects.none()
    for limit, minutes in zip(limits, (10, 24 * 60), strict=True):
        if mine.filter(made__gt=now - timedelta(minutes=minutes)).count() >= limit:
            raise Refused(say("Many comments have come from your network. Keep your words and send them later."), 429)


def refuse_crowded_letters(sender: str, now: datetime) -> None:
    """Raises Refused when somebody has us write to too many addresses. Counted in Django's cache, for an hour."""
    if _count(f"letters-asked-for-{hash_network(sender, now)}") > LETTERS_AN_HOUR:
        raise Refused(say("Many letters were asked for from your network. Try again in an hour."), 429)


def _count(key: str) -> int:
    """One more, and how many that makes within the hour that began with the first."""
    if cache.add(key, 1, 3600):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # the hour ended in between
        return 1

"""Banning: for a time, for a reason that the banned person reads."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from cryptonewshub.comments.models import Ban, Comment
from cryptonewshub.comments.networks import KEPT_DAYS

BAN_DAYS = (1, 7, 30, 365)


def ban_writer(comment: Comment, kind: str, *, days: str, reason: str, user: Any, now: datetime) -> Ban:
    """Bans whoever wrote a comment. A network is known for seven days from the comment, so that ban ends then.

    Raises ValueError, with a sentence, for a kind that this comment has nothing for, another number of days, no reason.
    """
    value = {
        Ban.Kind.NAME: comment.name.casefold(),
        Ban.Kind.EMAIL: comment.address.email if comment.address else "",
        Ban.Kind.NETWORK: comment.network,
    }.get(kind, "")  # type: ignore[call-overload]
    if not value:
        raise ValueError("Choose by what to ban: nothing of that kind is known of this comment.")
    if days not in map(str, BAN_DAYS):
        raise ValueError("Choose for how many days.")
    if not reason:
        raise ValueError("Write the reason: whoever is banned reads it.")
    until = now + timedelta(days=int(days))
    if kind == Ban.Kind.NETWORK:
        until = min(until, comment.made + timedelta(days=KEPT_DAYS))
    return Ban.objects.create(kind=kind, value=value, reason=reason[:300], until=until, made=now, user=user)

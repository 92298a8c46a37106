"""Tidying: what is kept for a while only is forgotten when its time is over. Every run can be repeated.

Networks after seven days, with the keys of their hashes; refused words, and addresses that nobody confirmed, after the
time that the house policy and this module say.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from cryptonewshub.comments.deciding import POLICY, locked, record
from cryptonewshub.comments.models import (
    Act,
    Address,
    Ban,
    Comment,
    CommentPolicy,
    ErrorReport,
    Flag,
    NetworkKey,
    Outcome,
    SpentProof,
    State,
    Thread,
)
from cryptonewshub.comments.networks import KEPT_DAYS
from cryptonewshub.comments.proof import MINUTES
from cryptonewshub.comments.threads import mark_changed
from cryptonewshub.editions.models import Edition

UNCONFIRMED_DAYS = 7
BANS_REMEMBERED_DAYS = 30


def tidy(now: datetime) -> None:
    """Forgets what is due."""
    forget_networks(now)
    forget_refused(now)
    forget_addresses(now)
    SpentProof.objects.filter(made__lt=now - timedelta(minutes=2 * MINUTES)).delete()
    Ban.objects.filter(until__lt=now - timedelta(days=BANS_REMEMBERED_DAYS)).delete()
    show_what_has_closed(now)


@transaction.atomic
def forget_networks(now: datetime) -> None:
    """The keys of the days, and the hashes made with them. From now on nothing links two comments of one network."""
    old = now - timedelta(days=KEPT_DAYS)
    NetworkKey.objects.filter(day__lte=old.date()).delete()
    for kind in (Comment, Flag, ErrorReport):
        kind.objects.filter(made__lt=old).exclude(network="").update(network="")


def forget_refused(now: datetime) -> None:
    """Words that nobody reads, with who wrote them. That there was a comment, and the decisions about it, stay."""
    days = CommentPolicy.load().forget_after_days
    refused = Comment.objects.filter(state__in=(State.REJECTED, State.HIDDEN)).exclude(body="")
    due = refused.exclude(decisions__made__gt=now - timedelta(days=days)) if days else refused.none()
    for number in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            comment = locked(number)
            comment.take_out()
            comment.forget_the_writer()
            record(comment, Act.ERASE, after=State(comment.state), who=POLICY, now=now)


def forget_addresses(now: datetime) -> None:
    """Addresses that nobody confirmed in a week, and those that nothing needs any more."""
    Address.objects.filter(confirmed=None, made__lt=now - timedelta(days=UNCONFIRMED_DAYS)).delete()
    days = CommentPolicy.load().forget_after_days
    if days:
        answered = ErrorReport.objects.exclude(outcome=Outcome.OPEN).filter(answered__lt=now - timedelta(days=days))
        answered.exclude(address=None).update(address=None)
    Address.objects.filter(
        comments=None, error_reports=None, followings=None, made__lt=now - timedelta(days=UNCONFIRMED_DAYS)
    ).delete()


def show_what_has_closed(now: datetime) -> None:
    """A thread whose days are over says so on its page."""
    days = CommentPolicy.load().close_after_days
    if not days:
        return
    over = now - timedelta(days=days)
    closed = Edition.objects.filter(version=1, published__range=(over - timedelta(hours=2), over))
    for thread in Thread.objects.filter(article__in=closed.values("article")).select_related("article"):
        mark_changed(thread.article)

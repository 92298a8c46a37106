"""The daily digest: one letter to those who asked for it, with what waits and what came in."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cryptonewshub.articles.models import Newsroom
from cryptonewshub.comments.letters import one_line
from cryptonewshub.comments.models import Appeal, Comment, CommentPolicy, ErrorReport, Flag, Letter, Outcome, State

HOUR = 7
"""When the digest goes out, in the newsroom's time zone."""


@transaction.atomic
def send_digest(now: datetime) -> bool:
    """Queues the digest of the day, once. Whether there was one to send."""
    policy = CommentPolicy.load()
    local = timezone.localtime(now)
    if not policy.digest_addresses or local.hour < HOUR or policy.digest_sent == local.date():
        return False
    policy.digest_sent = local.date()
    policy.save(update_fields=["digest_sent"])
    name = Newsroom.load().name
    subject = one_line(f"Comments: {_waiting()} waiting – {name}")
    Letter.objects.bulk_create(
        Letter(to=address, subject=subject, text=_text(now), made=now, due=now) for address in policy.digest_addresses
    )
    return True


def _waiting() -> int:
    return Comment.objects.filter(state=State.WAITING).count()


def _text(now: datetime) -> str:
    day = now - timedelta(days=1)
    counts = [
        ("comments wait", _waiting()),
        ("objections wait", Appeal.objects.filter(answered=None).count()),
        ("flags are open", Flag.objects.filter(is_settled=False).count()),
        ("reports of errors are open", ErrorReport.objects.filter(outcome=Outcome.OPEN).count()),
        ("comments came in since yesterday", Comment.objects.filter(made__gt=day).count()),
    ]
    lines = [f"{count:>6}  {what}" for what, count in counts]
    return "\n".join([*lines, "", f"{settings.CNH_BASE_URL}/admin/comments/", ""])

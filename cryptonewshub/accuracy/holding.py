"""Held and why: the reason that a publication was refused is kept until the story is out, whichever road refused it.

A refusal undoes its transaction, and this row with it; so whoever catches the refusal keeps the reasons once more
outside of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from cryptonewshub.accuracy.models import Hold
from cryptonewshub.articles.doors import PublishBlocked
from cryptonewshub.articles.models import ArticlePage


def hold(page: int | None, reasons: Sequence[str], *, was_due: datetime | None = None) -> Hold | None:
    """Keeps why an article was not published; None for one that is in no table yet. The same again changes the time."""
    if page is None or not ArticlePage.objects.filter(pk=page).exists():
        return None
    now = timezone.now()
    said = {"reasons": "\n".join(reasons), "last_tried": now} | ({"was_due": was_due} if was_due else {})
    held, _ = Hold.objects.update_or_create(
        article_id=page, released=None, defaults=said, create_defaults={**said, "since": now}
    )
    return held


def keep_reasons(blocked: PublishBlocked, *, was_due: datetime | None = None) -> None:
    """What to do on catching a refusal, once its transaction is undone."""
    hold(blocked.page, str(blocked).split("\n"), was_due=was_due)


def release(page: ArticlePage) -> None:
    """The article is out: it is not held any more."""
    Hold.objects.filter(article=page, released=None).update(released=timezone.now())


def hold_on(page: ArticlePage) -> Hold | None:
    """Why the article was last refused, while it waits."""
    return Hold.objects.filter(article_id=page.pk, released=None).first() if page.pk else None

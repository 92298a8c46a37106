"""Publishing at the set time. An article that the desk does not clear is held, with the reason; the others go out.

A revision that the desk approved, and that says something else by now, is held too.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from cryptonewshub.accuracy.approval import CHANGED, is_changed_since
from cryptonewshub.accuracy.holding import keep_reasons
from cryptonewshub.articles.doors import PublishBlocked

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one scheduled page; `held_because` is empty when it went out."""

    page: Page
    held_because: str = ""


def publish_due() -> list[Outcome]:
    """Publishes every revision whose time has come, each in a transaction of its own."""
    due = Revision.page_revisions.filter(approved_go_live_at__lte=timezone.now()).order_by("approved_go_live_at")
    return [_publish(revision) for revision in due]


def _publish(revision: Revision) -> Outcome:
    page = revision.content_object
    try:
        with transaction.atomic():
            if is_changed_since(revision):
                raise PublishBlocked(CHANGED, page=page.pk)
            revision.publish()
    except PublishBlocked as blocked:
        _hold(revision, blocked)
        logger.warning("Held back: “%s”. %s", page.title, blocked)
        return Outcome(page, str(blocked))
    return Outcome(page)


def _hold(revision: Revision, blocked: PublishBlocked) -> None:
    """Until somebody mends it and sets a time again: a schedule that fails for ever would fill the log."""
    keep_reasons(blocked, was_due=revision.approved_go_live_at)
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])

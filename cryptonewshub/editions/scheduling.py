"""Publishing at the set time. An article that the desk does not clear is held, with the reason; the others go out.

A revision that the desk approved, and that says something else by now, is held too.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.db import DatabaseError, transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from cryptonewshub.accuracy.approval import CHANGED, is_changed_since
from cryptonewshub.accuracy.holding import keep_reasons
from cryptonewshub.articles.doors import PublishBlocked

logger = logging.getLogger(__name__)
_FAULT = "The software failed when it was to publish this. Nothing is lost; tell whoever runs it, and set a time again."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one scheduled page; `held_because` is empty when it went out."""

    page: Page
    held_because: str = ""


def publish_due() -> list[Outcome]:
    """Publishes every revision whose time has come, each in a transaction of its own."""
    due = Revision.page_revisions.filter(approved_go_live_at__lte=timezone.now()).order_by("approved_go_live_at")
    outcomes, trouble = [], None
    for revision in due:
        try:
            outcomes.append(_publish(revision))
        except (OSError, DatabaseError) as error:  # the machine's trouble, which passes: the others have their turn
            trouble = error
    if trouble:
        raise trouble
    return outcomes


def _publish(revision: Revision) -> Outcome:
    page = revision.content_object
    try:
        with transaction.atomic():
            if is_changed_since(revision):
                raise PublishBlocked(CHANGED, page=page.pk)
            revision.publish()
    except PublishBlocked as blocked:
        logger.warning("Held back: “%s”. %s", page.title, blocked)
        return _held(revision, blocked)
    except (OSError, DatabaseError):
        raise
    except Exception as error:  # a fault of ours in one story holds up no other, and is not tried for ever
        logger.exception("Held back: “%s”, by a fault of the software.", page.title)
        return _held(revision, PublishBlocked(f"{_FAULT} {type(error).__name__}: {error}", page=page.pk))
    return Outcome(page)


def _held(revision: Revision, blocked: PublishBlocked) -> Outcome:
    """Until somebody mends it and sets a time again: a schedule that fails for ever would fill the log."""
    keep_reasons(blocked, was_due=revision.approved_go_live_at)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)  # save() reads what may be unreadable
    return Outcome(revision.content_object, str(blocked))

"""What Wagtail says of stories: one that went live is held no longer, and who is to check one is told."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.admin.signal_handlers import task_submission_email_notifier
from wagtail.signals import page_published, task_submitted

from cryptonewshub.accuracy.holding import release
from cryptonewshub.accuracy.models import DeskCheckState
from cryptonewshub.articles.models import ArticlePage

# Wagtail writes to those who are to approve for its own kind of step alone. The letter's words are in our templates.
task_submitted.connect(
    task_submission_email_notifier, sender=DeskCheckState, dispatch_uid="tell-who-is-to-check-the-story"
)


@receiver(page_published, sender=ArticlePage, dispatch_uid="release-published-articles")
def release_what_went_live(sender: type[ArticlePage], instance: ArticlePage, **kwargs: Any) -> None:
    """The signal also comes for an article that is scheduled, and not live yet."""
    if instance.live:
        release(instance)

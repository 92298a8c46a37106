"""Where Wagtail says that a story went live: it is held no longer."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from cryptonewshub.accuracy.holding import release
from cryptonewshub.articles.models import ArticlePage


@receiver(page_published, sender=ArticlePage, dispatch_uid="release-published-articles")
def release_what_went_live(sender: type[ArticlePage], instance: ArticlePage, **kwargs: Any) -> None:
    """The signal also comes for an article that is scheduled, and not live yet."""
    if instance.live:
        release(instance)

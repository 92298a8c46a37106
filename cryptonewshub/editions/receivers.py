"""Where Wagtail says that a page went live: its one signal that every road to publication sends, after the save."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import page_published

from cryptonewshub.accuracy.house_policy import policy_adopted
from cryptonewshub.accuracy.models import HousePolicy
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.editions.entering import enter_policy
from cryptonewshub.editions.models import LogEntry
from cryptonewshub.editions.sealing import seal
from cryptonewshub.tlog.manifests import Kind


@receiver(page_published, sender=ArticlePage, dispatch_uid="seal-published-articles")
def seal_what_went_live(sender: type[ArticlePage], instance: ArticlePage, **kwargs: Any) -> None:
    """Seals inside the publishing transaction: an article is never live without its edition.

    The signal also comes for an article that is scheduled, and not live yet.
    """
    if instance.live:
        seal(instance, now=timezone.now())


@receiver(policy_adopted, dispatch_uid="enter-the-house-policy")
def enter_what_was_adopted(policy: HousePolicy, **kwargs: Any) -> None:
    """Every version of the house policy is in the log, in the transaction that adopts it. Founding enters the first."""
    if LogEntry.objects.filter(kind=Kind.GENESIS).exists():
        enter_policy(policy.document.encode())

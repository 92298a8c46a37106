"""Publishing: the one act that makes an article's draft public, for commands, schedules and imports alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.models import Revision

from cryptonewshub.accuracy.holding import keep_reasons
from cryptonewshub.articles.doors import PublishBlocked
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.editions.models import Edition


@dataclass(frozen=True, slots=True)
class Publication:
    """What came of publishing: the edition that readers have now, and whether this act made it."""

    edition: Edition
    is_new: bool


def publish_edition(revision: Revision, *, user: Any = None) -> Publication:
    """Publishes a revision of an article and returns its edition.

    Raises PublishBlocked when the desk has not cleared it; then the article stays as it was, and the reasons are kept.
    """
    try:
        with transaction.atomic():
            return _publish(revision, user)
    except PublishBlocked as blocked:
        keep_reasons(blocked)
        raise


def _publish(revision: Revision, user: Any) -> Publication:
    article = revision.content_object
    before = Edition.objects.of(article).last()
    revision.publish(user=user)
    after = Edition.objects.of(ArticlePage.objects.get(pk=article.pk)).last()
    assert after is not None, "Wagtail published the article and did not say so."
    return Publication(edition=after, is_new=before is None or before.pk != after.pk)

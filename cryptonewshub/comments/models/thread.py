"""A story's thread: whether it is open, and whether its pages are as its comments are."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.comments.models.rules import CommentPolicy


class ThreadQuerySet(models.QuerySet["Thread"]):
    def stale(self) -> ThreadQuerySet:
        """Those whose pages are older than their comments."""
        return self.filter(changed__gt=F("baked")).order_by("pk")

    def baked(self) -> ThreadQuerySet:
        return self.filter(changed=F("baked"))


class Thread(models.Model):
    """`changed` counts what happened in it, `baked` is how far its pages are: a killed bake is found and done again."""

    article = models.OneToOneField(ArticlePage, on_delete=models.PROTECT, related_name="thread")
    is_closed = models.BooleanField(default=False, help_text="Closed by hand.")
    stays_open = models.BooleanField(default=False, help_text="Open whatever the number of days says.")
    changed = models.PositiveBigIntegerField(default=0)
    baked = models.PositiveBigIntegerField(default=0)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        # Each bake asks for the stale ones: few, however many threads there are.
        indexes: ClassVar = [models.Index(fields=["id"], condition=Q(changed__gt=F("baked")), name="stale_threads")]

    def __str__(self) -> str:
        return f"Thread of {self.article}"

    @classmethod
    def of(cls, article: ArticlePage) -> Thread:
        """The thread of a story; the first question about it makes it."""
        thread, _ = cls.objects.get_or_create(article=article)
        return thread

    def is_baked(self) -> None:
        """Its pages are as it was when this row was read; what has changed since keeps it stale."""
        Thread.objects.filter(pk=self.pk, baked__lt=self.changed).update(baked=self.changed)

    def closes(self, published: datetime | None, policy: CommentPolicy) -> datetime | None:
        """When it closes by the policy's number of days; None for never."""
        days = policy.close_after_days
        return None if self.stays_open or not days or published is None else published + timedelta(days=days)

    def is_open(self, now: datetime, published: datetime | None, policy: CommentPolicy) -> bool:
        closes = self.closes(published, policy)
        return not self.is_closed and (closes is None or now < closes)

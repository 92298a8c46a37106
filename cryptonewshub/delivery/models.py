"""What waits: pages that are to be baked again though no edition touched them, and what caches have to let go of.

A row is made in the transaction of the change, or before a file is replaced, and taken away once the page is there, or
the cache has acknowledged: a crash in between loses nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

EVERYTHING = "*"


class WantedQuerySet(models.QuerySet["Wanted"]):
    """What waits to be baked."""

    def due(self, now: datetime) -> WantedQuerySet:
        return self.filter(due__lte=now).order_by("pk")


class Wanted(models.Model):
    """An address that is to be baked at a time; '*' stands for all of them."""

    address = models.CharField(max_length=400)
    due = models.DateTimeField(db_index=True)

    objects = WantedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name_plural = "wanted"

    def __str__(self) -> str:
        return self.address


class PurgeQuerySet(models.QuerySet["Purge"]):
    """What caches have not let go of yet."""

    def due(self, cache: str, now: datetime) -> PurgeQuerySet:
        """What a cache is to be told now, in the order in which it is told."""
        return self.filter(cache=cache, due__lte=now).order_by("-is_urgent", "pk")

    def late(self, moment: datetime) -> PurgeQuerySet:
        """What was asked for before a moment, and is not acknowledged."""
        return self.filter(is_acknowledged=False, made__lte=moment)


class Purge(models.Model):
    """An address, or '*' for all of them, that a cache is to let go of.

    `failures` are those since it last was acknowledged, and `trouble` is what was the matter. One that is acknowledged
    is sent once more, for what the cache was fetching in that moment.
    """

    cache = models.CharField(max_length=300)
    address = models.TextField()
    is_urgent = models.BooleanField(default=False)
    made = models.DateTimeField()
    due = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)
    trouble = models.TextField(blank=True)
    is_acknowledged = models.BooleanField(default=False)

    objects = PurgeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["cache", "due"], name="purge_due")]

    def __str__(self) -> str:
        return f"{self.address} of {self.cache}"

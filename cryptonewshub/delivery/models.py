"""Pages that are to be baked again though no edition touched them: what editors changed beside the stories.

A row is made in the transaction of the change, and taken away once the page is there: a crash in between loses nothing.
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

"""The moderators' taste, as far as a machine has learnt it from their decisions."""

from __future__ import annotations

from django.db import models


class Taste(models.Model):
    """One row: the classifier's counts, and the last decision that they include."""

    weights = models.BinaryField()
    last_decision = models.BigIntegerField()
    made = models.DateTimeField()

    def __str__(self) -> str:
        return f"Learnt up to decision {self.last_decision}"

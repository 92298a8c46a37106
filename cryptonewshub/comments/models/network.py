"""What is known of a sender's computer: nothing but a keyed hash of its network, under a key that lives seven days."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class NetworkKey(models.Model):
    """The key of one day. When it is deleted, nobody can tell any more which network a hash of that day stood for."""

    day = models.DateField(unique=True)
    key = models.BinaryField()

    def __str__(self) -> str:
        return f"Key of {self.day}"


class SpentProof(models.Model):
    """A sum that a browser has done, and that was accepted once. Kept until it would have expired anyway."""

    challenge = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField(db_index=True)

    class Meta:
        ordering: ClassVar = ["made"]

    def __str__(self) -> str:
        return self.challenge

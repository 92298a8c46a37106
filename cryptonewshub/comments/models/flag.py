"""Flags: readers tell the moderators of a comment that should not stand."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from cryptonewshub.comments.models.comment import Comment
from cryptonewshub.comments.models.decision import Reason


class Flag(models.Model):
    """One reader's flag. A network counts once for each comment, however often it flags it."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="flags")
    reason = models.CharField(max_length=12, choices=Reason.choices)
    words = models.TextField(max_length=1_000, blank=True)
    network = models.CharField(max_length=40, blank=True)
    made = models.DateTimeField(db_index=True)
    is_settled = models.BooleanField(default=False, db_index=True)

    class Meta:
        ordering: ClassVar = ["made"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["comment", "network"], condition=~models.Q(network=""), name="one_flag_a_network"
            ),
        ]

    def __str__(self) -> str:
        return f"Flag on comment {self.comment_id}: {self.reason}"

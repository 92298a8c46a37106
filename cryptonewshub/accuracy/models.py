"""Clearances: decisions of people about what the desk found, bound to the words. Other words, no clearance."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from cryptonewshub.articles.models import ArticlePage


class Clearance(models.Model):
    """Somebody with the right says why a finding of this rule, on exactly these words, may stand."""

    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="clearances")
    rule = models.CharField(max_length=60)
    text = models.TextField(help_text="The words that the finding is about.")
    reason = models.TextField(help_text="Shown to readers where house policy says so.")
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    role = models.CharField(max_length=60, default="editor", help_text="What the person is at the newsroom.")
    made = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["made"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "rule", "text"], name="one_clearance_a_finding"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.reason}"

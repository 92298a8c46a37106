"""A reader's report of an error in a story: a case for the desk, with a public outcome when it led to a correction."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.comments.models.comment import NAME_LENGTH, QUOTE_LENGTH
from cryptonewshub.editions.models import Edition


class Outcome(models.TextChoices):
    """What became of a report."""

    OPEN = "open", "Open"
    CORRECTED = "corrected", "Led to a correction"
    RIGHT = "right", "The story is right"
    OTHER = "other", "Answered"


class ErrorReport(models.Model):
    """`passage` are the story's words as the reader marked them in edition `version`; `words` what is wrong with them.

    `edition` is the one that corrected it. A reader who wishes it is named there as the finder.
    """

    article = models.ForeignKey(ArticlePage, on_delete=models.PROTECT, related_name="error_reports")
    version = models.PositiveIntegerField()
    passage = models.TextField(max_length=QUOTE_LENGTH, blank=True)
    words = models.TextField(max_length=3_000)
    name = models.CharField(max_length=NAME_LENGTH, blank=True)
    wants_credit = models.BooleanField(default=False)
    address = models.ForeignKey(
        "comments.Address", null=True, blank=True, on_delete=models.SET_NULL, related_name="error_reports"
    )
    network = models.CharField(max_length=40, blank=True)
    made = models.DateTimeField(db_index=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.OPEN, db_index=True)
    answer = models.TextField(max_length=2_000, blank=True)
    answered = models.DateTimeField(null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    edition = models.ForeignKey(Edition, null=True, blank=True, on_delete=models.PROTECT, related_name="error_reports")

    class Meta:
        ordering: ClassVar = ["made"]
        permissions: ClassVar = [("answer_errorreport", "Can answer readers' reports of errors")]

    def __str__(self) -> str:
        return f"Report about {self.article_id}: {self.words[:60]}"

    @property
    def finder(self) -> str:
        """Who may be named as having found the error; empty when nobody wishes it."""
        return self.name if self.wants_credit else ""

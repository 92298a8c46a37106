"""What the desk keeps: clearances and their withdrawals, and the versions of the house policy. It only grows."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from cryptonewshub.accuracy.append_only import AppendOnly
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.people.models import Author


class Clearance(AppendOnly):
    """Somebody with the right says why a finding of this rule, on exactly these words of this speaker, may stand.

    Who and what the person was are kept as they were, whatever becomes of the account. `public_note` is what readers
    may be told, '' where the house policy of that day keeps the reason inside. `noticed` is when the desk first had the
    finding, as far as it is known.
    """

    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="clearances")
    rule = models.CharField(max_length=60)
    text = models.TextField(help_text="The words that the finding is about.")
    speaker = models.CharField(max_length=255, blank=True, help_text="Whom the story gave the words to.")
    reason = models.TextField()
    public_note = models.TextField(blank=True)
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(max_length=160, default="the operator", help_text="Who cleared it, as called then.")
    role = models.CharField(max_length=60, default="editor", help_text="What the person was at the newsroom.")
    translator = models.ForeignKey(Author, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    noticed = models.DateTimeField(null=True, blank=True)
    made = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["made", "pk"]
        indexes: ClassVar = [models.Index(fields=["article", "rule"])]
        permissions: ClassVar = [
            ("clear_findings", "Can clear findings of the desk"),
            ("clear_translations", "Can sign translations off"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.reason}"


class Withdrawal(AppendOnly):
    """A clearance that no longer holds because somebody took it back, or gave another in its place."""

    clearance = models.OneToOneField(Clearance, on_delete=models.CASCADE, related_name="withdrawal")
    reason = models.TextField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(max_length=160)
    made = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"Withdrawn: {self.reason}"


class HousePolicy(AppendOnly):
    """One version of the house policy. `document` is what readers read: canonical JSON; `sha256` in hex."""

    version = models.PositiveIntegerField(unique=True)
    document = models.TextField()
    sha256 = models.CharField(max_length=64)
    why = models.TextField("why it changes", help_text="Shown to readers.")
    adopted = models.DateTimeField()
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(max_length=160, help_text="Who adopted it, as called then.")

    class Meta:
        ordering: ClassVar = ["-version"]
        verbose_name = "house policy"
        verbose_name_plural = "house policies"

    def __str__(self) -> str:
        return f"House policy, version {self.version}"

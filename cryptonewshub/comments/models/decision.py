"""Decisions: who did what to a comment, when and why. The history is only ever added to."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from cryptonewshub.accuracy.append_only import AppendOnly
from cryptonewshub.comments.models.comment import Comment, State
from cryptonewshub.languages.wording import N_


class Act(models.TextChoices):
    """What somebody did."""

    RECEIVE = "receive", "received"
    APPROVE = "approve", "approved"
    REJECT = "reject", "rejected"
    HIDE = "hide", "hidden"
    HOLD = "hold", "put back into the queue"
    EDIT = "edit", "edited by its writer"
    WITHDRAW = "withdraw", "withdrawn by its writer"
    ERASE = "erase", "erased on request"
    APPEAL = "appeal", "appealed by its writer"
    NOTE = "note", "noted"


class Reason(models.TextChoices):
    """Why a comment is not shown. The second text is what the writer reads."""

    OFF_TOPIC = "off-topic", N_("It is about something else than the story.")
    ABUSE = "abuse", N_("It insults or threatens somebody.")
    HATE = "hate", N_("It attacks people for what they are.")
    PERSONAL = "personal", N_("It says private things about somebody.")
    UNLAWFUL = "unlawful", N_("We think that it breaks the law.")
    UNTRUE = "untrue", N_("It states as fact something that is known to be untrue and may do harm.")
    SPAM = "spam", N_("It advertises something.")
    REPEATED = "repeated", N_("It says again what has been said already, by the same person.")
    OTHER = "other", N_("It breaks another of our rules.")


class Decision(AppendOnly):
    """One line of a comment's history. `number` counts from 1 in each comment without a gap; two cannot be the same.

    `who` is the moderator's user name, 'the writer', 'house policy' or 'a reader'. `words` are for the writer, `note`
    is for moderators.
    """

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=12, choices=Act.choices)
    before = models.CharField(max_length=12, choices=State.choices, blank=True)
    after = models.CharField(max_length=12, choices=State.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    who = models.CharField(max_length=150)
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    words = models.TextField(max_length=1_000, blank=True)
    note = models.TextField(max_length=2_000, blank=True)
    made = models.DateTimeField(db_index=True)

    class Meta:
        ordering: ClassVar = ["comment", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["comment", "number"], name="one_decision_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id}/{self.number}: {self.get_act_display()} by {self.who}"


class Appeal(models.Model):
    """A writer's objection to a decision, and the answer to it. One at a time for each comment."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="appeals")
    words = models.TextField(max_length=2_000)
    made = models.DateTimeField()
    answer = models.TextField(max_length=2_000, blank=True)
    is_upheld = models.BooleanField(null=True, blank=True, help_text="Whether the writer was right.")
    answered = models.DateTimeField(null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["made"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["comment"], condition=models.Q(answered__isnull=True), name="one_open_appeal_a_comment"
            ),
        ]

    def __str__(self) -> str:
        return f"Appeal about comment {self.comment_id}"

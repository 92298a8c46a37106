"""A comment: what one reader wrote under one story, and where it stands now."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q

from cryptonewshub.articles.models import ArticlePage

NAME_LENGTH = 60
BODY_LENGTH = 5_000
QUOTE_LENGTH = 500
EDIT_MINUTES = 15
NOBODY = "A reader"
"""The name of those who had theirs erased."""


class State(models.TextChoices):
    """Where a comment stands. Readers see approved ones only."""

    WAITING = "waiting", "Waiting"
    APPROVED = "approved", "Shown"
    REJECTED = "rejected", "Rejected"
    HIDDEN = "hidden", "Hidden"
    WITHDRAWN = "withdrawn", "Withdrawn by its writer"


class CommentQuerySet(models.QuerySet["Comment"]):
    """Ways through the comments."""

    def shown(self) -> CommentQuerySet:
        return self.filter(state=State.APPROVED)

    def of(self, article: ArticlePage) -> CommentQuerySet:
        return self.filter(article=article)

    def written_by(self, token: str) -> CommentQuerySet:
        """The comment that only the holder of the token wrote: none or one."""
        return self.filter(token_sha256=digest_of(token))

    def matching(self, words: str) -> CommentQuerySet:
        """Those that hold every one of the words, in the text or in the name."""
        found = self
        for word in words.split()[:8]:
            found = found.filter(Q(body__icontains=word) | Q(name__icontains=word))
        return found


class Comment(models.Model):
    """`body` and `name` are plain text. `version` is the edition that the writer had before them; `quote` words of it.

    `network` is a keyed hash whose key is destroyed after seven days; it is emptied then, too. `reasons` are the
    sentences that say why the comment was held. `number` counts the decisions about it.
    """

    article = models.ForeignKey(ArticlePage, on_delete=models.PROTECT, related_name="comments")
    version = models.PositiveIntegerField()
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies")
    name = models.CharField(max_length=NAME_LENGTH)
    body = models.TextField(max_length=BODY_LENGTH)
    quote = models.TextField(max_length=QUOTE_LENGTH, blank=True)
    made = models.DateTimeField(db_index=True)
    edited = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING, db_index=True)
    number = models.PositiveIntegerField(default=0, help_text="How many decisions there are about it.")
    reasons = models.JSONField(default=list, blank=True)
    score = models.FloatField(null=True, blank=True, help_text="How much it is like what was rejected: 0 to 1.")
    fingerprint = models.BigIntegerField(default=0, db_index=True)
    is_proved = models.BooleanField(default=False, help_text="The writer's browser did the sum that we ask for.")
    network = models.CharField(max_length=40, blank=True, db_index=True)
    token_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    address = models.ForeignKey(
        "comments.Address", null=True, blank=True, on_delete=models.SET_NULL, related_name="comments"
    )
    wants_replies = models.BooleanField(default=False)
    origin = models.CharField(max_length=200, null=True, blank=True, unique=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["made", "pk"]
        permissions: ClassVar = [("moderate_comment", "Can moderate readers' comments")]
        indexes: ClassVar = [models.Index(fields=["article", "state", "made"])]

    def __str__(self) -> str:
        return f"{self.name}: {self.body[:60]}"

    @property
    def is_shown(self) -> bool:
        return self.state == State.APPROVED

    def may_be_edited(self, now: datetime) -> bool:
        """Whether its writer may still change it: for fifteen minutes, and not once a moderator has refused it."""
        is_open = self.state in (State.WAITING, State.APPROVED)
        return is_open and now < self.made + timedelta(minutes=EDIT_MINUTES)

    def new_token(self) -> str:
        """A capability that only the writer gets. The comment keeps its hash."""
        token = secrets.token_urlsafe(24)
        self.token_sha256 = digest_of(token)
        return token

    def forget_the_writer(self) -> None:
        """Takes out everything that says who wrote it."""
        self.name, self.network, self.token_sha256, self.address, self.wants_replies = NOBODY, "", "", None, False

    def take_out(self) -> None:
        """Takes out what was written."""
        self.body, self.quote, self.fingerprint, self.score = "", "", 0, None


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

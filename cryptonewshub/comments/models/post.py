"""Post: e-mail addresses that readers left, what they follow, and letters on their way."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from cryptonewshub.articles.models import ArticlePage


class Address(models.Model):
    """An e-mail address, in lower case. Nothing but the question whether it is right goes to one not confirmed."""

    email = models.EmailField(unique=True)
    made = models.DateTimeField()
    confirmed = models.DateTimeField(null=True, blank=True)
    asked = models.DateTimeField(null=True, blank=True, help_text="When we last asked whether the address is right.")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.email


class Following(models.Model):
    """Somebody wants a letter for each new comment under a story."""

    address = models.ForeignKey(Address, on_delete=models.CASCADE, related_name="followings")
    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="+")
    made = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["address", "article"], name="one_following_a_story"),
        ]

    def __str__(self) -> str:
        return f"{self.address_id} follows {self.article_id}"


class Letter(models.Model):
    """A mail to be sent. It waits here, so that a mail server that is down loses nothing and delays nobody."""

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    stop = models.CharField(max_length=400, blank=True, help_text="The address that stops such letters (RFC 8058).")
    made = models.DateTimeField()
    due = models.DateTimeField(db_index=True)
    tries = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["due", "pk"]

    def __str__(self) -> str:
        return f"“{self.subject}” to {self.to}"

"""The house's rules for comments: the policy, words and links that are looked at, bans, and who moderates what."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from cryptonewshub.articles.models import SectionPage


@register_setting(icon="comment", order=300)
class CommentPolicy(BaseGenericSetting):
    """What is held for a moderator, and for how long a story may be commented on."""

    class Held(models.TextChoices):
        ALL = "all", "Every comment waits for a moderator"
        FIRST = "first", "The first comment of a writer waits; known writers are shown at once"
        NONE = "none", "Comments are shown at once, unless something speaks against it"

    held = models.CharField(
        "what waits",
        max_length=8,
        choices=Held.choices,
        default=Held.FIRST,
        help_text="Whatever is chosen: a comment written without JavaScript, or against which something speaks, waits.",
    )
    close_after_days = models.PositiveIntegerField(
        "close after days", default=30, help_text="So many days after a story’s first publication; 0 means never."
    )
    house_rules = models.TextField(
        "house rules",
        max_length=600,
        default="Write about the story. Be fair to people, also to those you disagree with. No advertisements.",
        help_text="Shown above the box in which readers write.",
    )
    flags_to_hide = models.PositiveIntegerField(
        "flags that bring a comment back",
        default=3,
        help_text="A shown comment that so many readers flag is hidden until a moderator has looked; 0 means never.",
    )
    digest_to = models.CharField(
        "daily digest to", max_length=400, blank=True, help_text="E-mail addresses, separated by commas."
    )
    forget_after_days = models.PositiveIntegerField(
        "forget after days",
        default=90,
        help_text="So many days after a comment was refused its text, its writer’s name and address are erased.",
    )
    digest_sent = models.DateField(null=True, blank=True, editable=False)

    panels: ClassVar = [
        MultiFieldPanel([FieldPanel("held"), FieldPanel("flags_to_hide")], heading="Moderation"),
        FieldPanel("close_after_days"),
        FieldPanel("house_rules"),
        FieldPanel("digest_to"),
        FieldPanel("forget_after_days"),
    ]

    class Meta:
        verbose_name = "comments"

    @property
    def digest_addresses(self) -> list[str]:
        return [part.strip() for part in self.digest_to.split(",") if part.strip()]


class WordRule(models.Model):
    """A word, a phrase or a link's host for which comments are held. Plain text: no patterns, so none can be slow."""

    class Kind(models.TextChoices):
        WORD = "word", "A word or phrase"
        LINK = "link", "Links to a site"

    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.WORD)
    text = models.CharField(max_length=120, help_text="Whole words, in any case; or a site such as example.org.")
    made = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["kind", "text"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "text"], name="one_rule_a_text")]

    def __str__(self) -> str:
        return self.text


class BanQuerySet(models.QuerySet["Ban"]):
    def in_force(self, now: datetime) -> BanQuerySet:
        return self.filter(until__gt=now)


class Ban(models.Model):
    """Somebody may not write until a time, for a reason. `value` is a name or an address in lower case, or the network
    hash of a comment; that one can hold for seven days at most, since then its key is gone.
    """

    class Kind(models.TextChoices):
        NAME = "name", "By name"
        EMAIL = "email", "By e-mail address"
        NETWORK = "network", "By network, seven days at most"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    value = models.CharField(max_length=254)
    reason = models.CharField(max_length=300, help_text="The writer reads it.")
    until = models.DateTimeField(db_index=True)
    made = models.DateTimeField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = BanQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-until"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.value}"


class Beat(models.Model):
    """A section that a group moderates. A group without beats moderates every section."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="comment_beats")
    section = models.ForeignKey(SectionPage, on_delete=models.CASCADE, related_name="+")

    panels: ClassVar = [FieldPanel("group"), FieldPanel("section")]

    class Meta:
        ordering: ClassVar = ["group", "section"]
        verbose_name = "moderators’ section"
        constraints: ClassVar = [models.UniqueConstraint(fields=["group", "section"], name="one_beat_a_section")]

    def __str__(self) -> str:
        return f"{self.group} moderates {self.section}"

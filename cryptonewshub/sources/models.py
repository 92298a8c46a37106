"""A source: a document in the desk's archive. The row says what it is; the archive keeps its original, for ever.

A confidential source is used like any other and shown to nobody but those who may see it: see `confidence`.
"""

from __future__ import annotations

import secrets
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from cryptonewshub.quotations.vocabulary import SourceText
from cryptonewshub.sources import archive
from cryptonewshub.sources.commitments import commitment, salt_for
from cryptonewshub.sources.extracted import Place, place_at

SEE_ALL = "sources.see_confidential_source"


def new_salt() -> str:
    """32 random bytes in hex."""
    return secrets.token_hex(32)


class SourceQuerySet(models.QuerySet["Source"]):
    """Ways through the archive."""

    def visible_to(self, user: Any) -> SourceQuerySet:
        """Those that this person may see: all but the confidential sources of others."""
        if user.has_perm(SEE_ALL):
            return self
        named = Source.readers.through.objects.filter(source=OuterRef("pk"), user=user.pk)
        return self.filter(Q(is_confidential=False) | Q(captured_by=user.pk) | Exists(named))

    def open(self) -> SourceQuerySet:
        """Those that are not confidential."""
        return self.filter(is_confidential=False)

    def shown(self) -> SourceQuerySet:
        """Those whose archived copy readers may see; a confidential one is never among them."""
        return self.open().filter(is_shown=True)


class Source(models.Model):
    """One captured document: who published it, when, in which language, its text, and the SHA-256 of its original."""

    class Kind(models.TextChoices):
        PAGE = "page", "Web page"
        FILE = "file", "File"
        PASTED = "pasted", "Pasted text"
        INTERVIEW = "interview", "Interview notes"

    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.FILE, editable=False)
    title = models.CharField(max_length=255)
    speaker = models.CharField(
        max_length=160, blank=True, help_text="Who speaks in it from beginning to end, where one person does."
    )
    author = models.CharField(max_length=200, blank=True, help_text="Who wrote it, where that is another person.")
    publisher = models.CharField(max_length=160, blank=True)
    published = models.DateField("date", null=True, blank=True)
    language = models.CharField(max_length=12, default="en", help_text="A language code such as en, nb or uk.")
    url = models.URLField("web address", blank=True, max_length=2048)
    interview_place = models.CharField("place", max_length=160, blank=True, help_text="Where, or by telephone.")
    interviewer = models.CharField("interviewed by", max_length=160, blank=True)
    text = models.TextField(blank=True, editable=False)
    places = models.JSONField(default=list, blank=True, editable=False)
    remarks = models.TextField(blank=True, editable=False)
    file_name = models.CharField(max_length=255, blank=True, editable=False)
    media_type = models.CharField(max_length=100, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True, editable=False)
    page_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    captured = models.DateTimeField(auto_now_add=True)
    captured_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, editable=False, related_name="+"
    )
    seen_again = models.DateTimeField(null=True, blank=True, editable=False)
    earlier = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, editable=False, related_name="later"
    )
    is_confidential = models.BooleanField(
        "confidential",
        default=False,
        help_text="The desk compares quotations with it; nobody else learns what or who it is. "
        "Stories that have named it already keep its name.",
    )
    is_shown = models.BooleanField(
        "readers may see the archived copy",
        default=False,
        help_text="Stories that cite it lead to the document as it was captured. Only where its licence, the law or "
        "its author lets you: official statements, court orders, your own recordings.",
    )
    readers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="+",
        verbose_name="who else may see it",
        help_text="Beside the person who captured it, and editors with the right to see every confidential source.",
    )
    salt = models.CharField(max_length=64, default=new_salt, editable=False)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-captured", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sha256"], condition=Q(is_confidential=False), name="one_open_source_an_original"
            ),
        ]
        permissions: ClassVar = [("see_confidential_source", "Can see every confidential source")]

    def __str__(self) -> str:
        """What it is called in lists, messages and logs, whoever reads them."""
        if self.is_confidential:
            return f"Confidential source {self.pk}"
        return ", ".join(part for part in (self.speaker, self.title, str(self.published or "")) if part)

    def may_be_seen_by(self, user: Any) -> bool:
        """Whether this person may read it, download it, or learn what it is."""
        if not self.is_confidential or self.captured_by_id == user.pk or user.has_perm(SEE_ALL):
            return True
        return self.readers.filter(pk=user.pk).exists()

    def commitment_in(self, article: UUID) -> str:
        """What a story with this id publishes of the source while it is confidential, in hex."""
        return commitment(salt_for(bytes.fromhex(self.salt), article), self.sha256)

    def take_original(self, original: bytes, *, name: str, media_type: str) -> None:
        """Keeps the original in the archive and notes where it is. The row is not saved."""
        self.sha256 = archive.keep(settings.CNH_HOME.archive, original)
        self.file_name = name[:255]
        self.media_type = media_type

    def original_bytes(self) -> bytes:
        """The captured original. Raises FileNotFoundError or ValueError when the archive no longer has it whole."""
        return archive.original_of(settings.CNH_HOME.archive, self.sha256)

    def place_of(self, offset: int) -> str:
        """Where in the document this code point of the text is: 'page 3', '00:12:31', or '' where there is neither."""
        return place_at([Place(start, label) for start, label in self.places], offset)

    def as_text(self, key: str) -> SourceText:
        """The source as the quotation engine reads it, under the short name that an article gives it."""
        return SourceText(
            id=key,
            text=self.text,
            language=self.language,
            speaker=self.speaker or None,
            title=self.title,
            publisher=self.publisher,
            published=self.published,
        )

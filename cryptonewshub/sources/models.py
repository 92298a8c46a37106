"""A source: a document in the desk's archive. The row says what it is; the archive keeps its original, for ever."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cryptonewshub.quotations.vocabulary import SourceText
from cryptonewshub.sources import archive
from cryptonewshub.sources.extraction import ExtractionError, extract_text


class SourceForm(WagtailAdminModelForm):
    """A source comes in as a file or as pasted text, and stays as it came: what it says of itself may be corrected."""

    original = forms.FileField(
        required=False,
        label="File",
        help_text="PDF, HTML, Markdown or plain text, up to 25 MB. Or paste the text below.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["original"].disabled = self.fields["text"].disabled = True
            self.fields["original"].help_text = f"Captured as {self.instance.file_name}; an original is never replaced."

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        upload, pasted = cleaned.get("original"), cleaned.get("text", "").replace("\r\n", "\n").strip()
        if self.instance.pk:
            return cleaned
        if upload:
            self._take(upload.name, upload.read())
        elif pasted:
            self._take("pasted.txt", pasted.encode())
        else:
            self.add_error("original", "Choose the document’s file, or paste its text below.")
        return cleaned

    def _take(self, name: str, original: bytes) -> None:
        try:
            extracted = extract_text(original, name)
        except ExtractionError as error:
            raise ValidationError({"original": str(error)}) from error
        known = Source.objects.filter(sha256=archive.sha256_of(original)).first()
        if known:
            raise ValidationError({"original": f"This document is in the archive already, as “{known.title}”."})
        self.cleaned_data["text"] = extracted.text
        self.instance.take_original(original, name=name, media_type=extracted.media_type)


class Source(models.Model):
    """One captured document: who published it, when, in which language, its text, and the SHA-256 of its original."""

    title = models.CharField(max_length=255)
    speaker = models.CharField(
        max_length=160, blank=True, help_text="Who speaks in it from beginning to end, where one person does."
    )
    publisher = models.CharField(max_length=160, blank=True)
    published = models.DateField("date", null=True, blank=True)
    language = models.CharField(max_length=12, default="en", help_text="A language code such as en, nb or uk.")
    url = models.URLField("web address", blank=True, max_length=500)
    text = models.TextField(blank=True, help_text="The text that quotations are compared with.")
    file_name = models.CharField(max_length=255, blank=True, editable=False)
    media_type = models.CharField(max_length=100, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    captured = models.DateTimeField(auto_now_add=True)
    captured_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, editable=False, related_name="+"
    )

    base_form_class = SourceForm
    panels: ClassVar = [
        FieldPanel("title"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("speaker", "publisher", "published", "language", "url")],
            heading="Whose words",
        ),
        FieldPanel("original"),
        FieldPanel("text"),
    ]

    class Meta:
        ordering: ClassVar = ["-captured"]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.speaker, self.title, str(self.published or "")) if part)

    def take_original(self, original: bytes, *, name: str, media_type: str) -> None:
        """Keeps the original in the archive and notes where it is. The row is not saved."""
        self.sha256 = archive.keep(settings.CNH_HOME.archive, original)
        self.file_name = name[:255]
        self.media_type = media_type

    def original_bytes(self) -> bytes:
        """The captured original. Raises FileNotFoundError or ValueError when the archive no longer has it whole."""
        return archive.original_of(settings.CNH_HOME.archive, self.sha256)

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


class SourceViewSet(SnippetViewSet):
    model = Source
    icon = "doc-full"
    menu_label = "Sources"
    menu_order = 210
    add_to_admin_menu = True
    list_display: ClassVar = ["title", "speaker", "publisher", "published", "language"]
    list_filter: ClassVar = ["publisher", "language"]
    search_fields: ClassVar = ["title", "speaker", "publisher", "text"]


register_snippet(SourceViewSet)

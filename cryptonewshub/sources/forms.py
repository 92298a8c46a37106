"""The forms of the archive: four ways in, and the correction of what is said of a source.

A form that is valid has captured: what cannot be fetched or read is an error of its field, like any other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from cryptonewshub.sources.capturing import (
    AlreadyArchived,
    Described,
    capture_address,
    capture_text,
    capture_upload,
)
from cryptonewshub.sources.destinations import FetchRefused
from cryptonewshub.sources.extracted import ExtractionError
from cryptonewshub.sources.extraction import MEDIA_TYPES, SIZE_LIMIT
from cryptonewshub.sources.models import Source

_ENDINGS = ",".join(MEDIA_TYPES)
_KINDS = "PDF, Word (DOCX), OpenDocument (ODT), web page, text, Markdown, subtitles (VTT, SRT) or e-mail (EML)"


class CaptureForm(forms.Form):
    """A way into the archive. `captured` are the sources that came in, `known` those that were there already."""

    is_confidential = forms.BooleanField(
        required=False,
        label="Confidential",
        help_text="Readers are told only that the desk knows the source. In the newsroom it is seen by you, by those "
        "whom you name, and by editors with the right to see every confidential source.",
    )

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user
        self.captured: list[Source] = []
        self.known: list[Source] = []

    def save(self) -> Source:
        """The source that came in, or that was there already."""
        return [*self.captured, *self.known][0]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            self._capture(cleaned)
        return cleaned

    def _capture(self, cleaned: dict[str, Any]) -> None:
        raise NotImplementedError

    def _described(self, cleaned: dict[str, Any]) -> Described:
        fields = [name for name in Described.__slots__ if cleaned.get(name)]
        return Described(**{name: cleaned[name] for name in fields})

    def _take(self, field: str, capture: Callable[[], Source]) -> None:
        try:
            self.captured.append(capture())
        except AlreadyArchived as known:
            self.known.append(known.source)
        except (ExtractionError, FetchRefused) as refused:
            self.add_error(field, str(refused))


class AddressForm(CaptureForm):
    url = forms.CharField(
        label="Web address",
        max_length=2048,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        help_text="The page is fetched now and kept as it is now. A page behind a log-in cannot be fetched: "
        "save it in your browser and add the file.",
    )
    field_order = ("url", "is_confidential")

    def _capture(self, cleaned: dict[str, Any]) -> None:
        described = Described(is_confidential=cleaned["is_confidential"])
        self._take("url", lambda: capture_address(cleaned["url"], user=self._user, described=described))


class _FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """One or more uploaded files, as a list."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(_FilesField, self).clean(file, initial) for file in files or [None]]


class FilesForm(CaptureForm):
    documents = _FilesField(
        label="Files",
        widget=_FilesInput(attrs={"accept": _ENDINGS, "multiple": True}),
        help_text=f"{_KINDS}, up to {SIZE_LIMIT // 1_000_000} MB each. You may choose several.",
    )
    field_order = ("documents", "is_confidential")

    def _capture(self, cleaned: dict[str, Any]) -> None:
        described = self._described({"is_confidential": cleaned["is_confidential"]})
        for file in cleaned["documents"]:
            name = file.name or "file"
            self._take("documents", lambda: capture_upload(name, file.read(), user=self._user, described=described))  # noqa: B023


class PastedForm(CaptureForm):
    title = forms.CharField(max_length=255, help_text="What it is, such as “Statement on the ferry”.")
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 12}), help_text="Word for word, as it stands there.")
    speaker = forms.CharField(
        max_length=160, required=False, help_text="Who speaks in it from beginning to end, where one person does."
    )
    publisher = forms.CharField(max_length=160, required=False, help_text="Who gave it out.")
    published = forms.DateField(required=False, label="Date", widget=AdminDateInput)
    url = forms.URLField(
        max_length=2048,
        required=False,
        label="Web address",
        assume_scheme="https",
        help_text="Where it stood, if anywhere.",
    )
    field_order = ("title", "text", "speaker", "publisher", "published", "url", "is_confidential")

    def _capture(self, cleaned: dict[str, Any]) -> None:
        described = self._described(cleaned)
        self._take("text", lambda: capture_text(cleaned["text"], user=self._user, described=described))


class InterviewForm(CaptureForm):
    speaker = forms.CharField(max_length=160, label="Who was interviewed", help_text="The full name.")
    published = forms.DateField(label="Date", widget=AdminDateInput, help_text="The day of the interview.")
    interview_place = forms.CharField(max_length=160, label="Place", help_text="Where it was, or “by telephone”.")
    interviewer = forms.CharField(max_length=160, label="Interviewed by", help_text="The full name of the reporter.")
    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 12}),
        label="Notes or transcript",
        help_text="The words that may be quoted, as they were said. Begin a line with “Q:” or a name and a colon where "
        "another person speaks.",
    )
    field_order = ("speaker", "published", "interview_place", "interviewer", "text", "is_confidential")

    def _capture(self, cleaned: dict[str, Any]) -> None:
        described = self._described(cleaned | {"title": f"Interview with {cleaned['speaker']}"[:255]})
        kind = Source.Kind.INTERVIEW
        self._take("text", lambda: capture_text(cleaned["text"], user=self._user, described=described, kind=kind))


class ChooserForm(CaptureForm):
    """A way in for somebody who is writing: an address or a file, nothing else to fill in."""

    url = forms.CharField(
        label="Web address", max_length=2048, required=False, widget=forms.URLInput(attrs={"placeholder": "https://"})
    )
    file = forms.FileField(
        label="Or a file", required=False, widget=forms.FileInput(attrs={"accept": _ENDINGS}), help_text=f"{_KINDS}."
    )
    field_order = ("url", "file", "is_confidential")

    def _capture(self, cleaned: dict[str, Any]) -> None:
        described, file = Described(is_confidential=cleaned["is_confidential"]), cleaned.get("file")
        if file:
            self._take("file", lambda: capture_upload(file.name, file.read(), user=self._user, described=described))
        elif cleaned.get("url"):
            self._take("url", lambda: capture_address(cleaned["url"], user=self._user, described=described))
        else:
            self.add_error("url", "Give the document’s web address, or choose its file.")


class SourceForm(WagtailAdminModelForm):
    """What is said of a source. The document itself stays as it came."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("is_confidential") and cleaned.get("is_shown"):
            self.add_error("is_shown", "A confidential source is shown to nobody. Take one of the two marks away.")
        if not cleaned.get("is_confidential", self.instance.is_confidential):
            known = Source.objects.open().filter(sha256=self.instance.sha256).exclude(pk=self.instance.pk).first()
            if known:
                self.add_error(None, f"The same document is in the archive openly, as “{known.title}”. Use that one.")
        return cleaned

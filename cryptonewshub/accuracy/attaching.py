"""Taking in a document for a story, as the Desk panel's form sends it: from an address, a file, or pasted text."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest

from cryptonewshub.sources.capturing import AlreadyArchived, Described, capture_address, capture_text, capture_upload
from cryptonewshub.sources.extracted import ExtractionError
from cryptonewshub.sources.models import Source


def capture_for(request: HttpRequest) -> Source:
    """The source that the form describes; one that is in the archive already is found again.

    Raises FetchRefused or ExtractionError, with a sentence, when the document cannot be had or read.
    """
    try:
        return _captured(request, _described(request))
    except AlreadyArchived as known:
        return known.source


def _captured(request: HttpRequest, described: Described) -> Source:
    user: Any = request.user
    way, upload = request.POST.get("way"), request.FILES.get("file")
    if way == "address":
        return capture_address(request.POST.get("address", ""), user=user, described=described)
    if way == "text":
        return capture_text(request.POST.get("text", ""), user=user, described=described)
    if upload is None:
        raise ExtractionError("Choose the document’s file.")
    return capture_upload(upload.name or "", upload.read(), user=user, described=described)


def _described(request: HttpRequest) -> Described:
    def told(name: str) -> str:
        return request.POST.get(name, "").strip()

    return Described(
        title=told("title"),
        speaker=told("speaker"),
        publisher=told("publisher"),
        published=_day(told("published")),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

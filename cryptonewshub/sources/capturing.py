"""Taking a document from disk into the archive. A document that is there already is found again, not kept twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.conf import settings

from cryptonewshub.sources import archive
from cryptonewshub.sources.extraction import extract_text
from cryptonewshub.sources.models import Source


def capture_file(
    path: Path,
    *,
    title: str,
    speaker: str = "",
    publisher: str = "",
    published: date | None = None,
    language: str = "en",
    url: str = "",
) -> Source:
    """The source made of a file. A newer description of the same bytes replaces the older: it is the same document.

    Raises ExtractionError when the file cannot be read as a source.
    """
    original = path.read_bytes()
    extracted = extract_text(original, path.name)
    source, _ = Source.objects.update_or_create(
        sha256=archive.keep(settings.CNH_HOME.archive, original),
        defaults={
            "title": title,
            "speaker": speaker,
            "publisher": publisher,
            "published": published,
            "language": language,
            "url": url,
            "text": extracted.text,
            "file_name": path.name,
            "media_type": extracted.media_type,
        },
    )
    return source

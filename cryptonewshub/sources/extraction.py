"""The text of a document, by its kind: the one list of what can be read, and the limits.

The same bytes always give the same text, so that a check can be replayed years later. The words are left alone: line
ends become '\\n', and nothing else is corrected. The parsers are imported where they are used; importing this module
costs nothing. What strangers wrote is read in another process: see `quarantine`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from cryptonewshub.sources.documents.plain import decode_utf8 as decode_utf8
from cryptonewshub.sources.extracted import ExtractedText as ExtractedText
from cryptonewshub.sources.extracted import ExtractionError as ExtractionError

SIZE_LIMIT = 25_000_000  # bytes
MEDIA_TYPES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
    ".eml": "message/rfc822",
}
_READERS = {
    "text/plain": ("plain", "read_plain"),
    "text/markdown": ("plain", "read_markdown"),
    "text/html": ("html", "read_html"),
    "application/pdf": ("pdf", "read_pdf"),
    MEDIA_TYPES[".docx"]: ("office", "read_docx"),
    MEDIA_TYPES[".odt"]: ("office", "read_odt"),
    "text/vtt": ("transcripts", "read_vtt"),
    "application/x-subrip": ("transcripts", "read_srt"),
    "message/rfc822": ("mail", "read_mail"),
}


def extract_text(document: Path | bytes, name: str = "") -> ExtractedText:
    """The text of a file or of its bytes; `name` tells the kind by its ending and stands in the errors.

    Raises ExtractionError for a kind that is not known, for a file that is missing, too big, damaged, encrypted or not
    in UTF-8, and for one without text, such as a scan.
    """
    name = name or (str(document) if isinstance(document, Path) else "")
    media_type = media_type_of(name)
    content = content_of(document, name)
    extracted = _reader(media_type)(content, name)
    if not extracted.text.strip("\0 \t\r\n"):
        raise ExtractionError(f"{name} holds no text.")
    # No database keeps a NUL in a text; one sign for another, so that every place stays what it is.
    return replace(extracted, text=extracted.text.replace("\0", "\ufffd"))


def media_type_of(name: str) -> str:
    """The kind that a file's ending tells. Raises ExtractionError for one that cannot be read."""
    media_type = MEDIA_TYPES.get(Path(name).suffix.lower())
    if media_type is None:
        raise ExtractionError(f"{name} is of a kind that cannot be read; use {', '.join(MEDIA_TYPES)}.")
    return media_type


def content_of(document: Path | bytes, name: str) -> bytes:
    """The bytes of a document. Raises ExtractionError for one that is missing, empty or too big."""
    content = read_bytes(document, name) if isinstance(document, Path) else document
    if len(content) > SIZE_LIMIT:
        raise ExtractionError(f"{name} is bigger than {SIZE_LIMIT // 1_000_000} MB; attach the part that is quoted.")
    if not content.strip():
        raise ExtractionError(f"{name} is empty.")
    return content


def read_bytes(path: Path, name: str) -> bytes:
    """The bytes of a file; at most one more than the limit; raises ExtractionError where it cannot be read."""
    try:
        with path.open("rb") as file:
            content = file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        raise ExtractionError(f"{name} is not there.") from None
    except IsADirectoryError:
        raise ExtractionError(f"{name} is a folder; name a file.") from None
    except (OSError, ValueError) as error:
        raise ExtractionError(f"{name} cannot be read ({getattr(error, 'strerror', None) or error}).") from None
    return content


def _reader(media_type: str) -> Callable[[bytes, str], ExtractedText]:
    module, function = _READERS[media_type]
    reader: Callable[[bytes, str], ExtractedText] = getattr(
        import_module(f"cryptonewshub.sources.documents.{module}"), function
    )
    return reader

"""The text of a PDF file by pypdf, page by page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from cryptonewshub.sources.extracted import About, ExtractedText, ExtractionError

if TYPE_CHECKING:
    from pypdf import PdfReader


def read_pdf(content: bytes, name: str) -> ExtractedText:
    """The pages, parted by blank lines. Raises ExtractionError for a damaged, encrypted or merely photographed file."""
    pages, about = _pages_and_about(content, name)
    if not any(page.strip() for page in pages):
        raise ExtractionError(
            f"{name} holds no text, only pictures of pages; run character recognition on it, or attach a transcript."
        )
    return ExtractedText("\n\n".join(pages), "application/pdf", _starts(pages), about=about)


def _starts(pages: list[str]) -> tuple[int, ...]:
    starts = [0]
    for page in pages[:-1]:
        starts.append(starts[-1] + len(page) + 2)
    return tuple(starts)


def _pages_and_about(content: bytes, name: str) -> tuple[list[str], About]:
    """The text of each page by pypdf; a surrogate that is half a character becomes the replacement character."""
    from pypdf import PdfReader

    with _quiet_pypdf():
        try:
            reader = PdfReader(BytesIO(content), strict=False)
            if reader.is_encrypted and not reader.decrypt(""):
                raise ExtractionError(f"{name} is encrypted; attach a copy without a password.")
            pages, about = [page.extract_text() for page in reader.pages], _about(reader)
        except (ExtractionError, MemoryError):
            raise
        except Exception as error:  # whatever a damaged file makes the parser raise, it is the file that cannot be read
            if "decrypt" in str(error) or "AES" in str(error):
                raise ExtractionError(f"{name} is encrypted; attach a copy without a password.") from None
            raise ExtractionError(f"{name} is not a PDF that can be read; it may be damaged.") from None
    return [_whole(page) for page in pages], about


def _whole(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _about(reader: PdfReader) -> About:
    """What the file's own description says. It is often a template's, so whatever is odd in it is left out."""
    title = author = ""
    published: date | None = None
    with suppress(Exception):
        said = reader.metadata
        title = re.sub(r"\AMicrosoft Word - |\.docx?\Z", "", _line(said.title if said else None))
        author = _line(said.author if said else None)
        created = said.creation_date if said else None
        published = created.date() if created else None
    return About(title=title, author=author, published=published)


def _line(said: str | None) -> str:
    return " ".join(_whole(said or "").split())[:200]


@contextmanager
def _quiet_pypdf() -> Iterator[None]:
    """Keep pypdf's remarks on slightly wrong files, which are most files, off the screen."""
    import logging

    logger, silence = logging.getLogger("pypdf"), logging.NullHandler()
    logger.addHandler(silence)
    did_propagate, logger.propagate = logger.propagate, False
    try:
        yield
    finally:
        logger.propagate = did_propagate
        logger.removeHandler(silence)

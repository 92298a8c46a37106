"""The text of a captured web page: its article by trafilatura, or the whole page where that leaves too much out."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import Any

from cryptonewshub.sources.documents.html import encoding_of, html_text, title_of
from cryptonewshub.sources.extracted import About, ExtractedText, ExtractionError

_PROSE = 80  # characters from which a line counts as prose, not as a menu's
_ENOUGH = 0.8  # of the page's prose


def read_web_page(content: bytes, url: str, charset: str = "") -> ExtractedText:
    """The text, and what the page says of itself. Raises ExtractionError for a page that has no text."""
    whole = html_text(content, url, charset)
    page = _article(content, url, charset)
    article = re.sub(r"\n+", "\n\n", _cleaned(page.text)) if page else ""
    prose = _prose(whole)
    text = article if prose and len(article) >= _ENOUGH * prose else whole
    if not text.strip():
        raise ExtractionError(
            f"{url} holds no text; if it needs scripts or a log-in, save the page in a browser and add it as a file."
        )
    return ExtractedText(text, "text/html", about=_about(page, content, url))


def _prose(text: str) -> int:
    return sum(len(line) for line in text.split("\n") if len(line) >= _PROSE)


def _article(content: bytes, url: str, charset: str) -> Any:
    """What trafilatura makes of the page; None where it finds nothing, or fails: the page is read without it then."""
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    decoded = content.decode(encoding_of(content, url, charset) or "utf-8", "replace") if charset else content
    try:
        return trafilatura.bare_extraction(
            decoded,
            url=url,
            with_metadata=True,
            include_comments=False,
            favor_recall=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except (MemoryError, RecursionError):
        raise
    except Exception:
        return None


def _cleaned(text: str | None) -> str:
    return (text or "").encode("utf-8", "replace").decode("utf-8").strip()


def _about(page: Any, content: bytes, url: str) -> About:
    title = title_of(content)
    if page is None:
        return About(title=title)
    published: date | None = None
    with suppress(ValueError, TypeError):
        published = date.fromisoformat(page.date)
    return About(
        title=_line(page.title) or title,
        author=_line(page.author),
        publisher=_line(page.sitename) or _line(page.hostname),
        published=published,
    )


def _line(said: str | None) -> str:
    return " ".join(_cleaned(said).split())[:200]

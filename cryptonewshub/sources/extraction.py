"""The text of a document: plain text, Markdown, HTML and PDF files.

The same bytes always give the same text, so that a check can be replayed years later. The words are left alone: line
ends become '\\n', and nothing else is corrected. The parsers are imported where they are used; importing this module
costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

SIZE_LIMIT = 25_000_000  # bytes
MEDIA_TYPES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".pdf": "application/pdf",
}
_DROPPED = frozenset({
    "head", "script", "style", "nav", "template", "noscript", "svg", "iframe", "object", "button", "select", "textarea",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup",
    "hr", "li", "main", "ol", "p", "pre", "section", "summary", "table", "td", "th", "tr", "ul",
})  # fmt: skip


class ExtractionError(ValueError):
    """A document whose text cannot be had; `str()` is a sentence that says why and what to do."""


@dataclass(frozen=True, slots=True)
class ExtractedText:
    """The text of a document, its media type, and the offset in code points at which each page starts."""

    text: str
    media_type: str
    pages: tuple[int, ...] = (0,)


def extract_text(document: Path | bytes, name: str = "") -> ExtractedText:
    """The text of a file or of its bytes; `name` tells the kind by its ending and stands in the errors.

    Raises ExtractionError for a kind that is not known, for a file that is missing, too big, damaged, encrypted or not
    in UTF-8, and for one without text, such as a scan.
    """
    name = name or (str(document) if isinstance(document, Path) else "")
    media_type = MEDIA_TYPES.get(Path(name).suffix.lower())
    if media_type is None:
        raise ExtractionError(f"{name} is of a kind that cannot be read; use {', '.join(MEDIA_TYPES)}.")
    content = _content(document, name)
    pages = _pages(content, media_type, name)
    if not any(page.strip() for page in pages):
        raise ExtractionError(_without_text(media_type, name))
    return ExtractedText("\n\n".join(pages), media_type, _starts(pages))


def decode_utf8(content: bytes, name: str) -> str:
    """The bytes as text, each code point kept; raises ExtractionError where they are not UTF-8."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ExtractionError(f"{name} is not UTF-8 text (line {line}); save it as UTF-8.") from None


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


def _content(document: Path | bytes, name: str) -> bytes:
    content = read_bytes(document, name) if isinstance(document, Path) else document
    if len(content) > SIZE_LIMIT:
        raise ExtractionError(f"{name} is bigger than {SIZE_LIMIT // 1_000_000} MB; attach the part that is quoted.")
    if not content.strip():
        raise ExtractionError(f"{name} is empty.")
    return content


def _pages(content: bytes, media_type: str, name: str) -> list[str]:
    if media_type == "application/pdf":
        return _pdf_pages(content, name)
    if media_type == "text/html":
        return [_html_text(content, name)]
    text = decode_utf8(content, name).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return [_markdown_text(text) if media_type == "text/markdown" else text]


def _without_text(media_type: str, name: str) -> str:
    if media_type == "application/pdf":
        return f"{name} holds no text, only pictures of pages; run character recognition on it, or attach a transcript."
    return f"{name} holds no text."


def _starts(pages: list[str]) -> tuple[int, ...]:
    starts = [0]
    for page in pages[:-1]:
        starts.append(starts[-1] + len(page) + 2)
    return tuple(starts)


def _pdf_pages(content: bytes, name: str) -> list[str]:
    """The text of each page by pypdf; a surrogate that is half a character becomes the replacement character."""
    from pypdf import PdfReader

    with _quiet_pypdf():
        try:
            reader = PdfReader(BytesIO(content), strict=False)
            if reader.is_encrypted and not reader.decrypt(""):
                raise ExtractionError(f"{name} is encrypted; attach a copy without a password.")
            pages = [page.extract_text() for page in reader.pages]
        except ExtractionError:
            raise
        except Exception as error:  # whatever a damaged file makes the parser raise, it is the file that cannot be read
            if "decrypt" in str(error) or "AES" in str(error):
                raise ExtractionError(f"{name} is encrypted; attach a copy without a password.") from None
            raise ExtractionError(f"{name} is not a PDF that can be read; it may be damaged.") from None
    return [page.encode("utf-8", "replace").decode("utf-8") for page in pages]


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


def _html_text(content: bytes, name: str) -> str:
    """The text that a reader of the page sees, blocks parted by blank lines, without menus and scripts."""
    from lxml import etree

    parser = etree.HTMLParser(
        encoding=_html_encoding(content, name), remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError):
        raise ExtractionError(f"{name} is not HTML that can be read.") from None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ExtractionError(f"{name} is nested too deeply; save the part that is quoted as text.")
    return "" if root is None else _joined(_html_pieces(root))


def _html_encoding(content: bytes, name: str) -> str | None:
    """UTF-8 where the bytes are that; else what the page says of itself, which the parser finds."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        if re.search(rb"charset\s*=", content[:4096], re.IGNORECASE):
            return None
        raise ExtractionError(f"{name} is not UTF-8 text and names no other encoding; save it as UTF-8.") from None
    return "utf-8"


def _html_pieces(root: object) -> Iterator[str]:
    """Text as it comes, a blank line where a block starts or ends. Iterative, because pages nest deeply."""
    from lxml import etree

    dropped = preformatted = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = str(element.tag)
        if tag in _DROPPED:
            dropped += 1 if event == "start" else -1
        if tag == "pre":
            preformatted += 1 if event == "start" else -1
        if tag in _BLOCKS:
            yield "\n\n"
        elif tag == "br" and event == "start":
            yield "\n"
        text = element.text if event == "start" else element.tail
        if text and not dropped:
            yield text if preformatted else re.sub(r"[ \t\r\n\f]+", " ", text)


def _joined(pieces: Iterator[str]) -> str:
    text = re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", "".join(pieces)))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _markdown_text(text: str) -> str:
    """The words of a Markdown document without its signs: emphasis, links' addresses, headings' marks."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark", {"html": False}).parse(text)
    blocks = (_inline_text(token.children) if token.type == "inline" else token.content for token in tokens)
    return "\n\n".join(block for block in blocks if block.strip()) or text


def _inline_text(children: list | None) -> str:  # type: ignore[type-arg]
    breaks = ("softbreak", "hardbreak")
    return "".join("\n" if child.type in breaks else child.content for child in children or [])

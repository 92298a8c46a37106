"""The text of Word (DOCX) and OpenDocument (ODT) files: what stands on their pages, deletions and comments left out."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from cryptonewshub.sources.documents.packages import Package
from cryptonewshub.sources.extracted import About, ExtractedText, ExtractionError

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # the container of DOC files, and of DOCX files under a password


def read_docx(content: bytes, name: str) -> ExtractedText:
    """Paragraphs, tables, then notes; a page starts where the program that saved the file last broke it."""
    package = _package(content, name, "word/document.xml")
    page = _WordPage()
    for part in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
        if part in package:
            package.parse(part, page)
            page.end_paragraph()
    return page.as_text(DOCX, name, _about(package, "docProps/core.xml", date_tag="created"))


def read_odt(content: bytes, name: str) -> ExtractedText:
    """Paragraphs and headings in order, then notes; a page starts where the program that saved the file broke it."""
    package = _package(content, name, "content.xml")
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise ExtractionError(f"{name} is encrypted; attach a copy without a password.")
    page = _OpenPage()
    package.parse("content.xml", page)
    return page.as_text(ODT, name, _about(package, "meta.xml", date_tag="creation-date"))


def _package(content: bytes, name: str, main: str) -> Package:
    if content.startswith(_OLD_OFFICE):
        raise ExtractionError(f"{name} is an old or encrypted Word file; save it as DOCX without a password.")
    package = Package(content, name)
    if main not in package:
        raise package.damaged()
    return package


@dataclass
class _Page:
    """Text that is being put together: paragraphs parted by blank lines, notes behind them, and where pages start."""

    paragraphs: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    pages: list[int] = field(default_factory=lambda: [0])
    length: int = 0
    hidden: int = 0

    def end_paragraph(self) -> None:
        paragraph = "".join(self.words).strip()
        self.words.clear()
        if paragraph:
            self.paragraphs.append(paragraph)
            self.length += len(paragraph) + 2

    def start_page(self) -> None:
        self.pages.append(self.length + len("".join(self.words).lstrip()))

    def as_text(self, media_type: str, name: str, about: About) -> ExtractedText:
        text = "\n\n".join([*self.paragraphs, *self.notes])
        if not text:
            raise ExtractionError(f"{name} holds no text.")
        pages = tuple(start for start in dict.fromkeys(self.pages) if start < len(text))
        return ExtractedText(text, media_type, pages, about=about)


class _WordPage(_Page):
    """Takes WordprocessingML (ECMA-376 part 1, 17). Deleted text is in `delText`, which is not read."""

    is_text = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _TWICE:
            self.hidden += 1
        elif tag == "lastRenderedPageBreak":
            self.start_page()
        self.is_text = tag == "t"

    def data(self, text: str) -> None:
        if self.is_text and not self.hidden:
            self.words.append(text)

    def end(self, tag: str) -> None:
        self.is_text = False
        if tag in _TWICE:
            self.hidden -= 1
        elif tag == "p":
            self.end_paragraph()
        elif tag in _WORD_SIGNS and not self.hidden:
            self.words.append(_WORD_SIGNS[tag])


_TWICE = frozenset({"Fallback", "moveFrom"})  # the same words again: for older programs, and where they came from
_WORD_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}


class _OpenPage(_Page):
    """Takes OpenDocument (OASIS ODF 1.3 part 3). Only what stands inside paragraphs and headings is text."""

    def __init__(self) -> None:
        super().__init__()
        self._inside = 0
        self._around_note: list[list[str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _NOT_ON_THE_PAGE:
            self.hidden += 1
        elif tag in _PARAGRAPHS:
            self._inside += 1
        elif tag == "note":
            self._around_note.append(self.words)
            self.words = []
        elif tag == "soft-page-break":
            self.start_page()
        elif tag in _OPEN_SIGNS and not self.hidden:
            self.words.append(_OPEN_SIGNS[tag] * _count(attributes.get("c", "1")))

    def data(self, text: str) -> None:
        if self._inside and not self.hidden:
            self.words.append(re.sub(r"[ \t\r\n]+", " ", text))

    def end(self, tag: str) -> None:
        if tag in _NOT_ON_THE_PAGE:
            self.hidden -= 1
        elif tag == "note":
            self.words = self._around_note.pop()
        elif tag in _PARAGRAPHS:
            self._inside -= 1
            self._end_own_paragraph()

    def _end_own_paragraph(self) -> None:
        if self._around_note:
            self.notes += ["".join(self.words).strip()] if "".join(self.words).strip() else []
            self.words = []
        elif not self.hidden:
            self.end_paragraph()


_NOT_ON_THE_PAGE = frozenset({"tracked-changes", "annotation", "note-citation", "script"})
_PARAGRAPHS = frozenset({"p", "h"})
_OPEN_SIGNS = {"s": " ", "tab": "\t", "line-break": "\n"}


def _count(said: str) -> int:
    return min(100, int(said)) if said.isascii() and said.isdigit() else 1


class _Properties:
    """Takes a part of properties: the first text of each element."""

    def __init__(self) -> None:
        self.said: dict[str, str] = {}
        self._tag = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._tag = tag

    def data(self, text: str) -> None:
        if len(self.said.get(self._tag, "")) < 200:
            self.said[self._tag] = self.said.get(self._tag, "") + text

    def end(self, tag: str) -> None:
        self._tag = ""


def _about(package: Package, part: str, *, date_tag: str) -> About:
    """What the file says of itself; a file whose properties cannot be read says nothing."""
    properties = _Properties()
    if part in package:
        with suppress(ExtractionError):
            package.parse(part, properties)
    said = {tag: " ".join(text.split())[:200] for tag, text in properties.said.items()}
    return About(said.get("title", ""), said.get("creator", ""), published=_day(said.get(date_tag, "")))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None

"""Cut a text into paragraphs: the lines that hold something. A quotation never runs over the end of one.

Promises that every span cuts the text without white space at its ends, and that spans are in order and apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_QUOTED_LINE = re.compile(r"(?:>[ \t]?)+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of text. `start`:`end` cut what a reader reads; a Markdown block quotation's '>' stays outside."""

    start: int
    end: int
    is_block_quote: bool = False


def split_paragraphs(text: str) -> list[Paragraph]:
    """Return the paragraphs of `text`, in order; lines of white space alone are none."""
    paragraphs = (_paragraph(text, line.start(), line.end()) for line in _LINE.finditer(text))
    return [paragraph for paragraph in paragraphs if paragraph.start < paragraph.end]


def _paragraph(text: str, start: int, end: int) -> Paragraph:
    start, end = trim(text, start, end)
    quoted = _QUOTED_LINE.match(text, start, end)
    if quoted is None:
        return Paragraph(start, end)
    return Paragraph(*trim(text, quoted.end(), end), is_block_quote=True)


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without the white space at its two ends; an empty span stays at `start`."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end

"""A story that is only text: its title, byline and paragraphs, told from the lines themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_BYLINE = re.compile(r"By\s+([^|]{2,80}?)\s*(?:\|.*)?")
_TITLE_LIMIT = 120  # code points; a longer first line is a paragraph
_WRAPPED_LINE = range(30, 130)  # code points of a line that was broken at a width
_SENTENCE_END = re.compile(r"[.!?…:;,][”’\"'»)\]]*$")
_FULL_STOP = re.compile(r"[.!?…:][”’\"'»)\]]*$")


@dataclass(frozen=True, slots=True)
class PlainStory:
    """The parts of a text file; `title` and `byline` are '' where no line looks like one."""

    title: str
    byline: str
    paragraphs: tuple[str, ...]


def parse_plain_text(text: str) -> PlainStory:
    """A short first line without a full stop is the title, one that starts with 'By ' the byline."""
    paragraphs = [line.strip() for line in join_wrapped_lines(text).split("\n") if line.strip()]
    title = byline = ""
    if len(paragraphs) > 1 and is_title(paragraphs[0]):
        title = paragraphs.pop(0)
    if paragraphs and (found := _byline(paragraphs[0])):
        byline = found
        paragraphs.pop(0)
    return PlainStory(title, byline, tuple(" ".join(paragraph.split()) for paragraph in paragraphs))


def is_title(line: str) -> bool:
    """Whether a first line looks like a headline: short, no sentence, no byline."""
    return len(line) <= _TITLE_LIMIT and not _SENTENCE_END.search(line) and not _byline(line)


def join_wrapped_lines(text: str) -> str:
    """The text, of the same length, with the line breaks inside paragraphs turned to spaces.

    A line is a paragraph of its own, unless it stops in the middle of a sentence and the next one goes on in small
    letters, or the text was broken into lines at a width, as text extracted from a PDF is: there a paragraph ends at a
    blank line, or at a full stop on a line that is clearly shorter than the others.
    """
    lines = text.split("\n")
    width = _wrapping_width(lines)
    kept = [_ends_paragraph(line, after, width) for line, after in zip(lines, [*lines[1:], ""], strict=True)]
    joined = "".join(line + ("\n" if is_end else " ") for line, is_end in zip(lines, kept, strict=True))[:-1]
    return re.sub(r"\r(?= )", " ", joined)


def _byline(line: str) -> str:
    found = _BYLINE.fullmatch(line)
    return found.group(1) if found and not _FULL_STOP.search(line) else ""


def _wrapping_width(lines: list[str]) -> float:
    """The usual length of lines that run on in the next one, 0 where lines are paragraphs."""
    followed = [line.rstrip() for line, after in pairwise(lines) if line.strip() and after.strip()]
    running_on = [len(line) for line in followed if not _FULL_STOP.search(line) and len(line) in _WRAPPED_LINE]
    longest = max(map(len, lines))
    is_wrapped = len(running_on) > len(followed) / 3 and longest <= max(_WRAPPED_LINE) * 1.3
    return median(running_on) if is_wrapped else 0


def _ends_paragraph(line: str, after: str, width: float) -> bool:
    line, after = line.rstrip(), after.lstrip()
    if not line or not after:
        return True
    if not width:
        return not ((line[-1].isalpha() or line[-1] == ",") and after[0].islower())
    return len(line) < width * 0.75 and bool(_FULL_STOP.search(line))

"""A story that is only text: its title, byline and paragraphs, told from the lines themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BYLINE = re.compile(r"By\s+([^|]{2,80}?)\s*(?:\|.*)?", re.DOTALL)
_TITLE_LIMIT = 120  # code points; a longer first line is a paragraph
_WRAP_LIMIT = 100  # code points; text whose longest line is shorter was broken into lines at a width
_STOPS = (".", ",", ";", ":", "…", ".”", ".’", '."', ",”", ",’")


@dataclass(frozen=True, slots=True)
class PlainStory:
    """The parts of a text file; `title` and `byline` are '' where no line looks like one."""

    title: str
    byline: str
    paragraphs: tuple[str, ...]


def parse_plain_text(text: str) -> PlainStory:
    """A first line that is short and has no full stop is the title, one that starts with 'By ' the byline, and the rest paragraphs.

    A line is a paragraph, except in text that is broken into lines at a width: there, blank lines part the paragraphs.
    """
    paragraphs = _paragraphs(text)
    title = byline = ""
    if paragraphs and _is_title(paragraphs[0], rest=len(paragraphs) - 1):
        title = paragraphs.pop(0)
    if paragraphs and (found := _BYLINE.fullmatch(paragraphs[0])) and not _ends_a_sentence(paragraphs[0]):
        byline = found.group(1)
        paragraphs.pop(0)
    return PlainStory(title, byline, tuple(paragraphs))


def _paragraphs(text: str) -> list[str]:
    lines = [line.strip() for line in text.split("\n")]
    if max(map(len, lines), default=0) <= _WRAP_LIMIT and "" in text.strip().split("\n"):
        joined = [" ".join(chunk.split("\n")) for chunk in re.split(r"\n{2,}", "\n".join(lines).strip("\n"))]
        return [chunk for chunk in joined if chunk]
    return [line for line in lines if line]


def _is_title(line: str, *, rest: int) -> bool:
    return bool(rest) and len(line) <= _TITLE_LIMIT and not _ends_a_sentence(line) and not _BYLINE.fullmatch(line)


def _ends_a_sentence(line: str) -> bool:
    return line.endswith(_STOPS)

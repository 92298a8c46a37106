"""Readers' words: cleaned once when they come in, and taken apart into paragraphs and links when they are shown.

Plain Python. Nothing here makes HTML: whoever shows the pieces escapes them, as the last thing that is done.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]"
)
_LINK = re.compile(r"https?://[^\s<>\"'`{}|\\^\[\]“”„«»‹›]{3,600}", re.IGNORECASE)
_AFTER_A_LINK = ".,;:!?)…’”*_~"
_MARKS_IN_A_ROW = 4


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph; a link where `href` is not empty."""

    text: str
    href: str = ""


Paragraph = tuple[Run, ...]


def clean_text(text: str) -> str:
    """Text of several paragraphs: NFC, no control or invisible characters, no towers of marks, single blank lines."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))
    lines = [_clean_line(line).rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def clean_line(text: str) -> str:
    """Text of one line, such as a name: as `clean_text`, with single blanks."""
    return " ".join(_clean_line(unicodedata.normalize("NFC", text)).split())


def holds_controls(text: str) -> bool:
    """Whether a line holds what would end it somewhere: a line break or another control character."""
    return any(unicodedata.category(character) in ("Cc", "Zl", "Zp", "Cs") for character in text)


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a cleaned text. A single line break stays one, as a line break in its run."""
    return tuple(_runs(part) for part in re.split(r"\n\n", text) if part.strip())


def links_in(text: str) -> list[str]:
    """The addresses that would become links."""
    return [run.href for paragraph in paragraphs(text) for run in paragraph if run.href]


def _runs(text: str) -> Paragraph:
    runs: list[Run] = []
    done = 0
    for found in _LINK.finditer(text):
        address = _trimmed(found.group())
        runs += [Run(text[done : found.start()]), Run(address, address)]
        done = found.start() + len(address)
    return tuple(run for run in [*runs, Run(text[done:])] if run.text)


def _trimmed(address: str) -> str:
    """Without the stop of the sentence that the address ends; a bracket stays where the address opened it."""
    end = len(address)
    while end and address[end - 1] in _AFTER_A_LINK:
        if address[end - 1] == ")" and address.count("(", 0, end) >= address.count(")", 0, end):
            break
        end -= 1
    return address[:end]


def _clean_line(line: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in _INVISIBLE.sub("", line):
        kind = unicodedata.category(character)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if kind in ("Cc", "Cs", "Cn", "Co"):
            kept.append(" ")
        elif marks <= _MARKS_IN_A_ROW:
            kept.append(character)
    return "".join(kept)

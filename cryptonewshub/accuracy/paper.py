"""A terminal as something to set text on: its width, whether it shows colour, and lines that wrap at words.

Nothing that is printed can steer the terminal: control characters in a text are shown as replacement characters.
"""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TextIO

Style = Literal["plain", "bold", "faint", "stop", "ask", "good", "source", "story"]
Piece = tuple[Style, str]

_NARROWEST, _WIDEST = 40, 96  # columns; longer lines are hard to read
_CODES: dict[Style, str] = {
    "bold": "1",
    "faint": "2",
    "stop": "1;31",
    "ask": "33",
    "good": "36",
    "source": "4;32",
    "story": "9;31",
}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TOKENS = re.compile(r"\s+|\S+")


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed on. `width` in columns."""

    width: int = 80
    in_colour: bool = False

    @classmethod
    def of(cls, stream: TextIO, environment: Mapping[str, str] = os.environ) -> Paper:
        """The paper that a stream is: colour on a terminal or where FORCE_COLOR asks for it, never where NO_COLOR
        forbids.
        """
        is_terminal = stream.isatty() and environment.get("TERM") != "dumb"
        in_colour = bool(environment.get("FORCE_COLOR")) or is_terminal
        columns = shutil.get_terminal_size().columns if stream.isatty() or "COLUMNS" in environment else 80
        return cls(min(max(columns, _NARROWEST), _WIDEST), in_colour and not environment.get("NO_COLOR"))

    def set(self, pieces: Iterable[Piece], *, first: str = "", rest: str | None = None) -> str:
        """The pieces as lines that fit the width; `first` and `rest` stand before the first line and the others."""
        hanging = " " * columns_of(first) if rest is None else rest
        lines = _filled(_words(pieces), self.width - columns_of(hanging))
        starts = [first, *[hanging] * (len(lines) - 1)]
        return "\n".join((start + self._line(line)).rstrip() for start, line in zip(starts, lines, strict=True))

    def styled(self, style: Style, text: str) -> str:
        """The text in a style, where there is colour."""
        code = _CODES.get(style)
        return f"\x1b[{code}m{text}\x1b[0m" if self.in_colour and code and text else text

    def _line(self, words: Sequence[Piece]) -> str:
        """Neighbouring words of one style are set as one piece, spaces included."""
        text, run, current = "", "", "plain"
        style: Style
        for style, word in [*words, ("plain", "")]:
            if style != current:
                text, run = text + self.styled(current, run), ""  # type: ignore[arg-type]
            run, current = run + word, style
        return text + run


def printable(text: str) -> str:
    """The text with control characters, also those that turn the writing direction, replaced."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def columns_of(text: str) -> int:
    """How many columns of a terminal a text takes; East Asian wide characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _words(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Unbreakable words, each made of pieces: a sign and the word that it touches stay together. [] is a space."""
    words: list[list[Piece]] = []
    is_open = False
    for style, text in pieces:
        for token in _TOKENS.findall(printable(text)):
            if token.isspace():
                is_open = False
            elif is_open:
                words[-1].append((style, token))
            else:
                words.append([(style, token)])
                is_open = True
    return words


def _filled(words: Sequence[Sequence[Piece]], width: int) -> list[list[Piece]]:
    """The words in lines; a word that is longer than a line has one to itself."""
    lines: list[list[Piece]] = [[]]
    used = 0
    for word in words:
        size = sum(columns_of(text) for _, text in word)
        if lines[-1] and used + 1 + size > width:
            lines.append([])
            used = 0
        if lines[-1]:
            space: Style = word[0][0] if word[0][0] == lines[-1][-1][0] else "plain"
            lines[-1].append((space, " "))
            used += 1
        lines[-1].extend(word)
        used += size
    return lines

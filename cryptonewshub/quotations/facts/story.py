"""A story under review, cut up once for all the rules: paragraphs, sentences, and the prose that is the story's own.

Plain data. Nothing here judges; offsets are code points of the story's text, end exclusive, and every piece is linear
in its length.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cryptonewshub.quotations.vocabulary import Person, Quotation, SourceText

QUOTED = "\N{OBJECT REPLACEMENT CHARACTER}"
"""What stands in `Story.prose` for every character of a quotation: no letter, no digit, no space."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the text, from `start` to `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Story:
    """What every rule reads. `prose` is `text` with the quotations blanked, code point for code point."""

    text: str
    prose: str
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    quotations: tuple[Quotation, ...] = ()
    sources: tuple[SourceText, ...] = ()
    people: tuple[Person, ...] = ()
    published: date | None = None
    citations: tuple[int, ...] = ()

    def sentence_at(self, offset: int) -> Span:
        """The sentence that `offset` stands in."""
        return _piece_at(self.sentences, offset)

    def paragraph_at(self, offset: int) -> Span:
        """The paragraph that `offset` stands in."""
        return _piece_at(self.paragraphs, offset)


def read_story(
    text: str,
    *,
    quotations: Sequence[Quotation] = (),
    sources: Sequence[SourceText] = (),
    people: Sequence[Person] = (),
    published: date | None = None,
    citations: Sequence[int] = (),
) -> Story:
    """Cut `text` into paragraphs and sentences and blank its quotations."""
    paragraphs = tuple(_paragraphs(text))
    return Story(
        text=text,
        prose=blank_quotations(text, quotations),
        paragraphs=paragraphs,
        sentences=tuple(sentence for paragraph in paragraphs for sentence in sentences_in(text, paragraph)),
        quotations=tuple(quotations),
        sources=tuple(sources),
        people=tuple(people),
        published=published,
        citations=tuple(sorted(citations)),
    )


def blank_quotations(text: str, quotations: Sequence[Quotation]) -> str:
    """`text` with each quotation's characters replaced, so that a rule reads only what the story says itself."""
    pieces, done = [], 0
    for quotation in sorted(quotations, key=lambda one: one.start):
        start, end = max(quotation.start, done), min(quotation.end, len(text))
        if start < end:
            pieces += [text[done:start], QUOTED * (end - start)]
            done = end
    return "".join([*pieces, text[done:]])


_LINE = re.compile(r"[^\n]+")


def _paragraphs(text: str) -> Iterator[Span]:
    return (Span(*line.span()) for line in _LINE.finditer(text) if not line[0].isspace())


_STOP = re.compile(r"[.!?][\"”’»)\]]{0,3}(?=\s)")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Sen|Rep|Gov|Rev|Hon|Jr|Sr|vs|No|Jan|Feb|Mar|Apr|"
    r"Aug|Sept?"
    r"|Oct|Nov|Dec|approx|cf|e\.g|i\.e|H\.\s?E)|\b[A-Z](?:\.[A-Z])*)$"
)


def sentences_in(text: str, paragraph: Span) -> Iterator[Span]:
    """The sentences of one paragraph: a stop, then a space, unless the stop belongs to an abbreviation."""
    start = paragraph.start
    for stop in _STOP.finditer(text, paragraph.start, paragraph.end):
        if _ends_sentence(text, start, stop):
            yield Span(start, stop.end())
            start = stop.end()
    if text[start : paragraph.end].strip():
        yield Span(start, paragraph.end)


def _ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    following = text[stop.end() : stop.end() + 3].lstrip()[:1]
    if following.islower():
        return False
    return stop[0] != "." or not _ABBREVIATED.search(text, max(start, stop.start() - 8), stop.start())


def _piece_at(pieces: tuple[Span, ...], offset: int) -> Span:
    index = bisect_right(pieces, offset, key=lambda piece: piece.start) - 1
    return pieces[index] if index >= 0 else Span(0, 0)

"""The one shape that an article has for a reader: made from a page in the editor, a Markdown story, or an edition.

Plain data, no Django: a body is a flat list of blocks of plain text with ranges marked in it, never HTML, so that no
serialiser can change what was checked, sealed or shown. Offsets are code points, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

MarkKind = Literal["a", "em", "strong", "source"]
BlockKind = Literal["p", "h", "quote", "ul", "ol", "image", "facts-title", "facts"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A range of a block's text: a link (`value` is the address), emphasis, or a citation.

    A citation has kind 'source', `value` is the source's id, and `start == end` is the place right after what it backs.
    """

    start: int
    end: int
    kind: MarkKind
    value: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, subhead, block quotation, list item, image (its text is the caption) or line of a fact box.

    Neighbouring 'ul', 'ol' and 'facts' blocks are one list or box. `speaker` and `source` belong to 'quote' blocks;
    `image` is the index into the document's images.
    """

    kind: BlockKind
    text: str
    marks: tuple[Mark, ...] = ()
    speaker: str | None = None
    source: str | None = None
    image: int | None = None


@dataclass(frozen=True, slots=True)
class Byline:
    """A name above the story; `slug` leads to the author's page, and is None for a collective byline such as Staff."""

    name: str
    role: str = ""
    slug: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A section or a topic: what it is called and the last part of its address."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source as the story names it. `sha256` is of the captured original in the archive, hex, once it is there."""

    id: str
    title: str
    speaker: str | None = None
    publisher: str = ""
    published: date | None = None
    language: str = "en"
    url: str = ""
    file: str = ""
    sha256: str = ""
    captured: datetime | None = None


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: `file` is its name in the media folder, `sha256` of its bytes; width and height in pixels."""

    file: str
    sha256: str
    alt: str
    caption: str
    credit: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Document:
    """An article as a reader has it. Its times are aware; `updated` is None until there is an update."""

    title: str
    slug: str
    language: str = "en"
    kicker: str = ""
    standfirst: str = ""
    dateline: str = ""
    section: Named | None = None
    bylines: tuple[Byline, ...] = ()
    topics: tuple[Named, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    body: tuple[Block, ...] = ()
    sources: tuple[CitedSource, ...] = ()
    images: tuple[Image, ...] = ()

    @property
    def words(self) -> int:
        """How many words a reader reads: standfirst, body and captions; the figure behind the read time."""
        return len(self.standfirst.split()) + sum(len(block.text.split()) for block in self.body)

    @property
    def read_minutes(self) -> int:
        """Whole minutes, at least one, at 230 words a minute (Brysbaert 2019: 238 in silent reading of non-fiction)."""
        return max(1, round(self.words / 230))

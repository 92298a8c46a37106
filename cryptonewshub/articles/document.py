"""The one shape that an article has for a reader: made from a page in the editor, a Markdown story, or an edition.

Plain data, no Django: a body is a flat list of blocks of plain text with ranges marked in it, never HTML, so that no
serialiser can change what was checked, sealed or shown. Offsets are code points, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

MarkKind = Literal["a", "em", "strong", "source"]
BlockKind = Literal[
    "p", "h", "quote", "ul", "ol", "image", "facts-title", "facts", "points", "table-title", "row-head", "row", "update"
]
Label = Literal["news", "analysis", "opinion", "live", "explainer"]


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
    """A paragraph, subhead, block quotation, list item, image (its text is the caption), line of a fact box or more.

    Neighbouring 'ul', 'ol', 'facts' and 'points' (the key points of live coverage) blocks are one list or box. A table
    is a 'table-title', a 'row-head' and 'row's, each optional; a row's cells are parted by line feeds. An 'update' is
    the headline of an update of live coverage, made at the time `at`; what follows belongs to it. `speaker` and
    `source` belong to 'quote' blocks; `image` is the index into the document's images.
    """

    kind: BlockKind
    text: str
    marks: tuple[Mark, ...] = ()
    speaker: str | None = None
    source: str | None = None
    image: int | None = None
    at: datetime | None = None

    @property
    def cells(self) -> list[str]:
        """The cells of a row of a table."""
        return self.text.split("\n")


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
class SeriesPart:
    """Which part of a series a story is; parts count from 1."""

    name: str
    slug: str
    part: int


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source as the story names it. `sha256` is of the captured original in the archive, hex, once it is there.

    A confidential source has a `commit`, hex, and nothing else but its id: see `sources.commitments`.
    """

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
    commit: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: `file` is its name in the media folder, `sha256` of its bytes; width and height in pixels.

    `focus` is the point that must stay in view when it is cropped, in per cent of width and height from the top left.
    """

    file: str
    sha256: str
    alt: str
    caption: str
    credit: str
    width: int
    height: int
    licence: str = ""
    focus: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """An article as a reader has it. Its times are aware; `updated` is None until there is an update.

    `related` are the stories that the newsroom put beside it, by article id (in a story file a slug will do); `ended`
    is when live coverage ended.
    """

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
    label: Label = "news"
    series: SeriesPart | None = None
    related: tuple[str, ...] = ()
    ended: datetime | None = None

    @property
    def words(self) -> int:
        """How many words a reader reads: standfirst, body and captions; the figure behind the read time."""
        return len(self.standfirst.split()) + sum(len(block.text.split()) for block in self.body)

    @property
    def read_minutes(self) -> int:
        """Whole minutes, at least one, at 230 words a minute (Brysbaert 2019: 238 in silent reading of non-fiction)."""
        return max(1, round(self.words / 230))

"""The body of a story as groups for the template: paragraphs, lists, boxes, tables, images and block quotations.

Each block's text is rendered once, here, with its links, emphasis, quotations, signs and citations; the notes that the
signs open follow their block, because a paragraph cannot hold them and a page without styles should read them there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from markupsafe import Markup

from cryptonewshub.articles.document import Block, Document, Image
from cryptonewshub.editions.content import CheckedQuotation, Content
from cryptonewshub.reader.addresses import media_path
from cryptonewshub.reader.engine import macro
from cryptonewshub.reader.pictures import focus_class, srcset
from cryptonewshub.reader.rendering import Furniture, Range, mark_ranges, render_text
from cryptonewshub.reader.sourcing import Note, SourceView

_AFTER_QUOTATION = re.compile(r"(?:[ \u00a0\u202f](?=»))?[.,;:!?…”’“‘\"'»«›‹]{0,5}(?!\w)(?:[’']s\b)?")
_SENTENCE_END = re.compile(r"[.!?…][”’\"'»)\]]*\s+(?![a-zà-ÿ])")
_TAKEN_IDS = re.compile(
    r"(?:q|note-q|source-|facts-|table-)\d+|update-[\d-]+|story|checked|checked-title|sources|versions|corrections"
    r"|related|series|updates|points|comments|theme-\w+"
)
_NUMBER = re.compile(r"[-+−–]?[€$£]?\d[\d ,.\u00a0\u202f]*(?:%| ?[a-z]{1,3})?|[-–—]|n/a")


@dataclass(frozen=True, slots=True)
class ImageView:
    """A picture with its address and size, so that the page keeps its place before it has come."""

    key: str
    url: str
    sha256: str
    alt: str
    credit: str
    width: int
    height: int
    is_first: bool
    licence: str = ""
    focus: str = ""
    avif: str = ""
    webp: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. Where most of a column are numbers, the whole column stands at the right."""

    html: Markup
    is_number: bool


@dataclass(frozen=True, slots=True)
class BlockView:
    """One block, rendered. `id` is a subhead's anchor; `note` the checked quotation that a block quotation is."""

    key: str
    kind: str
    html: Markup
    notes: tuple[Note, ...] = ()
    id: str = ""
    image: ImageView | None = None
    speaker: str = ""
    speaker_key: str = ""
    source: SourceView | None = None
    note: Note | None = None
    cells: tuple[Cell, ...] = ()
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring blocks that are one thing: a list, a box, a table, or a single block. A box or table has a title."""

    kind: str
    blocks: tuple[BlockView, ...]
    title: BlockView | None = None


def groups(content: Content, notes: Sequence[Note], sources: dict[str, SourceView], language: str) -> tuple[Group, ...]:
    """The body in the order of reading. `language` is the site's, for the signs."""
    anchors = _anchors(content.document.body)
    views = [
        _block_view(
            index,
            block,
            content,
            [note for note in notes if _stands_in(note, index)],
            sources,
            anchors.get(index, ""),
            language,
        )
        for index, block in enumerate(content.document.body)
    ]
    return tuple(_grouped(views))


def plain_groups(content: Content) -> tuple[Group, ...]:
    """The body without signs, notes and citations, for feeds."""
    return grouped_blocks(content.document)


def grouped_blocks(document: Document) -> tuple[Group, ...]:
    """A body that quotes nobody whom the desk has traced: a policy, or a story in a feed."""
    views = [
        BlockView(
            key=f"body.{index}",
            kind=block.kind,
            html=render_text(block.text, mark_ranges(block.marks)),
            image=_image(block, document, index),
            speaker=block.speaker or "",
            cells=_cells(block, mark_ranges(block.marks), ()),
            at=block.at,
        )
        for index, block in enumerate(document.body)
    ]
    return tuple(_grouped(views))


def sign_place(text: str, end: int) -> int:
    """Where the sign of a quotation stands: after its closing mark and the stop or comma on either side of that."""
    found = _AFTER_QUOTATION.match(text, end)
    return found.end() if found else end


def _stands_in(note: Note, index: int) -> bool:
    return note.where in ("body", "caption") and note.block == index


def _block_view(
    index: int,
    block: Block,
    content: Content,
    notes: list[Note],
    sources: dict[str, SourceView],
    anchor: str,
    language: str,
) -> BlockView:
    whole = next((note for note in notes if block.kind == "quote"), None)
    inline = [note for note in notes if note is not whole]
    source = (whole.source if whole else None) or sources.get(block.source or "")
    furniture = [*_signs(block.text, inline, language), *_citations(block, notes, sources, source, language)]
    ranges = [*mark_ranges(block.marks), *_said(content.quotations, inline)]
    return BlockView(
        key=f"body.{index}",
        kind=block.kind,
        html=render_text(block.text, ranges, furniture),
        notes=tuple(notes),
        id=anchor,
        image=_image(block, content.document, index),
        speaker=block.speaker or (whole.speaker if whole else "") or "",
        speaker_key=f"body.{index}.speaker" if block.speaker or not whole else f"{whole.key}.speaker",
        source=source,
        note=whole,
        cells=_cells(block, ranges, furniture),
        at=block.at,
    )


def _cells(block: Block, ranges: Iterable[Range], furniture: Iterable[Furniture]) -> tuple[Cell, ...]:
    """The cells of a row. What is marked across cells is marked in its first one."""
    if not block.kind.startswith("row"):
        return ()
    found, start = list[Cell](), 0
    for cell in block.cells:
        end = start + len(cell)
        inside = [replace(r, start=r.start - start, end=r.end - start) for r in ranges if start <= r.start < end]
        standing = [replace(f, at=f.at - start) for f in furniture if start <= f.at <= end]
        found.append(Cell(render_text(cell, inside, standing), bool(_NUMBER.fullmatch(cell))))
        start = end + 1
    return tuple(found)


def _said(quotations: Iterable[CheckedQuotation], notes: Iterable[Note]) -> list[Range]:
    """The quoted words themselves, which carry the address of the quotation."""
    places = {f"quote.{quotation.id}": quotation for quotation in quotations}
    return [
        Range(places[note.key].start, places[note.key].end, "span", Markup(' class="said"'), note.id) for note in notes
    ]


def _signs(text: str, notes: Iterable[Note], language: str) -> list[Furniture]:
    opener = macro(language, "components/sign.html", "opener")
    return [Furniture(sign_place(text, note.end), opener(note)) for note in notes]


def _citations(
    block: Block, notes: Sequence[Note], sources: dict[str, SourceView], shown: SourceView | None, language: str
) -> list[Furniture]:
    """Numbers for the citations that no sign just before them, and no open source line, has already answered."""
    cited = [
        (mark.start, sources[mark.value]) for mark in block.marks if mark.kind == "source" and mark.value in sources
    ]
    number = macro(language, "components/sign.html", "number")
    return [
        Furniture(at, number(source))
        for at, source in cited
        if not (block.kind == "quote" and source is shown) and not _is_answered(block.text, at, source, notes)
    ]


def _is_answered(text: str, at: int, source: SourceView, notes: Sequence[Note]) -> bool:
    """Whether the nearest quotation before this point comes from the same source and stands in the same sentence."""
    before = [note for note in notes if note.end <= at]
    last = max(before, key=lambda note: note.end, default=None)
    return last is not None and last.source == source and not _SENTENCE_END.search(text, last.end, at)


def _image(block: Block, document: Document, index: int) -> ImageView | None:
    if block.image is None or not 0 <= block.image < len(document.images):
        return None
    return image_view(document.images[block.image], block.image, is_first=index == 0)


def image_view(image: Image, number: int, *, is_first: bool = False) -> ImageView:
    """A picture of a story; the first thing on a page is fetched at once, the others when they come near."""
    return ImageView(
        key=f"image.{number}",
        url=media_path(image.file),
        sha256=image.sha256,
        alt=image.alt,
        credit=image.credit,
        width=image.width,
        height=image.height,
        is_first=is_first,
        licence=image.licence,
        focus=focus_class(image.focus),
        avif=srcset(image.file, image.width, "avif"),
        webp=srcset(image.file, image.width, "webp"),
    )


def _anchors(body: Sequence[Block]) -> dict[int, str]:
    """An id for every subhead, from its words, so that a link to it survives a change elsewhere in the story."""
    found: dict[int, str] = {}
    for index, block in enumerate(body):
        if block.kind == "h":
            found[index] = _free(_slug(block.text), set(found.values()))
    return found


def _slug(text: str) -> str:
    return re.sub(r"[\W_]+", "-", text.casefold()).strip("-")[:60].rstrip("-") or "part"


def _free(slug: str, taken: set[str]) -> str:
    if slug not in taken and not _TAKEN_IDS.fullmatch(slug):
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"


_FAMILIES = {
    "facts-title": "facts", "facts": "facts", "table-title": "table", "row-head": "table", "row": "table",
}  # fmt: skip


def _grouped(views: Sequence[BlockView]) -> Iterable[Group]:
    boxes, before = 0, ""
    keys: list[tuple[int, str]] = []
    for view in views:
        boxes += view.kind in ("facts-title", "table-title") or (view.kind == "row-head" and before != "table-title")
        family = _FAMILIES.get(view.kind)
        keys.append((boxes, family) if family else (-1, view.kind))
        before = view.kind
    for (_, kind), pairs in groupby(zip(keys, views, strict=True), key=lambda pair: pair[0]):
        blocks = [view for _, view in pairs]
        yield from _one_group(kind, blocks)


def _one_group(kind: str, blocks: list[BlockView]) -> Iterable[Group]:
    match kind:
        case "ul" | "ol" | "points":
            yield Group(kind, tuple(blocks))
        case "facts" | "table":
            title = blocks[0] if blocks[0].kind.endswith("-title") else None
            lines = blocks[1:] if title else blocks
            yield Group(kind, tuple(_aligned(lines) if kind == "table" else lines), title)
        case _:
            yield from (Group(kind, (block,)) for block in blocks)


def _aligned(rows: Sequence[BlockView]) -> Iterable[BlockView]:
    """The rows of a table with their columns aligned as most of their cells are."""
    body = [row.cells for row in rows if row.kind == "row"]
    width = max((len(row.cells) for row in rows), default=0)
    columns = [[cells[n] for cells in body if n < len(cells) and cells[n].html] for n in range(width)]
    are_numbers = [2 * sum(cell.is_number for cell in column) > len(column) for column in columns]
    for row in rows:
        cells = (replace(cell, is_number=are_numbers[n]) for n, cell in enumerate(row.cells))
        yield replace(row, cells=tuple(cells))

"""A document as a Markdown story: the counterpart of reading one.

Reading back what is written here gives the same document, if its texts have no white space around them, images of one
file are one image, and marks of one kind lie inside each other rather than across.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby, pairwise

from cryptonewshub.articles.document import Block, Byline, CitedSource, Document, Image, Mark
from cryptonewshub.articles.story_fields import StoryChange

Value = str | int | date | datetime | None
Entry = dict[str, Value]

_SPECIAL = re.compile(r"[\\*_\[\]]")
_ENTITY = re.compile(r"&#?\w+;")
_LINE_START = re.compile(r"^(?:(\d{1,9})([.)])|([#>+=:~|-]))")
_CLOSING_SIGNS = re.compile(r"(?<!\\)#+$")
_ATTRIBUTION_START = re.compile(r"(?:[—–―]|--)")
_PREFIXES = {"ul": "- ", "ol": "1. "}
_FENCES = {"em": "*", "strong": "__"}


def story_text(document: Document, *, change: StoryChange) -> str:
    """The whole story file; `change` says what a later version changed."""
    import yaml

    fields = {**_fields(document), **_change_fields(change)}
    front = yaml.safe_dump(
        {key: value for key, value in fields.items() if value}, allow_unicode=True, sort_keys=False, width=2**30
    )
    return f"---\n{front}---\n\n{body_text(document)}"


def body_text(document: Document) -> str:
    """The Markdown under the front matter."""
    parts: list[str] = []
    for kind, group in groupby(document.body, key=lambda block: _family(block.kind)):
        blocks = list(group)
        if kind == "facts":
            parts.extend(_fact_boxes(blocks))
        elif kind == "points":
            parts.append("\n".join([":::points", *(_start_escaped(_marked(block)) for block in blocks), ":::"]))
        elif kind == "table":
            parts.extend(_tables(blocks))
        elif kind in ("ul", "ol"):
            parts.append(
                "\n".join(_PREFIXES[kind] + _hanging(_marked(block), len(_PREFIXES[kind])) for block in blocks)
            )
        else:
            parts.extend(_block_text(block, document.images) for block in blocks)
    return "".join(f"{part}\n\n" for part in parts).rstrip("\n") + "\n"


def _fields(document: Document) -> dict[str, object]:
    return {
        "title": document.title,
        "slug": document.slug,
        "kicker": document.kicker,
        "standfirst": document.standfirst,
        "section": document.section.name if document.section else "",
        "byline": [_byline(byline) for byline in document.bylines],
        "dateline": document.dateline,
        "published": document.published,
        "updated": document.updated,
        "topics": [topic.name for topic in document.topics],
        "language": document.language,
        "label": document.label if document.label != "news" else "",
        "series": document.series.name if document.series else "",
        "part": document.series.part if document.series else 0,
        "related": list(document.related),
        "ended": document.ended,
        "sources": [_source(source) for source in document.sources],
        "images": [_image(image) for image in document.images],
    }


def _change_fields(change: StoryChange) -> dict[str, object]:
    return {
        "change": change.kind,
        "change_note": change.note,
        "was_wrong": change.wrong,
        "is_right": change.right,
        "found_by": change.found_by,
        "credit": change.credit,
        "severity": change.severity,
        "minor_all_the_same": "yes" if change.is_minor_all_the_same else "",
    }


def _byline(byline: Byline) -> Entry:
    entry: Entry = {"name": byline.name, "role": byline.role} if byline.role else {"name": byline.name}
    return {**entry, "slug": byline.slug}


def _source(source: CitedSource) -> Entry:
    if source.commit:
        return {"id": source.id, "title": "Confidential source"}
    entry: Entry = {
        "id": source.id,
        "file": source.file,
        "url": source.url,
        "title": source.title,
        "speaker": source.speaker,
        "publisher": source.publisher,
        "date": source.published,
        "language": source.language,
        "sha256": source.sha256,
        "captured": source.captured,
    }
    return {key: value for key, value in entry.items() if value}


def _image(image: Image) -> Entry:
    entry: Entry = {
        "file": image.file,
        "alt": image.alt,
        "caption": image.caption,
        "credit": image.credit,
        "licence": image.licence,
        "focus": " ".join(map(str, image.focus)) if image.focus else "",
        "width": image.width,
        "height": image.height,
        "sha256": image.sha256,
    }
    return {key: value for key, value in entry.items() if value}


def _family(kind: str) -> str:
    return "facts" if kind.startswith("facts") else "table" if kind in ("table-title", "row-head", "row") else kind


def _fact_boxes(blocks: Sequence[Block]) -> Iterable[str]:
    """One fenced box for each title, and one for facts that stand before any title."""
    boxes: list[list[Block]] = []
    for block in blocks:
        if block.kind == "facts-title" or not boxes:
            boxes.append([])
        boxes[-1].append(block)
    for box in boxes:
        title = f" {_marked(box[0])}" if box[0].kind == "facts-title" else ""
        lines = [_start_escaped(_marked(block)) for block in box if block.kind == "facts"]
        yield "\n".join([f":::facts{title}", *lines, ":::"])


def _tables(blocks: Sequence[Block]) -> Iterable[str]:
    """Each table as one part; a title is a paragraph of its own before it."""
    lines: list[str] = []
    for block in blocks:
        if block.kind in ("table-title", "row-head") and lines:
            yield "\n".join(lines)
            lines = []
        if block.kind == "table-title":
            yield f"Table: {_marked(block)}"
            continue
        lines.append(_row(block))
        if len(lines) == 1:
            lines.append("|" + "---|" * len(block.cells))
    if lines:
        yield "\n".join(lines)


def _row(block: Block) -> str:
    """The cells of a row between bars; a bar inside a cell is written as an entity."""
    cells, start = list[str](), 0
    for cell in block.cells:
        end = start + len(cell)
        marks = [
            replace(mark, start=mark.start - start, end=mark.end - start)
            for mark in block.marks
            if start <= mark.start and mark.end <= end
        ]
        cells.append(_marked(Block(block.kind, cell, tuple(marks))).replace("|", "&#124;"))
        start = end + 1
    return f"| {' | '.join(cells)} |"


def _block_text(block: Block, images: Sequence[Image]) -> str:
    if block.kind == "image":
        image = images[block.image] if block.image is not None else None
        file = re.sub(r"[<>\n\\]", "", image.file) if image else ""
        title = re.sub(r'["\\&]', lambda found: f"\\{found[0]}", block.text)
        return f'![{_escaped(image.alt if image else "")}](<{file}> "{title}")'
    if block.kind == "quote":
        return _quote_text(block)
    if block.kind == "update":
        return f":::update {block.at.isoformat() if block.at else ''} {block.text}"
    text = _start_escaped(_marked(block))
    return "## " + _CLOSING_SIGNS.sub(r"\\\g<0>", text) if block.kind == "h" else text


def _quote_text(block: Block) -> str:
    lines = _start_escaped(_marked(block)).split("\n")
    attribution = f"— {_escaped(block.speaker or '')}" + (f"[^{block.source}]" if block.source else "")
    if block.speaker or block.source or _ATTRIBUTION_START.match(block.text.split("\n")[-1]):
        lines.append(attribution.strip())
    return "\n".join(f"> {line}" for line in lines)


def _hanging(text: str, indent: int) -> str:
    return _start_escaped(text).replace("\n", "\n" + " " * indent)


def _marked(block: Block) -> str:
    """The block's text with its marks written in; marks that open at one place open longest first."""
    text, marks = block.text, block.marks
    cuts = sorted({0, len(text), *(mark.start for mark in marks), *(mark.end for mark in marks)})
    entities = {index for place in cuts for index in _crowded(text, marks, place)}
    entities.update(found.start() for found in _ENTITY.finditer(text))
    parts = [_signs(marks, 0)]
    for place, until in pairwise(cuts):
        parts.append("".join(_entity(text[i]) if i in entities else _escaped(text[i]) for i in range(place, until)))
        parts.append(_signs(marks, until))
    return "".join(parts)


def _signs(marks: Sequence[Mark], place: int) -> str:
    """What stands in the Markdown between two characters: ends of ranges, citations, starts of ranges."""
    ranges = [mark for mark in marks if mark.kind != "source" and mark.start < mark.end]
    closing = sorted((mark for mark in ranges if mark.end == place), key=lambda mark: (-mark.start, mark.kind == "a"))
    cited = [mark for mark in marks if mark.kind == "source" and mark.start == place]
    opening = sorted((mark for mark in ranges if mark.start == place), key=lambda mark: (-mark.end, mark.kind != "a"))
    return "".join(
        [
            *(_fence(mark, opens=False) for mark in closing),
            *(f"[^{mark.value}]" for mark in cited),
            *(_fence(mark, opens=True) for mark in opening),
        ]
    )


def _crowded(text: str, marks: Sequence[Mark], place: int) -> Iterable[int]:
    """The characters beside emphasis signs at a place that would keep Markdown from reading these as signs.

    After CommonMark's rules on flanking: no space may stand inside beside a sign; a letter outside may not touch a sign
    unless it is a single asterisk with a letter inside. As an entity, such a character counts as punctuation.
    """
    emphasis = [mark for mark in marks if mark.kind in _FENCES and mark.start < mark.end]
    closes = any(mark.end == place for mark in emphasis)
    opens = any(mark.start == place for mark in emphasis)
    touching = [mark for mark in marks if place in (mark.start, mark.end)]
    before, after = text[place - 1 : place] if place else "", text[place : place + 1]
    is_simple = len(touching) == 1 and touching[0].kind == "em" and (before if closes else after).isalnum()
    if before and ((closes and before.isspace()) or (opens and not is_simple and _is_letter(before))):
        yield place - 1
    if after and ((opens and after.isspace()) or (closes and not is_simple and _is_letter(after))):
        yield place


def _is_letter(character: str) -> bool:
    """Whether Markdown may take it for a letter; symbols beyond ASCII are punctuation to some readers only."""
    return character.isalnum() or not (character.isascii() or character.isspace())


def _entity(character: str) -> str:
    return f"&#{ord(character)};"


def _fence(mark: Mark, *, opens: bool) -> str:
    if mark.kind == "a":
        target = re.sub(r"[<>\s\\]", "", mark.value)
        return "[" if opens else f"](<{target}>)"
    return _FENCES[mark.kind]


def _escaped(text: str) -> str:
    escaped = _SPECIAL.sub(lambda found: f"\\{found[0]}", text)
    return escaped.replace("\n", "\\\n")


def _start_escaped(text: str) -> str:
    return "\n".join(_LINE_START.sub(lambda found: _without_structure(found), line) for line in text.split("\n"))


def _without_structure(found: re.Match[str]) -> str:
    number, stop, sign = found.groups()
    return f"\\{sign}" if sign else f"{number}\\{stop}"

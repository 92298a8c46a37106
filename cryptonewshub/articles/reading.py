"""Reading an article page of the editor into a document: what the desk checks, what is sealed, what readers get."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from wagtail.models import Page

from cryptonewshub.articles.blocks import rows_of
from cryptonewshub.articles.document import (
    Block,
    BlockKind,
    Byline,
    CitedSource,
    Document,
    Image,
    Label,
    Named,
    SeriesPart,
)
from cryptonewshub.articles.printable import in_one_line, printable
from cryptonewshub.articles.richtext import blocks_of
from cryptonewshub.quotations.vocabulary import SourceText

if TYPE_CHECKING:
    from cryptonewshub.articles.models import ArticlePage

PICTURE = "max-1600x1600|format-webp"


@dataclass(frozen=True, slots=True)
class EditorPlace:
    """Where a block of the document is written in the editor.

    `path` names the nested blocks of the body from outside in, by their ids and field names; `line` counts the
    paragraphs with text in a rich text from 0, and is None in a plain field.
    """

    path: tuple[str, ...]
    line: int | None = None


def document_of(page: ArticlePage) -> Document:
    """The article as a reader has it. The page may be a draft in memory; nothing is saved."""
    blocks, images = _body(page)
    return Document(
        title=_clean(page.title),
        slug=page.slug or "",
        language=page.language,
        kicker=_clean(page.kicker),
        standfirst=_clean(page.standfirst),
        dateline=_clean(page.dateline),
        section=_section(page),
        bylines=tuple(_bylines(page)),
        topics=tuple(
            Named(topic.name, topic.slug) for topic in sorted(page.topics.all(), key=lambda topic: topic.name)
        ),
        published=page.published,
        updated=page.updated,
        body=tuple(blocks),
        sources=tuple(_cited(attached) for attached in page.attached_sources.all()),
        images=tuple(images),
        label=cast("Label", page.label),
        series=SeriesPart(page.series.name, page.series.slug, page.part or 1) if page.series else None,
        related=tuple(str(chosen.story.article_id) for chosen in page.related_stories.all()),
        ended=page.ended,
    )


def source_texts_of(page: ArticlePage) -> list[SourceText]:
    """The texts of the attached sources, under the keys by which the article cites them."""
    return [attached.source.as_text(attached.key) for attached in page.attached_sources.all()]


def path_of(page: ArticlePage) -> str:
    """The article's address on the site, such as `/security/talks-resume/`."""
    section = _section(page)
    return f"/{section.slug}/{page.slug}/" if section else f"/{page.slug}/"


def _section(page: ArticlePage) -> Named | None:
    parent = page.get_parent() if page.path else None
    return Named(parent.title, parent.slug) if parent else None


def _bylines(page: ArticlePage) -> Iterator[Byline]:
    for signed in page.authors.all():
        yield Byline(signed.author.name, signed.author.role, signed.author.slug)
    if page.byline.strip():
        yield Byline(_clean(page.byline))


def _cited(attached: Any) -> CitedSource:
    source = attached.source
    if source.is_confidential:
        return CitedSource(id=attached.key, title="", commit=source.commitment_in(attached.article.article_id))
    return CitedSource(
        id=attached.key,
        title=source.title,
        speaker=source.speaker or None,
        publisher=source.publisher,
        published=source.published,
        language=source.language,
        url=source.url,
        sha256=source.sha256,
        captured=source.captured,
    )


def editor_places(page: ArticlePage) -> tuple[EditorPlace, ...]:
    """The place in the editor of each block of the document's body, in the same order."""
    return tuple(
        EditorPlace((*above, "caption")) if child.block_type == "picture" else EditorPlace((*above, *path), line)
        for above, child in _in_order(page.body)
        for path, line, _ in _placed_blocks(child)
    )


def _in_order(stream: Any, *above: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The editor's blocks as they follow each other, each with its path: those of an update come after its headline.

    A picture that is not chosen yet, or was deleted, is no block.
    """
    for child in stream:
        if child.block_type == "picture" and child.value["image"] is None:
            continue
        path = (*above, child.id or "")
        yield path, child
        if child.block_type == "update":
            yield from _in_order(child.value["body"], *path, "body")


def _body(page: ArticlePage) -> tuple[list[Block], list[Image]]:
    blocks: list[Block] = []
    images: list[Image] = []
    for _, child in _in_order(page.body):
        if child.block_type == "picture":
            blocks.append(Block("image", _clean(child.value["caption"]), image=len(images)))
            images.append(_picture(child.value))
        else:
            blocks.extend(block for _, _, block in _placed_blocks(child))
    return blocks, images


def _placed_blocks(child: Any) -> Iterator[tuple[tuple[str, ...], int | None, Block]]:
    """The document's blocks that one block of the editor makes: (path inside it, line, block)."""
    value = child.value
    match child.block_type:
        case "paragraph":
            yield from _rich(value, "p")
        case "subhead":
            yield (), None, Block("h", _clean(value))
        case "quotation":
            speaker, source = value["speaker"] or None, value["source"] or None
            yield ("text",), None, Block("quote", _clean(value["text"]), speaker=speaker, source=source)
        case "items":
            yield from _listed(value["items"], "ol" if value["numbered"] else "ul")
        case "facts":
            yield ("title",), None, Block("facts-title", _clean(value["title"]))
            yield from _listed(value["items"], "facts")
        case "points":
            yield from _listed(value["items"], "points")
        case "table":
            yield from islice(_rich(value["title"], "table-title", "title"), 1)
            for number, cells in enumerate(rows_of(value["rows"])):
                yield ("rows",), None, Block("row" if number else "row-head", "\n".join(map(_clean, cells)))
        case "update":
            yield ("headline",), None, Block("update", _clean(value["headline"]), at=value["time"])
        case "picture":
            yield (), None, Block("image", "")


def _listed(items: Any, kind: BlockKind) -> Iterator[tuple[tuple[str, ...], int | None, Block]]:
    for item in items.bound_blocks:
        yield from _rich(item.value, kind, "items", item.id or "")


def _rich(value: Any, kind: BlockKind, *path: str) -> Iterator[tuple[tuple[str, ...], int | None, Block]]:
    for line, block in enumerate(blocks_of(value.source, kind, page_address=_page_address)):
        yield path, line, replace(block, text=printable(block.text))


def _page_address(identifier: int) -> str:
    linked = Page.objects.filter(pk=identifier).first()
    return (linked.url or "") if linked else ""


def _picture(value: Any) -> Image:
    rendition = value["image"].get_rendition(PICTURE)
    sha256 = _sha256_of_file(rendition.file.path, rendition.pk)
    extension = rendition.file.name.rsplit(".", 1)[-1].lower()
    return Image(
        file=f"{sha256[:16]}.{extension}",
        sha256=sha256,
        alt=_clean(value["alt"]),
        caption=_clean(value["caption"]),
        credit=_clean(value["credit"]),
        width=rendition.width,
        height=rendition.height,
        licence=_clean(value["licence"]),
        focus=_focus(value["image"]),
    )


def _focus(image: Any) -> tuple[int, int] | None:
    """Where the editor set the focal point, in per cent."""
    if image.focal_point_x is None or image.focal_point_y is None:
        return None
    return round(100 * image.focal_point_x / image.width), round(100 * image.focal_point_y / image.height)


@lru_cache(maxsize=512)
def _sha256_of_file(path: str, rendition: int) -> str:
    """A rendition's file never changes: a changed picture has a new rendition."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def picture_files(page: ArticlePage) -> dict[str, str]:
    """Where the file of each picture of the article is: the document's file name, and the path on disk."""
    pictures = [child.value for _, child in _in_order(page.body) if child.block_type == "picture"]
    return {_picture(value).file: value["image"].get_rendition(PICTURE).file.path for value in pictures}


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", in_one_line(text or "")).strip()

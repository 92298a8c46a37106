"""Reading an article page of the editor into a document: what the desk checks, what is sealed, what readers get."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from wagtail.models import Page

from cryptonewshub.articles.document import Block, Byline, CitedSource, Document, Image, Named
from cryptonewshub.articles.richtext import blocks_of
from cryptonewshub.quotations.vocabulary import SourceText

if TYPE_CHECKING:
    from cryptonewshub.articles.models import ArticlePage

PICTURE = "max-1600x1600|format-webp"


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


def _body(page: ArticlePage) -> tuple[list[Block], list[Image]]:
    blocks: list[Block] = []
    images: list[Image] = []
    for child in page.body:
        if child.block_type == "picture":
            blocks.append(Block("image", _clean(child.value["caption"]), image=len(images)))
            images.append(_picture(child.value))
        else:
            blocks.extend(_text_blocks(child.block_type, child.value))
    return blocks, images


def _text_blocks(block_type: str, value: Any) -> Iterator[Block]:
    match block_type:
        case "paragraph":
            yield from _rich(value)
        case "subhead":
            yield Block("h", _clean(value))
        case "quotation":
            yield Block(
                "quote", _clean(value["text"]), speaker=value["speaker"] or None, source=value["source"] or None
            )
        case "items":
            for item in value["items"]:
                yield from _rich(item, "ol" if value["numbered"] else "ul")
        case "facts":
            yield Block("facts-title", _clean(value["title"]))
            for item in value["items"]:
                yield from _rich(item, "facts")


def _rich(value: Any, kind: Any = "p") -> list[Block]:
    return blocks_of(value.source, kind, page_address=_page_address)


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
    )


@lru_cache(maxsize=512)
def _sha256_of_file(path: str, rendition: int) -> str:
    """A rendition's file never changes: a changed picture has a new rendition."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def picture_files(page: ArticlePage) -> dict[str, str]:
    """Where the file of each picture of the article is: the document's file name, and the path on disk."""
    files = {}
    for child in page.body:
        if child.block_type == "picture":
            files[_picture(child.value).file] = child.value["image"].get_rendition(PICTURE).file.path
    return files


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text or "").strip()

"""A story file becomes a draft in the editor: its page, its sources in the archive, its pictures. Nothing goes live."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.images import ImageFile
from django.db import transaction
from django.utils.text import slugify
from wagtail.images import get_image_model
from wagtail.models import Revision

from cryptonewshub.articles.document import Block, Byline, CitedSource, Document, Named, SeriesPart
from cryptonewshub.articles.models import (
    ArticleAuthor,
    ArticlePage,
    ArticleRelated,
    ArticleSource,
    FrontPage,
    SectionPage,
    Series,
    Topic,
    free_slug,
)
from cryptonewshub.articles.richtext import rich_text_of
from cryptonewshub.articles.stories import Story
from cryptonewshub.articles.story_error import StoryError
from cryptonewshub.articles.story_fields import StoryChange
from cryptonewshub.articles.turns import take_turn
from cryptonewshub.people.models import Author
from cryptonewshub.sources.capturing import capture_file

_FAMILIES = {"facts-title": "facts", "table-title": "table", "row-head": "table", "row": "table"}


@transaction.atomic
def draft_article(story: Story, *, user: Any = None) -> Revision:
    """The newest revision of the story's article, holding what the file says; the article is made if there is none.

    Raises ExtractionError or StoryError when a source or picture cannot be read; then nothing is kept but originals.
    """
    take_turn("drafts from files")  # of one section and one slug there is one
    section = _section_for(story.document)
    slug = free_slug(story.document.slug, "story")
    known = ArticlePage.objects.child_of(section).filter(slug=slug).first()
    page = known.get_latest_revision_as_object() if known else ArticlePage(slug=slug, live=False)
    _write_into(page, story)
    if known is None:
        section.add_child(instance=page)
    return page.save_revision(user=user)


def draft_document(page: ArticlePage, document: Document, *, pictures: Path) -> ArticlePage:
    """A draft that holds what the document says; its pictures are in that folder. For stories that come back."""
    _write_into(page, Story(path=pictures / "story", document=document))
    if page.pk is None:
        _section_for(document).add_child(instance=page)
    page.save_revision()
    return page


def _write_into(page: ArticlePage, story: Story) -> None:
    document = story.document
    page.title = page.draft_title = document.title
    page.kicker = document.kicker
    page.standfirst = document.standfirst
    page.dateline = document.dateline
    page.language = document.language
    page.published = document.published
    page.updated = document.updated
    page.label = document.label
    page.series, page.part = _series_for(document.series), document.series.part if document.series else None
    page.ended = document.ended
    page.related_stories = [ArticleRelated(story=_story_named(name, story)) for name in document.related]
    page.body = _stream(document, story)
    _write_change(page, story.change)
    page.byline = ", ".join(byline.name for byline in document.bylines if _author(byline) is None)
    page.authors = [ArticleAuthor(author=author) for byline in document.bylines if (author := _author(byline))]
    page.topics = [_topic_for(topic) for topic in document.topics]
    page.attached_sources = [_attached(cited, story) for cited in document.sources if cited.file]


def _write_change(page: ArticlePage, change: StoryChange) -> None:
    """What the file says of the change that it makes, which is one to the edition that readers have now."""
    page.choose_change(
        change.kind,
        change_note=change.note,
        was_wrong=change.wrong,
        is_right=change.right,
        found_by=change.found_by,
        credit=change.credit,
        severity=change.severity,
    )
    page.minor_all_the_same = change.is_minor_all_the_same


def _section_for(document: Document) -> SectionPage:
    """The story's section; a new one is made for a name that is not there yet."""
    named = document.section or Named("News", "news")
    front = FrontPage.objects.get()
    slug = free_slug(named.slug, "section")
    section = SectionPage.objects.child_of(front).filter(slug=slug).first()
    return section or front.add_child(instance=SectionPage(title=named.name, slug=slug))


def _author(byline: Byline) -> Author | None:
    return Author.objects.filter(slug=slugify(byline.name)).first()


def _topic_for(named: Named) -> Topic:
    topic, _ = Topic.objects.get_or_create(slug=named.slug, defaults={"name": named.name})
    return topic


def _series_for(part: SeriesPart | None) -> Series | None:
    if part is None:
        return None
    series, _ = Series.objects.get_or_create(slug=part.slug, defaults={"name": part.name})
    return series


def _story_named(name: str, story: Story) -> ArticlePage:
    """The article with that id or, where it is no id, with that slug."""
    try:
        found = ArticlePage.objects.filter(article_id=UUID(name)).first()
    except ValueError:
        found = ArticlePage.objects.filter(slug=free_slug(name, "story")).first()
    if found is None:
        raise StoryError(f"there is no story “{name}” to put beside it as “related”; check its slug.", path=story.path)
    return found


def _attached(cited: CitedSource, story: Story) -> ArticleSource:
    source = capture_file(
        story.locate(cited.file),
        title=cited.title,
        speaker=cited.speaker or "",
        publisher=cited.publisher,
        published=cited.published,
        language=cited.language,
        url=cited.url,
    )
    return ArticleSource(key=cited.id, source=source)


def _stream(document: Document, story: Story) -> list[tuple[str, Any]]:
    """The body as the editor's blocks. Neighbouring items make one list; a fact box begins with its title."""
    stream: list[tuple[str, Any]] = []
    for update, blocks in _by_update(document.body):
        inside = _editor_stream(blocks, document, story)
        if update is None:
            stream.extend(inside)
        else:
            stream.append(("update", {"time": update.at, "headline": update.text, "body": inside}))
    return stream


def _by_update(body: Iterable[Block]) -> Iterator[tuple[Block | None, list[Block]]]:
    """What stands before the first update, and each update with what belongs to it."""
    update: Block | None = None
    blocks: list[Block] = []
    for block in body:
        if block.kind == "update":
            yield update, blocks
            update, blocks = block, []
        else:
            blocks.append(block)
    yield update, blocks


def _editor_stream(body: Iterable[Block], document: Document, story: Story) -> list[tuple[str, Any]]:
    stream: list[tuple[str, Any]] = []
    for kind, blocks in groupby(body, key=_family):
        stream.extend(_editor_blocks(kind, list(blocks), document, story))
    return stream


def _family(block: Block) -> str:
    return _FAMILIES.get(block.kind, block.kind)


def _editor_blocks(kind: str, blocks: list[Block], document: Document, story: Story) -> Iterator[tuple[str, Any]]:
    match kind:
        case "p":
            yield from (("paragraph", _rich(block)) for block in blocks)
        case "h":
            yield from (("subhead", block.text) for block in blocks)
        case "quote":
            for block in blocks:
                yield "quotation", {"text": block.text, "speaker": block.speaker or "", "source": block.source or ""}
        case "ul" | "ol":
            yield "items", {"numbered": kind == "ol", "items": [_rich(block) for block in blocks]}
        case "facts":
            for title, items in _fact_boxes(blocks):
                yield "facts", {"title": title, "items": [_rich(block) for block in items]}
        case "points":
            yield "points", {"items": [_rich(block) for block in blocks]}
        case "table":
            yield from (("table", table) for table in _tables(blocks))
        case "image":
            for block in blocks:
                yield "picture", _picture(block, document, story)


def _fact_boxes(blocks: Iterable[Block]) -> Iterator[tuple[str, list[Block]]]:
    title, items = "", list[Block]()
    for block in blocks:
        if block.kind != "facts-title":
            items.append(block)
            continue
        if items:
            yield title, items
        title, items = block.text, []
    if items:
        yield title, items


def _tables(blocks: Iterable[Block]) -> Iterator[dict[str, Any]]:
    table: dict[str, Any] = {"title": None, "rows": []}
    for block in blocks:
        if block.kind != "row" and table["rows"]:
            yield _finished(table)
            table = {"title": None, "rows": []}
        if block.kind == "table-title":
            table["title"] = _rich(block)
        else:
            table["rows"].append(" | ".join(block.cells))
    if table["rows"]:
        yield _finished(table)


def _finished(table: dict[str, Any]) -> dict[str, Any]:
    from wagtail.rich_text import RichText

    return {"title": table["title"] or RichText(""), "rows": "\n".join(f"| {row} |" for row in table["rows"])}


def _rich(block: Block) -> Any:
    from wagtail.rich_text import RichText

    return RichText(rich_text_of(block))


def _picture(block: Block, document: Document, story: Story) -> dict[str, Any]:
    assert block.image is not None
    image = document.images[block.image]
    return {
        "image": library_picture(story.locate(image.file), image.alt, focus=image.focus),
        "alt": image.alt,
        "caption": block.text or image.caption,
        "credit": image.credit,
        "licence": image.licence,
    }


def library_picture(place: Path, title: str, *, focus: tuple[int, int] | None = None) -> Any:
    """The picture in Wagtail's library; the same bytes are taken in once, with the focus that they had first."""
    with place.open("rb") as opened:
        picture = get_image_model()(title=title[:255] or place.stem, file=ImageFile(opened, name=place.name))
        picture._set_image_file_metadata()
        known = get_image_model().objects.filter(file_hash=picture.file_hash).first()
        if known:
            return known
        if focus:
            picture.focal_point_x, picture.focal_point_y = _pixels(focus, picture)
            picture.focal_point_width = picture.focal_point_height = 1
        picture.save()
        return picture


def _pixels(focus: tuple[int, int], picture: Any) -> tuple[int, int]:
    """A point in per cent of a picture, in its pixels."""
    across, down = focus
    return round(picture.width * across / 100), round(picture.height * down / 100)

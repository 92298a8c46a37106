"""Stories as files: Markdown with YAML front matter, or plain text, in and out; the format is in
docs/reference/story-files.md.

Reading never follows a path that leads out of the newsroom's folder (the one above the story's), never builds a Python
object from YAML, and leaves the words and their typography as they were typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptonewshub.articles.document import Block, Byline, CitedSource, Document, Image, Named
from cryptonewshub.articles.front_matter import Fields, read_front_matter
from cryptonewshub.articles.plain_text import is_title, parse_plain_text
from cryptonewshub.articles.prose import CITATION, Body, Picture, parse_body
from cryptonewshub.articles.slugs import is_slug, slug_of
from cryptonewshub.articles.story_error import StoryError
from cryptonewshub.articles.story_writing import story_text
from cryptonewshub.quotations.vocabulary import SourceText

__all__ = ["Story", "StoryError", "parse_story", "read_sources", "read_story", "write_story"]

SIZE_LIMIT = 1_000_000  # bytes
_OTHER_KINDS = (".html", ".htm", ".pdf", ".docx", ".odt", ".rtf")
CHANGES = ("correction", "clarification", "update", "minor change", "retraction", "withdrawal")
_KEYS = [
    "title", "slug", "kicker", "standfirst", "section", "byline", "dateline", "published", "updated", "topics",
    "language", "sources", "images", "change", "correction",
]  # fmt: skip
_SOURCE_KEYS = ["id", "file", "url", "title", "speaker", "publisher", "date", "language", "sha256", "captured"]
_IMAGE_KEYS = ["file", "alt", "caption", "credit", "width", "height", "sha256"]
_BYLINE_KEYS = ["name", "role", "slug"]


@dataclass(frozen=True, slots=True)
class Story:
    """A story file as read. `file` of its sources and images is relative to the story; `locate` gives the place on
    disk.

    `change` is the class of change that a later version makes ('' for a first version), and `correction` what it says.
    """

    path: Path
    document: Document
    change: str = ""
    correction: str = ""

    def locate(self, file: str) -> Path:
        """Where a source's or image's file is; raises StoryError where that is outside the folder above the story's."""
        folder = self.path.resolve().parent
        place = (folder / file).resolve()
        if not place.is_relative_to(folder.parent):
            raise StoryError(f"the file {file} lies outside the newsroom's folder {folder.parent}.", path=self.path)
        return place


def read_story(path: Path) -> Story:
    """The story in a file. Raises StoryError, one sentence, for a file or a story that cannot be used.

    Sources and images must be there; what the sources say is read by `read_sources`.
    """
    if path.suffix.lower() in _OTHER_KINDS and path.is_file():
        raise StoryError("a story is Markdown or plain text; attach this file as a source instead.", path=path)
    story = parse_story(_file_text(path), path=path)
    for source in story.document.sources:
        if source.file and not story.locate(source.file).is_file():
            raise StoryError(f"the file {source.file} of the source “{source.id}” is not there.", path=path)
    for image in story.document.images:
        if not story.locate(image.file).is_file():
            raise StoryError(f"the image {image.file} is not there.", path=path)
    return story


def read_sources(story: Story) -> tuple[SourceText, ...]:
    """The texts of the story's sources, extracted from their files; a source that is only an address has no text to
    read.

    Raises StoryError where a file cannot be read.
    """
    return tuple(_source_text(story, source) for source in story.document.sources if source.file)


def parse_story(text: str, *, path: Path) -> Story:
    """The story that a text is; `path` tells its format ('.txt' never has front matter) and stands in the errors."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise StoryError("the story is empty; write a title and at least one paragraph.", path=path)
    if path.suffix.lower() == ".txt":
        return _plain_story(text, path)
    if text.split("\n", 1)[0].rstrip() == "---":
        return _full_story(text, path)
    return _bare_story(text, path)


def write_story(document: Document, *, change: str = "", correction: str = "") -> str:
    """The document as a Markdown story; parsing it gives the document again."""
    return story_text(document, change=change, correction=correction)


def _file_text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        raise StoryError("there is no such file.", path=path) from None
    except IsADirectoryError:
        raise StoryError("this is a folder, not a story; name a file.", path=path) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise StoryError(f"the file cannot be read ({reason}).", path=path) from None
    if len(content) > SIZE_LIMIT:
        raise StoryError(f"the story is bigger than {SIZE_LIMIT // 1_000_000} MB.", path=path)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise StoryError("the file is not UTF-8 text; save it as UTF-8.", path=path, line=line) from None


def _full_story(text: str, path: Path) -> Story:
    yaml_lines, body, body_line = _split(text, path)
    fields = read_front_matter(yaml_lines, _KEYS, path=path)
    sources = _sources(fields)
    parsed = parse_body(body, path=path, first_line=body_line, sources=[source.id for source in sources])
    if not parsed.blocks:
        raise StoryError("the story has no text under its front matter.", path=path, line=body_line)
    return Story(
        path=path,
        document=_document(fields, sources, parsed),
        change=_change(fields),
        correction=fields.text("correction"),
    )


def _split(text: str, path: Path) -> tuple[str, str, int]:
    """The front matter, the body, and the file's line on which the body starts."""
    lines = text.split("\n")
    end = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), None)
    if end is None:
        raise StoryError("the front matter is not closed; end it with a line of three hyphens.", path=path, line=1)
    return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 2


def _document(fields: Fields, sources: Sequence[CitedSource], body: Body) -> Document:
    title = _without_citations(fields, "title", sources)
    if not title:
        raise fields.error("the story has no title; add “title:” to the front matter", key="title")
    images, blocks = _images(fields, body)
    section = fields.text("section")
    return Document(
        title=title,
        slug=_slug(fields, title),
        language=fields.text("language") or "en",
        kicker=fields.text("kicker"),
        standfirst=_without_citations(fields, "standfirst", sources),
        dateline=fields.text("dateline"),
        section=Named(section, slug_of(section)) if section else None,
        bylines=_bylines(fields),
        topics=tuple(Named(topic, slug_of(topic)) for topic in dict.fromkeys(fields.texts("topics")) if topic),
        published=fields.moment("published"),
        updated=fields.moment("updated"),
        body=blocks,
        sources=tuple(sources),
        images=images,
    )


def _without_citations(fields: Fields, key: str, sources: Sequence[CitedSource]) -> str:
    """The text of a field that has no place for marks. What it cites must be there; every source is searched."""
    text = fields.text(key)
    for cited in CITATION.findall(text):
        if cited not in {source.id for source in sources}:
            raise fields.error(f"“[^{cited}]” in “{key}” cites a source that the story does not have", key=key)
    return " ".join(CITATION.sub("", text).split())


def _slug(fields: Fields, title: str) -> str:
    slug = fields.text("slug")
    if slug and not is_slug(slug):
        raise fields.error("“slug” should be small letters, digits and hyphens, like a-treaty-is-signed", key="slug")
    return slug or slug_of(title) or slug_of(fields.path.stem) or "story"


def _change(fields: Fields) -> str:
    change = fields.text("change")
    if change and change not in CHANGES:
        raise fields.error(f"“change” should be one of {', '.join(CHANGES)}", key="change")
    return change


def _bylines(fields: Fields) -> tuple[Byline, ...]:
    return tuple(_byline(entry) for entry in fields.entries("byline", _BYLINE_KEYS, shorthand="name"))


def _byline(entry: Fields | str) -> Byline:
    if isinstance(entry, str):
        return _named_byline(entry)
    if not (name := entry.text("name")):
        raise entry.error("an entry of “byline” has no name")
    slug = None if entry.is_null("slug") else entry.text("slug") or _named_byline(name).slug
    return Byline(name, entry.text("role"), slug)


def _named_byline(name: str) -> Byline:
    is_collective = name.casefold().split()[-1:] == ["staff"]
    return Byline(name, slug=None if is_collective else slug_of(name) or None)


def _sources(fields: Fields) -> tuple[CitedSource, ...]:
    sources: dict[str, CitedSource] = {}
    for entry in fields.entries("sources", _SOURCE_KEYS, shorthand=""):
        if isinstance(entry, str):
            continue
        source = _source(entry)
        if source.id in sources:
            raise entry.error(f"two sources have the id “{source.id}”; give each its own", key="id")
        sources[source.id] = source
    return tuple(sources.values())


def _source(entry: Fields) -> CitedSource:
    name, file, url = entry.text("id"), entry.text("file"), entry.text("url")
    if not name:
        raise entry.error("a source has no id; add “id:” so that the story can cite it")
    if len(name) > 100 or any(sign.isspace() or sign in "[]" for sign in name):
        raise entry.error("a source's id should be a short word without spaces or square brackets", key="id")
    if not (file or url):
        raise entry.error(f"the source “{name}” has neither a file nor a url; add one", key="id")
    if "\0" in file:
        raise entry.error(f"the file of the source “{name}” has a name that no file can have", key="file")
    return CitedSource(
        id=name,
        title=entry.text("title") or Path(file).name or url,
        speaker=entry.text("speaker") or None,
        publisher=entry.text("publisher"),
        published=entry.day("date"),
        language=entry.text("language") or "en",
        url=url,
        file=file,
        sha256=entry.text("sha256"),
        captured=entry.moment("captured"),
    )


def _images(fields: Fields, body: Body) -> tuple[tuple[Image, ...], tuple[Block, ...]]:
    """The images of the front matter and those that only the body names, and the blocks pointing at them."""
    images = [_image(entry) for entry in fields.entries("images", _IMAGE_KEYS, shorthand="file")]
    places = {image.file: index for index, image in enumerate(images)}
    for picture in body.pictures:
        if not picture.file:
            raise StoryError(
                "an image has no address; write ![what it shows](file).", path=fields.path, line=picture.line
            )
        if picture.file not in places:
            places[picture.file] = len(images)
            images.append(_pictured(picture))
    return tuple(images), tuple(_placed(block, body.pictures, places, images) for block in body.blocks)


def _image(entry: Fields | str) -> Image:
    if isinstance(entry, str):
        return Image(file=entry, sha256="", alt="", caption="", credit="", width=0, height=0)
    if not entry.text("file"):
        raise entry.error("an entry of “images” has no file")
    texts = {key: entry.text(key) for key in ("file", "sha256", "alt", "caption", "credit")}
    return Image(**texts, width=entry.whole_number("width"), height=entry.whole_number("height"))


def _pictured(picture: Picture) -> Image:
    return Image(picture.file, "", picture.alt, picture.caption, picture.credit, width=0, height=0)


def _placed(block: Block, pictures: Sequence[Picture], places: dict[str, int], images: Sequence[Image]) -> Block:
    if block.image is None:
        return block
    index = places[pictures[block.image].file]
    return Block(kind="image", text=block.text or images[index].caption, image=index)


def _bare_story(text: str, path: Path) -> Story:
    """Markdown without front matter: a first heading, or a first line that looks like one, is the title."""
    blocks = parse_body(text, path=path).blocks
    if not blocks:
        raise StoryError("the story is empty; write a title and at least one paragraph.", path=path)
    has_title = len(blocks) > 1 and (blocks[0].kind == "h" or (blocks[0].kind == "p" and is_title(blocks[0].text)))
    title = " ".join(blocks[0].text.split()) if has_title else ""
    return Story(path, _plain_document(path, title, "", blocks[1:] if has_title else blocks))


def _plain_story(text: str, path: Path) -> Story:
    plain = parse_plain_text(text)
    blocks = tuple(Block(kind="p", text=paragraph) for paragraph in plain.paragraphs)
    return Story(path, _plain_document(path, plain.title, plain.byline, blocks))


def _plain_document(path: Path, title: str, byline: str, blocks: tuple[Block, ...]) -> Document:
    slug = slug_of(title) or slug_of(path.stem) or "story"
    return Document(title=title, slug=slug, bylines=(_named_byline(byline),) if byline else (), body=blocks)


def _source_text(story: Story, source: CitedSource) -> SourceText:
    from cryptonewshub.sources.extraction import ExtractionError, extract_text

    try:
        text = extract_text(story.locate(source.file), source.file).text
    except ExtractionError as error:
        raise StoryError(f"the source “{source.id}” cannot be read: {error}", path=story.path) from None
    return SourceText(
        id=source.id,
        text=text,
        language=source.language,
        speaker=source.speaker,
        title=source.title,
        publisher=source.publisher,
        published=source.published,
    )

"""Stories as files: Markdown with YAML front matter, or plain text, in and out.

The format is in docs/reference/story-files.md. Reading never follows a path that leads out of the newsroom's folder
(the one above the story's), never builds a Python object from YAML, and leaves the words and their typography as they
were typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from cryptonewshub.articles.document import Block, CitedSource, Document
from cryptonewshub.articles.front_matter import read_front_matter
from cryptonewshub.articles.plain_text import is_title, parse_plain_text
from cryptonewshub.articles.prose import parse_body, refuse_control_characters
from cryptonewshub.articles.slugs import slug_of
from cryptonewshub.articles.story_error import StoryError
from cryptonewshub.articles.story_fields import (
    KEYS,
    NO_CHANGE,
    StoryChange,
    change_from,
    document_from,
    named_byline,
    sources_from,
)
from cryptonewshub.articles.story_writing import story_text
from cryptonewshub.quotations.vocabulary import SourceText

__all__ = ["Story", "StoryChange", "StoryError", "parse_story", "read_sources", "read_story", "write_story"]

SIZE_LIMIT = 1_000_000  # bytes
_OTHER_KINDS = (".html", ".htm", ".pdf", ".docx", ".odt", ".rtf")


@dataclass(frozen=True, slots=True)
class Story:
    """A story file as read. The `file` of its sources and images is relative to the story; `locate` says where it is.

    `change` is what a later version says of the change that it makes.
    """

    path: Path
    document: Document
    change: StoryChange = NO_CHANGE

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
    text = re.sub("\r\n|[\r\v\f]", "\n", text.removeprefix("\ufeff"))
    refuse_control_characters(text, path=path)
    if not text.strip():
        raise StoryError("the story is empty; write a title and at least one paragraph.", path=path)
    if path.suffix.lower() == ".txt":
        return _plain_story(text, path)
    if text.split("\n", 1)[0].rstrip() == "---":
        return _full_story(text, path)
    return _bare_story(text, path)


def write_story(document: Document, *, change: StoryChange = NO_CHANGE) -> str:
    """The document as a Markdown story; parsing it gives the document and the change again."""
    return story_text(document, change=change)


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
    fields = read_front_matter(yaml_lines, KEYS, path=path)
    sources = sources_from(fields)
    parsed = parse_body(body, path=path, first_line=body_line, sources=[source.id for source in sources])
    if not parsed.blocks:
        raise StoryError("the story has no text under its front matter.", path=path, line=body_line)
    return Story(
        path=path,
        document=document_from(fields, sources, parsed),
        change=change_from(fields),
    )


def _split(text: str, path: Path) -> tuple[str, str, int]:
    """The front matter, the body, and the file's line on which the body starts."""
    lines = text.split("\n")
    end = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), None)
    if end is None:
        raise StoryError("the front matter is not closed; end it with a line of three hyphens.", path=path, line=1)
    return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 2


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
    return Document(title=title, slug=slug, bylines=(named_byline(byline),) if byline else (), body=blocks)


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

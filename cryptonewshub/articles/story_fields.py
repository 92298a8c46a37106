"""What the front matter of a story says, as parts of the document: bylines, sources, images, times.

Every value is checked where it is read, and its error names the line. Nothing is looked up on disk.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from cryptonewshub.articles.document import Block, Byline, CitedSource, Document, Image, Label, Named, SeriesPart
from cryptonewshub.articles.front_matter import Fields
from cryptonewshub.articles.prose import CITATION, Body, Picture
from cryptonewshub.articles.slugs import is_slug, slug_of
from cryptonewshub.articles.story_error import StoryError
from cryptonewshub.verifier.sealed import is_link

LABELS: dict[str, Label] = {label: label for label in get_args(Label)}
CHANGES = {
    "minor change": "minor",
    "minor": "minor",
    "update": "update",
    "clarification": "clarification",
    "correction": "correction",
    "retraction": "retraction",
}
FOUND_BY = ("staff", "reader", "concerned")
SEVERITIES = ("grave", "slight")
KEYS = [
    "title", "slug", "kicker", "standfirst", "section", "byline", "dateline", "published", "updated", "topics",
    "language", "label", "series", "part", "related", "ended", "sources", "images",
    "change", "change_note", "was_wrong", "is_right", "found_by", "credit", "severity", "minor_all_the_same",
]  # fmt: skip
# Marks of writing direction and spaces without width; joiners stay, which some scripts need.
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SOURCE_KEYS = ["id", "file", "url", "title", "speaker", "publisher", "date", "language", "sha256", "captured"]
_IMAGE_KEYS = ["file", "alt", "caption", "credit", "licence", "focus", "width", "height", "sha256"]
_BYLINE_KEYS = ["name", "role", "slug"]


@dataclass(frozen=True, slots=True)
class StoryChange:
    """What a story file says of a change to a published story: `kind` is its class, '' for a first version.

    The texts are for readers: `note` of an update, `wrong` and `right` of a correction, clarification or retraction.
    """

    kind: str = ""
    note: str = ""
    wrong: str = ""
    right: str = ""
    found_by: str = ""
    credit: str = ""
    severity: str = ""
    is_minor_all_the_same: bool = False


NO_CHANGE = StoryChange()


def document_from(fields: Fields, sources: Sequence[CitedSource], body: Body) -> Document:
    """The whole document. Raises StoryError where a value has the wrong shape or the title is missing."""
    title = _without_citations(fields, "title", sources)
    if not title:
        raise fields.error("the story has no title; add “title:” to the front matter", key="title")
    if found := _INVISIBLE.search(title):
        raise fields.error(
            f"the title holds an invisible character (U+{ord(found.group()):04X}); take it out", key="title"
        )
    images, blocks = _images(fields, body)
    section = fields.text("section")
    return Document(
        title=title,
        slug=_slug(fields, title),
        language=fields.text("language") or "en",
        kicker=fields.text("kicker"),
        standfirst=_without_citations(fields, "standfirst", sources),
        dateline=fields.text("dateline"),
        section=_named(fields, "section", section) if section else None,
        bylines=_bylines(fields),
        topics=tuple(_named(fields, "topics", topic) for topic in dict.fromkeys(fields.texts("topics")) if topic),
        published=fields.moment("published"),
        updated=fields.moment("updated"),
        body=blocks,
        sources=tuple(sources),
        images=images,
        label=_label(fields),
        series=_series(fields),
        related=tuple(fields.texts("related")),
        ended=fields.moment("ended"),
    )


def _label(fields: Fields) -> Label:
    label = fields.text("label") or "news"
    if label not in LABELS:
        raise fields.error(f"“label” should be one of {', '.join(LABELS)}", key="label")
    return LABELS[label]


def _series(fields: Fields) -> SeriesPart | None:
    name = fields.text("series")
    if not name:
        return None
    named = _named(fields, "series", name)
    return SeriesPart(named.name, named.slug, fields.whole_number("part") or 1)


def _without_citations(fields: Fields, key: str, sources: Sequence[CitedSource]) -> str:
    """The text of a field that has no place for marks. What it cites must be there; every source is searched."""
    text = fields.text(key)
    for cited in CITATION.findall(text):
        if cited not in {source.id for source in sources}:
            raise fields.error(f"“[^{cited}]” in “{key}” cites a source that the story does not have", key=key)
    return " ".join(CITATION.sub("", text).split())


def _named(fields: Fields, key: str, name: str) -> Named:
    if not (slug := slug_of(name)):
        raise fields.error(f"“{name}” in “{key}” has no letter or digit to make an address of", key=key)
    return Named(name, slug)


def _slug(fields: Fields, title: str) -> str:
    slug = fields.text("slug")
    if slug and not is_slug(slug):
        raise fields.error("“slug” should be small letters, digits and hyphens, like a-treaty-is-signed", key="slug")
    return slug or slug_of(title) or slug_of(fields.path.stem) or "story"


def change_from(fields: Fields) -> StoryChange:
    """What a later version says of the change that it makes. Raises StoryError for a word that is not in the list."""
    return StoryChange(
        kind=CHANGES.get(_one_of(fields, "change", CHANGES), ""),
        note=fields.text("change_note"),
        wrong=fields.text("was_wrong"),
        right=fields.text("is_right"),
        found_by=_one_of(fields, "found_by", FOUND_BY),
        credit=fields.text("credit"),
        severity=_one_of(fields, "severity", SEVERITIES),
        is_minor_all_the_same=_one_of(fields, "minor_all_the_same", ("yes", "no")) == "yes",
    )


def _one_of(fields: Fields, key: str, words: Collection[str]) -> str:
    """The value, which is one of these words or absent ('')."""
    value = fields.text(key)
    if value and value not in words:
        raise fields.error(f"“{key}” should be one of {', '.join(words)}", key=key)
    return value


def _bylines(fields: Fields) -> tuple[Byline, ...]:
    return tuple(_byline(entry) for entry in fields.entries("byline", _BYLINE_KEYS, shorthand="name"))


def _byline(entry: Fields | str) -> Byline:
    if isinstance(entry, str):
        return named_byline(entry)
    if not (name := entry.text("name")):
        raise entry.error("an entry of “byline” has no name")
    slug = None if entry.is_null("slug") else entry.text("slug") or named_byline(name).slug
    return Byline(name, entry.text("role"), slug)


def named_byline(name: str) -> Byline:
    """A byline by its name alone; one that ends in 'Staff' is collective and leads to no author's page."""
    is_collective = name.casefold().split()[-1:] == ["staff"]
    return Byline(name, slug=None if is_collective else slug_of(name) or None)


def sources_from(fields: Fields) -> tuple[CitedSource, ...]:
    """The sources in their order. Raises StoryError for one that cannot be cited or found, and for an id used twice."""
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
    if url and not is_link(url):
        raise entry.error(
            f"the source “{name}” has a url that is no web address; write it as browsers show it", key="url"
        )
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
    texts = {key: entry.text(key) for key in ("file", "sha256", "alt", "caption", "credit", "licence")}
    width, height = entry.whole_number("width"), entry.whole_number("height")
    return Image(**texts, width=width, height=height, focus=_focus(entry))


def _focus(entry: Fields) -> tuple[int, int] | None:
    """The point that stays in view, written '30 60': per cent from the left and from the top."""
    text = entry.text("focus")
    if not text:
        return None
    found = re.fullmatch(r"(\d{1,2}|100) (\d{1,2}|100)", text)
    if not found:
        raise entry.error("“focus” should be two per cents from the top left, like 30 60", key="focus")
    return int(found[1]), int(found[2])


def _pictured(picture: Picture) -> Image:
    return Image(
        picture.file, "", picture.alt, picture.caption, picture.credit, width=0, height=0, licence=picture.licence
    )


def _placed(block: Block, pictures: Sequence[Picture], places: dict[str, int], images: Sequence[Image]) -> Block:
    if block.image is None:
        return block
    index = places[pictures[block.image].file]
    return Block(kind="image", text=block.text or images[index].caption, image=index)

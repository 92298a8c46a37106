"""The content document: everything that a reader may read of one published version, in canonical bytes.

`specs/edition.md` is the format. The bytes are RFC 8785 (JCS) JSON of strings, whole numbers, lists and objects only:
no float, no null, text in NFC. Plain data, no Django: a reader can run this module to verify us. It never opens a file.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import rfc8785

from cryptonewshub.articles.document import Block, Byline, CitedSource, Document, Image, Mark, Named, SeriesPart
from cryptonewshub.articles.printable import UNPRINTABLE
from cryptonewshub.quotations.vocabulary import Passage, Verdict
from cryptonewshub.tlog.manifests import Change as Change  # the log's words, which an edition repeats

FORMAT = 1
TOLD = frozenset({Change.CORRECTION, Change.CLARIFICATION, Change.RETRACTION})
"""The classes of change that are told to readers in words of their own."""

_TIME = "%Y-%m-%dT%H:%M:%SZ"
_TIME_SIGNS = len("0206-03-01T00:00:00Z")  # a year has four figures, whatever the C library thinks of it


@dataclass(frozen=True, slots=True)
class CheckedQuotation:
    """A quotation as the desk let it pass.

    `where` is title, standfirst, body or caption; `block` the index in the body for the last two; `start` and `end` are
    code points of that field or block. `note` is the sentence shown to readers ('Translated by our staff from
    Norwegian.'). `checked_by` is the role that answers for it: 'desk' for the machine's own comparison, else the role
    of the person who signed the clearance.
    """

    id: str
    where: str
    block: int | None
    start: int
    end: int
    text: str
    verdict: Verdict
    speaker: str = ""
    source: str = ""
    passage: Passage | None = None
    note: str = ""
    checked_by: str = "desk"


@dataclass(frozen=True, slots=True)
class PolicyStamp:
    """The house policy that a version met: its name, its version and the SHA-256 of its file, hex."""

    name: str
    version: str
    sha256: str


class FoundBy(StrEnum):
    """Who found what was wrong."""

    STAFF = "staff"
    READER = "reader"
    CONCERNED = "concerned"


class Severity(StrEnum):
    """How much what was wrong matters: a grave correction stands above the story, a slight one below it."""

    GRAVE = "grave"
    SLIGHT = "slight"


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a version's text: `where` is title, standfirst or body, `block` the index in the body.

    `start` and `end` are code points of that field or block.
    """

    where: str
    block: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Correction:
    """What the newsroom says of a change after publication. `made` is aware; `version` is the version that it made.

    An update says in `note` what is new; a correction, clarification or retraction says what was `wrong` and what is
    `right`. `corrects` is the oldest version that had what was wrong, in an unbroken run up to the last one; `since` is
    when that version was published. `passage` is the corrected place in the version that this change made.
    """

    change: Change
    note: str
    made: datetime
    version: int
    wrong: str = ""
    right: str = ""
    found_by: FoundBy | None = None
    credit: str = ""
    severity: Severity | None = None
    corrects: int | None = None
    since: datetime | None = None
    passage: Place | None = None

    @property
    def text(self) -> str:
        """All that it tells readers, as one paragraph."""
        return " ".join(part for part in (self.wrong, self.right, self.note) if part)

    @property
    def is_grave(self) -> bool:
        """Whether it stands above the story: as the newsroom said, and a retraction always."""
        if self.change is Change.RETRACTION or self.severity is Severity.GRAVE:
            return True
        return self.change is Change.CORRECTION and self.severity is None


@dataclass(frozen=True, slots=True)
class Content:
    """One published version of an article, whole. `salt` is 32 random bytes in base64, new for every version."""

    article: UUID
    version: int
    path: str
    salt: str
    change: Change
    document: Document
    quotations: tuple[CheckedQuotation, ...] = ()
    policy: PolicyStamp | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def speakers(self) -> tuple[str, ...]:
        """Everybody whose words the version quotes, each once, in the order of the text."""
        return tuple(dict.fromkeys(quotation.speaker for quotation in self.quotations if quotation.speaker))

    @property
    def told(self) -> Correction | None:
        """The correction, clarification or retraction that this very version brought, if it brought one."""
        last = self.corrections[-1] if self.corrections else None
        return last if last and last.version == self.version and last.change in TOLD else None

    @property
    def is_retracted(self) -> bool:
        """Whether the newsroom has said that it no longer stands by the story."""
        return any(correction.change is Change.RETRACTION for correction in self.corrections)

    def to_bytes(self) -> bytes:
        """The canonical bytes: what is hashed, stored and served. Raises ValueError on text that cannot be sealed."""
        return rfc8785.dumps(_sealable(_as_json(self)))

    @classmethod
    def from_bytes(cls, data: bytes) -> Content:
        """Reads canonical bytes back. Raises ValueError when they are not the canonical form of a content document."""
        content = cls.of_sealed_bytes(data)
        if content.to_bytes() != data:
            raise ValueError("These bytes are not the canonical form of a content document.")
        return content

    @classmethod
    def of_sealed_bytes(cls, data: bytes) -> Content:
        """Reads bytes that are known to be what was sealed, because their hash is: no second look at their form."""
        import json

        return _from_json(json.loads(data))


def digest(data: bytes) -> str:
    """The SHA-256 of canonical bytes, in hex: the name of the content document."""
    return hashlib.sha256(data).hexdigest()


def _as_json(content: Content) -> dict[str, Any]:
    document = content.document
    return _without_empty(
        {
            "v": FORMAT,
            "salt": content.salt,
            "article": str(content.article),
            "version": content.version,
            "change": content.change.value,
            "lang": document.language,
            "path": content.path,
            "slug": document.slug,
            "section": _named(document.section),
            "label": document.label if document.label != "news" else "",
            "series": _series(document.series),
            "kicker": document.kicker,
            "headline": document.title,
            "standfirst": document.standfirst,
            "dateline": document.dateline,
            "bylines": [_without_empty({"name": b.name, "role": b.role, "slug": b.slug}) for b in document.bylines],
            "topics": [_named(topic) for topic in document.topics],
            "published": _time(document.published),
            "updated": _time(document.updated),
            "ended": _time(document.ended),
            "body": [_block(block) for block in document.body],
            "quotes": [_quotation(quotation) for quotation in content.quotations],
            "sources": [_source(source) for source in document.sources],
            "images": [_image(image) for image in document.images],
            "related": list(document.related),
            "policy": _policy(content.policy),
            "corrections": [_correction(correction) for correction in content.corrections],
        }
    )


def _from_json(value: dict[str, Any]) -> Content:
    if value.get("v") != FORMAT:
        raise ValueError(f"This content document has format {value.get('v')!r}; this version reads format {FORMAT}.")
    document = Document(
        title=value["headline"],
        slug=value["slug"],
        language=value["lang"],
        kicker=value.get("kicker", ""),
        standfirst=value.get("standfirst", ""),
        dateline=value.get("dateline", ""),
        section=_read_named(value.get("section")),
        bylines=tuple(Byline(b["name"], b.get("role", ""), b.get("slug")) for b in value.get("bylines", ())),
        topics=tuple(Named(t["name"], t["slug"]) for t in value.get("topics", ())),
        published=_read_time(value.get("published")),
        updated=_read_time(value.get("updated")),
        body=tuple(_read_block(block) for block in value.get("body", ())),
        sources=tuple(_read_source(source) for source in value.get("sources", ())),
        images=tuple(_read_image(image) for image in value.get("images", ())),
        label=value.get("label", "news"),
        series=SeriesPart(**value["series"]) if "series" in value else None,
        related=tuple(value.get("related", ())),
        ended=_read_time(value.get("ended")),
    )
    return Content(
        article=UUID(value["article"]),
        version=value["version"],
        path=value["path"],
        salt=value["salt"],
        change=Change(value["change"]),
        document=document,
        quotations=tuple(_read_quotation(quotation) for quotation in value.get("quotes", ())),
        policy=PolicyStamp(**value["policy"]) if "policy" in value else None,
        corrections=tuple(_read_correction(correction) for correction in value.get("corrections", ())),
    )


def _block(block: Block) -> dict[str, Any]:
    marks = [[m.start, m.end, m.kind, m.value] if m.value else [m.start, m.end, m.kind] for m in block.marks]
    return _without_empty(
        {
            "t": block.kind,
            "s": block.text,
            "m": marks,
            "speaker": block.speaker,
            "source": block.source,
            "image": block.image,
            "at": _time(block.at),
        }
    )


def _read_block(value: dict[str, Any]) -> Block:
    return Block(
        kind=value["t"],
        text=value.get("s", ""),
        marks=tuple(Mark(*mark) for mark in value.get("m", ())),
        speaker=value.get("speaker"),
        source=value.get("source"),
        image=value.get("image"),
        at=_read_time(value.get("at")),
    )


def _quotation(quotation: CheckedQuotation) -> dict[str, Any]:
    passage = quotation.passage
    return _without_empty(
        {
            "id": quotation.id,
            "where": quotation.where,
            "block": quotation.block,
            "start": quotation.start,
            "end": quotation.end,
            "text": quotation.text,
            "speaker": quotation.speaker,
            "source": quotation.source,
            "match": quotation.verdict.value,
            "passage": passage
            and {
                "start": passage.start,
                "end": passage.end,
                "exact": passage.exact,
                "prefix": passage.prefix,
                "suffix": passage.suffix,
            },
            "note": quotation.note,
            "checked_by_role": quotation.checked_by,
        }
    )


def _read_quotation(value: dict[str, Any]) -> CheckedQuotation:
    return CheckedQuotation(
        id=value["id"],
        where=value["where"],
        block=value.get("block"),
        start=value["start"],
        end=value["end"],
        text=value.get("text", ""),
        verdict=Verdict(value["match"]),
        speaker=value.get("speaker", ""),
        source=value.get("source", ""),
        passage=Passage(**value["passage"]) if "passage" in value else None,
        note=value.get("note", ""),
        checked_by=value["checked_by_role"],
    )


def _source(source: CitedSource) -> dict[str, Any]:
    if source.commit:
        return {"id": source.id, "commit": source.commit}
    return _without_empty(
        {
            "id": source.id,
            "title": source.title,
            "speaker": source.speaker,
            "publisher": source.publisher,
            "published": source.published and source.published.isoformat(),
            "lang": source.language,
            "url": source.url,
            "sha256": source.sha256,
            "captured": _time(source.captured),
        }
    )


def _read_source(value: dict[str, Any]) -> CitedSource:
    if "commit" in value:
        return CitedSource(id=value["id"], title="", commit=value["commit"])
    return CitedSource(
        id=value["id"],
        title=value["title"],
        speaker=value.get("speaker"),
        publisher=value.get("publisher", ""),
        published=date.fromisoformat(value["published"]) if "published" in value else None,
        language=value["lang"],
        url=value.get("url", ""),
        sha256=value.get("sha256", ""),
        captured=_read_time(value.get("captured")),
    )


def _image(image: Image) -> dict[str, Any]:
    return _without_empty(
        {
            "file": image.file,
            "sha256": image.sha256,
            "alt": image.alt,
            "caption": image.caption,
            "credit": image.credit,
            "licence": image.licence,
            "width": image.width,
            "height": image.height,
            "focus": list(image.focus) if image.focus else None,
        }
    )


def _read_image(value: dict[str, Any]) -> Image:
    return Image(
        file=value["file"],
        sha256=value["sha256"],
        alt=value.get("alt", ""),
        caption=value.get("caption", ""),
        credit=value.get("credit", ""),
        width=value["width"],
        height=value["height"],
        licence=value.get("licence", ""),
        focus=(value["focus"][0], value["focus"][1]) if "focus" in value else None,
    )


def _correction(correction: Correction) -> dict[str, Any]:
    return _without_empty(
        {
            "change": correction.change.value,
            "note": correction.note,
            "wrong": correction.wrong,
            "right": correction.right,
            "found_by": correction.found_by and correction.found_by.value,
            "credit": correction.credit,
            "severity": correction.severity and correction.severity.value,
            "made": _time(correction.made),
            "version": correction.version,
            "corrects": correction.corrects,
            "since": _time(correction.since),
            "passage": _place(correction.passage),
        }
    )


def _read_correction(value: dict[str, Any]) -> Correction:
    made = _read_time(value["made"])
    assert made is not None
    return Correction(
        change=Change(value["change"]),
        note=value.get("note", ""),
        made=made,
        version=value["version"],
        wrong=value.get("wrong", ""),
        right=value.get("right", ""),
        found_by=FoundBy(value["found_by"]) if "found_by" in value else None,
        credit=value.get("credit", ""),
        severity=Severity(value["severity"]) if "severity" in value else None,
        corrects=value.get("corrects"),
        since=_read_time(value.get("since")),
        passage=_read_place(value.get("passage")),
    )


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return _without_empty({"where": place.where, "block": place.block, "start": place.start, "end": place.end})


def _read_place(value: dict[str, Any] | None) -> Place | None:
    return Place(value["where"], value.get("block"), value["start"], value["end"]) if value else None


def _policy(policy: PolicyStamp | None) -> dict[str, str] | None:
    return {"name": policy.name, "version": policy.version, "sha256": policy.sha256} if policy else None


def _named(named: Named | None) -> dict[str, str] | None:
    return {"name": named.name, "slug": named.slug} if named else None


def _series(series: SeriesPart | None) -> dict[str, Any] | None:
    return {"name": series.name, "slug": series.slug, "part": series.part} if series else None


def _read_named(value: dict[str, str] | None) -> Named | None:
    return Named(**value) if value else None


def _time(moment: datetime | None) -> str | None:
    return f"{moment.astimezone(UTC):{_TIME}}".zfill(_TIME_SIGNS) if moment else None


def _read_time(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _without_empty(value: dict[str, Any]) -> dict[str, Any]:
    """An absent key is the one way to say 'none': so equal versions have equal bytes."""
    return {key: item for key, item in value.items() if item is not None and item not in ("", [], ())}


def _sealable(value: Any) -> Any:
    """The value with its text in NFC. Raises ValueError for what must never be sealed: floats, control characters."""
    match value:
        case dict():
            return {key: _sealable(item) for key, item in value.items()}
        case list():
            return [_sealable(item) for item in value]
        case bool() | float() | None:
            raise ValueError(f"A content document holds text and whole numbers only, not {value!r}.")
        case str():
            return _sealable_text(value)
    return value


def _sealable_text(text: str) -> str:
    if refused := UNPRINTABLE.search(text):
        raise ValueError(f"The character U+{ord(refused[0]):04X} cannot be published. Remove it from “{text[:40]}”.")
    return unicodedata.normalize("NFC", text)

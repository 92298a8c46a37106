"""A story as its pages show it: the whole article page, and the few lines that stand for it in a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cryptonewshub.articles.document import Byline, Document, Named
from cryptonewshub.editions.content import Change, Content, Correction
from cryptonewshub.quotations.vocabulary import Verdict
from cryptonewshub.reader.addresses import author_path, edition_path, section_path, topic_path
from cryptonewshub.reader.bodies import Group, ImageView, groups, image_view
from cryptonewshub.reader.languages import direction
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.sourcing import Note, SourceView, notes, source_views
from cryptonewshub.reader.times import Moment, moment, moment_after, year_of
from cryptonewshub.reader.verdicts import TRACED, Sign, is_counted

_CHANGES = {
    Change.FIRST: "First published",
    Change.UPDATE: "Updated",
    Change.MINOR: "Small change",
    Change.CLARIFICATION: "Clarified",
    Change.CORRECTION: "Corrected",
    Change.RETRACTION: "Retracted",
    Change.IMPORT: "Taken over from our earlier site",
}
_HEADINGS = {
    Change.CORRECTION: "Correction",
    Change.RETRACTION: "Retraction",
    Change.CLARIFICATION: "Clarification",
    Change.UPDATE: "Update",
}
_GRAVE = (Change.CORRECTION, Change.RETRACTION)
_SIGN_ORDER = (Sign.FULL, Sign.HALF, Sign.LETTER, Sign.DOT, Sign.OPEN)


@dataclass(frozen=True, slots=True)
class BylineView:
    """A name above the story; `sealed` is the byline as sealed, which differs where a collective stands for 'Staff'."""

    key: str
    name: str
    sealed: str
    role: str
    path: str | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many quotations stand in one way, with its sign: '7 word for word'."""

    sign: Sign
    count: int
    label: str


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """What the newsroom says of one change after publication."""

    key: str
    heading: str
    note: str
    made: Moment
    is_grave: bool


@dataclass(frozen=True, slots=True)
class VersionView:
    """One edition in the list of versions. `path` is its permanent address, None for the one being read."""

    number: int
    made: Moment | None
    change: str
    note: str
    path: str | None


@dataclass(frozen=True, slots=True)
class StoryView:
    """Everything that the article template shows; see the templates for how."""

    id: str
    version: int
    path: str
    language: str
    direction: str
    section: Named | None
    section_path: str
    kicker: str
    headline: str
    standfirst: str
    bylines: tuple[BylineView, ...]
    dateline: str
    published: Moment | None
    updated: Moment | None
    read_minutes: int
    is_retracted: bool
    grave: tuple[CorrectionView, ...]
    calm: tuple[CorrectionView, ...]
    groups: tuple[Group, ...]
    notes: tuple[Note, ...]
    above: tuple[Note, ...]
    tallies: tuple[Tally, ...]
    traced: int
    signed_off: tuple[str, ...]
    sources: tuple[SourceView, ...]
    policy: str
    policy_sha256: str
    versions: tuple[VersionView, ...]
    newest: VersionView | None
    topics: tuple[tuple[Named, str], ...]


@dataclass(frozen=True, slots=True)
class Teaser:
    """A story in a list: where it leads, what it says, and whether it was corrected."""

    id: str
    version: int
    path: str
    language: str
    direction: str
    kicker: str
    headline: str
    standfirst: str
    bylines: tuple[BylineView, ...]
    published: Moment | None
    updated: Moment | None
    standing: str
    image: ImageView | None


def story_view(site: Site, content: Content, editions: Sequence[Content], *, newest: bool) -> StoryView:
    """The article page's values. `editions` are all published versions, oldest first; `newest` says whether this is the last."""
    document = content.document
    found, sources = notes(content, site), source_views(content, site)
    corrections = [_correction(n, c, site) for n, c in enumerate(content.corrections)]
    versions = _versions(site, content, editions)
    return StoryView(
        id=str(content.article),
        version=content.version,
        path=content.path,
        language=document.language,
        direction=direction(document.language),
        section=document.section,
        section_path=section_path(document.section.slug) if document.section else "",
        kicker=document.kicker,
        headline=document.title,
        standfirst=document.standfirst,
        bylines=_bylines(document.bylines, site),
        dateline=document.dateline,
        published=_published(document, site),
        updated=_updated(document, site),
        read_minutes=document.read_minutes,
        is_retracted=_is_retracted(content),
        grave=tuple(c for c in corrections if c.is_grave),
        calm=tuple(c for c in corrections if not c.is_grave),
        groups=groups(content, found, sources),
        notes=tuple(found),
        above=tuple(note for note in found if note.where in ("title", "standfirst")),
        tallies=_tallies(found),
        traced=sum(1 for q in content.quotations if is_counted(q) and q.verdict in TRACED),
        signed_off=_signed_off(content),
        sources=tuple(sources.values()),
        policy=f"{content.policy.name}, version {content.policy.version}" if content.policy else "",
        policy_sha256=content.policy.sha256 if content.policy else "",
        versions=versions,
        newest=None if newest else next((v for v in reversed(versions)), None),
        topics=tuple((topic, topic_path(topic.slug)) for topic in document.topics),
    )


def teaser(site: Site, content: Content, *, with_image: bool = False) -> Teaser:
    """The lines that stand for a story in a list; a picture only where the list has room for one."""
    document = content.document
    return Teaser(
        id=str(content.article),
        version=content.version,
        path=content.path,
        language=document.language,
        direction=direction(document.language),
        kicker=document.kicker,
        headline=document.title,
        standfirst=document.standfirst,
        bylines=_bylines(document.bylines, site),
        published=_published(document, site),
        updated=_updated(document, site),
        standing=_standing(content),
        image=image_view(document.images[0], 0, is_first=True) if with_image and document.images else None,
    )


def publication_year(site: Site, contents: Sequence[Content]) -> int | None:
    """The year for the rights line: that of the newest publication among these, None where nothing is published."""
    published = [content.document.published for content in contents if content.document.published]
    return year_of(max(published), site.zone) if published else None


def _bylines(bylines: Sequence[Byline], site: Site) -> tuple[BylineView, ...]:
    return tuple(
        BylineView(
            key=f"byline.{index}",
            name=(site.staff_byline or f"{site.name} Staff") if _is_staff(byline) else byline.name,
            sealed=byline.name,
            role=byline.role,
            path=author_path(byline.slug) if byline.slug else None,
        )
        for index, byline in enumerate(bylines)
    )


def _is_staff(byline: Byline) -> bool:
    return byline.slug is None and byline.name.casefold() == "staff"


def _published(document: Document, site: Site) -> Moment | None:
    return document.published and moment(document.published, site.zone, site.language)


def _updated(document: Document, site: Site) -> Moment | None:
    if document.updated is None:
        return None
    if document.published is None:
        return moment(document.updated, site.zone, site.language)
    return moment_after(document.updated, document.published, site.zone, site.language)


def _correction(index: int, correction: Correction, site: Site) -> CorrectionView:
    return CorrectionView(
        key=f"correction.{index}",
        heading=_HEADINGS.get(correction.change, _CHANGES[correction.change]),
        note=correction.note,
        made=moment(correction.made, site.zone, site.language),
        is_grave=correction.change in _GRAVE,
    )


def _is_retracted(content: Content) -> bool:
    return content.change is Change.RETRACTION or any(c.change is Change.RETRACTION for c in content.corrections)


def _standing(content: Content) -> str:
    if _is_retracted(content):
        return "Retracted"
    return "Corrected" if any(c.change is Change.CORRECTION for c in content.corrections) else ""


def _tallies(found: Sequence[Note]) -> tuple[Tally, ...]:
    counts = Counter((note.sign, note.label) for note in found)
    ordered = sorted(counts.items(), key=lambda item: (_SIGN_ORDER.index(item[0][0]), -item[1], item[0][1]))
    return tuple(Tally(sign, count, label) for (sign, label), count in ordered)


def _signed_off(content: Content) -> tuple[str, ...]:
    """The roles of the people who answer for a quotation that the machine's comparison alone did not clear."""
    roles = (q.checked_by for q in content.quotations if q.verdict is not Verdict.NOT_SPEECH and q.checked_by != "desk")
    return tuple(dict.fromkeys(roles))


def _versions(site: Site, content: Content, editions: Sequence[Content]) -> tuple[VersionView, ...]:
    """Every edition, oldest first. The one being read has no link; the newest of all lives at the article's own address."""
    known = editions or (content,)
    told = {c.version: c for edition in known for c in edition.corrections}
    return tuple(
        VersionView(
            number=edition.version,
            made=_made(edition, told.get(edition.version), site),
            change=_CHANGES[edition.change],
            note=told[edition.version].note if edition.version in told else "",
            path=_version_path(edition, content, known[-1]),
        )
        for edition in known
    )


def _made(edition: Content, correction: Correction | None, site: Site) -> Moment | None:
    document = edition.document
    when = correction.made if correction else document.updated or document.published
    return when and moment(when, site.zone, site.language)


def _version_path(edition: Content, shown: Content, last: Content) -> str | None:
    if edition.version == shown.version:
        return None
    return edition.path if edition.version == last.version else edition_path(edition.path, edition.version)

"""A story as its pages show it: the whole article page, and the few lines that stand for it in a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cryptonewshub.articles.document import Byline, Document, Named
from cryptonewshub.editions.content import Change, Content, Correction
from cryptonewshub.quotations.vocabulary import Verdict
from cryptonewshub.reader.affected import author_address, edition_address, section_address, topic_address
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
    """One edition in the list of versions, with its permanent address."""

    number: int
    made: Moment | None
    change: str
    note: str
    path: str
    is_here: bool


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
    last: int
    since: str
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


def story_view(site: Site, content: Content, editions: Sequence[Content], *, newest: bool = True) -> StoryView:
    """The article page's values. `editions` are all published versions, oldest first; `newest=False` an earlier one."""
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
        section_path=section_address(document.section.slug) if document.section else "",
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
        last=versions[-1].number,
        since="" if newest else _since(content, editions),
        topics=tuple((topic, topic_address(topic.slug)) for topic in document.topics),
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
            path=author_address(byline.slug) if byline.slug else None,
        )
        for index, byline in enumerate(bylines)
    )


def _is_staff(byline: Byline) -> bool:
    return byline.slug is None and byline.name.casefold() == "staff"


def _published(document: Document, site: Site) -> Moment | None:
    return moment(document.published, site.zone, site.language) if document.published else None


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
    """Every edition, oldest first, with what the newsroom said of the change that made it."""
    known = editions or (content,)
    told = {c.version: c for edition in known for c in edition.corrections}
    return tuple(
        VersionView(
            number=edition.version,
            made=_made(edition, told.get(edition.version), site),
            change=_CHANGES[edition.change],
            note=told[edition.version].note if edition.version in told else "",
            path=edition_address(edition.path, edition.version),
            is_here=edition.version == content.version,
        )
        for edition in known
    )


def _made(edition: Content, correction: Correction | None, site: Site) -> Moment | None:
    document = edition.document
    when = correction.made if correction else document.updated or document.published
    return moment(when, site.zone, site.language) if when else None


def _since(content: Content, editions: Sequence[Content]) -> str:
    """What became of a story after an earlier edition, where a reader of that edition must know: '' or one word."""
    later = {edition.change for edition in editions if edition.version > content.version}
    if Change.RETRACTION in later:
        return "retracted"
    return "corrected" if Change.CORRECTION in later else ""

"""A story as its own page shows it: one frozen value, finished for the template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from cryptonewshub.articles.document import Named
from cryptonewshub.editions.content import Content, PolicyStamp
from cryptonewshub.reader.accuracy_policy import ADDRESS as ACCURACY_POLICY
from cryptonewshub.reader.affected import edition_address, history_address, section_address, topic_address
from cryptonewshub.reader.beside import NOTHING_BESIDE, Beside, SeriesView, quoted_persons, related_teasers, series_view
from cryptonewshub.reader.bodies import Group, groups
from cryptonewshub.reader.bylines import BylineView, byline_views, published, updated
from cryptonewshub.reader.changes import CorrectionView, correction_views, since, state_word
from cryptonewshub.reader.labels import is_live, label_word
from cryptonewshub.reader.languages import direction
from cryptonewshub.reader.live import UpdateView, above_updates, update_views
from cryptonewshub.reader.logged import Logged, logged
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.sourcing import Note, SourceView, notes, source_views
from cryptonewshub.reader.teasers import Teaser
from cryptonewshub.reader.times import Moment, moment
from cryptonewshub.reader.verdicts import TRACED, Sign, is_counted
from cryptonewshub.reader.versions import EditionView, edition_views

_SIGN_ORDER = (Sign.FULL, Sign.HALF, Sign.LETTER, Sign.DOT, Sign.OPEN)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many quotations stand in one way, with its sign: '7 word for word'."""

    sign: Sign
    word: str
    count: int
    label: str


@dataclass(frozen=True, slots=True)
class StoryView:
    """Everything that the article template shows; see the templates for how.

    `own` are the lang and dir attributes of the site's own words, '' where the story is in the site's language.
    """

    id: str
    version: int
    path: str
    language: str
    direction: str
    own: Markup
    section: Named | None
    section_path: str
    kicker: str
    headline: str
    standfirst: str
    bylines: tuple[BylineView, ...]
    dateline: str
    published: Moment | None
    updated: Moment | None
    state: str
    standing: str
    read_minutes: int
    grave: tuple[CorrectionView, ...]
    calm: tuple[CorrectionView, ...]
    groups: tuple[Group, ...]
    updates: tuple[UpdateView, ...]
    label: str
    is_live: bool
    sealed_label: str
    ended: Moment | None
    series: SeriesView | None
    related: tuple[Teaser, ...]
    persons: tuple[tuple[str, str, str], ...]
    notes: tuple[Note, ...]
    above: tuple[Note, ...]
    tallies: tuple[Tally, ...]
    traced: int
    signed_off: tuple[tuple[str, str], ...]
    sources: tuple[SourceView, ...]
    policy: PolicyStamp | None
    policy_address: str
    versions: tuple[EditionView, ...]
    last: EditionView
    since: str
    topics: tuple[tuple[Named, str], ...]
    logged: Logged
    address: str
    history: str


def story_view(
    site: Site,
    content: Content,
    editions: Sequence[Content],
    *,
    newest: bool = True,
    beside: Beside = NOTHING_BESIDE,
) -> StoryView:
    """The article page's values. `editions` are all published versions, oldest first; `newest=False` an earlier one."""
    document = content.document
    found, sources = notes(content, site, beside.copies), source_views(content, site, beside.copies)
    body = groups(content, found, sources, site.language)
    corrections = correction_views(content, site)
    versions = edition_views(site, content, editions)
    stands = "retracted" if content.is_retracted else ""
    return StoryView(
        id=str(content.article),
        version=content.version,
        path=content.path,
        language=document.language,
        direction=direction(document.language),
        own=_own_words(site, document.language),
        section=document.section,
        section_path=section_address(document.section.slug) if document.section else "",
        kicker=document.kicker,
        headline=document.title,
        standfirst=document.standfirst,
        bylines=byline_views(document.bylines, site),
        dateline=document.dateline,
        published=published(document, site),
        updated=updated(document, site),
        state=stands,
        standing=state_word(stands, site.words),
        read_minutes=document.read_minutes,
        grave=tuple(c for c in corrections if c.is_grave),
        calm=tuple(c for c in corrections if not c.is_grave and c.parts),
        groups=above_updates(body),
        updates=update_views(body, document, site),
        label=label_word(document, site.words),
        is_live=is_live(document),
        sealed_label=document.label,
        ended=moment(document.ended, site.zone, site.language) if document.ended else None,
        series=series_view(content, beside, site),
        related=related_teasers(beside, site),
        persons=quoted_persons(content, beside),
        notes=tuple(found),
        above=tuple(note for note in found if note.where in ("title", "standfirst")),
        tallies=_tallies(found),
        traced=sum(1 for q in content.quotations if is_counted(q) and q.verdict in TRACED),
        signed_off=_signed_off(found),
        sources=tuple(sources.values()),
        policy=content.policy,
        policy_address=f"{ACCURACY_POLICY}{content.policy.version}/" if content.policy else "",
        versions=versions,
        last=versions[-1],
        since="" if newest else since(content, editions),
        topics=tuple((topic, topic_address(topic.slug)) for topic in document.topics),
        logged=logged(content, site.entries),
        address=content.path if newest else edition_address(content.path, content.version),
        history=history_address(content.path),
    )


def _own_words(site: Site, language: str) -> Markup:
    if language == site.language:
        return Markup("")
    return Markup(' lang="{}" dir="{}"').format(site.language, direction(site.language))


def _tallies(found: Sequence[Note]) -> tuple[Tally, ...]:
    counts = Counter((note.sign, note.standing, note.label) for note in found)
    ordered = sorted(counts.items(), key=lambda item: (_SIGN_ORDER.index(item[0][0]), -item[1], item[0][2]))
    return tuple(Tally(sign, word, count, label) for (sign, word, label), count in ordered)


def _signed_off(found: Sequence[Note]) -> tuple[tuple[str, str], ...]:
    """Who answers for the quotations that the comparison alone did not clear: the sealed key, and the role."""
    roles = {note.checked_by: note.key for note in reversed(found) if note.checked_by != "desk"}
    return tuple((key, role) for role, key in reversed(roles.items()))

"""Sealing: what a live article says becomes its next edition, whole, in the transaction that made it live.

Nothing is sealed that the desk has not cleared, and nothing is sealed twice: words that did not change make no edition.
"""

from __future__ import annotations

import base64
import secrets
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.dispatch import Signal

from cryptonewshub.accuracy import gate, report
from cryptonewshub.accuracy.report import Clearance, Report
from cryptonewshub.articles.document import Document
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.articles.reading import document_of, path_of, picture_files
from cryptonewshub.editions.content import Change, CheckedQuotation, Content, Correction, PolicyStamp, digest
from cryptonewshub.editions.entering import enter_move, enter_version
from cryptonewshub.editions.models import Edition, EditionAuthor, EditionTopic
from cryptonewshub.quotations.vocabulary import Verdict
from cryptonewshub.sources.archive import write_durably

sealed = Signal()
"""Sent with `edition`, inside the transaction. Slow or outward work waits for the commit."""

_TOLD_TO_READERS = {Change.CORRECTION, Change.CLARIFICATION, Change.RETRACTION}


@transaction.atomic
def seal(page: ArticlePage, *, now: datetime) -> Edition:
    """The edition that says what the page says: a new one, or the last one when nothing changed.

    Raises PublishBlocked when the desk has not cleared the page.
    """
    # Two publications of one article wait for each other here, so versions are contiguous.
    ArticlePage.objects.select_for_update().only("pk").get(pk=page.pk)
    gate.guard(page)
    last = Edition.objects.of(page).last()
    previous = last.read() if last else None
    content = _content_of(page, gate.examine(page), previous, now.replace(microsecond=0))
    if last and previous and _says_the_same(previous, content):
        return last
    _keep_pictures(page)
    edition = _keep(page, content)
    if previous and previous.path != content.path:
        enter_move(page)
    enter_version(edition)
    sealed.send(sender=Edition, edition=edition)
    return edition


def preview_of(page: ArticlePage, *, now: datetime) -> Content:
    """What would be sealed if the page were published now, the desk's doubts notwithstanding. Nothing is stored."""
    last = Edition.objects.of(page).last() if page.pk else None
    return _content_of(page, gate.examine(page), last.read() if last else None, now.replace(microsecond=0))


def _content_of(page: ArticlePage, desk: Report, previous: Content | None, now: datetime) -> Content:
    change = _class_of(page, previous)
    document = _timed(document_of(page), previous, now)
    return Content(
        article=page.article_id,
        version=previous.version + 1 if previous else 1,
        path=path_of(page),
        salt=base64.b64encode(secrets.token_bytes(32)).decode(),
        change=change,
        document=document,
        quotations=_quotations(desk),
        policy=PolicyStamp(desk.policy.name, str(desk.policy.version), desk.policy.digest),
        corrections=_corrections(page, change, document, previous),
    )


def _class_of(page: ArticlePage, previous: Content | None) -> Change:
    """The editor's class for this change. A note that readers have had already belongs to an earlier change."""
    if previous is None:
        return Change.FIRST
    change, note = Change(page.change), page.change_note.strip()
    if note and any(correction.change is change and correction.note == note for correction in previous.corrections):
        return Change.UPDATE
    return change


def _timed(document: Document, previous: Content | None, now: datetime) -> Document:
    """A story keeps its first publication time; every later edition has the time of its update."""
    if previous is None:
        return replace(document, published=document.published or now, updated=None)
    before = previous.document
    said = document.updated
    is_new = said and said > (before.updated or before.published or said)
    return replace(document, published=document.published or before.published, updated=said if is_new else now)


def _corrections(
    page: ArticlePage, change: Change, document: Document, previous: Content | None
) -> tuple[Correction, ...]:
    """What was said of earlier changes stays; what is said of this one is added."""
    if previous is None:
        return ()
    note = page.change_note.strip() if change.value == page.change else ""
    if document.updated is None or not (note or change in _TOLD_TO_READERS):
        return previous.corrections
    correction = Correction(change=change, note=note, made=document.updated, version=previous.version + 1)
    return (*previous.corrections, correction)


def _quotations(desk: Report) -> tuple[CheckedQuotation, ...]:
    spoken = [quotation for quotation in desk.quotations if quotation.verdict is not Verdict.NOT_SPEECH]
    cleared = {(finding.place, finding.rule): finding.clearance for finding in desk.findings if finding.clearance}
    return tuple(
        _sealed_quotation(
            f"q{number}", quotation, cleared.get((quotation.place, quotation.verdict.value)), desk.policy.public_reasons
        )
        for number, quotation in enumerate(spoken, start=1)
    )


def _sealed_quotation(
    name: str, checked: report.CheckedQuotation, clearance: Clearance | None, told: frozenset[Verdict]
) -> CheckedQuotation:
    """Readers are told a reason only where the policy told so when it was given, and tells so still."""
    is_public = clearance is not None and checked.verdict in told
    return CheckedQuotation(
        id=name,
        where=checked.place.where,
        block=checked.place.block,
        start=checked.place.start,
        end=checked.place.end,
        text=checked.text,
        verdict=checked.verdict,
        speaker=checked.speaker or "",
        source=checked.source or "",
        passage=checked.passage,
        note=clearance.public_note if clearance and is_public else "",
        checked_by=clearance.role if clearance else "desk",
    )


def _says_the_same(one: Content, other: Content) -> bool:
    return _words_of(one) == _words_of(other)


def _words_of(content: Content) -> Content:
    """The content without what is new in every version."""
    return replace(
        content,
        version=0,
        salt="",
        change=Change.FIRST,
        policy=None,
        corrections=(),
        document=replace(Content.from_bytes(content.to_bytes()).document, updated=None),
    )


def _keep_pictures(page: ArticlePage) -> None:
    """An edition's pictures are kept as they were shown, whatever becomes of the originals in the picture library."""
    for name, path in picture_files(page).items():
        place = settings.CNH_HOME.media / "published" / name
        if not place.exists():
            write_durably(place, Path(path).read_bytes())


def _keep(page: ArticlePage, content: Content) -> Edition:
    data = content.to_bytes()
    document = content.document
    assert document.published is not None
    edition = Edition.objects.create(
        article=page,
        version=content.version,
        change=content.change.value,
        path=content.path,
        section=document.section.slug if document.section else "",
        published=document.published,
        sha256=digest(data),
        content=data,
    )
    EditionTopic.objects.bulk_create(EditionTopic(edition=edition, slug=topic.slug) for topic in document.topics)
    EditionAuthor.objects.bulk_create(
        EditionAuthor(edition=edition, slug=byline.slug) for byline in document.bylines if byline.slug
    )
    return edition

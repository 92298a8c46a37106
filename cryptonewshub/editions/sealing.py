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
from cryptonewshub.articles.doors import PublishBlocked
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.articles.printable import printable
from cryptonewshub.articles.reading import document_of, path_of, picture_files
from cryptonewshub.editions.changing import Choice, reasons_against
from cryptonewshub.editions.content import Change, CheckedQuotation, Content, PolicyStamp
from cryptonewshub.editions.entering import enter_move, enter_version
from cryptonewshub.editions.keeping import Sealed, keep_editions
from cryptonewshub.editions.models import Edition
from cryptonewshub.editions.shielding import shielded
from cryptonewshub.editions.withdrawing import is_withdrawn
from cryptonewshub.quotations.vocabulary import Passage, Verdict
from cryptonewshub.sources.archive import write_durably

_WITHDRAWN = "This story was withdrawn by order and cannot be published again. Write a new one."

sealed = Signal()
"""Sent with `edition`, inside the transaction. Slow or outward work waits for the commit."""


@transaction.atomic
def seal(page: ArticlePage, *, now: datetime) -> Edition:
    """The edition that says what the page says: a new one, or the last one when nothing changed.

    Raises PublishBlocked when the desk has not cleared the page, or nobody has said what kind of change this is.
    """
    # Two publications of one article wait for each other here, so versions are contiguous.
    ArticlePage.objects.select_for_update().only("pk").get(pk=page.pk)
    gate.guard(page)
    if is_withdrawn(page):
        raise PublishBlocked(_WITHDRAWN)
    last = Edition.objects.of(page).last()
    content = _content_of(page, now)
    if last and not _is_new(page, last.read(), content):
        return last
    _refuse_unclassed(page, content)
    _keep_pictures(page)
    edition = keep_edition(page, content)
    if last and last.path != content.path:
        enter_move(page)
    enter_version(edition)
    sealed.send(sender=Edition, edition=edition)
    return edition


def preview_of(page: ArticlePage, *, now: datetime) -> Content:
    """What would be sealed if the page were published now, the desk's doubts notwithstanding. Nothing is stored."""
    return _content_of(page, now)


def require_class(page: ArticlePage, *, now: datetime) -> None:
    """Raises PublishBlocked, a line for each reason, when publishing the page would change a published article and
    the change has no class, or not what its class needs.
    """
    last = Edition.objects.of(page).last() if page.pk else None
    if last is None:
        return
    if is_withdrawn(page):
        raise PublishBlocked(_WITHDRAWN)
    content = _content_of(page, now)
    if _is_new(page, last.read(), content):
        _refuse_unclassed(page, content)


def _refuse_unclassed(page: ArticlePage, content: Content) -> None:
    history = _history(page)
    reasons = reasons_against(Choice.of(page), history[-1], content) if history else []
    if reasons:
        raise PublishBlocked("\n".join(reasons))


def _is_new(page: ArticlePage, previous: Content, content: Content) -> bool:
    """Whether there is anything to publish: other words, or something to tell readers about the same ones."""
    if not _says_the_same(previous, content):
        return True
    choice = Choice.of(page)
    return choice.is_told and choice.follows == previous.version and not choice.is_last_of(previous)


def _history(page: ArticlePage) -> list[Content]:
    return [edition.read() for edition in Edition.objects.of(page).readable()] if page.pk else []


def _content_of(page: ArticlePage, now: datetime) -> Content:
    """The page as the next version. One that nobody has classed yet stands as an update in the preview."""
    history, desk, choice = _history(page), gate.examine(page), Choice.of(page)
    previous = history[-1] if history else None
    content = Content(
        article=page.article_id,
        version=previous.version + 1 if previous else 1,
        path=path_of(page),
        salt=base64.b64encode(secrets.token_bytes(32)).decode(),
        change=(choice.change or Change.UPDATE) if previous else Change.FIRST,
        document=_timed(document_of(page), previous, now.replace(microsecond=0)),
        quotations=_quotations(desk),
        policy=PolicyStamp(desk.policy.name, str(desk.policy.version), desk.policy.digest),
        corrections=previous.corrections if previous else (),
    )
    return _with_correction(shielded(content), choice, history)


def _with_correction(content: Content, choice: Choice, history: list[Content]) -> Content:
    """What was said of earlier changes stays, unchanged; what is said of this one is added."""
    made = content.document.updated
    if not history or made is None or choice.follows != history[-1].version:
        return content
    told = choice.as_correction(made=made, history=history, now=content)
    return replace(content, corrections=(*content.corrections, told)) if told else content


def _timed(document: Document, previous: Content | None, now: datetime) -> Document:
    """A story keeps its first publication time; every later edition has the time of its update."""
    if previous is None:
        return replace(document, published=document.published or now, updated=None)
    before = previous.document
    said = document.updated
    is_new = said and said > (before.updated or before.published or said)
    return replace(document, published=document.published or before.published, updated=said if is_new else now)


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
        passage=_sealable(checked.passage) if checked.passage else None,
        note=clearance.public_note if clearance and is_public else "",
        checked_by=clearance.role if clearance else "desk",
    )


def _sealable(passage: Passage) -> Passage:
    """The passage with a blank for each character that cannot be sealed, such as a tab: places stay what they are."""
    exact, prefix, suffix = map(printable, (passage.exact, passage.prefix, passage.suffix))
    return replace(passage, exact=exact, prefix=prefix, suffix=suffix)


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


def keep_edition(page: ArticlePage, content: Content) -> Edition:
    """The row of an edition, with what the database finds it by."""
    # The sealed sources stand in the order of the attached ones, and a confidential one has lost its name. A story that
    # comes back from the log has its sources named, and none attached.
    attached = [attached.source_id for attached in page.attached_sources.all()]
    (edition,) = keep_editions([Sealed(page.pk, content, tuple(attached))])
    edition.article = page
    return edition

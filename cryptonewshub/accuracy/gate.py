"""The gate at every road to publication: an article goes live only when the desk has nothing against what it says.

`articles.doors` leads every live save here, whichever road it came by: the button, a schedule, a workflow, a bulk
action, a command, the shell. Nothing here changes an article.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from django.utils import timezone

from cryptonewshub.accuracy import approval, embargo, models
from cryptonewshub.accuracy.checking import check
from cryptonewshub.accuracy.house_policy import current_policy
from cryptonewshub.accuracy.report import Clearance, Finding, Report
from cryptonewshub.accuracy.veiling import veiled, veiled_keys
from cryptonewshub.articles.document import Document
from cryptonewshub.articles.doors import PublishBlocked, Step
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.articles.reading import document_of, source_texts_of
from cryptonewshub.people.models import registered_people
from cryptonewshub.quotations.policy import Policy
from cryptonewshub.quotations.vocabulary import Person, SourceText
from cryptonewshub.sources.searching import NewsroomArchive


def guard(page: ArticlePage) -> None:
    """Raises PublishBlocked, with a line for each reason, unless the article may be live as it stands in memory."""
    stopped = [*reasons_to_stop(examine_for_all(page)), *_before_its_time(page), *approval.not_approved(page)]
    if stopped:
        raise PublishBlocked("\n".join(stopped), page=page.pk)


def reasons(page: ArticlePage, *, at: datetime | None = None, step: Step = "publish") -> list[str]:
    """What speaks against publishing the article at a time (None is now), or against approving it; a sentence each.

    Asked of what an editor is about to save: only the article in memory counts.
    """
    stopped = reasons_to_stop(examine_for_all(page))
    if step == "publish" or (step == "approve" and approval.is_last_step(page)):
        stopped += embargo.under_embargo(page.embargo_until, at or timezone.now())
    return stopped + (approval.not_approved(page) if step == "publish" else [])


def reasons_to_stop(report: Report) -> list[str]:
    """The findings that publication waits for, a paragraph each."""
    return [reason_to_stop(finding) for finding in report.stopping]


def examine_for_all(page: ArticlePage) -> Report:
    """What the desk says of the article to whoever may read it: no confidential source is quoted."""
    return veiled(examine(page), veiled_keys(page))


def examine(page: ArticlePage) -> Report:
    """What the desk says of the article as it stands in memory, its clearances counted."""
    return _report_on(
        _dated(page),
        tuple(source_texts_of(page)),
        tuple(registered_people()),
        tuple(clearances_of(page)),
        current_policy(),
    )


def _dated(page: ArticlePage) -> Document:
    """The article with the day of its publication, here; for a draft, which has none yet, its schedule's, or today.

    Who is 'former' and which Tuesday is meant depend on it. No hour does, nor when it was updated: what the desk is
    asked before the article is live and after it is one question.
    """
    document = document_of(page)
    going_out = timezone.localtime(document.published or page.go_live_at or timezone.now())
    return replace(document, published=going_out.replace(hour=0, minute=0, second=0, microsecond=0), updated=None)


def clearances_of(page: ArticlePage) -> list[Clearance]:
    """The clearances given for this article and not taken back. Whether one holds depends on its words."""
    if page.pk is None:
        return []
    return [as_signed(row) for row in models.Clearance.objects.filter(article_id=page.pk, withdrawal=None)]


def as_signed(row: models.Clearance) -> Clearance:
    """A clearance on the record in the shape that a check counts."""
    return Clearance(row.rule, row.text, row.reason, row.speaker, row.role, row.public_note)


def reason_to_stop(finding: Finding) -> str:
    """The finding as one paragraph for the editor: what is wrong, and what to do."""
    return f"{finding.message} {finding.suggestion}".strip()


def _before_its_time(page: ArticlePage) -> list[str]:
    return embargo.under_embargo(embargo.embargo_of(page), timezone.now())


@lru_cache(maxsize=32)
def _report_on(
    document: Document,
    sources: tuple[SourceText, ...],
    people: tuple[Person, ...],
    clearances: tuple[Clearance, ...],
    policy: Policy,
) -> Report:
    """One publication asks several times on its way (the form, the wall, the seal): one question has one answer."""
    return check(document, sources, people=people, policy=policy, archive=NewsroomArchive(), clearances=clearances)


def forget() -> None:
    """Drops the remembered reports, and with them the words that they were about."""
    _report_on.cache_clear()

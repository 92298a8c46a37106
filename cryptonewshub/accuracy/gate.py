"""The gate at every road to publication: an article goes live only when the desk has nothing against what it says.

`articles.doors` leads every live save here, whichever road it came by: the button, a schedule, a workflow, a bulk
action, a command, the shell. Nothing here changes an article.
"""

from __future__ import annotations

from functools import lru_cache

from cryptonewshub.accuracy import models
from cryptonewshub.accuracy.checking import check
from cryptonewshub.accuracy.house_policy import current_policy
from cryptonewshub.accuracy.report import Clearance, Finding, Report
from cryptonewshub.articles.document import Document
from cryptonewshub.articles.doors import PublishBlocked
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.articles.reading import document_of, source_texts_of
from cryptonewshub.people.models import registered_people
from cryptonewshub.quotations.policy import Policy
from cryptonewshub.quotations.vocabulary import Person, SourceText
from cryptonewshub.sources.searching import NewsroomArchive


def guard(page: ArticlePage) -> None:
    """Raises PublishBlocked, with a line for each reason, unless the desk clears the article as it stands in memory."""
    report = examine(page)
    if not report.cleared:
        raise PublishBlocked("\n".join(reason_to_stop(finding) for finding in report.stopping))


def examine(page: ArticlePage) -> Report:
    """What the desk says of the article as it stands in memory, its clearances counted."""
    return _report_on(
        document_of(page),
        tuple(source_texts_of(page)),
        tuple(registered_people()),
        tuple(clearances_of(page)),
        current_policy(),
    )


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

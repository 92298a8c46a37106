"""The last check of every draft, kept in rows: what reports read. A draft that changed is looked at again soon.

The server does that beside its schedule, a few drafts at a time; nobody who saves a draft waits for it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from cryptonewshub.accuracy.gate import examine_for_all
from cryptonewshub.accuracy.house_policy import current_policy
from cryptonewshub.accuracy.models import Clearance, DraftCheck, DraftFinding, DraftQuotation, Withdrawal
from cryptonewshub.accuracy.report import Report
from cryptonewshub.articles.models import ArticlePage

logger = logging.getLogger(__name__)
_unreadable: set[int] = set()
"""Drafts that this process could not read and has said so: the next version of them is tried, or the next process."""
STALE = timedelta(days=1)  # sources and the register of people change too: nothing said is older than this


def recheck(limit: int, *, now: datetime | None = None) -> int:
    """Checks up to so many of the drafts that wait for it, the longest waiting first; returns how many it was."""
    done = 0
    for article in waiting(now or timezone.now()).exclude(latest_revision__in=_unreadable)[:limit]:
        try:
            keep_check(article)
            done += 1
        except (OSError, DatabaseError):
            raise
        except Exception:  # a draft that the desk cannot read holds up no other
            _unreadable.add(article.latest_revision_id)
            logger.exception("The desk could not read the newest draft of “%s”.", article)
    return done


def waiting(now: datetime) -> QuerySet[ArticlePage]:
    """The articles whose newest draft, policy or clearances are newer than the desk's last word on them."""
    since = Q(made__gt=OuterRef("desk_check__checked"))
    cleared = Clearance.objects.filter(since, article=OuterRef("pk"))
    withdrawn = Withdrawal.objects.filter(since, clearance__article=OuterRef("pk"))
    found: QuerySet[ArticlePage] = (
        ArticlePage.objects.filter(alias_of=None, latest_revision__isnull=False)
        .filter(
            Q(desk_check=None)
            | ~Q(desk_check__saved=F("latest_revision__created_at"))
            | ~Q(desk_check__policy=current_policy().digest)
            | Q(desk_check__checked__lt=now - STALE)
            | Exists(cleared)
            | Exists(withdrawn)
        )
        .order_by(F("desk_check__checked").asc(nulls_first=True), "latest_revision__created_at")
    )
    return found


def keep_check(article: ArticlePage) -> DraftCheck:
    """Asks the desk about the newest draft and keeps what it says in the place of what it said before."""
    revision = article.get_latest_revision()
    assert revision is not None, "An article without a draft has nothing to check."
    draft = revision.as_object()
    asked = timezone.now()
    report = examine_for_all(draft)
    with transaction.atomic():
        check, _ = DraftCheck.objects.update_or_create(
            article_id=article.pk,
            defaults={"saved": revision.created_at, "checked": asked, "policy": report.policy.digest},
        )
        check.authors.set([signed.author for signed in draft.authors.all()])
        _keep_findings(check, report, asked)
        _keep_quotations(check, report, draft)
    return check


def _keep_findings(check: DraftCheck, report: Report, asked: datetime) -> None:
    known = {(row.rule, row.text, row.speaker): row.noticed for row in check.findings.all()}
    check.findings.all().delete()
    DraftFinding.objects.bulk_create(
        DraftFinding(
            check_of=check,
            rule=finding.rule,
            severity=finding.severity,
            text=finding.text,
            speaker=finding.speaker or "",
            message=finding.message,
            is_cleared=finding.clearance is not None,
            noticed=known.get((finding.rule, finding.text, finding.speaker or ""), asked),
        )
        for finding in report.findings
    )


def _keep_quotations(check: DraftCheck, report: Report, draft: ArticlePage) -> None:
    keys = {attached.key: attached.source_id for attached in draft.attached_sources.all()}
    check.quotations.all().delete()
    DraftQuotation.objects.bulk_create(_traced(check, report, keys))


def _traced(check: DraftCheck, report: Report, keys: dict[str, int]) -> Iterable[DraftQuotation]:
    for quotation in report.quotations:
        source = keys.get(quotation.source or "")
        if source is not None:
            yield DraftQuotation(
                check_of=check,
                source_id=source,
                verdict=quotation.verdict.value,
                is_blocking=quotation.blocking,
            )

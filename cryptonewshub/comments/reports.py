"""Reports of errors: a reader says what is wrong, the desk answers, and a correction names who found it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from cryptonewshub.articles.doors import doors
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.articles.turns import take_turn
from cryptonewshub.comments import proof
from cryptonewshub.comments.language import say
from cryptonewshub.comments.letters import answer_report, leave_address
from cryptonewshub.comments.limits import Refused, refuse_banned
from cryptonewshub.comments.models import ErrorReport, Outcome
from cryptonewshub.comments.networks import hash_network, hashes_of
from cryptonewshub.comments.threads import mark_changed
from cryptonewshub.editions.content import Change, FoundBy
from cryptonewshub.editions.models import Edition

PROVED_LIMIT, BARE_LIMIT = 10, 4
"""Reports of one network in a day."""


@transaction.atomic
def report_error(article: ArticlePage, said: dict[str, Any], *, sender: str, now: datetime) -> ErrorReport:
    """Takes a report. `said` are the cleaned fields of an ErrorForm. A closed thread takes reports all the same.

    Raises Refused when too many came from this network, or the story has not been published.
    """
    edition = _edition(article, said.get("version"))
    refuse_banned(tuple(hashes_of(sender, now)), said["name"], said["email"], now)
    network = hash_network(sender, now)
    take_turn(f"reports of {network}")
    limit = PROVED_LIMIT if proof.spend(said["proof"], now) else BARE_LIMIT
    recent = ErrorReport.objects.filter(network=network, made__gt=now - timedelta(days=1))
    if network and recent.count() >= limit:
        raise Refused(
            say("Many reports have come from your network today. Keep your words and send them tomorrow."), 429
        )
    if said["website"]:
        raise Refused(say("A field that no person sees was filled in. Leave it empty and send the report again."))
    return ErrorReport.objects.create(
        article=article,
        version=edition.version,
        passage=said["passage"],
        words=said["words"],
        name=said["name"],
        wants_credit=said["wants_credit"],
        address=leave_address(said["email"], now) if said["email"] else None,
        network=network,
        made=now,
    )


@transaction.atomic
def close_report(
    report: ErrorReport, outcome: Outcome, *, answer: str, user: Any, now: datetime, edition: Edition | None = None
) -> ErrorReport:
    """Says what became of a report, to the reader by letter and, when it led to a correction, to everybody.

    Raises ValueError, with a sentence, for a correction without its edition, or an edition of another story.
    """
    held = ErrorReport.objects.select_for_update().get(pk=report.pk)
    if held.outcome != Outcome.OPEN:
        raise ValueError("This report has been answered meanwhile.")
    if outcome == Outcome.CORRECTED and (edition is None or edition.article_id != held.article_id):
        raise ValueError("Choose the version in which the error was corrected.")
    held.outcome, held.answer, held.answered, held.user = outcome, answer, now, user
    held.edition = edition if outcome == Outcome.CORRECTED else None
    held.save()
    answer_report(held, now=now)
    if held.edition:
        mark_changed(held.article)
    return held


def begin_correction(report: ErrorReport, *, user: Any) -> None:
    """Makes the story's draft a correction that a reader found, named if they wish. What was said already stays."""
    draft: ArticlePage = report.article.get_latest_revision_as_object()
    words = {"found_by": FoundBy.READER.value, "credit": report.finder}
    is_begun = draft.change == Change.CORRECTION and draft.changes_edition == doors.version(draft)
    if is_begun:
        draft.found_by, draft.credit = words["found_by"], words["credit"]
    else:
        draft.choose_change(Change.CORRECTION.value, **words)
    draft.save_revision(user=user)


def _edition(article: ArticlePage, version: int | None) -> Edition:
    editions = Edition.objects.logged().of(article)
    found = (editions.filter(version=version).first() if version else None) or editions.last()
    if found is None:
        raise Refused(say("This story has not been published."), 404)
    return found

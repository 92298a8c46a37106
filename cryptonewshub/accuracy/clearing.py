"""Clearing: a person with the right signs a finding off, with a reason, for exactly the words that it is about.

The record only grows. Another clearance of the same words takes the place of the one before, and a withdrawal ends one;
both stay to be read. Words that change leave their clearance behind: it is void, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.conf import settings
from django.db import transaction
from wagtail.models import Revision

from cryptonewshub.accuracy import gate, rights
from cryptonewshub.accuracy.house_policy import current_policy
from cryptonewshub.accuracy.languages import language_name
from cryptonewshub.accuracy.models import Clearance, DraftFinding, Withdrawal
from cryptonewshub.accuracy.report import Finding, Report
from cryptonewshub.accuracy.rights import Refusal
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.languages.wording import wording
from cryptonewshub.people.models import Author
from cryptonewshub.quotations.policy import Policy
from cryptonewshub.quotations.vocabulary import Verdict


class ClearanceRefused(Exception):  # noqa: N818  (as a journalist would say it)
    """Somebody may not do that. The text is the sentence that they read."""


@dataclass(frozen=True, slots=True)
class Given:
    """A clearance on the record, and how it stands with the article as it reads now."""

    clearance: Clearance
    state: Literal["holds", "void", "withdrawn"]
    sentence: str


def may_clear(user: Any, finding: Finding, page: ArticlePage, *, translator: Author | None = None) -> Refusal | None:
    """Why this person may not clear this finding under the policy that holds; None is yes.

    Without a translator, the byline of the account is taken for it.
    """
    return rights.may_clear(user, finding, page, policy=current_policy(), translator=translator)


@transaction.atomic
def clear_finding(
    page: ArticlePage,
    finding: Finding,
    *,
    user: Any,
    reason: str,
    translator: Author | None = None,
    role: str | None = None,
) -> Clearance:
    """Signs one finding of an article off. The same clearance twice is one.

    Raises ClearanceRefused, with a sentence, when the person may not or gives no reason.
    """
    if not reason.strip():
        raise ClearanceRefused("Say why it may stand: a clearance without a reason clears nothing.")
    refusal = may_clear(user, finding, page, translator=translator)
    if refusal:
        raise ClearanceRefused(refusal.sentence)
    _wait_for_others(page)
    words = {"rule": finding.rule, "text": finding.text, "speaker": finding.speaker or ""}
    before = _standing(page).filter(**words).last()
    if before and (before.reason, before.cleared_by) == (reason.strip(), user):
        return before
    if before:
        _withdraw(before, user=user, reason="Another clearance took its place.")
    return Clearance.objects.create(
        article_id=page.pk,
        **words,
        reason=reason.strip(),
        public_note=_public_note(finding, reason.strip(), current_policy()),
        cleared_by=user,
        name=rights.name_of(user),
        role=role or rights.role_of(user),
        translator=_translator(finding, translator, user),
        noticed=_noticed(page, finding),
    )


def clear(
    revision: Revision,
    *,
    rule: str,
    reason: str,
    user: Any = None,
    role: str | None = None,
    translator: Author | None = None,
) -> list[Clearance]:
    """Clears every finding of a rule that stops this revision of an article; returns the clearances given.

    Raises ClearanceRefused when the person may not clear one of them; then none is given.
    """
    page = revision.as_object()
    findings = {
        (finding.text, finding.speaker or ""): finding
        for finding in gate.examine(page).stopping
        if finding.rule == rule
    }
    with transaction.atomic():
        return [
            clear_finding(page, finding, user=user, reason=reason, role=role, translator=translator)
            for _, finding in sorted(findings.items())
        ]


@transaction.atomic
def withdraw_clearance(clearance: Clearance, *, user: Any, reason: str) -> Withdrawal:
    """Takes a clearance back; from now on its finding stops the story again.

    Raises ClearanceRefused when the person may not, gives no reason, or it was withdrawn before.
    """
    if not reason.strip():
        raise ClearanceRefused("Say why the clearance is taken back.")
    is_theirs = user is None or clearance.cleared_by_id == user.pk
    if not is_theirs and not user.has_perm("accuracy.clear_findings"):
        raise ClearanceRefused("Your account may not take clearances back. Ask somebody of the desk, or an editor.")
    _wait_for_others(clearance.article)
    if Withdrawal.objects.filter(clearance=clearance).exists():
        raise ClearanceRefused("This clearance was taken back already.")
    return _withdraw(clearance, user=user, reason=reason.strip())


def clearances_for(page: ArticlePage, report: Report | None = None) -> list[Given]:
    """Every clearance ever given for an article, the newest first, and how each stands with what it says now.

    `report` is the desk's on the article as it stands in memory; without one the desk is asked.
    """
    found = (report or gate.examine(page)).findings
    record = Clearance.objects.filter(article_id=page.pk).select_related("withdrawal", "translator")
    return [_given(clearance, found) for clearance in record.order_by("-made", "-pk")]


def _given(clearance: Clearance, found: Iterable[Finding]) -> Given:
    withdrawal = getattr(clearance, "withdrawal", None)
    if withdrawal is not None:
        return Given(clearance, "withdrawn", f"Taken back by {withdrawal.name}: {withdrawal.reason}")
    if any(gate.as_signed(clearance).fits(finding) for finding in found):
        return Given(clearance, "holds", f"Cleared by {clearance.name}: {clearance.reason}")
    return Given(clearance, "void", "Void: the words or their speaker have changed since, or the desk finds no fault.")


def _standing(page: ArticlePage) -> Any:
    return Clearance.objects.filter(article_id=page.pk, withdrawal=None)


def _withdraw(clearance: Clearance, *, user: Any, reason: str) -> Withdrawal:
    return Withdrawal.objects.create(clearance=clearance, reason=reason, withdrawn_by=user, name=rights.name_of(user))


def _wait_for_others(page: ArticlePage) -> None:
    """Two clearances of one article wait for each other here, so one finding has one clearance that holds."""
    ArticlePage.objects.select_for_update().only("pk").get(pk=page.pk)


def _translator(finding: Finding, named: Author | None, user: Any) -> Author | None:
    return (named or rights.author_of(user)) if finding.rule == Verdict.TRANSLATED else None


def _noticed(page: ArticlePage, finding: Finding) -> datetime | None:
    """When the desk first had it: as the last check of the draft knows, else when it looked for the first time."""
    found = DraftFinding.objects.filter(
        check_of__article_id=page.pk, rule=finding.rule, text=finding.text, speaker=finding.speaker or ""
    )
    return found.values_list("noticed", flat=True).first()


def _public_note(finding: Finding, reason: str, policy: Policy) -> str:
    """What readers may be told: for a translation a sentence in the newsroom's language, the reason for the rest."""
    if finding.rule not in policy.public_reasons:
        return ""
    if finding.rule != Verdict.TRANSLATED:
        return reason
    if not finding.language:
        return reason
    words = wording(settings.CNH_LANGUAGE)
    return words.say(
        "Translated by our staff from %(language)s.", language=language_name(finding.language, words.language)
    )

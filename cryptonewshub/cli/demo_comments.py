"""Loading what the demo's readers wrote: threads, a queue, and reports of errors, one of which led to a correction."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.comments.deciding import POLICY, Who, record
from cryptonewshub.comments.likeness import fingerprint
from cryptonewshub.comments.models import Act, Comment, ErrorReport, Outcome, State, Thread
from cryptonewshub.editions.models import Edition

MODERATOR = Who("editor")


@transaction.atomic
def load_demo_comments(file: Path) -> None:
    """Loads them where nobody has commented yet. The threads stay open, whatever the day is."""
    if Comment.objects.exists():
        return
    content: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    for story in content["stories"]:
        article = ArticlePage.objects.filter(slug=story["slug"], live=True).first()
        if article is not None:
            _load_thread(article, story)


def _load_thread(article: ArticlePage, story: dict[str, Any]) -> None:
    thread = Thread.of(article)
    thread.stays_open = True
    thread.save(update_fields=["stays_open"])
    known: dict[str, Comment] = {}
    for said in story.get("comments", ()):
        comment = _load_comment(article, said, State.APPROVED, known.get(said.get("answers", "")))
        if "key" in said:
            known[said["key"]] = comment
    for said in story.get("waiting", ()):
        _load_comment(article, said, State.WAITING, None)
    for said in story.get("rejected", ()):
        _load_comment(article, said, State.REJECTED, None)
    for report in story.get("reports", ()):
        _load_report(article, report)


def _load_comment(article: ArticlePage, said: dict[str, Any], state: State, parent: Comment | None) -> Comment:
    made: datetime = said["made"]
    comment = Comment(
        article=article,
        version=said["version"],
        parent=parent,
        name=said["name"],
        body=said["body"].strip(),
        quote=said.get("quote", ""),
        made=made,
        fingerprint=fingerprint(said["body"]),
        reasons=said.get("because", ["The first comment of this writer."]),
    )
    record(comment, Act.RECEIVE, after=State.WAITING, who=POLICY, now=made)
    decided = made + timedelta(minutes=7)
    if state == State.APPROVED:
        record(comment, Act.APPROVE, after=state, who=MODERATOR, now=decided)
    elif state == State.REJECTED:
        record(comment, Act.REJECT, after=state, who=MODERATOR, now=decided, reason=said["reason"])
    return comment


def _load_report(article: ArticlePage, report: dict[str, Any]) -> None:
    edition = Edition.objects.of(article).filter(version=report.get("corrected_in", 0)).first()
    ErrorReport.objects.create(
        article=article,
        version=report["version"],
        passage=report["passage"],
        words=report["words"],
        name=report["name"],
        wants_credit=bool(report["name"]),
        made=report["made"],
        outcome=Outcome.CORRECTED if edition else Outcome.OPEN,
        answer=report.get("answer", ""),
        answered=edition.made if edition else None,
        edition=edition,
    )

"""Threads: what readers see of a story's comments, whole, from one look at them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.comments.models import Comment, CommentPolicy, ErrorReport, Outcome, State, Thread
from cryptonewshub.comments.signals import thread_changed
from cryptonewshub.editions.content import Content
from cryptonewshub.editions.models import Edition
from cryptonewshub.languages.wording import N_

TOLD = frozenset({"correction", "clarification", "retraction"})
"""The classes of change after which a comment says that it answered the earlier text."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One comment as readers see it: plain text. `gone` says why there are no words, where they were taken out.

    `answers` is the edition that the writer had read, where a later one was corrected or no longer has the quoted
    words; else 0.
    """

    number: int
    parent: int | None
    name: str
    body: str
    quote: str
    made: datetime
    edited: datetime | None
    answers: int = 0
    gone: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """An error that a reader found: who, if they wish to be named, and the edition that corrected it."""

    finder: str
    version: int
    made: datetime


@dataclass(frozen=True, slots=True)
class Conversation:
    """The comments of one story in the order in which they were made, and what a page needs to know beside them."""

    article: UUID
    path: str
    headline: str
    language: str
    version: int
    is_open: bool
    closes: datetime | None
    house_rules: str
    comments: tuple[Spoken, ...] = ()
    found: tuple[Found, ...] = ()

    @property
    def count(self) -> int:
        return sum(1 for comment in self.comments if not comment.gone)


def mark_changed(article: ArticlePage) -> None:
    """Notes that the pages of a thread are older than what they should show."""
    thread = Thread.of(article)
    Thread.objects.filter(pk=thread.pk).update(changed=F("changed") + 1)
    thread_changed.send(sender=Thread, thread=thread)


def conversation_of(article: ArticlePage, *, now: datetime | None = None) -> Conversation | None:
    """What readers see of a story's comments; None for a story that has not been published."""
    editions = list(Edition.objects.logged().of(article))
    if not editions:
        return None
    newest = editions[-1].read()
    thread, policy = Thread.of(article), CommentPolicy.load()
    published = editions[0].published
    return Conversation(
        article=newest.article,
        path=newest.path,
        headline=newest.document.title,
        language=newest.document.language,
        version=newest.version,
        is_open=thread.is_open(now or timezone.now(), published, policy),
        closes=None if thread.is_closed else thread.closes(published, policy),
        house_rules=policy.house_rules,
        comments=_spoken(article, newest, [edition.version for edition in editions if edition.change in TOLD]),
        found=_found(article),
    )


def words_of(content: Content) -> str:
    """Everything that a story says, in one line, so that words of it can be found."""
    document = content.document
    parts = [document.title, document.standfirst, *(block.text for block in document.body)]
    return " ".join(" ".join(parts).split())


def quotes(content: Content, quote: str) -> bool:
    """Whether the words are in the story."""
    return " ".join(quote.split()) in words_of(content)


def _spoken(article: ArticlePage, newest: Content, corrected: list[int]) -> tuple[Spoken, ...]:
    kept = Comment.objects.of(article).filter(state__in=(State.APPROVED, State.HIDDEN, State.WITHDRAWN))
    rows = list(kept.only(*_SHOWN).order_by("made", "pk"))
    if not rows:
        return ()
    answered = _answered({row.pk: row.parent_id for row in rows}, {row.pk for row in rows if row.is_shown})
    text = words_of(newest)
    last = max(corrected, default=0)
    return tuple(_said(row, text, last) for row in rows if row.is_shown or row.pk in answered)


_SHOWN = ("pk", "parent_id", "name", "body", "quote", "made", "edited", "version", "state")


def _answered(parents: dict[int, int | None], shown: set[int]) -> set[int]:
    """Comments that somebody answered in words that are shown: they keep their place, whatever became of them."""
    found: set[int] = set()
    for number in shown:
        parent = parents.get(number)
        while parent is not None and parent not in found:
            found.add(parent)
            parent = parents.get(parent)
    return found


def _said(row: Comment, text: str, last_correction: int) -> Spoken:
    if not row.is_shown:
        gone = N_("Withdrawn by its writer.") if row.state == State.WITHDRAWN else N_("Removed by a moderator.")
        return Spoken(row.pk, row.parent_id, "", "", "", row.made, None, gone=gone)
    is_earlier = row.version < last_correction or (row.quote and " ".join(row.quote.split()) not in text)
    return Spoken(
        row.pk,
        row.parent_id,
        row.name,
        row.body,
        row.quote,
        row.made,
        row.edited,
        answers=row.version if is_earlier else 0,
    )


def _found(article: ArticlePage) -> tuple[Found, ...]:
    led = ErrorReport.objects.filter(article=article, outcome=Outcome.CORRECTED).select_related("edition")
    rows = [(row.finder, row.edition) for row in led if row.edition and row.edition.is_shown]
    return tuple(_corrected(finder, edition) for finder, edition in sorted(rows, key=lambda row: row[1].version))


def _corrected(finder: str, edition: Edition) -> Found:
    document = edition.read().document
    return Found(finder, edition.version, document.updated or document.published or edition.made)

"""Appealing: a writer objects to a decision, and somebody looks at it again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from cryptonewshub.comments.deciding import WRITER, NotDecided, Who, decide, locked, record
from cryptonewshub.comments.language import say
from cryptonewshub.comments.letters import answer_appeal
from cryptonewshub.comments.models import Act, Appeal, Comment, State


def may_appeal(comment: Comment) -> bool:
    """Whether a decision stands against the comment, and no objection to it is open or was answered."""
    return comment.state in (State.REJECTED, State.HIDDEN) and not comment.appeals.exists()


@transaction.atomic
def appeal(comment: Comment, words: str, *, now: datetime) -> Appeal:
    """Objects. Raises NotDecided when there is nothing to object to, or it has been done."""
    held = locked(comment.pk)
    if not may_appeal(held):
        raise NotDecided(say("There is no decision on this comment to which you could still object."))
    record(held, Act.APPEAL, who=WRITER, now=now)
    return Appeal.objects.create(comment=held, words=words, made=now)


@transaction.atomic
def answer(number: int, *, is_upheld: bool, words: str, user: Any, now: datetime) -> Appeal:
    """Answers an objection; an upheld one shows the comment. Raises NotDecided when it was answered meanwhile."""
    held = Appeal.objects.select_for_update().select_related("comment").get(pk=number)
    if held.answered:
        raise NotDecided("This objection has been answered meanwhile.")
    held.is_upheld, held.answer, held.answered, held.user = is_upheld, words, now, user
    held.save()
    if is_upheld and held.comment.state != State.APPROVED:
        decide(held.comment_id, Act.APPROVE, who=Who.staff(user), now=now, note="Upheld the writer’s objection.")
    answer_appeal(held, now=now)
    return held

"""Deciding: the one way in which a comment changes where it stands. Each decision is a line of its history.

Two people who decide at once are put in order by the database; the second is told what the first did.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from cryptonewshub.comments.letters import explain, tell_of_comment
from cryptonewshub.comments.models import Act, Comment, Decision, Flag, Reason, State
from cryptonewshub.comments.threads import mark_changed

_LEADS_TO = {
    (Act.APPROVE, State.WAITING): State.APPROVED,
    (Act.APPROVE, State.REJECTED): State.APPROVED,
    (Act.APPROVE, State.HIDDEN): State.APPROVED,
    (Act.REJECT, State.WAITING): State.REJECTED,
    (Act.REJECT, State.APPROVED): State.HIDDEN,
    (Act.HIDE, State.APPROVED): State.HIDDEN,
    (Act.HOLD, State.APPROVED): State.WAITING,
    (Act.HOLD, State.REJECTED): State.WAITING,
    (Act.HOLD, State.HIDDEN): State.WAITING,
}
REFUSALS = (Act.REJECT, Act.HIDE)


class NotDecided(Exception):  # noqa: N818  (what happened, as a moderator would say it)
    """The decision was not taken. The text says why, in one sentence."""


@dataclass(frozen=True, slots=True)
class Who:
    """Who decides: a person of the staff, or the writer, a reader, the house policy."""

    name: str
    user: Any = None

    @classmethod
    def staff(cls, user: Any) -> Who:
        return cls(user.get_username(), user)


WRITER, POLICY, READERS = Who("the writer"), Who("house policy"), Who("readers’ flags")


@transaction.atomic
def decide(
    number: int,
    act: Act,
    *,
    who: Who,
    now: datetime,
    seen: int | None = None,
    reason: str = "",
    words: str = "",
    note: str = "",
) -> Decision:
    """Approves, rejects, hides or holds comment `number`, and tells whom it concerns.

    `seen` is the number of the last decision that the moderator had before them. Raises NotDecided when there is a
    later one, when the comment stands there already, or when a refusal has no reason.
    """
    comment = locked(number)
    if seen is not None and seen != comment.number:
        raise NotDecided(f"{_last(comment)} meanwhile. Look at comment {number} again, then decide.")
    flags = comment.flags.filter(is_settled=False)
    after = _LEADS_TO.get((act, State(comment.state)))
    if act == Act.APPROVE and comment.is_shown and flags.exists():
        after = State.APPROVED  # readers flagged it, and it stays
    if after is None:
        raise NotDecided(f"Comment {number} is {comment.get_state_display().lower()}; that was not changed.")
    if act in REFUSALS and reason not in Reason.values:
        raise NotDecided("Choose a reason: the writer will be told.")
    decision = record(comment, act, after=after, who=who, now=now, reason=reason, words=words, note=note)
    flags.update(is_settled=True)
    _tell(comment, decision)
    return decision


def decide_many(seen: Iterable[tuple[int, int]], act: Act, **how: Any) -> tuple[list[Decision], list[str]]:
    """Decides about several comments, given as (number, decisions seen), each on its own.

    Returns what was decided, and a sentence for each that was not.
    """
    decided: list[Decision] = []
    refused: list[str] = []
    for number, last in seen:
        try:
            decided.append(decide(number, act, seen=last, **how))
        except NotDecided as error:
            refused.append(str(error))
    return decided, refused


def record(
    comment: Comment,
    act: Act,
    *,
    who: Who,
    now: datetime,
    after: State | None = None,
    reason: str = "",
    words: str = "",
    note: str = "",
    quietly: bool = False,
) -> Decision:
    """Writes a line of the history and saves the comment. The caller holds the row, or has just made it.

    `quietly` leaves it to the caller to say that the thread has changed.
    """
    before, state = comment.state, after or State(comment.state)
    comment.state, comment.number = state, comment.number + 1
    comment.save()
    if State.APPROVED in (before, state) and not quietly:
        mark_changed(comment.article)
    return Decision.objects.create(
        comment=comment,
        number=comment.number,
        act=act,
        before="" if act == Act.RECEIVE else before,
        after=state,
        user=who.user,
        who=who.name,
        reason=reason,
        words=words,
        note=note,
        made=now,
    )


@transaction.atomic
def add_note(number: int, text: str, *, who: Who, now: datetime) -> Decision:
    """A moderator's remark for the others; it changes nothing else."""
    return record(locked(number), Act.NOTE, who=who, now=now, note=text)


@transaction.atomic
def flag(number: int, *, reason: str, words: str, network: str, limit: int, now: datetime) -> bool:
    """A reader's flag. Whether it counted: a network counts once. `limit` open flags bring a comment back."""
    comment = locked(number)
    if not comment.is_shown or (network and comment.flags.filter(network=network).exists()):
        return False
    Flag.objects.create(comment=comment, reason=reason, words=words, network=network, made=now)
    open_flags = comment.flags.filter(is_settled=False).count()
    if limit and open_flags >= limit:
        comment.reasons = [*comment.reasons, f"{open_flags} readers flagged it."]
        record(comment, Act.HOLD, after=State.WAITING, who=READERS, now=now)
    return True


def locked(number: int) -> Comment:
    """The comment, held until the transaction ends. Raises NotDecided where there is none."""
    comment = Comment.objects.select_for_update().filter(pk=number).first()
    if comment is None:
        raise NotDecided(f"There is no comment {number}.")
    return comment


def _last(comment: Comment) -> str:
    decision = comment.decisions.last()
    return f"It was {decision.get_act_display()} by {decision.who}" if decision else "It changed"


def _tell(comment: Comment, decision: Decision) -> None:
    if decision.act in REFUSALS:
        explain(comment, decision)
    elif decision.act == Act.APPROVE and decision.before != State.APPROVED:
        tell_of_comment(comment, now=decision.made)

"""Deciding: every change has a line in the history, two people at once are put in order, and nothing is rewritten."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.comments.deciding import NotDecided, Who, add_note, decide, decide_many, flag
from cryptonewshub.comments.models import Act, Comment, Decision, State
from tests.comments.cast import NOON, say, shown

CLEO = Who("cleo")


def test_a_decision_is_a_line_of_the_history(waiting: Comment, cleo: User) -> None:
    decide(waiting.pk, Act.APPROVE, who=Who.staff(cleo), now=NOON, seen=1)
    decide(waiting.pk, Act.HIDE, who=Who.staff(cleo), now=NOON, seen=2, reason="abuse", words="The last sentence.")
    add_note(waiting.pk, "Third time.", who=Who.staff(cleo), now=NOON)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.number) == (State.HIDDEN, 4)
    lines = [(line.number, line.act, line.before, line.after, line.who) for line in waiting.decisions.all()]
    assert lines == [
        (1, "receive", "", "waiting", "house policy"),
        (2, "approve", "waiting", "approved", "cleo"),
        (3, "hide", "approved", "hidden", "cleo"),
        (4, "note", "hidden", "hidden", "cleo"),
    ]


def test_who_saw_less_than_there_is_is_told_what_happened(waiting: Comment) -> None:
    decide(waiting.pk, Act.REJECT, who=Who("ben"), now=NOON, seen=1, reason="spam")
    with pytest.raises(NotDecided, match="It was rejected by ben meanwhile"):
        decide(waiting.pk, Act.APPROVE, who=CLEO, now=NOON, seen=1)


def test_a_refusal_needs_a_reason(waiting: Comment) -> None:
    with pytest.raises(NotDecided, match="Choose a reason"):
        decide(waiting.pk, Act.REJECT, who=CLEO, now=NOON)


def test_what_is_withdrawn_cannot_be_shown_again(story: ArticlePage) -> None:
    gone = shown(story, state=State.WITHDRAWN)
    with pytest.raises(NotDecided, match="withdrawn by its writer"):
        decide(gone.pk, Act.APPROVE, who=CLEO, now=NOON)


def test_the_history_cannot_be_rewritten(waiting: Comment) -> None:
    line = waiting.decisions.get()
    line.who = "nobody"
    for rewriting in (line.save, line.delete, Decision.objects.all().delete):
        with pytest.raises(TypeError):
            rewriting()
    with pytest.raises(TypeError):
        Decision.objects.update(who="nobody")


def test_in_bulk_each_is_decided_on_its_own(story: ArticlePage) -> None:
    first, second = say(story), say(story, body="Another.")
    decide(second.pk, Act.APPROVE, who=Who("ben"), now=NOON)
    decided, refused = decide_many([(first.pk, 1), (second.pk, 1), (999_999, 1)], Act.APPROVE, who=CLEO, now=NOON)
    assert [line.comment_id for line in decided] == [first.pk]
    assert len(refused) == 2


def test_flags_of_three_networks_bring_a_comment_back(story: ArticlePage) -> None:
    comment = shown(story)
    for network in ("a", "a", "b"):
        flag(comment.pk, reason="abuse", words="", network=network, limit=3, now=NOON)
    comment.refresh_from_db()
    assert (comment.state, comment.flags.count()) == (State.APPROVED, 2)
    flag(comment.pk, reason="spam", words="", network="c", limit=3, now=NOON)
    comment.refresh_from_db()
    assert comment.state == State.WAITING
    decide(comment.pk, Act.APPROVE, who=CLEO, now=NOON)
    assert not comment.flags.filter(is_settled=False).exists()

"""Writing: what is taken, what waits, what is refused, and what a writer can still do with it."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from datetime import datetime, timedelta
from typing import Any

import pytest

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.comments import proof
from cryptonewshub.comments.limits import BARE_LIMITS, Refused
from cryptonewshub.comments.models import Ban, Comment, CommentPolicy, State, Thread, WordRule
from cryptonewshub.comments.writing import edit, withdraw
from cryptonewshub.people.models import Author
from tests.comments.cast import NOON, say, send, shown


def solved(at: datetime = NOON - timedelta(seconds=20)) -> str:
    """What a browser sends that did the sum."""
    challenge: dict[str, Any] = proof.new_challenge(at)
    number = next(
        number
        for number in range(challenge["maxNumber"] + 1)
        if hashlib.sha256(f"{challenge['salt']}{number}".encode()).hexdigest() == challenge["challenge"]
    )
    answer = {name: challenge[name] for name in ("algorithm", "challenge", "salt", "signature")} | {"number": number}
    return b64encode(json.dumps(answer).encode()).decode()


def policy(held: str) -> None:
    made = CommentPolicy.load()
    made.held = held
    made.save()


def test_a_comment_without_a_script_waits_whatever_the_policy(story: ArticlePage) -> None:
    policy("none")
    comment = say(story)
    assert comment.state == State.WAITING
    assert comment.reasons == ["Written without JavaScript, so no proof of work was asked."]


def test_a_proved_comment_is_shown_at_once_where_nothing_waits(story: ArticlePage) -> None:
    policy("none")
    comment = say(story, proof=solved())
    assert (comment.state, comment.is_proved) == (State.APPROVED, True)


def test_a_proof_counts_once(story: ArticlePage) -> None:
    policy("none")
    sum_ = solved()
    assert say(story, proof=sum_).is_shown
    assert not say(story, body="Another thing entirely.", proof=sum_).is_shown


@pytest.mark.parametrize(
    "bad", ["", "x", b64encode(b"[]").decode(), b64encode(b'{"algorithm": 5}').decode(), "[" * 900, "é"]
)
def test_what_is_no_proof_is_none(story: ArticlePage, bad: str) -> None:
    assert not say(story, proof=bad).is_proved


def test_an_old_proof_is_none(story: ArticlePage) -> None:
    assert not say(story, proof=solved(NOON - timedelta(hours=2))).is_proved


def test_a_proof_for_another_number_is_none(story: ArticlePage) -> None:
    challenge = proof.new_challenge(NOON)
    forged = {**challenge, "number": 3}
    assert not say(story, proof=b64encode(json.dumps(forged).encode()).decode()).is_proved


def test_a_comment_sent_within_three_seconds_waits(story: ArticlePage) -> None:
    policy("none")
    assert say(story, proof=solved(NOON - timedelta(seconds=1))).reasons == ["Written within 3 seconds."]


def test_the_first_comment_of_a_name_waits_and_a_known_writer_is_free(story: ArticlePage) -> None:
    policy("first")
    first = say(story, proof=solved())
    assert first.reasons == ["The first comment of this writer."]
    first.state = State.APPROVED
    first.save()
    assert say(story, body="One more thing.", proof=solved()).is_shown
    elsewhere = say(story, body="I borrow her name.", proof=solved(), sender="198.51.100.1")
    assert elsewhere.reasons == ["The first comment of this writer."]


def test_a_known_writer_who_was_refused_lately_waits_again(story: ArticlePage) -> None:
    policy("first")
    for state in (State.APPROVED, State.REJECTED):
        comment = say(story, body=f"Words that were {state}.")
        comment.state = state
        comment.save()
    assert say(story, body="One more thing.", proof=solved()).state == State.WAITING


@pytest.mark.parametrize(
    ("fields", "because"),
    [
        ({"website": "https://spam.example"}, "A field that no person sees was filled in."),
        ({"body": "Buy cheap bolts here, friends."}, "A rule holds the words “cheap  BOLTS”."),
        ({"body": "See https://shop.spam.example/x now."}, "A rule holds what links to spam.example."),
        ({"body": "https://a.example https://b.example https://c.example"}, "It has 3 links or more."),
        ({"name": "ada LUND"}, "It is signed with the name of somebody in the newsroom."),
    ],
)
def test_what_speaks_against_a_comment_makes_it_wait(story: ArticlePage, fields: dict[str, str], because: str) -> None:
    policy("none")
    WordRule.objects.create(kind="word", text="cheap  BOLTS")
    WordRule.objects.create(kind="link", text="spam.example")
    Author.objects.create(name="Ada Lund", slug="ada-lund")
    comment = say(story, proof=solved(), **fields)
    assert comment.reasons == [because]


def test_a_rule_for_a_word_leaves_other_words_alone(story: ArticlePage) -> None:
    policy("none")
    WordRule.objects.create(kind="word", text="ass")
    WordRule.objects.create(kind="link", text="spam.example")
    assert say(story, body="The class passed https://notspam.example/", proof=solved()).is_shown


def test_almost_the_same_words_wait(story: ArticlePage) -> None:
    policy("none")
    words = "I have crossed on this ship for thirty years and nobody ever asked me how the engine sounded in the fog"
    first = say(story, body=words, proof=solved())
    copy = say(story, name="Finn", body=words + " today", proof=solved(), sender="198.51.100.1")
    assert copy.reasons == [f"Almost the same as comment {first.pk}."]


def test_the_same_words_twice_are_refused_with_a_sentence(story: ArticlePage) -> None:
    say(story)
    with pytest.raises(Refused, match="arrived already"):
        say(story)


def test_a_network_may_write_so_much_and_no_more(story: ArticlePage) -> None:
    for number in range(BARE_LIMITS[0]):
        say(story, body=f"Comment {number}")
    with pytest.raises(Refused) as refused:
        say(story, body="One too many.")
    assert refused.value.status == 429
    assert say(story, body="From elsewhere.", sender="198.51.100.1")
    assert say(story, body="Later.", now=NOON + timedelta(minutes=11))


def test_a_closed_thread_takes_no_comment(story: ArticlePage) -> None:
    thread = Thread.of(story)
    thread.is_closed = True
    thread.save()
    with pytest.raises(Refused, match="closed"):
        say(story)


def test_a_thread_closes_after_so_many_days_unless_it_is_kept_open(story: ArticlePage) -> None:
    made = CommentPolicy.load()
    made.close_after_days = 30
    made.save()
    with pytest.raises(Refused, match="closed"):
        say(story)  # the story is of March
    assert say(story, now=datetime(2026, 3, 20, tzinfo=NOON.tzinfo))
    Thread.objects.update(stays_open=True)
    assert say(story, body="Still open.")


@pytest.mark.parametrize(("kind", "value"), [("name", "edda"), ("email", "edda@example.org")])
def test_a_banned_writer_reads_the_reason_and_the_end(story: ArticlePage, kind: str, value: str) -> None:
    until = NOON + timedelta(days=3)
    Ban.objects.create(kind=kind, value=value, reason="Threats.", until=until, made=NOON)
    with pytest.raises(Refused, match=r"until 23 November 2026\. The reason: Threats\."):
        say(story, email="edda@example.org")
    assert say(story, name="Finn")
    assert say(story, email="edda@example.org", now=until + timedelta(hours=1))


def test_an_answer_needs_a_comment_that_is_shown_under_the_same_story(story: ArticlePage) -> None:
    hidden = shown(story, state=State.HIDDEN)
    with pytest.raises(Refused, match="no longer there"):
        say(story, parent=hidden.pk)
    parent = shown(story)
    assert say(story, parent=parent.pk).parent == parent


def test_refusals_are_in_the_newsrooms_language(story: ArticlePage, settings: Any) -> None:
    settings.CNH_LANGUAGE = "nb"
    hidden = shown(story, state=State.HIDDEN)
    with pytest.raises(Refused, match="Kommentaren du svarer på, er ikke lenger der"):
        say(story, parent=hidden.pk)
    say(story)
    with pytest.raises(Refused, match="Denne teksten har allerede kommet fram"):
        say(story)


def test_words_quoted_from_the_story_must_be_in_it(story: ArticlePage) -> None:
    with pytest.raises(Refused, match="not in the story"):
        say(story, quote="The ferry will never sail")
    comment = say(story, quote="We have looked at every\nbolt of that ship")
    assert (comment.version, comment.quote) == (1, "We have looked at every\nbolt of that ship")


def test_only_the_writer_has_the_token_and_the_database_has_its_hash(story: ArticlePage) -> None:
    written = send(story)
    assert Comment.objects.written_by(written.token).get() == written.comment
    assert written.token not in str(Comment.objects.values())
    assert not Comment.objects.written_by(written.token[:-1]).exists()


def test_a_writer_changes_their_comment_for_fifteen_minutes(story: ArticlePage) -> None:
    policy("none")
    comment = say(story, proof=solved())
    changed = edit(comment, "The pier is safe.", now=NOON + timedelta(minutes=14))
    assert (changed.body, changed.is_shown) == ("The pier is safe.", True)
    assert [decision.act for decision in changed.decisions.all()] == ["receive", "edit"]
    with pytest.raises(Refused, match="no longer be changed"):
        edit(comment, "Too late.", now=NOON + timedelta(minutes=16))


def test_what_speaks_against_the_new_words_makes_a_shown_comment_wait(story: ArticlePage) -> None:
    policy("none")
    WordRule.objects.create(kind="word", text="bolts")
    comment = say(story, proof=solved())
    assert edit(comment, "Bolts for sale.", now=NOON + timedelta(minutes=1)).state == State.WAITING


def test_a_withdrawn_comment_keeps_nothing_of_its_writer(story: ArticlePage) -> None:
    comment = say(story, email="edda@example.org", quote="every bolt of that ship")
    withdraw(comment, now=NOON + timedelta(minutes=1))
    comment.refresh_from_db()
    assert comment.state == State.WITHDRAWN
    kept = (comment.name, comment.body, comment.quote, comment.network, comment.token_sha256, comment.address)
    assert kept == ("A reader", "", "", "", "", None)

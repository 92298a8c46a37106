"""The moderators' taste: learnt from their decisions, unsure at first, never the one who decides."""

from __future__ import annotations

from typing import Any

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.comments.deciding import Who, decide
from cryptonewshub.comments.learning import learn, score_of
from cryptonewshub.comments.models import Act, State
from cryptonewshub.comments.taste import FEWEST, Taste, learnt
from tests.comments.cast import NOON, say, shown

GOOD = "The {0} of the ferry {1} was discussed in the council, and the minister answered about engine {0}."
BAD = "Cheap {0} pills {1} buy now with discount {0}, visit our casino and win."


def _texts(pattern: str) -> list[str]:
    return [pattern.format(one, other) for one in ("north", "blue", "first", "old", "deep") for other in range(FEWEST)]


def test_it_tells_what_it_has_learnt_and_is_unsure_of_the_rest() -> None:
    taste = learnt([*((text, False) for text in _texts(GOOD)), *((text, True) for text in _texts(BAD))])
    bad, good = taste.score("Buy cheap pills in our casino"), taste.score("The minister spoke about the ferry engine")
    assert bad is not None
    assert good is not None
    assert bad > 0.9
    assert good < 0.1
    assert 0.2 < (taste.score("xyzzy plugh") or 0) < 0.8


def test_it_says_nothing_before_it_has_learnt_enough() -> None:
    assert learnt([("good words", False), ("bad words", True)]).score("bad words") is None


def test_it_is_the_same_after_being_kept() -> None:
    taste = learnt([*((text, False) for text in _texts(GOOD)), *((text, True) for text in _texts(BAD))])
    kept = Taste.from_bytes(taste.to_bytes())
    assert kept.score("Buy cheap pills") == taste.score("Buy cheap pills")


def test_it_learns_from_people_and_makes_a_likely_one_wait(story: ArticlePage, cleo: Any, now: Any) -> None:
    assert learn(now) is False
    for text in _texts(BAD)[:FEWEST]:
        comment = shown(story, text, state=State.WAITING)
        decide(comment.pk, Act.REJECT, who=Who.staff(cleo), now=NOON, reason="spam")
    for text in _texts(GOOD)[:FEWEST]:
        comment = shown(story, text, state=State.WAITING)
        decide(comment.pk, Act.APPROVE, who=Who.staff(cleo), now=NOON)
    assert learn(now) is True
    assert learn(now) is False
    assert (score_of("Buy cheap pills, visit our casino") or 0) > 0.8
    comment = say(story, body="Buy cheap pills now, visit our casino and win a discount.")
    assert comment.state == State.WAITING
    assert any("Much like what was rejected before" in reason for reason in comment.reasons)

"""What is kept for a while only: networks, refused words, addresses that nobody confirmed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.comments.crowds import network_of
from cryptonewshub.comments.deciding import Who, decide
from cryptonewshub.comments.models import Act, Address, Ban, Comment, Flag, Following, NetworkKey, SpentProof
from cryptonewshub.comments.networks import hash_network, hashes_of
from cryptonewshub.comments.tidying import tidy
from tests.comments.cast import EDDAS_NETWORK, NOON, say

WEEK = timedelta(days=7)


def test_a_network_is_a_24_or_a_48() -> None:
    assert network_of("203.0.113.7") == network_of("203.0.113.200") == "203.0.113.0/24"
    assert network_of("2001:db8:1:2::3") == "2001:db8:1::/48"
    assert network_of("::ffff:203.0.113.7") == "203.0.113.0/24"
    assert network_of("fe80::1%eth0") == "fe80::/48"
    assert network_of("nonsense") == ""


def test_another_day_has_another_key_and_is_still_recognised_for_a_week(db: None) -> None:
    today = hash_network(EDDAS_NETWORK, NOON)
    later = NOON + timedelta(days=6)
    assert today != hash_network(EDDAS_NETWORK, later)
    assert today in hashes_of(EDDAS_NETWORK, later)
    assert today not in hashes_of(EDDAS_NETWORK, NOON + WEEK)


def test_after_eight_days_nothing_links_two_comments_of_one_network(story: ArticlePage) -> None:
    first, second = say(story), say(story, body="Another.")
    assert first.network == second.network != ""
    tidy(NOON + timedelta(days=8))
    assert not NetworkKey.objects.exists()
    rows: list[dict[str, Any]] = [dict(row) for row in Comment.objects.order_by("pk").values()]
    same = {name for name in rows[0] if rows[0][name] == rows[1][name] and rows[0][name] not in (None, "", [], 0)}
    assert same - {"article_id", "version", "name", "made", "state", "number", "reasons", "is_proved"} == set()


def test_no_address_of_a_computer_is_in_the_database(story: ArticlePage) -> None:
    say(story)
    for model in (Comment, Flag, NetworkKey, Address):
        for row in model.objects.values():
            assert EDDAS_NETWORK not in str(row)
            assert "203.0.113" not in str(row)


def test_refused_words_are_forgotten_after_their_days_and_the_decisions_stay(story: ArticlePage) -> None:
    comment = say(story, email="edda@example.org")
    decide(comment.pk, Act.REJECT, who=Who("cleo"), now=NOON, reason="hate")
    tidy(NOON + timedelta(days=89))
    comment.refresh_from_db()
    assert comment.body
    tidy(NOON + timedelta(days=91))
    comment.refresh_from_db()
    assert (comment.body, comment.name, comment.address, comment.state) == ("", "A reader", None, "rejected")
    assert [line.act for line in comment.decisions.all()] == ["receive", "reject", "erase"]


def test_an_address_that_nobody_confirmed_is_forgotten_after_a_week(story: ArticlePage) -> None:
    comment = say(story, email="edda@example.org")
    used = Address.objects.create(email="finn@example.org", made=NOON, confirmed=NOON)
    Following.objects.create(address=used, article=story, made=NOON)
    Address.objects.create(email="idle@example.org", made=NOON, confirmed=NOON)
    tidy(NOON + timedelta(days=8))
    comment.refresh_from_db()
    assert comment.address is None
    assert list(Address.objects.all()) == [used]


def test_what_is_over_is_forgotten(db: None) -> None:
    Ban.objects.create(kind="name", value="edda", reason="x", until=NOON, made=NOON)
    SpentProof.objects.create(challenge="x", made=NOON)
    tidy(NOON + timedelta(days=31))
    gone: list[type[models.Model]] = [Ban, SpentProof]
    assert not any(kind._default_manager.exists() for kind in gone)

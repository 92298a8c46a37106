"""Many people at once on PostgreSQL, which has many writers: what SQLite's one writer puts in order stays in order."""

from __future__ import annotations

import pytest

from tests.comments.test_races import require_one_history, two_hundred_at_once
from tests.faults.oracle import read_log
from tests.faults.tracing import IS_LONG
from tests.postgresql.newsroom import NewsroomOnPostgres

pytestmark = [pytest.mark.service, pytest.mark.xdist_group("postgresql")]

ROUNDS = 20 if IS_LONG else 2
THREADS = 50

_AT_ONCE = """
import sys, threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from django.db import connection
from django.utils import timezone

def at_once(act, count, threads):
    def alone(number):
        try:
            return act(number)
        finally:
            connection.close()
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(alone, range(count)))
"""
_PUBLISH = """
from cryptonewshub.articles.doors import PublishBlocked
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.editions.publishing import publish_edition
from cryptonewshub.delivery.baking import bake_pending, baking_waits

rounds, threads = int(sys.argv[1]), int(sys.argv[2])
article = ArticlePage.objects.get()
barrier = threading.Barrier(threads)

def publish(number):
    draft = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    draft.standfirst = f"The words of thread {number}, round {turn}."
    draft.choose_change("update", change_note="Other words.")
    barrier.wait()
    try:
        with baking_waits():
            done = publish_edition(draft.save_revision())
        return [done.edition.version, done.edition.read().document.standfirst, draft.standfirst]
    except PublishBlocked as blocked:
        return str(blocked)

found = []
for turn in range(rounds):
    found += at_once(publish, threads, threads)
bake_pending()
print(json.dumps(found))
"""


def test_fifty_publications_of_one_story_at_once_are_versions_in_a_row(newsroom: NewsroomOnPostgres) -> None:
    """Each version has one winner, who was told so; the others are told that they chose for an earlier version."""
    assert newsroom.publish("Fault words zero.").is_acknowledged
    found = newsroom.do(_AT_ONCE + _PUBLISH, str(ROUNDS), str(THREADS))
    won = [told for told in found if not isinstance(told, str)]
    assert {told for told in found if isinstance(told, str) and "chosen for an earlier version" not in told} == set()
    versions = [version for (version,) in newsroom.rows("SELECT version FROM editions_edition ORDER BY id")]
    assert versions == list(range(1, len(versions) + 1))
    assert sorted(version for version, _, _ in won) == versions[1:]
    assert all(sealed == sent for _, sealed, sent in won)
    assert ROUNDS <= len(won) <= ROUNDS * THREADS
    logged = [leaf.manifest.version for leaf in read_log(newsroom.log)[1] if leaf.manifest.version]
    assert logged == versions
    (live,) = newsroom.rows("SELECT p.standfirst FROM articles_articlepage p")
    assert live == (max(won)[1],)


def test_two_hundred_decisions_and_edits_at_once_give_one_history(newsroom: NewsroomOnPostgres) -> None:
    require_one_history(two_hundred_at_once(newsroom.environment))


_WRITE = """
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.comments.limits import BARE_LIMITS, Refused
from cryptonewshub.comments.models import Address, Comment, Letter, Thread
from cryptonewshub.comments.writing import write

article, now = ArticlePage.objects.get(), timezone.now()
Thread.objects.update_or_create(article=article, defaults={"stays_open": True})

def send(number, words):
    said = {"name": "Edda", "email": "edda@example.org", "body": words, "quote": "", "proof": "", "website": "",
            "follows": True, "wants_replies": False}
    try:
        write(article, said, sender=f"203.0.{number}.9", now=now)
    except Refused as refused:
        return refused.status
    return 200

same = at_once(lambda number: send(1, "The same words."), 16, 16)
many = at_once(lambda number: send(2, f"Words {number}."), 16, 16)
kept = [kind.objects.count() for kind in (Comment, Address, Letter)]
print(json.dumps([sorted(same), sorted(many), *kept]))
"""


def test_what_is_counted_is_counted_right_when_much_comes_at_once(newsroom: NewsroomOnPostgres) -> None:
    """The same words arrive once; a network's limit holds; one address is asked once whether it is right."""
    assert newsroom.publish("Fault words zero.").is_acknowledged
    same, many, comments, addresses, letters = newsroom.do(_AT_ONCE + _WRITE)
    assert same.count(200) == 1
    assert many == [200] * 2 + [429] * 14
    assert (comments, addresses, letters) == (3, 1, 1)


_ADOPT = """
from dataclasses import replace
from cryptonewshub.accuracy.house_policy import adopt_policy, current_policy
from cryptonewshub.accuracy.models import HousePolicy
from cryptonewshub.editions.entering import waiting
policy, now = current_policy(), timezone.now()
def adopt(number):
    with waiting():
        return adopt_policy(replace(policy, name=f"{policy.name} {number}"), why="A trial.", now=now).version
print(json.dumps([sorted(at_once(adopt, 12, 12)), sorted(HousePolicy.objects.values_list("version", flat=True))]))
"""


def test_policies_that_are_adopted_at_once_get_a_version_each(newsroom: NewsroomOnPostgres) -> None:
    adopted, kept = newsroom.do(_AT_ONCE + _ADOPT)
    assert adopted == list(range(2, 14))
    assert kept == list(range(1, 14))

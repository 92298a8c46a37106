"""F7, F8, F18: editors at once, sequencers at once, workers that die with a lock in their hands or do a job twice."""

from __future__ import annotations

import pytest

from cryptonewshub.tlog.manifests import Kind
from tests.cast import write_story
from tests.faults.newsroom import FaultyNewsroom
from tests.faults.oracle import require_safe, require_sound
from tests.faults.tracing import IS_LONG

pytestmark = pytest.mark.xdist_group("faults")

ROUNDS = 20 if IS_LONG else 2
EDITORS = 12 if IS_LONG else 5


def test_editors_of_one_story_at_once_each_get_a_version_of_their_own(newsroom: FaultyNewsroom) -> None:
    """F7: versions are contiguous, no words that were acknowledged are lost, and who comes too late is told so."""
    said: list[str] = []
    for number in range(ROUNDS):
        stories = [_story_of(newsroom, editor, number) for editor in range(EDITORS)]
        running = [newsroom.start("publish", story) for story in stories]
        for process, story in zip(running, stories, strict=True):
            done = process.wait()
            for _ in range(EDITORS):  # the others are still at it, so one may come too late again
                if done.is_acknowledged:
                    break
                assert "chosen for an earlier version" in done.said, done.said
                done = newsroom.run("publish", story)
            assert done.is_acknowledged, done.said
            said.append(done.said.strip())
    leaves = require_sound(newsroom)
    versions = [leaf.manifest.version for leaf in leaves if leaf.manifest.kind is Kind.VERSION]
    assert versions == list(range(1, len(versions) + 1))
    assert len(set(said)) == len(said) == len(versions) - 1
    sealed = " ".join(str(content) for (content,) in newsroom.rows("SELECT content FROM editions_edition"))
    for number in range(ROUNDS):
        for editor in range(EDITORS):
            assert f"Fault words {number} by {editor}." in sealed


def _story_of(newsroom: FaultyNewsroom, editor: int, number: int) -> str:
    return str(
        write_story(
            newsroom.folder / f"editor{editor}", more=f"Fault words {number} by {editor}.", change="change: update"
        )
    )


def test_sequencers_at_once_make_one_history(newsroom: FaultyNewsroom) -> None:
    """F8: every process may sequence; one does at a time."""
    before = newsroom.size
    for slug in ("one", "two", "three", "four"):
        newsroom.publish(f"Fault words {slug}.", slug=slug, env=newsroom.crash_at("P0"))
    running = [newsroom.start("bake") for _ in range(4)]
    for process in running:
        done = process.wait()
        assert done.status == 0, done.said
    leaves = require_sound(newsroom)
    assert len(leaves) == before + 4


def test_a_worker_that_dies_holding_the_log_holds_up_nobody(newsroom: FaultyNewsroom) -> None:
    """F18: the lock is the process's, and goes with it; what it had committed is completed by the next."""
    before = newsroom.size
    running = [
        newsroom.start("publish", str(newsroom.story("Fault words one.", slug="one")), env=newsroom.crash_at("P4")),
        newsroom.start("publish", str(newsroom.story("Fault words two.", slug="two"))),
    ]
    died, lived = (process.wait() for process in running)
    assert died.status in (-9, 0)  # the other one may have entered its act for it
    assert lived.is_acknowledged, lived.said
    newsroom.acknowledged["two"] = "Fault words two."
    assert len(require_sound(newsroom)) == before + 2


def test_a_job_that_runs_twice_or_out_of_order_changes_nothing(newsroom: FaultyNewsroom) -> None:
    """F18: acts that wait are entered once, in an order in which each finds its predecessor."""
    before = newsroom.size
    for words in ("one", "two", "three"):
        newsroom.publish(f"Fault words {words}.", env=newsroom.crash_at("P0"))
        newsroom.publish(f"Fault words other {words}.", slug="other", env=newsroom.crash_at("P0"))
    require_safe(newsroom)
    for _ in range(2):
        assert newsroom.run("bake").status == 0
    leaves = require_sound(newsroom)
    assert [leaf.manifest.version for leaf in leaves[before:]].count(None) == 0
    assert len(leaves) == before + 6

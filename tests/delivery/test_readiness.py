"""Who watches is told what should be done by now and is not; the public only whether it is."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone

from cryptonewshub.accuracy.holding import keep_reasons, release
from cryptonewshub.accuracy.models import Hold
from cryptonewshub.articles.doors import PublishBlocked
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.config.home import Home
from cryptonewshub.delivery import cursor, readiness
from cryptonewshub.delivery.counting import BOUNDS, Counts, Waits, _write, add_up, counts_of, forget_all
from cryptonewshub.delivery.metrics import metrics_text
from cryptonewshub.delivery.models import Wanted
from cryptonewshub.delivery.readiness import matters
from cryptonewshub.editions.publishing import publish_edition

Draft = Callable[..., ArticlePage]


@pytest.fixture
def published(committed_draft: Draft) -> ArticlePage:
    page = committed_draft()
    revision = page.get_latest_revision()
    assert revision is not None
    publish_edition(revision)
    return page


def unwell() -> dict[str, str]:
    return {matter.name: matter.sentence for matter in matters(timezone.now()) if not matter.is_well}


def test_a_newsroom_that_has_done_its_work_is_ready(published: ArticlePage) -> None:
    assert unwell() == {}
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (200, True)
    assert answer["Cache-Control"] == "no-store"
    assert "set-cookie" not in {name.lower() for name in answer.headers}


def test_what_is_behind_is_named(published: ArticlePage, home: Home) -> None:
    cursor.advance(0)
    assert "entries of the log" in unwell()["pages"]
    cursor.advance(10)
    Wanted.objects.create(address="/", due=timezone.now() - timedelta(minutes=3))
    assert "1 wishes of editors" in unwell()["pages"]
    (home.search / "state").unlink()
    assert "cnh index" in unwell()["search"]


def test_a_key_that_others_can_read_is_named_and_not_to_the_public(published: ArticlePage, home: Home) -> None:
    home.secret("spare")
    os.chmod(home.keys / "spare", 0o644)
    assert "spare" in unwell()["keys"]
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["matters"]["keys"]) == (503, "not well")
    assert "spare" not in answer.content.decode()


def test_a_full_disk_is_named(published: ArticlePage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "LEAST_FREE", 1 << 60)
    assert "are free" in unwell()["disk"]


def test_a_database_that_is_away_is_named_and_the_files_are_looked_at_all_the_same(
    published: ArticlePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> Any:
        raise DatabaseError("unable to open database file")

    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", away)
        found = matters(timezone.now())
    assert [(matter.name, matter.is_well) for matter in found] == [("database", False), ("disk", True), ("keys", True)]


def test_a_search_index_that_cannot_be_asked_is_named_and_the_rest_is_told_all_the_same(
    published: ArticlePage, settings: Any
) -> None:
    settings.CNH_SEARCH_URL = "postgresql://nobody@127.0.0.1:1/none"
    assert unwell().keys() == {"search"}
    assert unwell()["search"].startswith("It could not be looked at: ")
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["matters"]["search"]) == (503, "not well")
    assert answer.json()["matters"]["pages"] == "well"
    told = metrics_text()
    assert 'cnh_ready{matter="search"} 0' in told
    assert 'cnh_ready{matter="keys"} 1' in told


def test_a_story_that_is_out_is_not_counted_among_the_held_ones(published: ArticlePage) -> None:
    keep_reasons(PublishBlocked("The desk has no source for it.", page=published.pk))
    assert "\ncnh_held_stories 1\n" in metrics_text()
    release(published)
    assert Hold.objects.count() == 1
    assert "\ncnh_held_stories 0\n" in metrics_text()


def test_the_counts_of_all_processes_are_added_up(tmp_path: Path) -> None:
    one, two = Counts(), Counts()
    one.add("file", "200", 0.0002)
    two.add("file", "200", 99.0)
    two.add("editors", "503", 0.003)
    for number, counts in enumerate((one, two)):
        _write(counts, tmp_path / f"{number}.json")
    (tmp_path / "3.json").write_text("not json")
    total = add_up(tmp_path)
    assert total.requests == {("file", "200"): 2, ("editors", "503"): 1}
    assert total.waits["file"].buckets == [0, 1, *[0] * (len(BOUNDS) - 2), 1]
    forget_all(tmp_path)
    assert add_up(tmp_path).requests == {}


def test_the_numbers_are_in_the_form_that_prometheus_reads(published: ArticlePage, home: Home) -> None:
    counts = Counts({("file", "304"): 7}, {"file": Waits(), "editors": Waits()})
    counts.waits["file"].add(0.0003)
    counts.waits["file"].add(0.02)
    counts_of(home.path).mkdir(parents=True, exist_ok=True)
    _write(counts, counts_of(home.path) / "1.json")
    lines = metrics_text().splitlines()
    told = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    assert told['cnh_requests_total{by="file",status="304"}'] == "7"
    assert told['cnh_request_seconds_bucket{by="file",le="0.0005"}'] == "1"
    assert (
        told['cnh_request_seconds_bucket{by="file",le="+Inf"}'] == told['cnh_request_seconds_count{by="file"}'] == "2"
    )
    assert (told["cnh_log_waiting"], told["cnh_pages_behind"], told['cnh_ready{matter="pages"}']) == ("0", "0", "1")
    assert int(told["cnh_published_seconds_count"]) >= 1
    typed = {line.split()[2] for line in lines if line.startswith("# TYPE")}
    assert {name.split("{")[0].removesuffix(ending) for name in told for ending in ("", "_bucket")} >= typed


def test_readyz_is_json_for_programs(published: ArticlePage) -> None:
    assert set(json.loads(Client().get("/readyz").content)["matters"]) == {
        "database", "log", "pages", "caches", "schedule", "search", "disk", "keys",
    }  # fmt: skip

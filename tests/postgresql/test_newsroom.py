"""A newsroom's days on PostgreSQL: founded, published, commented, verified, withdrawn, and baked as from a file."""

from __future__ import annotations

import shutil
from pathlib import Path

import psycopg
import pytest

from tests.faults.oracle import read_log
from tests.postgres import Postgres
from tests.postgresql.newsroom import NewsroomOnPostgres

pytestmark = [pytest.mark.service, pytest.mark.xdist_group("postgresql")]

PATH = "/security/ferry-runs-again/"
CANARY = "Zwingliborough"
COMMENT = """
from django.utils import timezone
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.comments.deciding import Who, decide
from cryptonewshub.comments.models import Act, Comment, Thread
from cryptonewshub.comments.writing import write
said = {"name": "Edda", "email": "edda@example.org", "body": "I was on that ferry.", "quote": "", "proof": "",
        "website": "", "follows": True, "wants_replies": True}
Thread.objects.update(stays_open=True)
written = write(ArticlePage.objects.get(), said, sender="203.0.113.9", now=timezone.now())
if written.comment.state == "waiting":
    decide(written.comment.pk, Act.APPROVE, who=Who("Ben"), now=timezone.now())
print(json.dumps(Comment.objects.get().state))
"""


def test_a_story_lives_and_goes_on_postgresql(newsroom: NewsroomOnPostgres, server: Postgres) -> None:
    first = newsroom.publish(f"Her name is {CANARY}.")
    assert first.is_acknowledged, first.said
    second = newsroom.publish(f"{CANARY} leaves at noon.")
    assert second.is_acknowledged, second.said
    assert newsroom.rows("SELECT version FROM editions_edition ORDER BY id") == [(1,), (2,)]
    assert newsroom.do(COMMENT) == "approved"
    baked = newsroom.run("bake")
    assert baked.status == 0, baked.said
    assert "I was on that ferry." in _page(newsroom, f"{PATH}comments/")
    verified = newsroom.run("verify", str(newsroom.home / "site" / PATH.strip("/") / "index.html"))
    assert verified.status == 0, verified.said
    _require_the_same_from_a_file(newsroom)

    assert _words_in(server.folder / "data" / "base", newsroom) is True
    withdrawn = newsroom.run("withdraw", PATH, "--basis", "privacy", "--yes")
    assert withdrawn.status == 0, withdrawn.said
    assert [str(file) for file in newsroom.home.rglob("*") if file.is_file() and _has_words(file)] == []
    assert _words_in(server.folder / "data" / "base", newsroom) is False
    assert "withdrawn" in _page(newsroom, PATH)
    assert len(read_log(newsroom.log)[1]) == newsroom.size


def _require_the_same_from_a_file(newsroom: NewsroomOnPostgres) -> None:
    """The same rows in a file give the same site, byte for byte."""
    assert newsroom.run("bake", "--all").status == 0
    other = newsroom.folder / "other"
    newsroom.bake_from_a_file(other)
    ours, theirs = _site(newsroom.home), _site(other)
    assert ours.keys() == theirs.keys()
    assert [path for path in ours if ours[path] != theirs[path]] == []
    shutil.rmtree(other)


def _site(home: Path) -> dict[str, bytes]:
    files = (file for file in (home / "site").rglob("*") if file.is_file() and ".state" not in file.parts)
    return {str(file.relative_to(home)): file.read_bytes() for file in files}


def _page(newsroom: NewsroomOnPostgres, path: str) -> str:
    return (newsroom.home / "site" / path.strip("/") / "index.html").read_text(encoding="utf-8")


def _words_in(base: Path, newsroom: NewsroomOnPostgres) -> bool:
    """Whether a file of the newsroom's database has the word in its bytes, after all is on disk and uncompressed."""
    with psycopg.connect(newsroom.url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        (number,) = connection.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone() or (
            0,
        )
    return any(_has_words(file) for file in (base / str(number)).iterdir() if file.is_file())


def _has_words(file: Path) -> bool:
    return CANARY.casefold().encode() in file.read_bytes().lower()

"""`cnh move`: every row of a newsroom in a file comes into PostgreSQL as it was, or none does."""

from __future__ import annotations

import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from tests.faults.newsroom import ROOT
from tests.postgres import Postgres
from tests.postgresql.conftest import create
from tests.postgresql.newsroom import NewsroomOnPostgres
from tests.postgresql.test_newsroom import COMMENT

pytestmark = [pytest.mark.service, pytest.mark.xdist_group("postgresql")]

_NOT_ROWS = ("django_migrations", "wagtailsearch_indexentry")


@pytest.fixture(scope="module")
def in_a_file(
    founded: NewsroomOnPostgres, server: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> NewsroomOnPostgres:
    """A newsroom with a story and a comment, and the very same one in a file, in `folder/home`."""
    folder = tmp_path_factory.mktemp("moving")
    create(server, "before", template="founded")
    shutil.copytree(founded.home, folder / "before" / "home")
    before = NewsroomOnPostgres(founded.stage, folder / "before", url=server.database("before"))
    published = before.publish("A word that moves.")
    assert published.is_acknowledged, published.said
    assert before.do(COMMENT) == "approved"
    before.bake_from_a_file(folder / "home")
    with closing(sqlite3.connect(folder / "home" / "db.sqlite3")) as file, file:
        file.execute("CREATE TABLE IF NOT EXISTS django_migrations (id INTEGER PRIMARY KEY, app, name, applied)")
        file.execute("DELETE FROM django_migrations")
        file.executemany(
            "INSERT INTO django_migrations VALUES (?, ?, ?, ?)",
            [(*row[:3], str(row[3])) for row in before.rows("SELECT id, app, name, applied FROM django_migrations")],
        )
    return before


@pytest.fixture
def moving(in_a_file: NewsroomOnPostgres, server: Postgres, tmp_path: Path) -> NewsroomOnPostgres:
    """The newsroom in the file, and a PostgreSQL in which nobody can log in."""
    name = f"to_{tmp_path.name}"[:60]
    create(server, name, template="founded")
    with psycopg.connect(server.database(name)) as connection:
        connection.execute("TRUNCATE auth_user CASCADE")
    shutil.copytree(in_a_file.folder.parent / "home", tmp_path / "home")
    return replace(in_a_file, folder=tmp_path, url=server.database(name))


def _tables(newsroom: NewsroomOnPostgres) -> dict[str, list[tuple[object, ...]]]:
    names = newsroom.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    return {
        str(name): sorted(newsroom.rows(f'SELECT * FROM "{name}"'), key=repr)
        for (name,) in names
        if name not in _NOT_ROWS
    }


def test_every_row_comes_as_it_was_and_the_newsroom_goes_on(
    moving: NewsroomOnPostgres, in_a_file: NewsroomOnPostgres
) -> None:
    moved = moving.run("move")
    assert moved.status == 0, moved.said
    before, after = _tables(in_a_file), _tables(moving)
    assert before["comments_comment"]
    assert before == after
    assert moving.rows("SELECT count(*) FROM wagtailsearch_indexentry")[0][0]

    assert moving.run("bake", "--all").said.endswith("Every page is up to date.\n")
    published = moving.publish("A word that came later.")
    assert published.is_acknowledged, published.said
    assert moving.rows("SELECT max(version) FROM editions_edition") == [(2,)]
    audited = moving.run("log", "audit")
    assert audited.status == 0, audited.said

    again = moving.run("move")
    assert again.status == 2
    assert "there is a newsroom in that PostgreSQL already" in again.said
    assert moving.rows("SELECT max(version) FROM editions_edition") == [(2,)]


def test_a_row_that_cannot_be_written_there_moves_nothing(moving: NewsroomOnPostgres) -> None:
    with closing(sqlite3.connect(moving.home / "db.sqlite3")) as file, file:
        file.execute("UPDATE comments_comment SET body = 'A sign that is none: ' || char(0)")
    before = _tables(moving)
    moved = moving.run("move")
    assert moved.status == 2
    assert "a row of the table comments_comment cannot be written there: " in moved.said
    assert _tables(moving) == before


def test_a_move_that_was_killed_before_its_end_moved_nothing_and_is_made_again(moving: NewsroomOnPostgres) -> None:
    before = _tables(moving)
    killed = moving.run("move", env=moving.crash_at("M1"))
    assert killed.status == -9, killed.said
    assert _tables(moving) == before
    assert moving.run("move").status == 0
    assert _tables(moving) != before


def test_a_file_of_another_version_stays(moving: NewsroomOnPostgres) -> None:
    with closing(sqlite3.connect(moving.home / "db.sqlite3")) as file, file:
        file.execute("DELETE FROM django_migrations WHERE app = 'editions' AND name LIKE '0010%'")
    moved = moving.run("move")
    assert moved.status == 2
    assert "another version's shape; run “cnh init” without CNH_DATABASE_URL first" in moved.said


def test_who_is_at_work_is_not_moved_away_under(moving: NewsroomOnPostgres) -> None:
    with socket.socket(socket.AF_UNIX) as editors:
        editors.bind(str(moving.home / "editors.sock"))
        editors.listen()
        moved = moving.run("move")
    assert moved.status == 2
    assert "the newsroom is being served; stop “cnh serve”" in moved.said


def test_without_a_file_or_a_place_there_is_nothing_to_do(moving: NewsroomOnPostgres) -> None:
    command = [sys.executable, "-m", "cryptonewshub", "move"]
    environment = {**moving.environment, "CNH_DATABASE_URL": ""}
    nowhere = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert nowhere.returncode == 2
    assert "CNH_DATABASE_URL names no PostgreSQL to move to" in nowhere.stderr
    (moving.home / "db.sqlite3").unlink()
    assert "nothing is left to move" in moving.run("move").said

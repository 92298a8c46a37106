"""One PostgreSQL server and one founded newsroom for all of these tests; each test has a copy of both its halves."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.faults.newsroom import Stage
from tests.postgres import Postgres, debians_postgres
from tests.postgresql.newsroom import NewsroomOnPostgres


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    with debians_postgres() as running:
        yield running


@pytest.fixture(scope="session")
def founded(server: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewsroomOnPostgres]:
    """A newsroom that `cnh init` made, and a database that others are copied from."""
    folder = tmp_path_factory.mktemp("founded")
    create(server, "founded")
    with closing(Stage(folder, CNH_DATABASE_URL=server.database("founded"))) as stage:
        newsroom = NewsroomOnPostgres(stage, folder, url=server.database("founded"))
        made = newsroom.run("init")
        assert made.status == 0, made.said
        yield newsroom


@pytest.fixture
def newsroom(founded: NewsroomOnPostgres, server: Postgres, tmp_path: Path) -> NewsroomOnPostgres:
    name = f"of_{tmp_path.name}"[:60]
    create(server, name, template="founded")
    shutil.copytree(founded.home, tmp_path / "home")
    return NewsroomOnPostgres(founded.stage, tmp_path, url=server.database(name))


def create(server: Postgres, name: str, *, template: str = "template1") -> None:
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        # Else PostgreSQL counts its sequences back to the template's when it is killed: the copy was all it had logged.
        connection.execute("CHECKPOINT")

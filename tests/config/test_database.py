"""CNH_DATABASE_URL: what it says is handed on to libpq, and what cannot be used is one sentence without a password."""

from __future__ import annotations

from pathlib import Path

import pytest

from cryptonewshub.config.database import database_of
from cryptonewshub.config.environment import SettingError


def test_without_an_address_the_tables_are_in_a_file_that_must_be_there() -> None:
    assert database_of("", Path("/srv/a b/db.sqlite3"))["NAME"] == "file:/srv/a%20b/db.sqlite3?mode=rw"


def test_what_the_address_says_is_handed_on() -> None:
    found = database_of("postgresql://cleo:p%40ss@db.example:5433/news?sslmode=verify-full&connect_timeout=9", Path())
    assert {name: found[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")} == {
        "USER": "cleo",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
        "NAME": "news",
    }
    options = found["OPTIONS"]
    assert isinstance(options, dict)
    assert (options["sslmode"], options["connect_timeout"]) == ("verify-full", "9")


@pytest.mark.parametrize(
    "url",
    [
        "mysql://cleo:secret@localhost/news",
        "postgresql://cleo:secret@localhost",
        "postgresql://cleo:secret@localhost/news?colour=red",
        "postgresql://cleo:secret@[localhost/news",
        "secret",
    ],
)
def test_an_address_that_is_none_is_one_sentence_without_the_password(url: str) -> None:
    with pytest.raises(SettingError, match=r"^CNH_DATABASE_URL is not the address of a PostgreSQL database") as refused:
        database_of(url, Path())
    assert "secret" not in str(refused.value)

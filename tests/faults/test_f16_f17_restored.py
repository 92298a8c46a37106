"""F16, F17: an old backup beside a newer log; a database that is lost altogether."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.faults.newsroom import FaultyNewsroom, copied
from tests.faults.oracle import read_log, require_safe, require_sound

pytestmark = pytest.mark.xdist_group("faults")


def test_an_old_backup_signs_nothing_until_it_has_what_the_mirror_has(newsroom: FaultyNewsroom) -> None:
    """F16: no second history, and the sentence says which mirror to copy from."""
    backup, before = newsroom.folder / "backup", newsroom.size
    shutil.copytree(newsroom.home, backup)
    newsroom.publish("Fault words one.")
    newsroom.publish("Fault words two.", slug="other")
    mirror = newsroom.folder / "mirror"
    shutil.copytree(newsroom.log, mirror, ignore=shutil.ignore_patterns(".state"))
    shutil.rmtree(newsroom.home)
    shutil.copytree(backup, newsroom.home)
    (newsroom.home / "mirrors").write_text(f"# the copy in the other town\n{mirror}\n", encoding="utf-8")

    refused = newsroom.publish("Fault words three.", slug="third")
    assert refused.status == 1
    assert f"The mirror {mirror} has {before + 2} entries of this log" in refused.said
    assert "cnh log recover --from" in refused.said
    assert len(read_log(newsroom.log)[1]) == before

    assert "2 entries were fetched" in newsroom.run("log", "recover", "--from", str(mirror)).said
    rebuilt = newsroom.run("log", "rebuild")
    assert "2 entries of the log were taken" in rebuilt.said, rebuilt.said
    leaves = require_sound(newsroom)
    assert len(leaves) == before + 3
    assert newsroom.publish("Fault words four.", slug="fourth").is_acknowledged
    require_sound(newsroom)


def test_a_copy_that_tells_another_history_is_refused(
    newsroom: FaultyNewsroom, template: FaultyNewsroom, tmp_path: Path
) -> None:
    other = copied(template, tmp_path / "other")
    other.publish("Fault words other.")
    newsroom.publish("Fault words one.")
    (newsroom.home / "mirrors").write_text(f"{other.log}\n", encoding="utf-8")
    refused = newsroom.publish("Fault words two.", slug="other")
    assert "has another history of this log" in refused.said
    assert "Nothing was changed" in newsroom.run("log", "recover", "--from", str(_longer(other).log)).said
    require_safe(newsroom)


def _longer(other: FaultyNewsroom) -> FaultyNewsroom:
    other.publish("Fault words longer.", slug="longer")
    return other


def test_a_mirror_that_cannot_be_read_keeps_a_restored_store_from_signing(newsroom: FaultyNewsroom) -> None:
    (newsroom.home / "mirrors").write_text(f"{newsroom.folder / 'nowhere'}\n", encoding="utf-8")
    waiting = newsroom.publish("Fault words one.")
    assert "Nothing is signed until one of them answers" in waiting.said
    (newsroom.home / "mirrors").unlink()
    newsroom.acknowledged["ferry-runs-again"] = "Fault words one."
    require_sound(newsroom)


def test_a_lost_database_is_made_again_from_the_log(newsroom: FaultyNewsroom) -> None:
    """F17: the same editions, the same entries, the same pages. The house policy is adopted anew, at another time."""
    newsroom.publish("Fault words one.")
    newsroom.publish("Fault words two.", slug="other")
    editions = newsroom.rows("SELECT version, change, path, sha256, content FROM editions_edition ORDER BY id")
    entries = newsroom.rows('SELECT kind, "index", at, leaf_hash FROM editions_logentry ORDER BY "index"')
    pages = _pages(newsroom)
    for file in newsroom.home.glob("db.sqlite3*"):
        file.unlink()
    shutil.rmtree(newsroom.home / "site")
    founded = newsroom.run("init")
    assert founded.status == 0, founded.said
    assert newsroom.run("log", "rebuild").said == "0 entries of the log were taken into the database.\n"
    assert newsroom.rows("SELECT version, change, path, sha256, content FROM editions_edition ORDER BY id") == editions
    assert newsroom.rows('SELECT kind, "index", at, leaf_hash FROM editions_logentry ORDER BY "index"') == entries
    newsroom.run("bake", "--all")
    again = _pages(newsroom)
    assert {path for path in pages if pages[path] != again.get(path) and "policies/accuracy" not in path} == set()
    require_sound(newsroom)


def test_a_log_without_its_lock_store_is_not_founded_anew(newsroom: FaultyNewsroom, tmp_path: Path) -> None:
    store = newsroom.log / ".state" / "lock.db"
    store.rename(tmp_path / "lock.db")
    founded = newsroom.run("init")
    assert founded.status == 2
    assert founded.said.splitlines()[-1].startswith(f"cnh: There is a log in {newsroom.log} without its lock store.")
    (tmp_path / "lock.db").rename(store)
    require_sound(newsroom)


def _pages(newsroom: FaultyNewsroom) -> dict[str, bytes]:
    site = newsroom.home / "site"
    return {
        str(file.relative_to(site)): file.read_bytes()
        for file in site.rglob("*")
        if file.is_file() and ".state" not in file.parts
    }

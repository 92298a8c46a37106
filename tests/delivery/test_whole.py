"""Everything at once: by one process or by several, gone on with after a kill, and in nobody's way."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.config.home import Home
from cryptonewshub.delivery import baker, cursor, whole, writing
from cryptonewshub.delivery.baking import bake_all, bake_later, bake_pending, file_of
from cryptonewshub.delivery.kept import kept, once
from cryptonewshub.delivery.models import EVERYTHING, Wanted
from cryptonewshub.editions.publishing import publish_edition
from tests.cast import write_story

Draft = Callable[..., ArticlePage]
FERRY, SECOND = "/security/ferry-runs-again/", "/security/second/"


def publish(page: ArticlePage) -> None:
    revision = page.get_latest_revision()
    assert revision is not None
    publish_edition(revision)


def test_a_run_that_was_killed_is_gone_on_with(
    committed_draft: Draft, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(committed_draft())
    before = {file: file.read_bytes() for file in home.site.rglob("*.html")}
    monkeypatch.setattr(whole, "_PART", 5)
    baked: list[str] = []
    bake_part = baker.bake_part

    def killed(addresses: Sequence[str]) -> list[str]:
        if len(baked) >= 20:
            raise KeyboardInterrupt
        baked.extend(addresses)
        return bake_part(addresses)

    for file in before:
        file.unlink()
    with monkeypatch.context() as patched:
        patched.setattr(whole, "bake_part", killed)
        with pytest.raises(KeyboardInterrupt):
            bake_all()
    done = set(baked)
    assert len(done) == 20
    again: list[str] = []

    def noted(addresses: Sequence[str]) -> list[str]:
        again.extend(addresses)
        return bake_part(addresses)

    monkeypatch.setattr(whole, "bake_part", noted)
    bake_all()
    assert not done & set(again)
    assert {file: file.read_bytes() for file in before} == before
    again.clear()
    assert bake_all() == []
    assert done < set(again)


def test_another_run_begins_anew(committed_draft: Draft, home: Home) -> None:
    publish(committed_draft())
    record = whole.Record("one")
    record.add(0)
    assert whole.Record("one").done == {0}
    assert whole.Record("another").done == set()
    assert whole.Record("one").done == set()


def test_a_page_that_was_printed_before_a_publication_is_not_written_after_it(
    committed_draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(committed_draft())
    newer = committed_draft(more="It leaves at noon.", change="change: update")
    print_and_write = writing.write_pages
    is_published = False

    def slow(addresses: Sequence[str]) -> list[str]:
        """Prints, is overtaken by an editor, and then writes."""
        nonlocal is_published
        written = print_and_write(addresses)
        if FERRY in addresses and not is_published:
            is_published, old = True, file_of(FERRY).read_bytes()
            token = cursor._is_baking.set(False)
            publish(newer)
            cursor._is_baking.reset(token)
            file_of(FERRY).write_bytes(old)
        return written

    monkeypatch.setattr(writing, "write_pages", slow)
    baker.bake_part([FERRY, "/"])
    assert is_published
    assert "It leaves at noon." in file_of(FERRY).read_text(encoding="utf-8")


def test_a_story_that_was_published_meanwhile_keeps_its_pages(
    committed_draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(committed_draft())
    second = committed_draft(slug="second", more="The second ship sails in May.")
    bake_part = baker.bake_part

    def overtaken(addresses: Sequence[str]) -> list[str]:
        if not file_of(SECOND).exists():
            token = cursor._is_baking.set(False)
            publish(second)
            cursor._is_baking.reset(token)
        return bake_part(addresses)

    monkeypatch.setattr(whole, "bake_part", overtaken)
    bake_all()
    assert file_of(SECOND).exists()
    assert bake_all() == []


def test_who_publishes_does_not_wait_for_a_large_site(committed_draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(committed_draft())
    monkeypatch.setattr("cryptonewshub.delivery.baking._AT_ONCE", 0)
    bake_later([EVERYTHING])
    file_of("/offline/").unlink()
    assert "/offline/" not in bake_pending(in_a_hurry=True)
    assert Wanted.objects.filter(address=EVERYTHING).exists()
    assert "/offline/" in bake_pending()
    assert not Wanted.objects.filter(address=EVERYTHING).exists()


def test_what_was_looked_up_once_is_kept_to_the_end_of_a_bake() -> None:
    asked: list[str] = []

    @once
    def answer(question: str) -> str:
        asked.append(question)
        return question.upper()

    assert [answer("a"), answer("a")] == ["A", "A"]
    with kept():
        assert [answer("a"), answer("a"), answer("b")] == ["A", "A", "B"]
        with kept():
            assert answer("a") == "A"
    answer("a")
    assert asked == ["a", "a", "a", "b", "a"]


@pytest.mark.service
def test_several_processes_bake_what_one_does(tmp_path: Path) -> None:
    home = tmp_path / "home"
    environment = {**os.environ, "CNH_HOME": str(home), "DJANGO_SETTINGS_MODULE": "cryptonewshub.config.settings"}

    def cnh(*words: str) -> str:
        command = [sys.executable, "-m", "cryptonewshub", *words]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    cnh("init")
    cnh("publish", str(write_story(tmp_path)))
    before = {
        file: file.read_bytes() for file in (home / "site").rglob("*") if ".state" not in file.parts and file.is_file()
    }
    for file in before:
        if file.suffix == ".html":
            file.unlink()
    assert "files were written" in cnh("bake", "--all", "--processes", "2")
    assert {file: file.read_bytes() for file in before} == before
    assert cnh("bake", "--all", "--processes", "2") == "Every page is up to date.\n"

"""Inspecting: a page that was changed since it was baked is found and baked again, and nothing is logged."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.config.home import Home
from cryptonewshub.delivery import inspecting
from cryptonewshub.delivery.baking import bake_all, file_of, mend_damaged
from cryptonewshub.delivery.cursor import no_baker
from cryptonewshub.editions.models import LogEntry
from cryptonewshub.editions.publishing import publish_edition

ADDRESS = "/security/ferry-runs-again/"


@pytest.fixture
def published(committed_draft: Callable[..., ArticlePage]) -> None:
    revision = committed_draft().get_latest_revision()
    assert revision is not None
    publish_edition(revision)


@pytest.mark.usefixtures("published")
def test_a_site_as_it_was_baked_has_nothing_to_mend() -> None:
    assert mend_damaged() == []
    bake_all()
    assert mend_damaged() == []


@pytest.mark.usefixtures("published")
def test_changed_and_lost_pages_are_baked_again_and_not_logged() -> None:
    entries = LogEntry.objects.count()
    page, feed = file_of(ADDRESS), file_of("/feed.xml")
    whole = page.read_bytes(), feed.read_bytes()
    page.write_bytes(whole[0].replace(b"Tuesday", b"Wednesday"))
    feed.unlink()
    assert mend_damaged() == ["/feed.xml", ADDRESS]
    assert (page.read_bytes(), feed.read_bytes()) == whole
    assert mend_damaged() == []
    assert LogEntry.objects.count() == entries


@pytest.mark.usefixtures("published")
def test_the_list_is_begun_anew_only_while_nobody_else_bakes(monkeypatch: pytest.MonkeyPatch) -> None:
    forget, is_free = inspecting.forget, list[bool]()

    def watched(files: Iterable[Path]) -> None:
        with no_baker() as nobody_bakes:
            is_free.append(nobody_bakes)
        forget(files)

    monkeypatch.setattr(inspecting, "forget", watched)
    bake_all()
    assert is_free == [False]


@pytest.mark.usefixtures("published")
def test_a_list_that_was_damaged_itself_judges_nothing(home: Home) -> None:
    (home.site / ".state" / "written").write_text("rubbish\n\n", encoding="utf-8")
    assert mend_damaged() == []


@pytest.mark.usefixtures("published")
def test_a_large_site_is_inspected_part_by_part() -> None:
    file_of(ADDRESS).write_bytes(b"")
    assert mend_damaged(start=10_000) == []
    assert mend_damaged() == [ADDRESS]


@pytest.mark.usefixtures("published")
def test_what_pages_load_is_mended_too(home: Home) -> None:
    style = next((home.site / "assets").glob("style.*.css"))
    whole = style.read_bytes()
    style.write_bytes(b"p { display: none }")
    assert mend_damaged() == [f"/assets/{style.name}"]
    assert style.read_bytes() == whole
    assert mend_damaged() == []


@pytest.mark.usefixtures("published")
def test_a_packed_copy_that_says_something_else_is_made_again() -> None:
    copy = file_of(ADDRESS).with_name("index.html.br")
    whole = copy.read_bytes()
    copy.write_bytes(whole[:-9])
    assert mend_damaged() == [ADDRESS]
    assert copy.read_bytes() == whole

"""Baking: after a publication the site holds exactly what the editions say, and every run can be repeated."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.config.home import Home
from cryptonewshub.delivery import cursor, printing, site_files
from cryptonewshub.delivery.baking import bake_all, bake_pending, file_of
from cryptonewshub.editions.publishing import publish_edition

Draft = Callable[..., ArticlePage]


def _publish(page: ArticlePage) -> None:
    revision = page.get_latest_revision()
    assert revision is not None
    publish_edition(revision)


def _files(home: Home) -> dict[str, bytes]:
    return {
        str(file.relative_to(home.site)): file.read_bytes()
        for file in home.site.rglob("*")
        if file.is_file() and ".state" not in file.parts
    }


def test_a_published_article_is_a_file_once_the_publication_is_committed(committed_draft: Draft, home: Home) -> None:
    _publish(committed_draft())
    page = file_of("/security/ferry-runs-again/").read_text(encoding="utf-8")
    assert "Ferry to Sund runs again on Tuesday" in page
    for address in ("/", "/security/", "/topics/ferries/", "/feed.xml", "/404.html"):
        assert file_of(address).is_file(), address


def test_what_one_publication_bakes_is_what_baking_everything_gives(committed_draft: Draft, home: Home) -> None:
    _publish(committed_draft())
    _publish(committed_draft(slug="second", more="The second ship sails in May."))
    _publish(committed_draft(more="It leaves at noon.", change="change: update"))
    after_publications = _files(home)
    assert bake_all() == []
    assert _files(home) == after_publications


def test_a_second_run_writes_nothing(committed_draft: Draft) -> None:
    _publish(committed_draft())
    assert bake_pending() == []


def test_assets_that_are_missing_are_written_even_when_nothing_is_published(newsroom: object) -> None:
    written = bake_pending()
    assert any(address.endswith(".css") for address in written)
    assert bake_pending() == []


def test_a_killed_bake_loses_nothing(committed_draft: Draft, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(position: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(cursor, "advance", killed)
        with pytest.raises(KeyboardInterrupt):
            _publish(committed_draft())
    file_of("/security/ferry-runs-again/").unlink()
    assert "/security/ferry-runs-again/" in bake_pending()


def test_a_lost_site_is_baked_again_from_the_editions(committed_draft: Draft, home: Home) -> None:
    import shutil

    _publish(committed_draft())
    before = _files(home)
    shutil.rmtree(home.site)
    bake_all()
    assert _files(home) == before


def test_a_bake_that_fails_unpublishes_nothing(
    committed_draft: Draft, home: Home, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(files: object, after_each: object) -> None:
        raise OSError(28, "No space left on device")

    page = committed_draft()
    with monkeypatch.context() as patched:
        patched.setattr(site_files, "write_all_durably", full)
        _publish(page)
    page.refresh_from_db()
    assert page.live
    assert "No space left" in caplog.text
    assert "/security/ferry-runs-again/" in bake_pending()


def test_files_that_belong_to_no_page_are_taken_away(committed_draft: Draft, home: Home) -> None:
    _publish(committed_draft())
    stray = home.site / "security" / "gone" / "index.html"
    stray.parent.mkdir()
    stray.write_text("gone")
    bake_all()
    assert not stray.parent.exists()


def test_each_edition_keeps_an_address_of_its_own(committed_draft: Draft) -> None:
    _publish(committed_draft())
    _publish(committed_draft(more="It leaves at noon.", change="change: update"))
    first = file_of("/security/ferry-runs-again/editions/1/").read_text(encoding="utf-8")
    assert "It leaves at noon." not in first
    assert file_of("/security/ferry-runs-again/editions/2/").is_file()


def test_a_story_that_moves_leaves_the_way_to_it(committed_draft: Draft, home: Home) -> None:
    page = committed_draft()
    _publish(page)
    moved = page.get_latest_revision_as_object()
    moved.slug = "ferry-sails"
    moved.choose_change("minor")
    moved.save_revision()
    page.refresh_from_db()
    _publish(page)
    assert 'href="/security/ferry-sails/"' in file_of("/security/ferry-runs-again/").read_text(encoding="utf-8")
    assert 'href="/security/ferry-sails/"' in file_of("/security/ferry-runs-again/editions/1/").read_text("utf-8")
    assert "We have looked at every bolt" in file_of("/security/ferry-sails/editions/1/").read_text("utf-8")
    after = _files(home)
    bake_all()
    assert _files(home) == after


@pytest.mark.parametrize(
    "address", ["/nowhere/", "/topics/none/", "/authors/none/", "/security/none/editions/1/", "/a/b/c/d/"]
)
def test_an_address_without_a_page_has_none(address: str, newsroom: object) -> None:
    assert printing.page_at(address, printing.current_site()) is None

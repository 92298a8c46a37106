"""The pages of corrections are baked with each correction, from sealed editions alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import html

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.config.home import Home
from cryptonewshub.delivery.baking import bake_all, file_of
from cryptonewshub.editions.models import Edition
from cryptonewshub.editions.publishing import publish_edition
from tests.cast import WRONG_AND_RIGHT, correction_fields

Draft = Callable[..., ArticlePage]


def _parsed(page: str) -> Any:
    return html.document_fromstring(page)


def _publish(page: ArticlePage) -> Edition:
    revision = page.get_latest_revision()
    assert revision is not None
    return publish_edition(revision).edition


def _read(address: str) -> str:
    return file_of(address).read_text(encoding="utf-8")


def test_a_correction_comes_on_the_list_in_its_month_and_in_the_feed(committed_draft: Draft, home: Home) -> None:
    _publish(committed_draft())
    _publish(committed_draft(slug="other", more="It is blue."))
    told = correction_fields(updated="2026-03-02T12:30:00+01:00")
    _publish(committed_draft(more="It leaves at noon.", change=told))
    for address in ("/corrections/", "/corrections/2026-03/", "/corrections/feed.xml"):
        assert WRONG_AND_RIGHT[1] in _read(address), address
    row = _parsed(_read("/corrections/")).xpath("//tbody/tr")[0]
    assert [cell.text_content() for cell in row.xpath("th|td")] == ["March 2026", "2", "1", "50.0", "3 h"]


def test_baking_everything_again_changes_nothing(committed_draft: Draft, home: Home) -> None:
    _publish(committed_draft())
    _publish(committed_draft(more="It leaves at noon.", change=correction_fields()))
    before = {path: path.read_bytes() for path in home.site.rglob("*.html")}
    bake_all()
    assert {path: path.read_bytes() for path in home.site.rglob("*.html")} == before


def test_a_retracted_story_leaves_the_front_and_is_marked_in_its_section(committed_draft: Draft, home: Home) -> None:
    _publish(committed_draft())
    _publish(committed_draft(change=correction_fields("retraction")))
    assert "Ferry to Sund" not in _read("/")
    assert "Ferry to Sund" not in _read("/feed.xml")
    assert "Retracted" in _read("/security/")
    assert "We have looked at every bolt" in _read("/security/ferry-runs-again/")


def test_the_corrections_page_is_there_before_the_first_correction(committed_draft: Draft, home: Home) -> None:
    _publish(committed_draft())
    assert "Every correction will stand here" in _read("/corrections/")

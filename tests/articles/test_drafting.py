"""A story file as the editor has it: its page says what the file says, block by block."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from PIL import Image
from wagtail.blocks import StructBlockValidationError

from cryptonewshub.articles.blocks import StoryBlock, rows_of
from cryptonewshub.articles.models import ArticlePage, FrontPage
from cryptonewshub.articles.reading import document_of
from cryptonewshub.articles.story_error import StoryError
from tests.forms import editor_form

Draft = Callable[..., ArticlePage]

BODY = """\
:::points
The ferry sails.
:::

Table: Ships a day[^lind]

| Day | Ships |
|---|---|
| Monday | 61 |
| Tuesday | |

:::update 2026-03-02T09:30:00+01:00 The gates open
The first cars are on board.

| Deck | Cars |
|---|---|
| One | 40 |

:::update 2026-03-02T10:15:00+01:00 The ferry sails
"""


def _in_editor(page: ArticlePage) -> ArticlePage:
    latest: ArticlePage = page.get_latest_revision_as_object()
    return latest


def test_tables_points_and_updates_are_blocks_in_the_editor_and_come_back_as_they_were(draft: Draft) -> None:
    page = _in_editor(draft(more=BODY, change="label: live\nended: 2026-03-02T12:00:00+01:00"))
    in_editor = [child.block_type for child in page.body]
    assert in_editor == ["paragraph", "paragraph", "points", "table", "update", "update"]
    document = document_of(page)
    kinds = [block.kind for block in document.body]
    assert kinds == [
        "p", "p", "points", "table-title", "row-head", "row", "row",
        "update", "p", "row-head", "row", "update",
    ]  # fmt: skip
    assert document.body[6].cells == ["Tuesday", ""]
    assert document.body[3].marks[0].value == "lind"
    assert document.label == "live"
    assert document.ended is not None


def test_the_series_and_the_related_stories_are_the_editors_too(draft: Draft) -> None:
    first = draft()
    second = _in_editor(draft(slug="second", change="series: The winter\npart: 2\nrelated: [ferry-runs-again]"))
    document = document_of(second)
    assert document.series
    assert (document.series.slug, document.series.part) == ("the-winter", 2)
    assert document.related == (str(first.article_id),)
    assert replace(document, related=()) != document


def test_a_related_story_that_is_not_there_is_told(draft: Draft) -> None:
    with pytest.raises(StoryError, match="there is no story “nowhere”"):
        draft(change="related: [nowhere]")


def test_a_related_story_is_found_by_the_slug_that_its_file_has(draft: Draft) -> None:
    live = draft(slug="live")
    second = _in_editor(draft(slug="second", change="related: [live]"))
    assert document_of(second).related == (str(live.article_id),)


def test_a_story_gets_an_address_of_its_own_and_an_editor_is_told_of_a_section_that_is_there(draft: Draft) -> None:
    cleo = Client()
    cleo.force_login(get_user_model().objects.create_superuser("cleo"))
    page, front = draft(), FrontPage.objects.get()
    address = f"/admin/pages/add/articles/sectionpage/{front.pk}/"
    form = {"title": "Media", "slug": "media", "description": ""}
    assert cleo.post(address, form).status_code == 302
    again = cleo.post(address, form)
    assert (again.status_code, "already in use" in again.content.decode()) == (200, True)
    address = f"/admin/pages/add/articles/articlepage/{page.get_parent().pk}/"
    for title, slug in (("Live", "live"), ("Live", "live"), ("Live", ""), ("Om været", ""), ("…", "")):
        form = {**editor_form(page, cleo), "title": title, "slug": slug}
        assert cleo.post(address, form).status_code == 302
    made = ArticlePage.objects.order_by("-pk").values_list("slug", flat=True)[:5]
    assert list(made) == ["story", "om-vaeret", "live-story-3", "live-story-2", "live-story"]
    assert cleo.post(f"/admin/pages/{page.pk}/edit/", {**editor_form(page, cleo), "slug": ""}).status_code == 302
    assert _in_editor(page).slug == page.slug


def test_a_table_may_be_pasted_from_a_spreadsheet() -> None:
    assert rows_of("Day\tShips\nMonday\t61\n") == [["Day", "Ships"], ["Monday", "61"]]
    assert rows_of("| Day | Ships |\n| Monday |  |") == [["Day", "Ships"], ["Monday", ""]]


def test_a_table_whose_rows_are_uneven_is_refused_with_the_row() -> None:
    table = StoryBlock().child_blocks["table"]
    value = table.to_python({"title": "", "rows": "Day | Ships\nMonday | 61 | 2"})
    with pytest.raises(StructBlockValidationError) as refused:
        table.clean(value)
    (sentence,) = refused.value.block_errors["rows"].messages
    assert sentence == "Row 2 has 3 cells and the first row 2. Make them equal."


# Wagtail leaves the temporary file of each picture that it resizes to the garbage collector.
@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.Spooled:ResourceWarning")
def test_the_point_that_must_stay_in_view_is_the_pictures_focal_point_in_the_editor(
    draft: Draft, tmp_path: Path
) -> None:
    (tmp_path / "stories").mkdir()
    Image.new("RGB", (400, 200), "teal").save(tmp_path / "stories" / "quay.png")
    page = _in_editor(
        draft(
            more="![The quay](quay.png)",
            change="images:\n  - {file: quay.png, credit: Ada, licence: CC0, alt: The quay, focus: 30 60}",
        )
    )
    (picture,) = [child.value["image"] for child in page.body if child.block_type == "picture"]
    assert (picture.focal_point_x, picture.focal_point_y) == (120, 120)
    assert document_of(page).images[0].focus == (30, 60)

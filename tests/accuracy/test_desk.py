"""The Desk panel's server side: what it shows, where it says that the words are, and whom it answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from wagtail.models import GroupPagePermission, Page

from cryptonewshub.accuracy import views
from cryptonewshub.accuracy.gate import examine
from cryptonewshub.accuracy.headings import RULES
from cryptonewshub.accuracy.proof import proof_of
from cryptonewshub.accuracy.report import Report
from cryptonewshub.articles.models import ArticlePage, SectionPage
from cryptonewshub.articles.reading import document_of, editor_places, source_texts_of
from tests.cast import FALSE_WORDS


def editor_of(section: Page, name: str = "ada") -> Any:
    """Somebody who may edit and publish in one section only."""
    group, _ = Group.objects.get_or_create(name=f"Editors of {section.title}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page", "publish_page"):
        GroupPagePermission.objects.get_or_create(
            group=group, page=section, permission=Permission.objects.get(codename=codename)
        )
    user = get_user_model().objects.create_user(name, password="a long password for tests")
    user.groups.add(group)
    return user


@pytest.fixture
def story(draft: Callable[..., ArticlePage]) -> ArticlePage:
    return draft(quotation=FALSE_WORDS)


def ask(user: Any, page: ArticlePage) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(f"/admin/desk/{page.pk}/")


def test_the_proof_has_the_words_of_both_sides_and_the_correction(story: ArticlePage) -> None:
    answer = ask(editor_of(story.get_parent()), story).json()
    (entry,) = [entry for entry in answer["entries"] if entry["weight"] == "stop"]
    assert answer["stopping"] == 1
    assert answer["sentence"] == "1 finding stops publication. 1 of 2 quotations traced."
    assert entry["heading"] == "Altered"
    assert ["+", "twelve"] in entry["comparison"]["story"]
    assert ["-", "eleven"] in entry["comparison"]["source"]
    assert entry["correction"].endswith("changed eleven of them,")
    assert [source["key"] for source in answer["sources"]] == ["lind"]


def test_a_story_without_faults_is_ready(draft: Callable[..., ArticlePage]) -> None:
    answer = ask(editor_of((page := draft()).get_parent()), page).json()
    assert answer["sentence"] == "Ready to publish: 2 of 2 quotations traced."
    assert [quotation["heading"] for quotation in answer["traced"]] == ["Word for word"] * 2


def test_the_newest_draft_is_read_and_not_what_is_live(story: ArticlePage) -> None:
    newer = story.get_latest_revision_as_object()
    newer.standfirst = "The minister says “no ship was looked at” this winter."
    newer.save_revision()
    answer = ask(editor_of(story.get_parent()), story).json()
    assert "The standfirst" in [entry["where"] for entry in answer["entries"]]


def test_another_sections_editor_is_refused(story: ArticlePage) -> None:
    front = story.get_parent().get_parent()
    other = front.add_child(instance=SectionPage(title="Energy", slug="energy"))
    assert ask(editor_of(other, "ben"), story).status_code == 403


def test_a_stranger_is_sent_to_the_login(story: ArticlePage) -> None:
    assert Client().get(f"/admin/desk/{story.pk}/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_a_reading_holds_no_transaction_that_saving_would_wait_for(
    committed_draft: Callable[..., ArticlePage], monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    story = committed_draft()
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    seen: list[bool] = []

    def watched(page: ArticlePage) -> Report:
        seen.append(connection.in_atomic_block)
        return examine(page)

    monkeypatch.setattr(views, "examine", watched)
    assert ask(editor_of(story.get_parent()), story).status_code == 200
    assert seen == [False]


def test_every_spot_leads_to_the_words_in_the_editors_own_data(story: ArticlePage) -> None:
    page = story.get_latest_revision_as_object()
    places = editor_places(page)
    assert len(places) == len(document_of(page).body)
    children = {child.id: child for child in page.body}
    made = proof_of(examine(page), places, source_texts_of(page))
    for entry in made.entries:
        if entry.spot.editor:
            assert entry.finding.text[:10] in str(children[entry.spot.editor.path[0]].value)


def test_a_finding_keeps_its_name_while_its_words_stay(story: ArticlePage) -> None:
    page = story.get_latest_revision_as_object()
    before = {entry.id for entry in proof_of(examine(page), editor_places(page), ()).entries}
    page.dateline = "Sund"
    after = {entry.id for entry in proof_of(examine(page), editor_places(page), ()).entries}
    assert before == after
    assert before


def test_every_rule_has_a_name_in_plain_words() -> None:
    reference = (Path(__file__).parents[2] / "docs/reference/rules.md").read_text(encoding="utf-8")
    assert set(RULES) == {line[5:-1] for line in reference.splitlines() if line.startswith("### `")}

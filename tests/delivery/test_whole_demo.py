"""The demo newsroom, story by story and change by change: what each bakes is what baking everything gives."""

from __future__ import annotations

import gc
import re
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
import yaml
from wagtail.images import get_image_model

from cryptonewshub.articles.models import ArticlePage, FrontPage, SectionPage
from cryptonewshub.cli import demo
from cryptonewshub.cli.groups import found_groups
from cryptonewshub.comments.deciding import Who, decide
from cryptonewshub.comments.models import Act
from cryptonewshub.config.home import Home
from cryptonewshub.delivery import baking, surroundings
from cryptonewshub.delivery.baking import bake_all
from cryptonewshub.delivery.printers import machines
from cryptonewshub.editions.publishing import publish_edition
from cryptonewshub.editions.withdrawing import order_withdrawal
from cryptonewshub.people.models import Author, NewsPerson
from cryptonewshub.tlog.manifests import Basis
from cryptonewshub.verifier.memory import Seen
from cryptonewshub.verifier.monitor import monitor
from cryptonewshub.verifier.places import Newsroom
from tests.comments.cast import NOON, say


# Wagtail leaves the temporary file of each picture that it resizes to the garbage collector.
@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.Spooled:ResourceWarning")
def test_baking_what_each_edition_touches_is_baking_everything(
    committed_newsroom: FrontPage, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (machines, surroundings):  # so that most of the stories are in none of the longer lists' feeds
        monkeypatch.setattr(module, "STORIES_IN_A_FEED", 3)
    newsroom: dict[str, Any] = yaml.safe_load((demo.FOLDER / "newsroom.yaml").read_text(encoding="utf-8"))
    found_groups()
    demo._load_register(newsroom)
    for story in newsroom["stories"]:
        demo._load_story(story)
    demo._arrange_the_front(newsroom["front"], newsroom["breaking"])
    demo._show_copies(newsroom["copies"])
    for story in newsroom["stories"]:
        demo._withdraw(story)
    gc.collect()
    assert bake_all() == []
    _no_link_leads_nowhere(home)
    for change in (
        _update_each_story,
        _move_a_story,
        _rename_a_section,
        _change_an_author,
        _approve_a_comment,
        _register_a_spelling,
        partial(_withdraw_a_story, monkeypatch),
    ):
        change()
        gc.collect()
        assert bake_all() == [], change
    _no_link_leads_nowhere(home)
    _an_outsider_finds_nothing_wrong(home)


def _an_outsider_finds_nothing_wrong(home: Home) -> None:
    """An hour later, when nothing may be behind the log any more."""
    report = monitor(Newsroom(home.path), seen=Seen.read(None), now=datetime.now(UTC) + timedelta(hours=1))
    assert [step.text for step in report.steps if step.holds is False] == []


def _update_each_story() -> None:
    """None of them is listed otherwise afterwards; whatever shows one of them names its new edition."""
    for page in ArticlePage.objects.live().filter(label="news").order_by("pk"):
        draft = page.get_latest_revision_as_object()
        draft.dateline = f"{draft.dateline} and elsewhere"
        draft.choose_change("update")
        publish_edition(draft.save_revision())


def _move_a_story() -> None:
    page = ArticlePage.objects.live().filter(label="news").order_by("pk").first()
    assert page
    draft = page.get_latest_revision_as_object()
    draft.slug = f"{draft.slug}-moved"
    draft.choose_change("minor")
    publish_edition(draft.save_revision())


def _rename_a_section() -> None:
    section = SectionPage.in_order()[0]
    section.title = f"{section.title} and more"
    section.save()


def _change_an_author() -> None:
    author = Author.objects.exclude(photo=None).order_by("pk")[0]
    author.biography = "She has another portrait now."
    author.photo = get_image_model().objects.exclude(pk=author.photo_id).order_by("pk").first()
    author.save()


def _approve_a_comment() -> None:
    story = ArticlePage.objects.live().order_by("pk").last()
    assert story
    comment = say(story, body="Thank you for this.")
    decide(comment.pk, Act.APPROVE, who=Who("cleo"), now=NOON)


def _register_a_spelling() -> None:
    person = NewsPerson.objects.order_by("pk")[0]
    person.aliases, person.description = f"{person.aliases}\nSomebody Else".strip(), "In the news again."
    person.save()


def _withdraw_a_story(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages that showed its words are known; baking all of them afterwards only makes sure."""
    story = ArticlePage.objects.live().filter(label="news").order_by("pk")[1]
    with monkeypatch.context() as patched:
        patched.setattr(baking, "write_everything", list)
        order_withdrawal(story, basis=Basis.PRIVACY)


def _no_link_leads_nowhere(home: Home) -> None:
    pages = {file.relative_to(home.site).as_posix(): file.read_text("utf-8") for file in home.site.rglob("*.html")}
    assert len(pages) > 50
    links = {target for text in pages.values() for target in re.findall(r'(?:href|src)="(/[^"#?]*)', text)}
    missing = [
        link
        for link in sorted(links)
        if not link.startswith(("/search/", "/comments/", "/log/", "/verify/", "/policies/accuracy/"))
        and not (home.site / link.lstrip("/") / ("index.html" if link.endswith("/") else "")).exists()
    ]
    assert missing == []

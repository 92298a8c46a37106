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


def checker_of(section: Page, *codenames: str) -> Any:
    """Ben, who edits in the section and has these rights of the desk."""
    user = editor_of(section, "ben")
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


def post(user: Any, page: ArticlePage, act: str, **values: Any) -> Any:
    client = Client()
    client.force_login(user)
    return client.post(f"/admin/desk/{page.pk}/{act}/", values)


def the_stop(user: Any, page: ArticlePage) -> dict[str, Any]:
    (entry,) = [entry for entry in ask(user, page).json()["entries"] if entry["weight"] in ("stop", "cleared")]
    return entry


def test_a_cleared_finding_says_who_when_and_why_and_can_be_taken_back(story: ArticlePage) -> None:
    ben = checker_of(story.get_parent(), "clear_findings")
    reason = "The words were compared with the recording."
    cleared = post(ben, story, "clear", finding=the_stop(ben, story)["id"], reason=reason)
    assert cleared.status_code == 200, cleared.content
    entry = the_stop(ben, story)
    assert (entry["weight"], entry["given"]["reason"]) == ("cleared", reason)
    assert entry["given"]["by"].startswith("ben (")
    assert ask(ben, story).json()["stopping"] == 0
    back = post(ben, story, "take-back", clearance=entry["given"]["id"], reason="The recording was another one.")
    assert back.status_code == 200
    assert ask(ben, story).json()["stopping"] == 1


def test_who_may_not_clear_reads_why_before_trying(story: ArticlePage) -> None:
    ada = editor_of(story.get_parent())
    entry = the_stop(ada, story)
    assert "may not clear findings" in entry["signOff"]["refusal"]
    refused = post(ada, story, "clear", finding=entry["id"], reason="Because.")
    assert refused.status_code == 400
    assert refused.json()["refusal"] == entry["signOff"]["refusal"]


def test_clearing_words_that_have_changed_meanwhile_is_refused(story: ArticlePage) -> None:
    ben = checker_of(story.get_parent(), "clear_findings")
    name = the_stop(ben, story)["id"]
    newer = story.get_latest_revision_as_object()
    newer.body = [("paragraph", "<p>“We have looked at every bolt, and changed ninety,” Petra Lind said.</p>")]
    newer.save_revision(user=ben)
    refused = post(ben, story, "clear", finding=name, reason="It was so.")
    assert refused.status_code == 409
    assert "have changed" in refused.json()["refusal"]


def test_a_void_clearance_is_told_beside_the_changed_words(story: ArticlePage) -> None:
    ben = checker_of(story.get_parent(), "clear_findings")
    post(ben, story, "clear", finding=the_stop(ben, story)["id"], reason="Compared with the recording.")
    newer = story.get_latest_revision_as_object()
    words = "We have looked at every bolt of that ship, and we have changed thirteen of them,"
    newer.body = [("paragraph", f"<p>“{words}” the minister, Petra Lind, said on Monday.</p>")]
    newer.save_revision()
    entry = the_stop(ben, story)
    assert entry["weight"] == "stop"
    assert entry["void"]["text"] == FALSE_WORDS


def test_the_archive_offers_the_source_that_has_the_words_first(
    draft: Callable[..., ArticlePage], home: Any, settings: Any
) -> None:
    from cryptonewshub.sources.models import Source
    from cryptonewshub.sources.searching import enter

    story = draft()
    words = "Nobody in this harbour has slept since the second bell rang on Sunday"
    for number, text in enumerate(["A list of prices.", f"HARBOUR MASTER VOLL: {words}.", "Minutes of the council."]):
        source = Source(title=f"Document {number}", speaker="Elin Voll", text=text, publisher="Port of Lunde")
        source.take_original(text.encode(), name="pasted.txt", media_type="text/plain")
        source.save()
        enter(source)
    client = Client()
    client.force_login(editor_of(story.get_parent()))
    told = client.get(f"/admin/desk/{story.pk}/archive/", {"words": words}).json()
    assert (told["likely"]["title"], told["likely"]["key"]) == ("Document 1", "voll")
    assert "Press briefing" not in str(told), "a source that is attached already is not offered"
    found = client.get(f"/admin/desk/{story.pk}/archive/", {"q": "document 2"}).json()
    assert [source["title"] for source in found["others"]] == ["Document 2"]


def test_a_confidential_source_stays_with_those_who_may_read_it(story: ArticlePage) -> None:
    source = story.attached_sources.get().source
    source.is_confidential = True
    source.save()
    ada = editor_of(story.get_parent())
    told = ask(ada, story).content.decode()
    assert "eleven" not in told
    assert source.title not in told
    (entry,) = [entry for entry in ask(ada, story).json()["entries"] if entry["weight"] == "stop"]
    assert "confidential source" in entry["advice"]
    assert entry["correction"] is None
    source.readers.add(ada)
    assert "eleven" in ask(ada, story).content.decode()


def test_a_document_taken_in_comes_with_a_key_and_a_bad_one_with_a_sentence(story: ArticlePage) -> None:
    ada = checker_of(story.get_parent(), "add_source")
    told = post(ada, story, "capture", way="text", text="HARBOUR MASTER VOLL: The pier is closed.", speaker="Elin Voll")
    assert told.status_code == 200, told.content
    assert (told.json()["key"], told.json()["speaker"]) == ("voll", "Elin Voll")
    again = post(ada, story, "capture", way="text", text="HARBOUR MASTER VOLL: The pier is closed.")
    assert again.json()["id"] == told.json()["id"]
    refused = post(ada, story, "capture", way="address", address="http://127.0.0.1/secret")
    assert refused.status_code == 400
    assert refused.json()["refusal"].endswith(".")


def test_taking_documents_in_is_a_right(story: ArticlePage) -> None:
    refused = post(editor_of(story.get_parent()), story, "capture", way="text", text="Words.")
    assert refused.status_code == 403
    assert "may not take documents" in refused.json()["refusal"]

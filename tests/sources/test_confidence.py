"""Confidential sources: used like any other, seen by those on their list, and nowhere outside the desk."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core import serializers
from django.test import Client

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.config.home import Home
from cryptonewshub.sources.capturing import Described, capture_text
from cryptonewshub.sources.models import Source
from cryptonewshub.sources.searching import NewsroomArchive, index_file
from tests.cast import FALSE_WORDS

LIST = "/admin/snippets/sources/source/"
CHOOSE = "/admin/snippets/choose/sources/source/"
CANARY = "Quillfeather"  # stands in everything that the desk knows of the source, and in nothing that it published
PUBLIC_TABLES = ("editions.edition", "editions.editiontopic", "editions.editionauthor", "editions.editionspeaker")


def member(name: str, *codenames: str) -> Any:
    """A colleague who may work with sources."""
    group, _ = Group.objects.get_or_create(name="Desk")
    rights = ("access_admin", "add_source", "change_source", "delete_source", "view_source")
    group.permissions.set(Permission.objects.filter(codename__in=rights))
    user = get_user_model().objects.create_user(name)
    user.groups.add(group)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


def logged_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def ada(newsroom: object) -> Any:
    return member("ada")


@pytest.fixture
def secret(ada: Any) -> Source:
    described = Described(title=f"Talk with {CANARY}", publisher=f"{CANARY} & Sons", is_confidential=True)
    return capture_text(f"{CANARY} says that the ferry will never run again.", user=ada, described=described)


def screens(pk: int) -> list[str]:
    return [f"{LIST}{act}/{pk}/" for act in ("inspect", "edit", "delete", "usage", "history")]


def test_a_colleague_who_is_not_on_the_list_is_refused_at_every_screen(secret: Source, ada: Any) -> None:
    dov = logged_in(member("dov"))
    for address in screens(secret.pk):
        answer = dov.get(address)
        assert answer.status_code == 403, address
        assert CANARY not in answer.content.decode()
        assert logged_in(ada).get(address).status_code == 200
    dov.post(f"{LIST}edit/{secret.pk}/", {"title": "Taken", "language": "en"})
    dov.post(f"{LIST}delete/{secret.pk}/")
    assert Source.objects.get().title == f"Talk with {CANARY}"


def test_lists_searches_and_choosers_know_nothing_of_it(secret: Source) -> None:
    dov = logged_in(member("dov"))
    for address in (
        *(LIST, f"{LIST}?q=never+run", f"{LIST}results/?q=ferry", f"{LIST}?is_confidential=true"),
        *(CHOOSE, f"{CHOOSE}results/?q=never+run", f"{CHOOSE}chosen-multiple/?id={secret.pk}"),
        "/admin/reports/site-history/",
    ):
        shown = dov.get(address).content.decode()
        assert CANARY not in shown, address
    chosen = dov.get(f"{CHOOSE}chosen/{secret.pk}/", headers={"X-Requested-With": "XMLHttpRequest"})
    assert chosen.status_code == 403


def test_its_number_typed_into_a_story_attaches_nothing(draft: Callable[..., ArticlePage], secret: Source) -> None:
    from wagtail.models import GroupPagePermission, Page

    page = draft()
    dov = member("dov")
    GroupPagePermission.objects.create(
        group=Group.objects.get(name="Desk"),
        page=Page.get_first_root_node(),
        permission=Permission.objects.get(codename="change_page"),
    )
    for user, is_refused in ((dov, True), (secret.captured_by, False)):
        form_class = ArticlePage.get_edit_handler().get_form_class()
        form = form_class({}, instance=page, for_user=user)
        row = form.formsets["attached_sources"].form({"source": secret.pk, "key": "x"}, for_user=user)
        assert row.is_valid()
        form.formsets["attached_sources"]._refuse_what_they_may_not_see(row)
        assert bool(row.errors) is is_refused


def test_filters_offer_no_confidential_publisher(secret: Source) -> None:
    assert CANARY not in logged_in(member("dov")).get(LIST).content.decode()


@pytest.mark.parametrize("way", ["capture", "list", "right"])
def test_those_who_may_see_it_see_it(secret: Source, ada: Any, way: str) -> None:
    reader = {
        "capture": lambda: ada,
        "list": lambda: member("ben"),
        "right": lambda: member("cleo", "see_confidential_source"),
    }
    user = reader[way]()
    if way == "list":
        secret.readers.add(user)
    assert secret.may_be_seen_by(user)
    assert secret in Source.objects.visible_to(user)
    assert CANARY in logged_in(user).get(LIST).content.decode()


def test_its_name_in_messages_and_logs_tells_nothing(secret: Source) -> None:
    assert str(secret) == f"Confidential source {secret.pk}"


def test_a_source_that_becomes_confidential_leaves_the_index_and_the_records(ada: Any, home: Home) -> None:
    source = capture_text(
        f"{CANARY} says that the ferry will never run again.", user=ada, described=Described(title=CANARY)
    )
    client = logged_in(ada)
    client.post(f"{LIST}edit/{source.pk}/", {"title": CANARY, "language": "en", "publisher": "Sund"})
    client.post(f"{LIST}edit/{source.pk}/", {"title": CANARY, "language": "en", "is_confidential": "on"})
    assert Source.objects.get().is_confidential
    from wagtail.models import ModelLogEntry

    assert not ModelLogEntry.objects.filter(label__contains=CANARY).exists()


def test_a_source_is_not_both_confidential_and_shown_to_readers(ada: Any, home: Home) -> None:
    source = capture_text("The ferry will never run again.", user=ada, described=Described(title="Briefing"))
    marks = {"title": "Briefing", "language": "en", "is_confidential": "on", "is_shown": "on"}
    answer = logged_in(ada).post(f"{LIST}edit/{source.pk}/", marks)
    assert "A confidential source is shown to nobody." in answer.content.decode()
    assert not Source.objects.get().is_confidential


@pytest.mark.django_db(transaction=True)
def test_the_index_of_the_archive_never_holds_it(home: Home, transactional_db: None) -> None:
    words = "Nobody in this ministry knew that the engine had been painted over twice."
    open_source = capture_text(f"{words} {CANARY} was there.", described=Described(title="Briefing"))
    assert NewsroomArchive().closest(words) is not None
    open_source.is_confidential = True
    open_source.save()
    assert NewsroomArchive().closest(words) is None
    index_file().unlink()
    assert NewsroomArchive().closest(words) is None


def _make_confidential(page: ArticlePage) -> Source:
    """The story's one source is somebody's confidence, under a key that names them."""
    attached = page.attached_sources.get()
    source: Source = attached.source
    for name in ("title", "publisher", "author", "file_name", "interviewer", "interview_place", "remarks"):
        setattr(source, name, f"{CANARY} {name}")
    source.url, source.is_confidential = f"https://{CANARY}.example/", True
    source.text = source.text + f"\n\n{CANARY} said so too."
    source.save()
    return source


def everything_public(home: Home, dump: str) -> str:
    """Every byte that outsiders can have, as text: baked pages, feeds, the log, packed files too, and public tables."""
    import brotli

    pieces = [dump]
    for folder in (home.site, home.log, home.media):
        for file in folder.rglob("*"):
            if file.is_file():
                raw = file.read_bytes()
                pieces.append(file.name)
                pieces.append((brotli.decompress(raw) if file.suffix == ".br" else raw).decode("utf-8", "replace"))
    return "\n".join(pieces)


def test_a_published_story_tells_nothing_of_it_anywhere(
    committed_draft: Callable[..., ArticlePage], home: Home
) -> None:
    from django.apps import apps

    from cryptonewshub.delivery.baking import bake_all
    from cryptonewshub.editions.models import Edition
    from cryptonewshub.editions.publishing import publish_edition

    page = committed_draft()
    source = _make_confidential(page)
    publish_edition(page.get_latest_revision())
    bake_all()
    edition = Edition.objects.get()
    sealed = json.loads(bytes(edition.content))
    assert sealed["sources"] == [{"id": "confidential-1", "commit": source.commitment_in(page.article_id)}]
    assert sealed["quotes"][0]["source"] == "confidential-1"
    assert not {"passage", "speaker"} & sealed["quotes"][0].keys()
    assert "lind" not in json.dumps([mark for block in sealed["body"] for mark in block.get("m", ())])
    tables = [serializers.serialize("json", apps.get_model(name).objects.all()) for name in PUBLIC_TABLES]
    public = everything_public(home, "\n".join([*tables, bytes(edition.content).decode()]))
    assert "A confidential source, known to the desk" in public
    for told in (CANARY, source.sha256, source.salt, "painted over twice"):
        assert told.lower() not in public.lower(), told


def test_a_commitment_binds_the_desk_to_one_document_and_links_no_stories(secret: Source) -> None:
    import hmac
    from uuid import uuid4

    one, other = uuid4(), uuid4()
    salt = hmac.digest(bytes.fromhex(secret.salt), one.bytes, "sha256")
    opened = hashlib.sha256(salt + hashlib.sha256(secret.original_bytes()).digest()).hexdigest()
    assert secret.commitment_in(one) == opened
    assert secret.commitment_in(other) != opened


def test_two_editions_of_a_story_keep_one_commitment(draft: Callable[..., ArticlePage]) -> None:
    from django.utils import timezone

    from cryptonewshub.editions.sealing import preview_of

    page = draft()
    _make_confidential(page)
    page = ArticlePage.objects.get(pk=page.pk)
    first, second = (preview_of(page, now=timezone.now()).document.sources for _ in range(2))
    assert first == second
    assert first[0].commit


def test_what_stops_a_story_quotes_no_confidential_source(draft: Callable[..., ArticlePage]) -> None:
    from cryptonewshub.accuracy.gate import guard
    from cryptonewshub.articles.doors import PublishBlocked

    page = draft(quotation=FALSE_WORDS)
    with pytest.raises(PublishBlocked, match="eleven"):
        guard(page)
    _make_confidential(page)
    with pytest.raises(PublishBlocked) as blocked:
        guard(ArticlePage.objects.get(pk=page.pk))
    assert "eleven" not in str(blocked.value)
    assert "confidential source" in str(blocked.value)


def test_the_panel_shows_its_words_to_those_who_may_see_it_alone(draft: Callable[..., ArticlePage]) -> None:
    page = draft(quotation=FALSE_WORDS)
    _make_confidential(page)
    proof = f"/admin/desk/{page.pk}/"
    cleo = get_user_model().objects.create_superuser("cleo", "", "a-long-password")
    dov = member("dov")
    group = Group.objects.get(name="Desk")
    from wagtail.models import GroupPagePermission, Page

    GroupPagePermission.objects.create(
        group=group, page=Page.get_first_root_node(), permission=Permission.objects.get(codename="change_page")
    )
    assert "eleven" in logged_in(cleo).get(proof).content.decode()
    shown = logged_in(dov).get(proof)
    assert shown.status_code == 200
    assert "eleven" not in shown.content.decode()
    assert CANARY not in shown.content.decode()
    assert "confidential source" in shown.content.decode()

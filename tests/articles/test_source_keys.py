"""The short names of sources: made from the source, one of a kind in a story."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.articles.source_keys import key_for
from cryptonewshub.people.models import NewsPerson, Office
from cryptonewshub.sources.models import Source


@pytest.mark.parametrize(
    ("told", "taken", "key"),
    [
        ({"speaker": "Maria Malmer Stenergard"}, (), "stenergard"),
        ({"speaker": "Maria Malmer Stenergard"}, ("stenergard", "stenergard-2"), "stenergard-3"),
        ({"publisher": "Harbour Council"}, (), "harbour-council"),
        ({"title": "Notice of the new rules"}, (), "notice-of-the"),
        ({"speaker": "习近平", "title": "讲话"}, (), "source"),
        ({"publisher": "The Committee for the Supervision of the Ferries"}, (), "the-committee-for-the-supervision-of"),
    ],
)
def test_a_key_is_made_from_what_tells_most(told: dict[str, str], taken: tuple[str, ...], key: str) -> None:
    assert key_for(Source(**told), taken) == key


def source(title: str, speaker: str) -> Source:
    made = Source(title=title, speaker=speaker, text=title)
    made.take_original(title.encode(), name="pasted.txt", media_type="text/plain")
    made.save()
    return made


def test_saving_a_draft_gives_keys_and_tells_the_open_editor(draft: Callable[..., ArticlePage]) -> None:
    page = draft().get_latest_revision_as_object()
    first, second = source("Second briefing", "Petra Lind"), source("Third briefing", "Petra Lind")
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("cleo", password="a long password for tests"))
    values = form_values(client, page) | {
        "attached_sources-TOTAL_FORMS": "3",
        **{f"attached_sources-{row}-{name}": value
           for row, chosen in ((1, first), (2, second))
           for name, value in {"source": chosen.pk, "key": "", "id": "", "ORDER": row + 1, "DELETE": ""}.items()},
    }  # fmt: skip
    answer = client.post(f"/admin/pages/{page.pk}/edit/", values, headers={"Accept": "application/json"}).json()
    assert answer["success"], answer
    assert answer["field_updates"]["attached_sources-1-key"] == "lind-2"
    newest = ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert [each.key for each in newest.attached_sources.all()] == ["lind", "lind-2", "lind-3"]


def form_values(client: Client, page: ArticlePage) -> dict[str, Any]:
    """What the editor's form sends when nothing was changed."""
    from lxml.html import fromstring

    html: Any = fromstring(client.get(f"/admin/pages/{page.pk}/edit/").content)
    form = html.get_element_by_id("page-edit-form")
    values = {name: value for name, value in form.form_values() if not name.startswith("action-")}
    values["body-count"] = "0"
    return {name: value or "" for name, value in values.items()}


def test_the_people_in_the_news_are_found_by_any_spelling_with_the_office_that_they_hold(newsroom: Any) -> None:
    eide = NewsPerson.objects.create(name="Espen Barth Eide", aliases="E. B. Eide\nEide")
    Office.objects.create(person=eide, title="Minister of Foreign Affairs", country="Norway", since="2023-10-16")
    Office.objects.create(person=eide, title="Minister of Defence", since="2011-11-11", until="2012-09-21")
    NewsPerson.objects.create(name="Petra Lind")
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("cleo", password="a long password for tests"))
    told = client.get("/admin/desk/people/", {"q": "e. b."}).json()
    assert told == {"people": [{"name": "Espen Barth Eide", "about": "Minister of Foreign Affairs, Norway"}]}
    assert client.get("/admin/desk/people/", {"q": ""}).json() == {"people": []}

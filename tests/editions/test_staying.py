"""What was published stays: no screen, no interface and no code takes it off live or deletes it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.editions.models import Edition
from cryptonewshub.editions.publishing import publish_edition
from cryptonewshub.editions.withdrawing import order_withdrawal
from cryptonewshub.tlog.manifests import Basis
from tests.accuracy.test_clearing import person

Draft = Callable[..., ArticlePage]
STAYS = "“Ferry to Sund runs again on Tuesday” has been published"


@pytest.fixture
def cleo(newsroom: object) -> Client:
    client = Client()
    client.force_login(person("Cleo", "Editors"))
    return client


@pytest.fixture
def story(draft: Draft) -> ArticlePage:
    page = draft()
    publish_edition(page.get_latest_revision())
    return ArticlePage.objects.get(pk=page.pk)


def _is_live(page: Page) -> bool:
    return Page.objects.get(pk=page.pk).live


@pytest.mark.parametrize("road", ["unpublish", "delete"])
@pytest.mark.parametrize("what", ["story", "section"])
def test_no_screen_hides_a_story_by_itself_or_with_its_section(
    what: str, road: str, story: ArticlePage, admin_client: Client
) -> None:
    page = story if what == "story" else story.get_parent()
    answer = admin_client.post(reverse(f"wagtailadmin_pages:{road}", args=[page.pk]), {"include_descendants": "on"})
    edit = reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert answer.headers["Location"] == edit
    assert STAYS in admin_client.get(edit).content.decode()
    assert _is_live(story)
    assert _is_live(story.get_parent())


@pytest.mark.parametrize("road", ["unpublish", "delete"])
@pytest.mark.parametrize("what", ["story", "section"])
def test_the_editors_interface_refuses_with_a_sentence(what: str, road: str, story: ArticlePage, cleo: Client) -> None:
    page = story if what == "story" else story.get_parent()
    address = reverse("wagtailadmin_api:pages:action", args=[page.pk, road])
    answer = cleo.post(address, {"recursive": "true"})
    assert answer.status_code == 409
    assert answer.json()["message"].startswith(STAYS)
    assert _is_live(story)
    assert _is_live(story.get_parent())


def test_the_editors_interface_deletes_a_draft_and_shows_pages_as_before(draft: Draft, cleo: Client) -> None:
    page = draft()
    assert cleo.get(reverse("wagtailadmin_api:pages:detail", args=[page.pk])).json()["title"] == page.title
    assert cleo.post(reverse("wagtailadmin_api:pages:action", args=[page.pk, "delete"])).status_code == 204
    assert not ArticlePage.objects.exists()


def test_an_empty_section_goes_off_live(story: ArticlePage, cleo: Client) -> None:
    from cryptonewshub.articles.models import FrontPage, SectionPage

    section = FrontPage.objects.get().add_child(instance=SectionPage(title="Energy", slug="energy"))
    cleo.post(reverse("wagtailadmin_pages:unpublish", args=[section.pk]), {"include_descendants": "on"})
    assert not _is_live(section)


def test_no_code_unpublishes_or_deletes_a_story(story: ArticlePage) -> None:
    with pytest.raises(ValidationError, match="has been published and stays"):
        story.unpublish()
    with pytest.raises(ValidationError, match="has been published and stays"):
        ArticlePage.objects.get(pk=story.pk).delete()
    assert _is_live(story)


def test_a_draft_is_deleted_and_saved_as_ever(draft: Draft) -> None:
    page = draft()
    page.save()
    page.delete()
    assert not ArticlePage.objects.exists()


def test_a_withdrawn_story_is_saved_as_ever_and_stays_too(committed_draft: Draft) -> None:
    page = committed_draft()
    publish_edition(page.get_latest_revision())
    order_withdrawal(page, basis=Basis.LEGAL)
    emptied = ArticlePage.objects.get(pk=page.pk)
    assert not emptied.live
    emptied.save(clean=False)
    with pytest.raises(ValidationError, match="has been published and stays"):
        emptied.delete()


def test_who_may_withdraw_finds_the_button_while_a_version_can_be_read(
    story: ArticlePage, admin_client: Client
) -> None:
    """Also where an earlier version of the software let somebody take the story off live."""
    edit = reverse("wagtailadmin_pages:edit", args=[story.pk])
    button = reverse("withdraw_story", args=[story.pk])
    assert button in admin_client.get(edit).content.decode()
    ArticlePage.objects.filter(pk=story.pk).update(live=False)
    assert button in admin_client.get(edit).content.decode()
    assert Edition.objects.readable().exists()


def test_a_draft_and_an_editor_without_the_right_have_no_such_button(
    story: ArticlePage, draft: Draft, cleo: Client, admin_client: Client
) -> None:
    other = draft(slug="other")
    for client, page in ((cleo, story), (admin_client, other)):
        edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert "Withdraw by order" not in edit.content.decode()

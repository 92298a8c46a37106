"""Every road to publication that Wagtail has ends at the same wall."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import wagtail
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision, Task, Workflow, WorkflowTask

from cryptonewshub.articles.doors import PublishBlocked
from cryptonewshub.articles.models import ArticlePage, ArticleSource, SectionPage
from cryptonewshub.editions.models import Edition
from cryptonewshub.editions.publishing import publish_edition
from cryptonewshub.editions.scheduling import publish_due
from tests.cast import FALSE_WORDS
from tests.forms import editor_form

Draft = Callable[..., ArticlePage]
Road = Callable[[ArticlePage, Client], None]


@pytest.fixture
def cleo(db: None) -> Client:
    """Cleo publishes: a client that is logged in with every right."""
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("cleo", "", "a-long-password"))
    return client


def _latest(page: ArticlePage) -> Revision:
    revision = page.get_latest_revision()
    assert revision is not None
    return revision


def _by_publish_edition(page: ArticlePage, cleo: Client) -> None:
    publish_edition(_latest(page))


def _by_revision_publish(page: ArticlePage, cleo: Client) -> None:
    _latest(page).publish()


def _by_page_publish(page: ArticlePage, cleo: Client) -> None:
    page.publish(_latest(page))


def _by_save_in_a_shell(page: ArticlePage, cleo: Client) -> None:
    page.live = True
    page.save()


def _by_save_of_named_fields(page: ArticlePage, cleo: Client) -> None:
    page.live = True
    page.save(update_fields=["live"])


def _by_the_editors_button(page: ArticlePage, cleo: Client) -> None:
    cleo.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**editor_form(page, cleo), "action-publish": "1"})


def _by_bulk_publish(page: ArticlePage, cleo: Client) -> None:
    cleo.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={page.pk}")


def _by_schedule(page: ArticlePage, cleo: Client) -> None:
    _set_time(page)
    publish_due()


def _by_scheduled_command(page: ArticlePage, cleo: Client) -> None:
    _set_time(page)
    call_command("publish_scheduled")


def _by_workflow(page: ArticlePage, cleo: Client) -> None:
    from wagtail.models import GroupApprovalTask

    user = get_user_model().objects.get(username="cleo")
    workflow = Workflow.objects.create(name="Desk")
    task: Task = GroupApprovalTask.objects.create(name="Approve")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    workflow.start(page, user)
    page.refresh_from_db()
    state = page.current_workflow_task_state
    state.specific.approve(user=user)


def _by_revert(page: ArticlePage, cleo: Client) -> None:
    from wagtail.actions.revert_to_page_revision import RevertToPageRevisionAction

    reverted = RevertToPageRevisionAction(page, revision=_latest(page)).execute(skip_permission_checks=True)
    reverted.publish()


def _by_copy(page: ArticlePage, cleo: Client) -> None:
    page.copy(update_attrs={"slug": "a-copy", "title": "A copy", "live": True}, keep_live=True)
    _latest(ArticlePage.objects.get(slug="a-copy")).publish()


def _by_alias(page: ArticlePage, cleo: Client) -> None:
    ArticlePage.objects.filter(pk=page.pk).update(live=True)  # an alias copies what is live
    page.refresh_from_db()
    try:
        page.create_alias(update_slug="an-alias")
    finally:
        ArticlePage.objects.filter(pk=page.pk).update(live=False)


def _by_adding_a_live_page(page: ArticlePage, cleo: Client) -> None:
    section = SectionPage.objects.get(slug="security")
    new = ArticlePage(title="New", slug="new", body=page.body, live=True)
    new.attached_sources = [ArticleSource(key=one.key, source=one.source) for one in page.attached_sources.all()]
    section.add_child(instance=new)


def _by_move(page: ArticlePage, cleo: Client) -> None:
    other = SectionPage.objects.get(slug="security").add_sibling(
        pos="right", instance=SectionPage(title="Elsewhere", slug="elsewhere")
    )
    page.move(other, pos="last-child")
    _latest(ArticlePage.objects.get(pk=page.pk)).publish()


ROADS: dict[str, Road] = {
    road.__name__.removeprefix("_by_"): road
    for road in (
        _by_publish_edition,
        _by_revision_publish,
        _by_page_publish,
        _by_save_in_a_shell,
        _by_save_of_named_fields,
        _by_the_editors_button,
        _by_bulk_publish,
        _by_schedule,
        _by_scheduled_command,
        _by_workflow,
        _by_revert,
        _by_copy,
        _by_alias,
        _by_adding_a_live_page,
        _by_move,
    )
}

# Every place in Wagtail that publishes. A new one fails the test below: give it a road.
KNOWN_CALLERS = frozenset(
    {
        "actions/create.py",
        "actions/edit.py",
        "actions/publish_revision.py",
        "admin/api/actions/publish.py",
        "admin/views/generic/mixins.py",
        "admin/views/pages/bulk_actions/publish.py",
        "admin/views/pages/create.py",
        "admin/views/pages/edit.py",
        "management/commands/publish_scheduled.py",
        "models/draft_state.py",
        "models/pages.py",
        "models/revisions.py",
        "workflows.py",
    }
)


@pytest.mark.parametrize("road", ROADS.values(), ids=ROADS.keys())
def test_no_road_publishes_an_article_with_an_altered_quotation(road: Road, draft: Draft, cleo: Client) -> None:
    page = draft(quotation=FALSE_WORDS)
    reason = _walk(road, page, cleo)
    assert reason is None or "eleven" in reason or "alias" in reason
    assert not ArticlePage.objects.filter(live=True).exists()
    assert not Edition.objects.exists()


@pytest.mark.parametrize("road", ROADS.values(), ids=ROADS.keys())
def test_every_road_but_an_alias_publishes_a_cleared_article(road: Road, draft: Draft, cleo: Client) -> None:
    page = draft()
    if road in (_by_alias,):
        with pytest.raises(PublishBlocked, match="one address"):
            road(page, cleo)
        return
    road(page, cleo)
    assert ArticlePage.objects.filter(live=True).exists()


def _walk(road: Road, page: ArticlePage, cleo: Client) -> str | None:
    """What the wall says, where the road leads straight into it; a road with a screen before it says it there."""
    try:
        road(page, cleo)
    except PublishBlocked as blocked:
        return str(blocked)
    return None


def test_a_held_article_does_not_hold_back_the_next(draft: Draft) -> None:
    held, free = draft(quotation=FALSE_WORDS, slug="held"), draft(slug="free")
    for page in (held, free):
        _set_time(page)
    outcomes = {outcome.page.slug: outcome.held_because for outcome in publish_due()}
    assert "twelve" in outcomes["held"]
    assert outcomes["free"] == ""
    assert [edition.article.slug for edition in Edition.objects.all()] == ["free"]


def test_the_editor_reads_why_a_story_is_stopped(draft: Draft, cleo: Client) -> None:
    page = draft(quotation=FALSE_WORDS)
    form = {**editor_form(page, cleo), "action-publish": "1"}
    answer = cleo.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
    assert answer.status_code == 200
    assert "eleven" in answer.content.decode()


def test_an_editor_reads_why_a_bulk_publication_was_refused_and_nothing_of_it_is_kept(
    draft: Draft, cleo: Client
) -> None:
    free, held = draft(slug="free"), draft(slug="held", quotation=FALSE_WORDS)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = cleo.post(
        f"{address}?id={free.pk}&id={held.pk}", HTTP_REFERER="http://testserver/admin/pages/", follow=True
    )
    assert answer.redirect_chain[-1][0] == "http://testserver/admin/pages/"
    assert "“eleven”" in answer.content.decode()
    assert not ArticlePage.objects.filter(slug="held", live=True).exists()


def test_an_uncleared_draft_can_be_handed_to_the_desk(draft: Draft, cleo: Client) -> None:
    page = draft(quotation=FALSE_WORDS)
    form = {**editor_form(page, cleo), "action-submit": "1"}
    assert cleo.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form).status_code == 302


def test_a_draft_is_saved_whatever_it_says(draft: Draft, cleo: Client) -> None:
    page = draft(quotation=FALSE_WORDS)
    answer = cleo.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), editor_form(page, cleo))
    assert answer.status_code == 302
    assert page.revisions.count() == 2


def test_a_clearance_is_void_when_the_words_change(draft: Draft) -> None:
    from cryptonewshub.accuracy.clearing import clear

    page = draft(quotation=FALSE_WORDS)
    clear(_latest(page), rule="altered", reason="The minister's office corrected the transcript.")
    publish_edition(_latest(page))
    changed = draft(quotation=FALSE_WORDS.replace("twelve", "thirteen"))
    with pytest.raises(PublishBlocked, match="thirteen"):
        publish_edition(_latest(changed))


def test_wagtail_has_no_road_that_is_not_known_here() -> None:
    root = Path(wagtail.__file__).parent
    files = [path.relative_to(root) for path in root.rglob("*.py")]
    callers = {str(file) for file in files if not _is_test(file) and _publishes(root / file)}
    assert callers == KNOWN_CALLERS, "Wagtail publishes from a new place: give it a road in this file."


def _is_test(file: Path) -> bool:
    return bool({"test", "tests", "tests.py", "migrations"} & set(file.parts))


def _publishes(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.Call) and _name_of(node.func) in _PUBLISHING for node in ast.walk(tree))


_PUBLISHING = {"publish", "PublishRevisionAction", "PublishPageRevisionAction", "_publish_revision"}


def _name_of(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _set_time(page: ArticlePage) -> None:
    revision = _latest(page)
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()

"""Every road to publication that Wagtail has ends at the same wall, and the reason is kept where the editor sees it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import wagtail
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from wagtail.actions import action_registry
from wagtail.actions.edit_page import EditPageAction
from wagtail.models import GroupApprovalTask, Locale, Page, Revision, Task, Workflow, WorkflowTask

from cryptonewshub.accuracy.holding import keep_reasons
from cryptonewshub.accuracy.house_policy import adopt_policy
from cryptonewshub.accuracy.models import DeskCheckTask, Hold
from cryptonewshub.articles.doors import PublishBlocked
from cryptonewshub.articles.models import ArticlePage, ArticleSource, SectionPage
from cryptonewshub.editions import scheduling
from cryptonewshub.editions.models import Edition
from cryptonewshub.editions.publishing import publish_edition
from cryptonewshub.editions.scheduling import publish_due
from cryptonewshub.quotations.policy import HOUSE_POLICY
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


def _by_another_workflow(page: ArticlePage, cleo: Client) -> None:
    """One that an administrator made of Wagtail's own tasks, approved from the dashboard."""
    task: Task = GroupApprovalTask.objects.create(name="Approve")
    _approve(_start(page, task), cleo)


def _by_the_desks_workflow(page: ArticlePage, cleo: Client) -> None:
    _approve(_start(page, DeskCheckTask.objects.create(name="Desk check")), cleo)


def _by_approving_in_the_editor(page: ArticlePage, cleo: Client) -> None:
    page = _start(page, DeskCheckTask.objects.create(name="Desk check"))
    form = {**editor_form(page, cleo), "action-workflow-action": "true", "workflow-action-name": "approve"}
    cleo.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)


def _start(page: ArticlePage, task: Task) -> ArticlePage:
    workflow = Workflow.objects.create(name="Desk")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    workflow.start(page, get_user_model().objects.get(username="cleo"))
    return ArticlePage.objects.get(pk=page.pk)


def _approve(page: ArticlePage, cleo: Client) -> None:
    state = page.current_workflow_task_state.pk
    cleo.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state]), {"comment": ""})


def _by_revert(page: ArticlePage, cleo: Client) -> None:
    from wagtail.actions.revert_to_page_revision import RevertToPageRevisionAction

    reverted = RevertToPageRevisionAction(page, revision=_latest(page)).execute(skip_permission_checks=True)
    reverted.publish()


def _by_copying_it_live(page: ArticlePage, cleo: Client) -> None:
    page.copy(update_attrs={"slug": "a-copy", "title": "A copy", "live": True}, keep_live=True)


def _by_publishing_a_copy(page: ArticlePage, cleo: Client) -> None:
    page.copy(update_attrs={"slug": "a-copy", "title": "A copy"}, keep_live=False)
    _latest(ArticlePage.objects.get(slug="a-copy")).publish()


def _by_translation(page: ArticlePage, cleo: Client) -> None:
    norwegian, _ = Locale.objects.get_or_create(language_code="nb")
    translated = page.copy_for_translation(norwegian, copy_parents=True)
    translated.save_revision().publish()


def _by_import(page: ArticlePage, cleo: Client) -> None:
    """What `cnh publish` does with a story file, once it is a draft."""
    publish_edition(page.save_revision())


def _by_the_editors_api(page: ArticlePage, cleo: Client) -> None:
    cleo.post(f"/admin/api/main/pages/{page.pk}/action/publish/", content_type="application/json")


def _by_the_action_of_the_api(page: ArticlePage, cleo: Client) -> None:
    user = get_user_model().objects.get(username="cleo")
    action_registry.get_action_class(Page, "publish")(_latest(page), user=user).execute()


def _by_an_edit_that_publishes(page: ArticlePage, cleo: Client) -> None:
    user = get_user_model().objects.get(username="cleo")
    try:
        EditPageAction(page, user=user, publish=True).execute()
    except PublishBlocked as blocked:
        keep_reasons(blocked)  # what the newsroom does once the request's transaction is undone
        raise


def _by_alias(page: ArticlePage, cleo: Client) -> None:
    ArticlePage.objects.filter(pk=page.pk).update(live=True)  # an alias copies what is live
    page.refresh_from_db()
    try:
        page.create_alias(update_slug="an-alias")
    finally:
        ArticlePage.objects.filter(pk=page.pk).update(live=False)


def _by_adding_a_live_page(page: ArticlePage, cleo: Client) -> None:
    section = SectionPage.objects.get(slug="security")
    new = ArticlePage(title="New", slug="new", body=page.body, live=True, embargo_until=page.embargo_until)
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
        _by_another_workflow,
        _by_the_desks_workflow,
        _by_approving_in_the_editor,
        _by_revert,
        _by_copying_it_live,
        _by_publishing_a_copy,
        _by_translation,
        _by_import,
        _by_the_editors_api,
        _by_the_action_of_the_api,
        _by_an_edit_that_publishes,
        _by_alias,
        _by_adding_a_live_page,
        _by_move,
    )
}
# A page that would be live from its first moment is refused whole: there is no draft to keep the reason with.
WITHOUT_A_DRAFT = (_by_copying_it_live, _by_alias, _by_adding_a_live_page)
# These approve the text that they publish.
APPROVING = (_by_the_desks_workflow, _by_approving_in_the_editor)

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


def _altered(draft: Draft) -> ArticlePage:
    return draft(quotation=FALSE_WORDS)


def _embargoed(draft: Draft) -> ArticlePage:
    page = draft()
    page.embargo_until = timezone.now() + timedelta(days=1)
    page.save()
    page.save_revision()
    return page


def _unapproved(draft: Draft) -> ArticlePage:
    adopt_policy(replace(HOUSE_POLICY, approval_first=True), why="For this test.", now=timezone.now())
    return draft()


STOPPED: dict[str, tuple[Callable[[Draft], ArticlePage], str]] = {
    "an altered quotation": (_altered, "“eleven”"),
    "an embargo": (_embargoed, "under embargo until"),
    "no approval": (_unapproved, "nobody has approved this text"),
}


@pytest.mark.parametrize("stopped", STOPPED)
@pytest.mark.parametrize("road", ROADS.values(), ids=ROADS.keys())
def test_every_road_refuses_leaves_a_draft_keeps_the_reason_and_seals_nothing(
    road: Road, stopped: str, draft: Draft, cleo: Client
) -> None:
    make, because = STOPPED[stopped]
    if make is _unapproved and road in APPROVING:
        pytest.skip("This road approves the text that it publishes.")
    page = make(draft)
    said = _walk(road, page, cleo)
    assert said is None or because in said or "one address" in said
    assert not ArticlePage.objects.filter(live=True).exists()
    assert not Edition.objects.exists()
    if road not in WITHOUT_A_DRAFT:
        [held] = Hold.objects.all()
        assert because in held.reasons or "one address" in held.reasons
        answer = cleo.get(reverse("wagtailadmin_pages:edit", args=[held.article_id]))
        assert escape(held.reasons.split("\n")[0]) in answer.content.decode()


@pytest.mark.parametrize("road", ROADS.values(), ids=ROADS.keys())
def test_every_road_but_an_alias_publishes_a_cleared_article(road: Road, draft: Draft, cleo: Client) -> None:
    page = draft()
    if road in (_by_alias,):
        with pytest.raises(PublishBlocked, match="one address"):
            road(page, cleo)
        return
    road(page, cleo)
    assert ArticlePage.objects.filter(live=True).exists()
    assert not Hold.objects.filter(released=None).exists()


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


def test_a_fault_of_ours_in_one_story_holds_it_with_a_reason_and_the_later_ones_go_out(
    draft: Draft, caplog: pytest.LogCaptureFixture
) -> None:
    faulty, free = draft(slug="faulty"), draft(slug="free")
    _set_time(faulty, minutes=2)
    _set_time(free)
    revision = _latest(faulty)
    revision.content = {**revision.content, "embargo_until": ["no time"]}  # nobody foresaw this
    revision.save()
    first, second = publish_due()
    assert (first.page.pk, second.page.pk) == (faulty.pk, free.pk)
    assert first.held_because.startswith("The software failed when it was to publish this.")
    assert second.held_because == ""
    assert Hold.objects.get().reasons == first.held_because
    assert Hold.objects.get().was_due == revision.approved_go_live_at
    assert "Traceback" in caplog.text
    assert publish_due() == []
    assert [edition.article.slug for edition in Edition.objects.all()] == ["free"]


@pytest.mark.parametrize("trouble", [OSError(28, "No space left on device"), OperationalError("database is locked")])
def test_a_trouble_of_the_machine_lets_the_others_go_out_and_the_story_keeps_its_time(
    draft: Draft, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    waiting, free = draft(slug="waiting"), draft(slug="free")
    _set_time(waiting, minutes=2)
    _set_time(free)

    def troubled(revision: Revision) -> bool:
        if revision.pk == _latest(waiting).pk:
            raise trouble
        return False

    with monkeypatch.context() as patched:
        patched.setattr(scheduling, "is_changed_since", troubled)
        with pytest.raises(type(trouble)) as raised:
            publish_due()
    assert raised.value is trouble
    assert [edition.article.slug for edition in Edition.objects.all()] == ["free"]
    assert not Hold.objects.exists()
    assert [outcome.page.slug for outcome in publish_due()] == ["waiting"]
    assert Edition.objects.count() == 2


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


def _set_time(page: ArticlePage, *, minutes: int = 1) -> None:
    revision = _latest(page)
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=minutes)
    revision.save()

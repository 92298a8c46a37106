"""The desk's workflow: nothing is approved while findings stop it, and the approved text is what is published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Task, TaskState, Workflow, WorkflowPage

from cryptonewshub.accuracy.clearing import clear
from cryptonewshub.accuracy.models import DeskCheckState, DeskCheckTask, Hold
from cryptonewshub.articles.doors import PublishBlocked
from cryptonewshub.articles.drafting import draft_article
from cryptonewshub.articles.fingerprint import fingerprint
from cryptonewshub.articles.models import ArticlePage, FrontPage
from cryptonewshub.articles.stories import read_story
from cryptonewshub.cli.groups import STEPS, found_workflow
from cryptonewshub.editions.models import Edition
from cryptonewshub.editions.scheduling import publish_due
from tests.accuracy.test_clearing import person
from tests.cast import FALSE_WORDS, write_story

Draft = Callable[..., ArticlePage]


@pytest.fixture
def ben(newsroom: object) -> Any:
    return person("Ben", "Desk")


@pytest.fixture
def cleo(newsroom: object) -> Any:
    return person("Cleo", "Editors")


@pytest.fixture
def workflow(ben: Any, cleo: Any) -> Workflow:
    found_workflow()
    made: Workflow = Workflow.objects.get()
    return made


def submitted(page: ArticlePage) -> ArticlePage:
    workflow = page.get_workflow()
    assert workflow is not None
    workflow.start(page, None)
    return ArticlePage.objects.get(pk=page.pk)


def approve(page: ArticlePage, user: Any) -> ArticlePage:
    page.current_workflow_task_state.approve(user=user)
    return ArticlePage.objects.get(pk=page.pk)


def step(page: ArticlePage) -> str:
    task: Task | None = page.current_workflow_task
    return task.name if task else "done"


def rewrite(page: ArticlePage, *, in_place: bool, user: Any = None) -> None:
    """Another standfirst, in a revision of its own or saved over the newest as the editor's autosave does."""
    newest = page.get_latest_revision()
    assert newest is not None
    draft = newest.as_object()
    draft.standfirst = "Something that nobody has read."
    if in_place:
        draft.save_revision(user=newest.user, overwrite_revision=newest)
    else:
        draft.save_revision(user=user)


def test_founding_makes_one_workflow_for_every_story_and_running_it_again_none(
    workflow: Workflow, draft: Draft
) -> None:
    found_workflow()
    assert [task.name for task in Workflow.objects.get().tasks] == list(STEPS)
    assert draft().get_workflow() == workflow
    WorkflowPage.objects.get(page=FrontPage.objects.get())


def test_a_story_goes_through_desk_and_editor_and_is_published(
    workflow: Workflow, draft: Draft, ben: Any, cleo: Any
) -> None:
    page = submitted(draft())
    assert step(page) == "Desk check"
    page = approve(page, ben)
    assert step(page) == "Edit"
    assert not page.live
    page = approve(page, cleo)
    assert page.live
    pins = set(DeskCheckState.objects.values_list("fingerprint", flat=True))
    assert pins == {fingerprint(page)}
    assert Edition.objects.count() == 1


def test_who_is_to_check_a_story_is_told_by_letter(
    workflow: Workflow, draft: Draft, ben: Any, cleo: Any, mailoutbox: list[Any]
) -> None:
    for who in (ben, cleo):
        who.email = f"{who.username}@news.example"
        who.save()
    page = submitted(draft())
    told = sorted(letter.to[0] for letter in mailoutbox)
    assert told == ["ben@news.example", "cleo@news.example"]
    assert mailoutbox[0].subject == "Desk check: “Ferry to Sund runs again on Tuesday” waits for you"
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in mailoutbox[0].body
    approve(page, ben)
    assert [letter.to for letter in mailoutbox[2:]] == [["cleo@news.example"]]


def test_nobody_approves_what_findings_stop(workflow: Workflow, draft: Draft, ben: Any) -> None:
    page = submitted(draft(quotation=FALSE_WORDS))
    with pytest.raises(PublishBlocked, match="eleven"):
        approve(page, ben)
    assert step(ArticlePage.objects.get(pk=page.pk)) == "Desk check"
    revision = page.get_latest_revision()
    assert revision is not None
    clear(revision, rule="altered", reason="The ministry corrected its transcript.", user=ben)
    assert step(approve(ArticlePage.objects.get(pk=page.pk), ben)) == "Edit"


def test_text_changed_after_the_desks_approval_goes_back_to_the_desk(
    workflow: Workflow, draft: Draft, ben: Any, cleo: Any
) -> None:
    page = approve(submitted(draft()), ben)
    rewrite(page, in_place=False, user=cleo)
    page = approve(ArticlePage.objects.get(pk=page.pk), cleo)
    assert step(page) == "Desk check"
    assert not page.live
    page = approve(page, ben)
    assert page.live, "The editor has approved this text already."


def test_text_saved_over_in_place_after_the_desks_approval_goes_back_to_the_desk_too(
    workflow: Workflow, draft: Draft, ben: Any, cleo: Any
) -> None:
    page = approve(submitted(draft()), ben)
    rewrite(page, in_place=True)
    page = approve(ArticlePage.objects.get(pk=page.pk), cleo)
    assert step(page) == "Desk check"
    assert not page.live
    assert not Edition.objects.exists()


def test_the_same_text_saved_again_keeps_its_approval(workflow: Workflow, draft: Draft, ben: Any, cleo: Any) -> None:
    page = approve(submitted(draft()), ben)
    page.get_latest_revision_as_object().save_revision(user=cleo)
    assert approve(ArticlePage.objects.get(pk=page.pk), cleo).live


def test_an_approved_text_that_is_changed_before_its_time_is_held(
    workflow: Workflow, draft: Draft, ben: Any, cleo: Any
) -> None:
    page = draft()
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision()
    page = approve(approve(submitted(page), ben), cleo)
    assert not page.live
    revision = page.scheduled_revision
    assert revision is not None
    revision.content["standfirst"] = "Something that nobody has read."
    revision.approved_go_live_at = timezone.now() - timedelta(seconds=1)
    revision.content["go_live_at"] = None
    revision.save()
    [outcome] = publish_due()
    assert "changed after it was approved" in outcome.held_because
    [held] = Hold.objects.all()
    assert held.was_due is not None
    assert not Edition.objects.exists()


def test_an_approved_scheduled_text_goes_out_at_its_time(workflow: Workflow, draft: Draft, ben: Any, cleo: Any) -> None:
    page = draft()
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision()
    page = approve(approve(submitted(page), ben), cleo)
    revision = page.scheduled_revision
    assert revision is not None
    revision.approved_go_live_at = timezone.now() - timedelta(seconds=1)
    revision.content["go_live_at"] = (timezone.now() - timedelta(seconds=1)).isoformat()
    revision.save()
    assert [outcome.held_because for outcome in publish_due()] == [""]
    assert Edition.objects.count() == 1


def test_wagtails_own_states_cannot_stand_for_the_desks(workflow: Workflow, draft: Draft, ben: Any) -> None:
    """A state approved behind the desk's back has no fingerprint, and so approves nothing."""
    page = submitted(draft())
    TaskState.objects.filter(pk=page.current_workflow_task_state.pk).update(status=TaskState.STATUS_APPROVED)
    page = ArticlePage.objects.get(pk=page.pk)
    with pytest.raises(PublishBlocked, match="changed after it was approved"):
        page.current_workflow_state.finish(user=ben)


def test_the_fingerprint_is_of_what_readers_get(draft: Draft, tmp_path: Path) -> None:
    page = draft()
    before = fingerprint(page)
    assert fingerprint(draft()) == before
    other = draft_article(read_story(write_story(tmp_path, more="It leaves at noon."))).as_object()
    assert fingerprint(other) != before
    page.change_note = "An earlier version named the wrong day."
    assert fingerprint(page) != before


def test_only_the_groups_of_a_step_may_take_it(workflow: Workflow, draft: Draft, ben: Any, cleo: Any) -> None:
    page = submitted(draft())
    assert "approve" in {action[0] for action in page.current_workflow_task.get_actions(page, ben)}
    page = approve(page, ben)
    assert DeskCheckTask.objects.get(name="Edit").get_actions(page, ben) == []

"""The groups of a new newsroom, what each may do, and the way that a story takes through them.

`docs/reference/rights.md` is the same table for people. Both are made once: what an administrator changes afterwards
stays changed.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from cryptonewshub.accuracy.models import DeskCheckTask
from cryptonewshub.articles.models import FrontPage

_EVERYBODY = ("wagtailadmin.access_admin", "sources.view_source", "people.view_newsperson", "people.view_author")
_WRITING = ("sources.add_source", "sources.change_source", "people.add_newsperson", "people.change_newsperson")
_RUNNING = (
    "articles.add_topic", "articles.change_topic", "articles.add_series", "articles.change_series",
    "articles.change_newsroom", "people.add_author", "people.change_author", "accuracy.add_housepolicy",
    "accuracy.view_housepolicy",
)  # fmt: skip
_MODERATING = (
    "comments.moderate_comment", "comments.answer_errorreport", "comments.add_wordrule", "comments.delete_wordrule",
)  # fmt: skip

GROUPS: dict[str, tuple[str, ...]] = {
    "Reporters": (*_EVERYBODY, *_WRITING),
    "Translators": (*_EVERYBODY, "sources.add_source", "accuracy.clear_translations"),
    "Desk": (*_EVERYBODY, *_WRITING, "accuracy.clear_findings", "accuracy.view_clearance",
             "comments.answer_errorreport"),
    "Editors": (*_EVERYBODY, *_WRITING, *_RUNNING, "accuracy.clear_findings", "accuracy.view_clearance",
                *_MODERATING, "comments.change_commentpolicy", "comments.add_beat", "comments.change_beat",
                "comments.delete_beat"),
    "Moderators": ("wagtailadmin.access_admin", *_MODERATING),
}  # fmt: skip
PAGES: dict[str, tuple[str, ...]] = {
    "Reporters": ("add_page",),
    "Translators": ("change_page",),
    "Desk": ("add_page", "change_page", "lock_page"),
    "Editors": ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    "Moderators": (),
}
WORKFLOW = "Desk, then editor"
STEPS: dict[str, tuple[str, ...]] = {"Desk check": ("Desk", "Editors"), "Edit": ("Editors",)}
PICTURES = ("add_image", "choose_image")


def found_groups() -> None:
    """Makes the groups of a newsroom that has none of them yet; Wagtail's own make way where nobody is in them."""
    if Group.objects.filter(name="Reporters").exists():
        return
    Group.objects.filter(name__in=("Moderators", "Editors"), user=None).delete()
    for name, rights in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*_permissions(rights))
        for page_right in _permissions(f"wagtailcore.{right}" for right in PAGES[name]):
            GroupPagePermission.objects.get_or_create(
                group=group, page=Page.get_first_root_node(), permission=page_right
            )
        for picture_right in _permissions(f"wagtailimages.{right}" for right in PICTURES):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=Collection.get_first_root_node(), permission=picture_right
            )


def found_workflow() -> None:
    """Draft, desk check, edit, publish: the way of every story, in a newsroom where no desk check is part of any."""
    if DeskCheckTask.objects.exists():
        return
    workflow = Workflow.objects.create(name=WORKFLOW)
    for place, (step, groups) in enumerate(STEPS.items()):
        task = DeskCheckTask.objects.create(name=step)
        task.groups.set(Group.objects.filter(name__in=groups))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=place)
    WorkflowPage.objects.filter(page=Page.get_first_root_node()).delete()
    WorkflowPage.objects.create(workflow=workflow, page=FrontPage.objects.get())


def _permissions(rights: Iterable[str]) -> list[Permission]:
    """Raises Permission.DoesNotExist for a right that no app has: a misspelt one must not be left out silently."""
    return [
        Permission.objects.get(content_type__app_label=app, codename=codename)
        for app, codename in (right.split(".") for right in rights)
    ]

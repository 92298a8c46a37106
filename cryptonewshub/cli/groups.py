"""The groups of a new newsroom and what each may do; `docs/reference/rights.md` is the same table for people.

They are made once. What an administrator changes afterwards stays changed.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

_EVERYBODY = ("wagtailadmin.access_admin", "sources.view_source", "people.view_newsperson", "people.view_author")
_WRITING = ("sources.add_source", "sources.change_source", "people.add_newsperson", "people.change_newsperson")
_RUNNING = (
    "articles.add_topic", "articles.change_topic", "articles.change_newsroom", "people.add_author",
    "people.change_author", "accuracy.add_housepolicy", "accuracy.view_housepolicy",
)  # fmt: skip

GROUPS: dict[str, tuple[str, ...]] = {
    "Reporters": (*_EVERYBODY, *_WRITING),
    "Translators": (*_EVERYBODY, "sources.add_source", "accuracy.clear_translations"),
    "Desk": (*_EVERYBODY, *_WRITING, "accuracy.clear_findings", "accuracy.view_clearance"),
    "Editors": (*_EVERYBODY, *_WRITING, *_RUNNING, "accuracy.clear_findings", "accuracy.view_clearance"),
}
PAGES: dict[str, tuple[str, ...]] = {
    "Reporters": ("add_page",),
    "Translators": ("change_page",),
    "Desk": ("add_page", "change_page", "lock_page"),
    "Editors": ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}
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


def _permissions(rights: Iterable[str]) -> list[Permission]:
    """Raises Permission.DoesNotExist for a right that no app has: a misspelt one must not be left out silently."""
    return [
        Permission.objects.get(content_type__app_label=app, codename=codename)
        for app, codename in (right.split(".") for right in rights)
    ]

"""What editions plug into Wagtail: the withdrawal of a story, the list of corrections, and no other way to hide one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.editions import views
from cryptonewshub.editions.models import LogEntry

RIGHT = "editions.withdraw_edition"


@hooks.register("register_admin_urls")
def withdrawal_addresses() -> list[URLPattern]:
    return [
        path("withdraw/<int:page_id>/", views.withdraw, name="withdraw_story"),
        path("corrections/", views.corrections, name="corrections"),
    ]


@hooks.register("register_permissions")
def right_to_withdraw() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="editions", codename="withdraw_edition")


@hooks.register("register_page_header_buttons")
def withdraw_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    is_published = isinstance(page.specific, ArticlePage) and page.first_published_at is not None
    if is_published and page.live and user.has_perm(RIGHT):
        yield Button("Withdraw by order", reverse("withdraw_story", args=[page.pk]), icon_name="bin", priority=90)


@hooks.register("before_edit_page")
def say_what_waits_for_the_log(request: HttpRequest, page: Page) -> None:
    waiting = LogEntry.objects.waiting().filter(article=page.pk).exclude(edition=None).last()
    if request.method == "GET" and waiting and waiting.edition:
        messages.warning(
            request,
            f"Edition {waiting.edition.version} is waiting to be entered in the public log. Readers get it as soon as "
            "it is; nothing is lost, and you can go on working. If it takes longer than a minute, tell whoever runs "
            "the site.",
        )


@hooks.register("register_reports_menu_item")
def corrections_menu_item() -> MenuItem:
    return MenuItem("Corrections", reverse("corrections"), name="corrections", icon_name="edit", order=300)


@hooks.register("before_unpublish_page")
def keep_what_was_published(request: HttpRequest, page: Page) -> HttpResponse | None:
    if not isinstance(page.specific, ArticlePage):
        return None
    return _refuse(request, page, f"“{page.title}” has been published and stays. {_instead(request)}")


@hooks.register("before_delete_page")
def keep_what_has_editions(request: HttpRequest, page: Page) -> HttpResponse | None:
    published = ArticlePage.objects.descendant_of(page, inclusive=True).filter(first_published_at__isnull=False).first()
    if published is None or request.method != "POST":
        return None
    sentence = f"“{published.title}” has been published, so it cannot be deleted. {_instead(request)}"
    return _refuse(request, published, sentence)


@hooks.register("before_bulk_action")
def keep_in_bulk(request: HttpRequest, action_type: str, objects: list[Page], action: Any) -> HttpResponse | None:
    if action_type not in ("unpublish", "delete"):
        return None
    for page in objects:
        articles = page.get_descendants(inclusive=True).type(ArticlePage)
        published = articles.filter(first_published_at__isnull=False).first()
        if published:
            sentence = f"“{published.title}” has been published and stays; nothing was changed. {_instead(request)}"
            return _refuse(request, published, sentence)
    return None


def _instead(request: HttpRequest) -> str:
    """What to do with a story that should not stand: retract it in the open, or withdraw it where that is ordered."""
    retract = "Open it and publish a correction, or a retraction, which keeps it readable under a notice."
    if request.user.has_perm(RIGHT):
        return f"{retract} Where a law, a court or somebody’s safety requires it, choose “Withdraw by order” there."
    return f"{retract} Where a law or a court requires more, ask whoever has the right to withdraw."


def _refuse(request: HttpRequest, page: Page, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect("wagtailadmin_pages:edit", page.pk)

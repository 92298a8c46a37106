"""What editions plug into Wagtail: the withdrawal of a story, the list of corrections, and no other way to hide one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from cryptonewshub.accuracy.reports import may_read_reports
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.editions import views
from cryptonewshub.editions.models import Edition, LogEntry

RIGHT = "editions.withdraw_edition"
_HIDING = ("unpublish", "delete")


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
    story = page.specific
    if not isinstance(story, ArticlePage) or not user.has_perm(RIGHT):
        return
    if Edition.objects.of(story).readable().exists():
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


class _CorrectionsItem(MenuItem):
    """In the menu of those who may read it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_read_reports(request.user)


@hooks.register("register_reports_menu_item")
def corrections_menu_item() -> MenuItem:
    return _CorrectionsItem("Corrections", reverse("corrections"), name="corrections", icon_name="edit", order=300)


@hooks.register("before_unpublish_page")
def keep_what_was_published(request: HttpRequest, page: Page) -> HttpResponse | None:
    published = _published_in(page)
    if published is None:
        return None
    return _refuse(request, published, f"“{published.title}” has been published and stays. {_instead(request)}")


@hooks.register("before_delete_page")
def keep_what_has_editions(request: HttpRequest, page: Page) -> HttpResponse | None:
    published = _published_in(page)
    if published is None or request.method != "POST":
        return None
    sentence = f"“{published.title}” has been published, so it cannot be deleted. {_instead(request)}"
    return _refuse(request, published, sentence)


@hooks.register("before_bulk_action")
def keep_in_bulk(request: HttpRequest, action_type: str, objects: list[Page], action: Any) -> HttpResponse | None:
    if action_type not in _HIDING:
        return None
    published = next(filter(None, map(_published_in, objects)), None)
    if published is None:
        return None
    sentence = f"“{published.title}” has been published and stays; nothing was changed. {_instead(request)}"
    return _refuse(request, published, sentence)


@hooks.register("construct_admin_api")
def keep_what_the_interface_asks_for(api: Any) -> None:
    api.register_endpoint("pages", _KeptPages)


class _KeptPages(PagesAdminAPIViewSet):
    """Wagtail's own, for which none of the hooks above runs."""

    def action_view(self, request: Any, pk: int, action_name: str) -> HttpResponse:
        published = _published_in(self.get_object()) if action_name in _HIDING else None
        if published is None:
            return super().action_view(request, pk, action_name)
        sentence = f"“{published.title}” has been published and stays. {_instead(request)}"
        return JsonResponse({"message": sentence}, status=409)


def _published_in(page: Page) -> ArticlePage | None:
    """The page, or the first one below it, that readers have had."""
    had = Q(first_published_at__isnull=False) | Q(editions__isnull=False)
    return ArticlePage.objects.descendant_of(page, inclusive=True).filter(had).first()


def _instead(request: HttpRequest) -> str:
    """What to do with a story that should not stand: retract it in the open, or withdraw it where that is ordered."""
    retract = "Open it and publish a correction, or a retraction, which keeps it readable under a notice."
    if request.user.has_perm(RIGHT):
        return f"{retract} Where a law, a court or somebody’s safety requires it, choose “Withdraw by order” there."
    return f"{retract} Where a law or a court requires more, ask whoever has the right to withdraw."


def _refuse(request: HttpRequest, page: Page, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect("wagtailadmin_pages:edit", page.pk)

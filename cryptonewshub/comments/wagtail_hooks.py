"""What comments plug into the editor: the moderators' addresses, and two lines in the menu with what waits."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from cryptonewshub.comments.models import Beat
from cryptonewshub.comments.moderation import desk, queue, reports, rules, stories
from cryptonewshub.comments.moderation.access import ANSWER, MODERATE

register_snippet(Beat)


class WaitingItem(MenuItem):
    """A line in the menu for those who have the right, with the number of what waits for them."""

    def __init__(self, label: str, url: str, *, right: str, count: Callable[[Any], int], **more: Any) -> None:
        super().__init__(label, url, **more)
        self._label, self._right, self._count = label, right, count

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self._right)

    def render_component(self, request: HttpRequest) -> Any:
        waiting = self._count(request.user)
        item = copy(self)
        item.label = f"{self._label} ({waiting})" if waiting else self._label
        return MenuItem.render_component(item, request)


@hooks.register("register_admin_menu_item")
def comments_in_the_menu() -> MenuItem:
    return WaitingItem(
        "Comments",
        reverse("comments_queue"),
        right=MODERATE,
        count=queue.waiting_for,
        name="comments",
        icon_name="comment",
        order=250,
    )


@hooks.register("register_admin_menu_item")
def reports_in_the_menu() -> MenuItem:
    return WaitingItem(
        "Errors reported",
        reverse("comments_reports"),
        right=ANSWER,
        count=reports.waiting_reports,
        name="error-reports",
        icon_name="warning",
        order=255,
    )


@hooks.register("register_admin_urls")
def moderation_addresses() -> list[URLPattern]:
    return [
        path("comments/", queue.queue, name="comments_queue"),
        path("comments/<int:number>/", desk.look, name="comments_comment"),
        path("comments/<int:number>/decide/", desk.decide_one, name="comments_decide"),
        path("comments/<int:number>/note/", desk.note, name="comments_note"),
        path("comments/<int:number>/ban/", desk.ban, name="comments_ban"),
        path("comments/appeals/<int:number>/", desk.answer_appeal, name="comments_appeal"),
        path("comments/threads/<int:number>/", desk.open_or_close, name="comments_thread"),
        path("comments/rules/", rules.rules, name="comments_rules"),
        path("comments/rules/<int:number>/remove/", rules.remove_rule, name="comments_remove_rule"),
        path("comments/bans/", rules.bans, name="comments_bans"),
        path("comments/bans/<int:number>/end/", rules.end_ban, name="comments_end_ban"),
        path("comments/reports/", reports.reports, name="comments_reports"),
        path("comments/reports/<int:number>/", reports.report, name="comments_report"),
        path("comments/reports/<int:number>/correct/", reports.correct, name="comments_correct"),
        path("comments/stories/", stories.stories, name="comments_stories"),
        path("comments/figures/", stories.figures, name="comments_figures"),
    ]

"""What the desk plugs into Wagtail's editor: its panel, and the addresses that the panel asks."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from cryptonewshub.accuracy import held_notice, reports, views
from cryptonewshub.accuracy.held_panel import HeldPanel
from cryptonewshub.accuracy.panel import StoryViewSet
from cryptonewshub.accuracy.policy_admin import HousePolicyViewSet


@hooks.register("register_admin_viewset")
def stories() -> StoryViewSet:
    return StoryViewSet()


@hooks.register("register_admin_viewset")
def house_policy() -> HousePolicyViewSet:
    return HousePolicyViewSet()


@hooks.register("register_admin_urls")
def desk_addresses() -> list[URLPattern]:
    return [
        path("desk/<int:page_id>/", views.proof, name="desk_proof"),
        path("desk/<int:page_id>/clear/", views.clear, name="desk_clear"),
        path("desk/<int:page_id>/take-back/", views.take_back, name="desk_take_back"),
        path("desk/<int:page_id>/archive/", views.archive, name="desk_archive"),
        path("desk/<int:page_id>/capture/", views.capture, name="desk_capture"),
    ]


@hooks.register("before_edit_page")
def say_why_it_is_held(request: HttpRequest, page: Page) -> None:
    held_notice.tell(request, page)


@hooks.register("register_admin_urls")
def report_addresses() -> list[URLPattern]:
    return [
        path(address, report.as_view(results_only=only), name=name)
        for address, report, name, only in reports.addresses()
    ]


class ReportItem(MenuItem):
    """A report in the menu of those who may read it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return reports.may_read_reports(request.user)


def _item(place: int, report: type[reports.DeskReport]) -> ReportItem:
    address = reverse_lazy(report.index_url_name)
    return ReportItem(report.page_title, address, name=report.index_url_name, icon_name=report.header_icon, order=place)


for _place, _report in enumerate(reports.REPORTS, start=100):
    hooks.register("register_reports_menu_item", partial(_item, _place, _report))


@hooks.register("construct_homepage_panels")
def stories_that_wait(request: HttpRequest, panels: list[Any]) -> None:
    if reports.may_read_reports(request.user):
        panels.insert(0, HeldPanel())

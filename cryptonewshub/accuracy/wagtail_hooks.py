"""What the desk plugs into Wagtail's editor: its panel, and the addresses that the panel asks."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.models import Page

from cryptonewshub.accuracy import held_notice, views
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
    ]


@hooks.register("before_edit_page")
def say_why_it_is_held(request: HttpRequest, page: Page) -> None:
    held_notice.tell(request, page)

"""What the archive plugs into Wagtail: its screens, and who may see what there."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cryptonewshub.sources import originals
from cryptonewshub.sources.adding import AddSourceView
from cryptonewshub.sources.choosing import SourceChooserViewSet
from cryptonewshub.sources.forms import SourceForm
from cryptonewshub.sources.models import Source
from cryptonewshub.sources.permissions import SourcePermissions
from cryptonewshub.sources.screens import (
    DeleteView,
    EditView,
    HistoryView,
    IndexView,
    SourceView,
    UsageView,
)

register_permission_policy(Source, SourcePermissions(Source))


class SourceViewSet(SnippetViewSet):
    """The archive's screens: the list with its search, a source's page, and the form of what is said of it."""

    model = Source
    icon = "doc-full"
    menu_label = "Sources"
    menu_order = 210
    add_to_admin_menu = True
    index_view_class = IndexView
    edit_view_class = EditView
    delete_view_class = DeleteView
    usage_view_class = UsageView
    history_view_class = HistoryView
    inspect_view_class = SourceView
    inspect_view_enabled = True
    copy_view_enabled = False
    chooser_viewset_class = SourceChooserViewSet
    list_filter: ClassVar = ["kind", "publisher", "language", "is_confidential", "is_shown"]
    search_fields: ClassVar = ["title", "text"]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            MultiFieldPanel(
                [FieldPanel(name) for name in ("speaker", "author", "publisher", "published", "language", "url")],
                heading="Whose words",
            ),
            MultiFieldPanel([FieldPanel("interview_place"), FieldPanel("interviewer")], heading="Interview"),
            MultiFieldPanel(
                [FieldPanel("is_shown"), FieldPanel("is_confidential"), FieldPanel("readers")], heading="Who may see it"
            ),
        ],
        base_form_class=SourceForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Source.objects.visible_to(request.user)

    @property
    def add_view(self) -> Any:
        return self.construct_view(
            AddSourceView, list_url_name=self.get_url_name("list"), page_url_name=self.get_url_name("inspect")
        )


register_snippet(SourceViewSet)


@hooks.register("register_admin_urls")
def addresses_of_one_source() -> list[URLPattern]:
    return [
        path("sources/<int:pk>/original/", originals.original, name="source_original"),
        path("sources/<int:pk>/again/", originals.again, name="source_again"),
        path("sources/<int:pk>/changes/", originals.what_changed, name="source_changes"),
    ]


@hooks.register("register_permissions")
def right_to_see_confidential_sources() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="sources", codename="see_confidential_source")

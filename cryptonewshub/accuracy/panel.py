"""The side panel Desk of the article editor. The server makes an empty frame; a script asks for the proof and sets it.

The check is never run while the editor's page is made or a draft is saved: both would wait for it.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.forms import Media
from django.forms.widgets import Script
from django.urls import reverse
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet

from cryptonewshub.articles.models import ArticlePage

STYLES = ["articles/editor.css", "accuracy/desk/desk.css"]
SCRIPT = Script("accuracy/desk/desk.js", type="module")
NEW = 0  # the number that stands in an address for a story which has none yet


class DeskPanel(BaseSidePanel):
    """The frame. `was_refused` says that the desk has just refused to publish, so the panel opens by itself."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = "Toggle desk"
        icon_name = "openquote"
        counter_classname = "w-bg-critical-200"

    name = "desk"
    title = "Desk"
    template_name = "accuracy/desk_panel.html"
    order = 50

    def __init__(self, story: ArticlePage, request: Any, *, was_refused: bool = False) -> None:
        super().__init__(story, request)
        self._was_refused = was_refused

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(parent_context),
            "number": self.object.pk or NEW,
            "proof_address": reverse("desk_proof", args=[NEW]),
            "may_capture": self.request.user.has_perm("sources.add_source"),
            "was_refused": self._was_refused,
        }

    @property
    def media(self) -> Media:
        return Media(css={"all": STYLES}, js=[SCRIPT])  # type: ignore[list-item]


class StoryEditView(EditView):
    def get_side_panels(self) -> MediaContainer:
        panels: MediaContainer = super().get_side_panels()
        if self.expects_json_response or self.hydrate_create_view:
            return panels  # the panel is on the screen already, and what it shows is its script's
        return MediaContainer([DeskPanel(self.page, self.request, was_refused=self._was_refused()), *panels])

    def _was_refused(self) -> bool:
        return bool(self.request.method == "POST" and self.form.non_field_errors())


class StoryCreateView(CreateView):
    def get_side_panels(self) -> MediaContainer:
        return MediaContainer([DeskPanel(self.page, self.request), *super().get_side_panels()])


class StoryViewSet(PageViewSet):
    """Wagtail's views of articles, with the desk beside them."""

    model = ArticlePage
    edit_view_class = StoryEditView
    add_view_class = StoryCreateView
    name = "stories"
    add_to_admin_menu = False
    list_display: ClassVar = PageViewSet.list_display

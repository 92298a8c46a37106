"""When a page is published. There is no time when it ends: what was published stays, or is withdrawn in the open."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import PublishingPanel

_EFFECTIVE = "This time takes effect when you choose “Schedule to publish”."
_KEPT = "The time is kept with the draft. Somebody who may publish makes it effective."


class SchedulePanel(PublishingPanel):
    """Wagtail's panel without the time at which a page expires, and in words that speak of one time."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.children: list[Any] = [child for child in self.children if child.field_name == "go_live_at"]

    class BoundPanel(PublishingPanel.BoundPanel):
        template_name = "articles/schedule_panel.html"

        def get_context_data(self, parent_context: Any = None) -> Any:
            may_publish = self.instance.permissions_for_user(self.request.user).can_publish()
            return {**super().get_context_data(parent_context), "advice": _EFFECTIVE if may_publish else _KEPT}

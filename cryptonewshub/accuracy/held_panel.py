"""On the editor's home: which stories are held, and why."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component

from cryptonewshub.accuracy.models import Hold

SHOWN = 5


class HeldPanel(Component):
    """The latest held stories, each with its first reason; nothing where none is held."""

    name = "held"
    order = 10
    template_name = "accuracy/held_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        held = Hold.objects.filter(released=None).select_related("article")
        return {"held": held[:SHOWN], "count": held.count(), "report": reverse("desk_held")}

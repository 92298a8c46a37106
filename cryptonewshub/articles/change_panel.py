"""The part of the editor's form that asks what kind of change this is: only of a story that readers have."""

from __future__ import annotations

from typing import Any

from django.forms import Media
from wagtail.admin.panels import MultiFieldPanel


class ChangePanel(MultiFieldPanel):
    """A group of fields that is absent until the story has been published. Its script shows those that the chosen kind
    of change needs; without a script all of them are there.
    """

    class BoundPanel(MultiFieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return self.instance.first_published_at is not None and bool(super().is_shown())

        @property
        def media(self) -> Any:
            return super().media + Media(js=["articles/change.js"])

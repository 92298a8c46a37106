"""What a finished workflow does. Wagtail imports this while its own models are still being made."""

from __future__ import annotations

from typing import Any


def publish_what_was_approved(workflow: Any, user: Any = None) -> None:
    """Publishes the story of a finished workflow, if it is the text that was approved."""
    from cryptonewshub.accuracy.approval import publish_approved

    publish_approved(workflow, user=user)

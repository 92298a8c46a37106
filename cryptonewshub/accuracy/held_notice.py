"""What an editor reads on opening a story that was refused: since when, and why."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from wagtail.models import Page

from cryptonewshub.accuracy.embargo import spoken_time
from cryptonewshub.accuracy.holding import hold_on


def tell(request: HttpRequest, page: Page) -> None:
    """Shows the reasons above the editor. Autosave and saving ask no page, and are told nothing."""
    held = hold_on(page) if request.method == "GET" else None
    if held is None:
        return
    due = f" It was due on {spoken_time(held.was_due)}." if held.was_due else ""
    reasons = format_html_join("", "<li>{}</li>", ((reason,) for reason in held.reasons.split("\n")))
    messages.warning(
        request,
        format_html(
            "Held since {}.{} When it was last to be published, the desk had these reasons:<ul>{}</ul>",
            spoken_time(held.since),
            due,
            reasons,
        ),
    )

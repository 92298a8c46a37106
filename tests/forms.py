"""The editor's form as a browser would send it."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from cryptonewshub.articles.models import ArticlePage


def editor_form(page: ArticlePage, client: Client) -> dict[str, Any]:
    """What the editor's form would send, read from the page as the browser gets it."""
    from lxml import html

    answer = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    fields: Any = html.fromstring(answer.content.decode()).xpath("//input[@name] | //select[@name] | //textarea[@name]")
    values = {
        field.name: field.value or ""
        for field in fields
        if "__prefix__" not in field.name and not (getattr(field, "type", "") == "checkbox" and not field.checked)
    }
    values.pop("action-publish", None)
    return {**values, **_stream_values(page)}


def _stream_values(page: ArticlePage) -> dict[str, Any]:
    """The body as the editor's script writes it into the form; the page itself has none of those fields."""
    latest = page.get_latest_revision_as_object()
    values: dict[str, Any] = {"body-count": len(latest.body)}
    for index, child in enumerate(latest.body):
        values |= {
            f"body-{index}-deleted": "",
            f"body-{index}-order": index,
            f"body-{index}-type": child.block_type,
            f"body-{index}-id": child.id or "",
            f"body-{index}-value": _draftail(child),
        }
    return values


def _draftail(child: Any) -> str:
    from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

    return str(ContentstateConverter(["bold", "italic", "link", "source"]).from_database_format(child.value.source))

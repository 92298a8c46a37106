"""What articles plug into Wagtail: the citation in rich text, and refusals of what would hide a published story."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.rich_text.converters.html_to_contentstate import LinkElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.models import Page
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.feature_registry import FeatureRegistry

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.articles.suggesting import people

CITATION = "SOURCE"


class CitationLinkHandler(LinkHandler):
    """Wagtail's own rendering of rich text has no use for citations: the reader's pages are made from documents."""

    identifier = "source"

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        return "<a>"


class CitationElementHandler(LinkElementHandler):
    mutability = "IMMUTABLE"

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        return {"source": attrs.get("source", "")}


def citation_entity(props: dict[str, Any]) -> Any:
    from draftjs_exporter import DOM

    return DOM.create_element("a", {"linktype": "source", "source": props.get("source")}, props["children"])


@hooks.register("register_rich_text_features")
def register_citations(features: FeatureRegistry) -> None:
    features.register_link_type(CitationLinkHandler)
    features.register_editor_plugin(
        "draftail",
        "source",
        EntityFeature(
            {
                "type": CITATION,
                "icon": "doc-full",
                "description": "Source",
                "attributes": ["source"],
                "allowlist": {"data-source": "^"},
            },
            js=["articles/citation.js"],
            css={"all": ["articles/editor.css"]},
        ),
    )
    features.register_converter_rule(
        "contentstate",
        "source",
        {
            "from_database_format": {'a[linktype="source"]': CitationElementHandler(CITATION)},
            "to_database_format": {"entity_decorators": {CITATION: citation_entity}},
        },
    )


@hooks.register("register_admin_urls")
def addresses_of_the_editor() -> list[URLPattern]:
    return [path("desk/people/", people, name="story_people")]


@hooks.register("before_unpublish_page")
def keep_what_was_published(request: HttpRequest, page: Page) -> HttpResponse | None:
    if not isinstance(page.specific, ArticlePage):
        return None
    return _refuse(
        request,
        page,
        f"“{page.title}” has been published and stays. Publish a correction to it instead of taking it down.",
    )


@hooks.register("before_delete_page")
def keep_what_has_editions(request: HttpRequest, page: Page) -> HttpResponse | None:
    published = ArticlePage.objects.descendant_of(page, inclusive=True).filter(first_published_at__isnull=False).first()
    if published is None or request.method != "POST":
        return None
    return _refuse(request, page, f"“{published.title}” has been published, so it cannot be deleted.")


@hooks.register("before_bulk_action")
def keep_in_bulk(request: HttpRequest, action_type: str, objects: list[Page], action: Any) -> HttpResponse | None:
    if action_type not in ("unpublish", "delete"):
        return None
    for page in objects:
        published = (
            page.get_descendants(inclusive=True).type(ArticlePage).filter(first_published_at__isnull=False).first()
        )
        if published:
            return _refuse(
                request, published, f"“{published.title}” has been published and stays; nothing was changed."
            )
    return None


def _refuse(request: HttpRequest, page: Page, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect("wagtailadmin_explore", page.get_parent().pk)

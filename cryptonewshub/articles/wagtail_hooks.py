"""What articles plug into Wagtail: the citation in rich text."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.rich_text.converters.html_to_contentstate import LinkElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.feature_registry import FeatureRegistry

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
            js=["articles/attached_sources.js", "articles/citation.js"],
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

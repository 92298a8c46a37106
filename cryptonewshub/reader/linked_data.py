"""What a story says to machines: schema.org in JSON-LD, a block of data in the page's head that no browser runs."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from cryptonewshub.editions.content import TOLD, Content, Correction
from cryptonewshub.reader.changes import correction_id
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.times import machine_time

# What could end the block early is written as JSON escapes, like everything beyond ASCII.
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def linked_data(site: Site, content: Content) -> Markup:
    """The story as a NewsArticle, for the newest edition's page."""
    data = {"@context": "https://schema.org", **news_article(site, content)}
    return Markup(json.dumps(data).translate(_ESCAPES))


def news_article(site: Site, content: Content) -> dict[str, Any]:
    """Its address, times and language, its corrections, and whether it was retracted."""
    document = content.document
    fields: dict[str, Any] = {
        "@type": "NewsArticle",
        "@id": site.absolute(content.path),
        "url": site.absolute(content.path),
        "headline": document.title,
        "inLanguage": document.language,
        "version": content.version,
        "correctionsPolicy": site.absolute("/corrections/"),
    }
    if document.published:
        fields["datePublished"] = machine_time(document.published, site.zone)
    if document.updated:
        fields["dateModified"] = machine_time(document.updated, site.zone)
    if told := [_comment(site, content, correction) for correction in content.corrections if correction.change in TOLD]:
        fields["correction"] = told
    if content.is_retracted:
        fields["creativeWorkStatus"] = "Retracted"
    return fields


def _comment(site: Site, content: Content, correction: Correction) -> dict[str, str]:
    return {
        "@type": "CorrectionComment",
        "text": correction.text,
        "datePublished": machine_time(correction.made, site.zone),
        "url": site.absolute(f"{content.path}#{correction_id(correction)}"),
    }

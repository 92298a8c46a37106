"""Facts for machines in schema.org's words (https://schema.org/NewsArticle), as one JSON-LD block in a page's head.

Everything in it stands on the page too. Written so that no text can end the block or be read as HTML.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup

from cryptonewshub.articles.document import CitedSource, Image
from cryptonewshub.editions.content import TOLD, Content, Correction
from cryptonewshub.reader.addresses import media_path, safe_link
from cryptonewshub.reader.affected import CORRECTIONS, edition_address
from cryptonewshub.reader.bylines import byline_views
from cryptonewshub.reader.changes import correction_id
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.times import machine_time

# What a policy page is called by schema.org, and the last part of its address under /policies/.
POLICIES: Mapping[str, str] = {
    "publishingPrinciples": "accuracy",
    "verificationFactCheckingPolicy": "accuracy",
    "correctionsPolicy": "corrections",
    "unnamedSourcesPolicy": "unnamed-sources",
    "ownershipFundingInfo": "ownership",
    "masthead": "masthead",
    "actionableFeedbackPolicy": "feedback",
    "ethicsPolicy": "ethics",
}
# The kinds of article that schema.org tells apart, by our labels.
_TYPES = {
    "analysis": "AnalysisNewsArticle",
    "opinion": "OpinionNewsArticle",
    "explainer": "BackgroundNewsArticle",
    "live": "LiveBlogPosting",
}
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}

Facts = dict[str, Any]


def as_block(facts: Facts) -> Markup:
    """The JSON of a `<script type="application/ld+json">`: `<`, `>` and `&` never stand in it."""
    text = json.dumps({"@context": "https://schema.org", **facts}, ensure_ascii=False, separators=(",", ":"))
    return Markup("".join(_ESCAPES.get(character, character) for character in text))


def article_facts(site: Site, content: Content, *, newest: bool = True) -> Facts:
    """What one edition is, who wrote it, what it stands on, and what was corrected in it."""
    document = content.document
    address = site.absolute(content.path if newest else edition_address(content.path, content.version))
    kind = _TYPES.get(document.label, "NewsArticle")
    return _without_empty(
        {
            "@type": kind,
            "@id": f"urn:uuid:{content.article}",
            "url": address,
            "mainEntityOfPage": address,
            "headline": document.title,
            "description": document.standfirst,
            "datePublished": _time(document.published, site),
            "dateModified": _time(document.updated or document.published, site),
            "dateline": document.dateline,
            "inLanguage": document.language,
            "articleSection": document.section.name if document.section else "",
            "keywords": [topic.name for topic in document.topics],
            "wordCount": document.words,
            "version": content.version,
            "isAccessibleForFree": True,
            "author": [_author(site, byline) for byline in byline_views(document.bylines, site)],
            "publisher": publisher_facts(site),
            "image": [_image(site, image) for image in document.images],
            "citation": [_source(source) for source in document.sources],
            "isBasedOn": sorted({link for source in document.sources if (link := safe_link(source.url))}),
            "correction": [_correction(site, content, told) for told in content.corrections if told.change in TOLD],
            "creativeWorkStatus": "Retracted" if content.is_retracted else "",
            **(_coverage(site, content) if kind == "LiveBlogPosting" else {}),
        }
    )


def publisher_facts(site: Site) -> Facts:
    """The newsroom and where its policies stand."""
    policies = {name: site.absolute(f"/policies/{slug}/") for name, slug in POLICIES.items() if slug in site.policies}
    return {
        "@type": "NewsMediaOrganization",
        "name": site.name,
        "url": site.absolute("/"),
        "correctionsPolicy": site.absolute(CORRECTIONS),
        "logo": {"@type": "ImageObject", "url": site.absolute("/icon-512.png"), "width": 512, "height": 512},
        **policies,
    }


def front_facts(site: Site) -> Facts:
    """The site as a whole, with the way to search it."""
    return {
        "@type": "WebSite",
        "name": site.name,
        "url": site.absolute("/"),
        "description": site.promise,
        "inLanguage": site.language,
        "publisher": publisher_facts(site),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": site.absolute("/search/") + "?q={search_term_string}"},
            "query-input": "required name=search_term_string",
        },
    }


def list_facts(site: Site, *, name: str, path: str, description: str, stories: Sequence[Content]) -> Facts:
    """A section or topic with its stories in their order."""
    return _without_empty(
        {
            "@type": "CollectionPage",
            "name": name,
            "url": site.absolute(path),
            "description": description,
            "isPartOf": {"@type": "WebSite", "name": site.name, "url": site.absolute("/")},
            "mainEntity": {"@type": "ItemList", "itemListElement": list(_items(site, stories))},
        }
    )


def person_facts(site: Site, *, name: str, path: str, role: str, expertise: Iterable[str], email: str) -> Facts:
    """Somebody of the newsroom."""
    return _without_empty(
        {
            "@type": "ProfilePage",
            "url": site.absolute(path),
            "mainEntity": _without_empty(
                {
                    "@type": "Person",
                    "name": name,
                    "url": site.absolute(path),
                    "jobTitle": role,
                    "knowsAbout": list(expertise),
                    "email": email,
                    "worksFor": {"@type": "NewsMediaOrganization", "name": site.name, "url": site.absolute("/")},
                }
            ),
        }
    )


def _items(site: Site, stories: Sequence[Content]) -> Iterable[Facts]:
    for place, story in enumerate(stories[:30], start=1):
        yield {
            "@type": "ListItem",
            "position": place,
            "url": site.absolute(story.path),
            "name": story.document.title,
        }


def _author(site: Site, byline: Any) -> Facts:
    if byline.path is None:
        return {"@type": "Organization", "name": byline.name, "url": site.absolute("/")}
    return _without_empty(
        {"@type": "Person", "name": byline.name, "jobTitle": byline.role, "url": site.absolute(byline.path)}
    )


def _image(site: Site, image: Image) -> Facts:
    return _without_empty(
        {
            "@type": "ImageObject",
            "url": site.absolute(media_path(image.file)),
            "width": image.width,
            "height": image.height,
            "caption": image.caption or image.alt,
            "creditText": image.credit,
        }
    )


def _source(source: CitedSource) -> Facts:
    return _without_empty(
        {
            "@type": "CreativeWork",
            "name": source.title,
            "url": safe_link(source.url) or "",
            "author": {"@type": "Person", "name": source.speaker} if source.speaker else "",
            "publisher": {"@type": "Organization", "name": source.publisher} if source.publisher else "",
            "datePublished": source.published.isoformat() if source.published else "",
            "inLanguage": source.language,
        }
    )


def _correction(site: Site, content: Content, told: Correction) -> Facts:
    return {
        "@type": "CorrectionComment",
        "text": told.text,
        "datePublished": _time(told.made, site),
        "url": site.absolute(f"{content.path}#{correction_id(told)}"),
    }


def _coverage(site: Site, content: Content) -> Facts:
    """A live page's own words: when it began, when it ended, and its updates where the story has them."""
    document = content.document
    updates = [block for block in document.body if block.kind == "update"]
    return {
        "coverageStartTime": _time(document.published, site),
        "coverageEndTime": _time(document.ended, site),
        "liveBlogUpdate": [
            _without_empty(
                {
                    "@type": "BlogPosting",
                    "headline": update.text,
                    "datePublished": _time(update.at, site),
                    "author": {"@type": "Organization", "name": site.name},
                }
            )
            for update in updates
        ],
    }


def _time(when: datetime | None, site: Site) -> str:
    return machine_time(when, site.zone) if when else ""


def _without_empty(facts: Facts) -> Facts:
    return {key: value for key, value in facts.items() if value not in ("", [], None, 0)}

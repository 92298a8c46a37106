"""What search engines and other programs look for: sitemaps (https://www.sitemaps.org/protocol.html), Google's news
sitemap of the last 48 hours, robots.txt, llms.txt, security.txt (RFC 9116).

Stories stand on the map of the month in which they were published, so that a new one changes one small file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

from cryptonewshub.editions.content import Content
from cryptonewshub.reader.affected import section_address
from cryptonewshub.reader.machines import NEWS, PLACES, SECURITY, SITEMAPS, map_address
from cryptonewshub.reader.site import Site

NEWS_AGE = timedelta(hours=48)
_VALID = timedelta(days=180)
_MAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NEWS_MAP = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """An address and, where that is known, when what is there last changed (aware)."""

    path: str
    changed: datetime | None = None


def sitemap_index(site: Site, *, months: Iterable[str]) -> str:
    """The index of all sitemaps; `months` such as '2026-03' are those in which stories were published."""
    paths = [PLACES, NEWS, *(map_address(month) for month in months)]
    entries = "".join(f"<sitemap><loc>{_text(site.absolute(path))}</loc></sitemap>\n" for path in paths)
    return _xml(f"<sitemapindex {_MAP}>\n{entries}</sitemapindex>\n")


def sitemap(site: Site, entries: Iterable[Entry]) -> str:
    """One sitemap."""
    return _xml(f"<urlset {_MAP}>\n{''.join(_url(site, entry) for entry in entries)}</urlset>\n")


def news_sitemap(site: Site, stories: Sequence[Content], *, now: datetime) -> str:
    """The stories that were first published in the 48 hours before `now`."""
    fresh = [story for story in stories if _is_fresh(story, now)]
    return _xml(f"<urlset {_MAP} {_NEWS_MAP}>\n{''.join(_news(site, story) for story in fresh)}</urlset>\n")


def robots(site: Site) -> str:
    """Everything may be read but the editor's pages and searches."""
    return f"User-agent: *\nDisallow: /admin/\nDisallow: /search/\n\nSitemap: {site.absolute(SITEMAPS)}\n"


def llms(site: Site) -> str:
    """What a language model's agent should know (https://llmstxt.org): where full texts are, and how to quote them."""
    sections = "".join(
        f"- [{_line(section.name)}]({site.absolute(section_address(section.slug))})\n" for section in site.sections
    )
    return (
        f"# {_line(site.name)}\n\n> {_line(site.promise)}\n\n"
        "Every story is a plain HTML page. Words between quotation marks were traced to an archived source; each story"
        " lists its sources, its editions and its corrections. Quote a story with its address and the number of the"
        " edition that you read; look for a correction before you repeat it.\n\n"
        f"## Sections\n\n{sections}\n"
        "## Feeds with the full text\n\n"
        f"- [RSS]({site.absolute('/feed.xml')})\n- [Atom]({site.absolute('/atom.xml')})\n"
        f"- [JSON Feed]({site.absolute('/feed.json')})\n- [Corrections]({site.absolute('/corrections/feed.xml')})\n\n"
        "## The record\n\n"
        f"- [The public log of every edition]({site.absolute('/log/checkpoint')})\n"
        f"- [Sitemap]({site.absolute(SITEMAPS)})\n"
    )


def security(site: Site, *, now: datetime) -> str:
    """Whom to tell of a hole. It is valid for half a year from the first of this month, and baked again in time."""
    contact = site.security_contact
    contact = contact if "://" in contact else f"mailto:{contact}"
    first = now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return (
        f"Contact: {_line(contact)}\n"
        f"Expires: {(first + _VALID).strftime('%Y-%m-%dT%H:%M:%SZ')}\n"
        f"Canonical: {site.absolute(SECURITY)}\n"
        f"Preferred-Languages: {site.language}\n"
    )


def _is_fresh(story: Content, now: datetime) -> bool:
    published = story.document.published
    return published is not None and now - NEWS_AGE < published <= now


def _url(site: Site, entry: Entry) -> str:
    changed = f"<lastmod>{_w3c(entry.changed)}</lastmod>" if entry.changed else ""
    return f"<url><loc>{_text(site.absolute(entry.path))}</loc>{changed}</url>\n"


def _news(site: Site, story: Content) -> str:
    document = story.document
    assert document.published is not None
    return (
        f"<url><loc>{_text(site.absolute(story.path))}</loc><news:news>"
        f"<news:publication><news:name>{_text(site.name)}</news:name>"
        f"<news:language>{_text(document.language.partition('-')[0])}</news:language></news:publication>"
        f"<news:publication_date>{_w3c(document.published)}</news:publication_date>"
        f"<news:title>{_text(document.title)}</news:title></news:news></url>\n"
    )


def _w3c(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))


def _xml(body: str) -> str:
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}'


def _line(text: str) -> str:
    """One line, so that no text starts another field."""
    return " ".join(text.split())

"""Where programs find what they look for: feeds beside every list of stories, sitemaps, the picture of a story."""

from __future__ import annotations

from datetime import UTC

from cryptonewshub.editions.content import Content

FEED = "/feed.xml"
ATOM = "/atom.xml"
JSON_FEED = "/feed.json"
SITEMAPS = "/sitemap.xml"
PLACES = "/sitemaps/places.xml"
NEWS = "/news-sitemap.xml"
ROBOTS = "/robots.txt"
LLMS = "/llms.txt"
SECURITY = "/.well-known/security.txt"


def machine_addresses(content: Content) -> set[str]:
    """The addresses for programs that an edition touches, feeds apart."""
    return {SITEMAPS, PLACES, NEWS, month_map(content), card_address(content.path)}


def feeds_of(listing: str) -> tuple[str, str, str]:
    """The three feeds of a list of stories: '/security/feed.xml' and its neighbours."""
    return listing + FEED[1:], listing + ATOM[1:], listing + JSON_FEED[1:]


def card_address(path: str) -> str:
    """Where the picture is that stands for the story at `path` when it is shared."""
    return f"{path}card.png"


def month_map(content: Content) -> str:
    """The sitemap that the story is on: that of the month of its publication, so that a new one changes few files."""
    published = content.document.published
    return map_address(published.astimezone(UTC).strftime("%Y-%m") if published else "0000-00")


def map_address(month: str) -> str:
    """Where the sitemap of a month in UTC is, such as '2026-03'."""
    return f"/sitemaps/{month}.xml"

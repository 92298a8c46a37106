"""Which addresses of the site one edition touches: the whole answer to 'what must be baked again'.

Plain Python: an address is a path such as `/security/talks-resume/`, and what is not named here did not change.
"""

from __future__ import annotations

from cryptonewshub.articles.document import Document
from cryptonewshub.editions.content import Content

FRONT = "/"
FEED = "/feed.xml"


def affected(content: Content, previous: Content | None = None) -> frozenset[str]:
    """The addresses that change when `content` is published after `previous`, the edition before it."""
    addresses = {FRONT, FEED, content.path} | _listings(content.document)
    # Every edition's own page says which one is the newest.
    addresses |= {edition_address(content.path, version) for version in range(1, content.version + 1)}
    if previous:
        addresses |= _listings(previous.document)
        # A story that moved leaves the way to it at its old addresses.
        addresses |= {previous.path}
        addresses |= {edition_address(previous.path, version) for version in range(1, previous.version + 1)}
    return frozenset(addresses)


def edition_address(path: str, version: int) -> str:
    """The permanent address of one edition of the article at `path`."""
    return f"{path}editions/{version}/"


def section_address(slug: str) -> str:
    return f"/{slug}/"


def author_address(slug: str) -> str:
    return f"/authors/{slug}/"


def topic_address(slug: str) -> str:
    return f"/topics/{slug}/"


def _listings(document: Document) -> set[str]:
    """The pages on which the article is listed."""
    listings = {topic_address(topic.slug) for topic in document.topics}
    listings |= {author_address(byline.slug) for byline in document.bylines if byline.slug}
    if document.section:
        listings.add(section_address(document.section.slug))
    return listings

"""Which addresses of the site one edition touches: the whole answer to 'what must be baked again'.

Plain Python: an address is a path such as `/security/talks-resume/`, and what is not named here did not change.
"""

from __future__ import annotations

from datetime import timedelta

from cryptonewshub.articles.document import Document
from cryptonewshub.editions.content import Content
from cryptonewshub.reader.machines import machine_addresses

FRONT = "/"
CORRECTIONS = "/corrections/"
CORRECTIONS_FEED = "/corrections/feed.xml"
FEW_VERSIONS = 8  # up to here every version is compared with every other one


def affected(content: Content, previous: Content | None = None) -> frozenset[str]:
    """The addresses that change when `content` is published after `previous`, the edition before it."""
    addresses = {FRONT, content.path} | _listings(content.document)
    addresses |= machine_addresses(content, _listings(content.document))
    # Every edition's own page says which one is the newest.
    addresses |= {edition_address(content.path, version) for version in range(1, content.version + 1)}
    addresses |= {history_address(content.path), *comparisons(content.path, content.version)}
    addresses |= _correction_pages(content)
    if previous:
        addresses |= _listings(previous.document)
        addresses |= machine_addresses(previous, _listings(previous.document))
        # A story that moved leaves the way to it at its old addresses.
        addresses |= {previous.path}
        addresses |= {edition_address(previous.path, version) for version in range(1, previous.version + 1)}
        addresses |= {history_address(previous.path), *comparisons(previous.path, previous.version)}
    return frozenset(addresses)


def edition_address(path: str, version: int) -> str:
    """The permanent address of one edition of the article at `path`."""
    return f"{path}editions/{version}/"


def history_address(path: str) -> str:
    """Where the article at `path` shows all its editions and what changed between them."""
    return f"{path}history/"


def comparison_address(path: str, before: int, after: int) -> str:
    """Where two editions stand side by side."""
    return f"{path}history/{before}-{after}/"


def compared(last: int) -> list[tuple[int, int]]:
    """The pairs of versions that have a page of their own, when there are `last` versions.

    All of them while they are few; of a long history each version with the next one and with the newest, so that the
    pages grow with the versions and not with their square.
    """
    pairs = [(before, after) for after in range(2, last + 1) for before in range(1, after)]
    if last <= FEW_VERSIONS:
        return pairs
    return [(before, after) for before, after in pairs if after in (before + 1, last)]


def comparisons(path: str, last: int) -> list[str]:
    """The addresses of all comparisons of an article that has `last` versions."""
    return [comparison_address(path, before, after) for before, after in compared(last)]


def month_address(year: int, month: int) -> str:
    """The corrections of one month."""
    return f"{CORRECTIONS}{year:04}-{month:02}/"


def _correction_pages(content: Content) -> set[str]:
    """Where this edition's correction is listed. A new story changes the rate of corrections there."""
    if content.told is None:
        return {CORRECTIONS, CORRECTIONS_FEED} if content.version == 1 else set()
    # Months are those of the site's zone, which is at most 14 hours away from UTC.
    near = [content.told.made + timedelta(hours=hours) for hours in (-14, 14)]
    return {CORRECTIONS, CORRECTIONS_FEED, *(month_address(day.year, day.month) for day in near)}


def section_address(slug: str) -> str:
    return f"/{slug}/"


def author_address(slug: str) -> str:
    return f"/authors/{slug}/"


def topic_address(slug: str) -> str:
    return f"/topics/{slug}/"


def series_address(slug: str) -> str:
    return f"/series/{slug}/"


def _listings(document: Document) -> set[str]:
    """The pages on which the article is listed."""
    listings = {topic_address(topic.slug) for topic in document.topics}
    listings |= {author_address(byline.slug) for byline in document.bylines if byline.slug}
    if document.section:
        listings.add(section_address(document.section.slug))
    return listings

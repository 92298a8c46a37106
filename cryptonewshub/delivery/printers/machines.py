"""What programs fetch: feeds of every list, sitemaps, the pictures of stories, icons, and the files of plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial

from django.conf import settings
from django.utils import timezone

from cryptonewshub.articles.models import SectionPage, Topic
from cryptonewshub.delivery.entries import look_up
from cryptonewshub.delivery.kinds import PageKind, fixed_page
from cryptonewshub.delivery.printers.stories import editions_at
from cryptonewshub.delivery.stories_of import NEWEST, STORIES_IN_A_FEED, Listing, months_with, stories_at
from cryptonewshub.editions.content import Content
from cryptonewshub.editions.models import Edition
from cryptonewshub.languages.wording import Wording
from cryptonewshub.people.models import Author
from cryptonewshub.reader import affected, feeds, icons, machines, sitemaps
from cryptonewshub.reader.share import share_card
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.sitemaps import Entry
from cryptonewshub.reader.verdicts import TRACED, is_counted

_Feed = Callable[..., str]
_FEEDS: dict[str, _Feed] = {
    machines.FEED: feeds.rss,
    machines.ATOM: feeds.atom,
    machines.JSON_FEED: feeds.json_feed,
}


def feed(site: Site, listing: str, name: str) -> str | None:
    """A feed of the whole site, of a section, a topic or an author."""
    found = _list_at(listing, site)
    if found is None:
        return None
    title, stories_in = found
    stories = [edition.read() for edition in stories_in.standing().editions(0, STORIES_IN_A_FEED)]
    return _FEEDS[f"/{name}"](site, look_up(site, stories), title=title, path=listing + name)


def _list_at(listing: str, site: Site) -> tuple[str, Listing] | None:
    if listing == "/":
        return site.name, stories_at(listing, site.zone)
    found = _named_at(listing)
    return (f"{site.name}: {found}", stories_at(listing, site.zone)) if found else None


def _named_at(listing: str) -> str | None:
    match listing.strip("/").split("/"):
        case ["topics", slug]:
            return Topic.objects.filter(slug=slug).values_list("name", flat=True).first()
        case ["authors", slug]:
            return Author.objects.filter(slug=slug).values_list("name", flat=True).first()
        case [slug]:
            return SectionPage.objects.live().order_by().filter(slug=slug).values_list("title", flat=True).first()
    return None


def _feed_addresses() -> Iterator[str]:
    for listing in ("/", *_lists()):
        yield from machines.feeds_of(listing)


def _lists() -> Iterator[str]:
    yield from (affected.section_address(section.slug) for section in SectionPage.in_order())
    yield from map(affected.topic_address, Topic.objects.values_list("slug", flat=True))
    yield from map(affected.author_address, Author.objects.values_list("slug", flat=True))


def card(site: Site, path: str) -> bytes | None:
    """The picture of a story, for where its address is shared."""
    editions = editions_at(path)
    if not editions:
        return None
    content = editions[-1]
    section = content.document.section
    return share_card(
        newsroom=site.name,
        section=section.name if section else "",
        headline=content.document.title,
        standing=_standing(content, site.words),
    )


def _standing(content: Content, words: Wording) -> str:
    counted = [quotation for quotation in content.quotations if is_counted(quotation)]
    if not counted:
        return ""
    traced = sum(1 for quotation in counted if quotation.verdict in TRACED)
    return words.count(
        "%(traced)s of %(num)s quotation traced", "%(traced)s of %(num)s quotations traced", len(counted), traced=traced
    )


def _card_addresses() -> Iterator[str]:
    yield from map(machines.card_address, Edition.objects.newest().order_by("path").values_list("path", flat=True))


def sitemap_index(site: Site) -> str:
    return sitemaps.sitemap_index(site, months=_months())


def _months() -> list[str]:
    return [f"{year:04}-{month:02}" for year, month in months_with(NEWEST, "UTC")]


def month_map(site: Site, month: str) -> str | None:
    """The stories that were published in a month."""
    try:
        first = datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC)
    except ValueError:
        return None
    after = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    rows = Edition.objects.newest().filter(published__gte=first, published__lt=after).order_by("published", "pk")
    listed = rows.values_list("path", "published", "updated")
    entries = [Entry(path, updated or published) for path, published, updated in listed]
    return sitemaps.sitemap(site, entries) if entries else None


def places(site: Site) -> str:
    """The pages that are there whatever is published."""
    return sitemaps.sitemap(site, [Entry("/"), *(Entry(listing) for listing in _lists())])


def news(site: Site) -> str:
    now = timezone.now()
    fresh = Edition.objects.newest().standing().filter(published__gt=now - sitemaps.NEWS_AGE)
    return sitemaps.news_sitemap(site, [edition.read() for edition in fresh], now=now)


def security(site: Site) -> str | None:
    return sitemaps.security(site, now=timezone.now()) if site.security_contact else None


def _icon(site: Site, *, size: int) -> bytes:
    return icons.icon(size)


def _favicon(site: Site) -> bytes:
    return icons.favicon()


_NAMES = "|".join(re.escape(name[1:]) for name in _FEEDS)
KINDS = (
    PageKind(re.compile(rf"(?P<listing>/(?:.+/)?)(?P<name>{_NAMES})"), feed, _feed_addresses),
    PageKind(re.compile(r"(?P<path>/.+/)card\.png"), card, _card_addresses),
    PageKind(
        re.compile(r"/sitemaps/(?P<month>\d{4}-\d{2})\.xml"), month_map, lambda: map(machines.map_address, _months())
    ),
    fixed_page(machines.SITEMAPS, sitemap_index),
    fixed_page(machines.PLACES, places),
    fixed_page(machines.NEWS, news),
    fixed_page(machines.ROBOTS, sitemaps.robots),
    fixed_page(machines.LLMS, sitemaps.llms),
    PageKind(
        re.compile(re.escape(machines.SECURITY)),
        security,
        lambda: (machines.SECURITY,) if settings.CNH_SECURITY_CONTACT else (),
    ),
    fixed_page(icons.MANIFEST, icons.manifest),
    fixed_page(icons.FAVICON, _favicon),
    *(fixed_page(path, partial(_icon, size=size)) for path, size in icons.ICONS.items()),
)

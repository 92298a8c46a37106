"""Printing: the bytes of the page at an address, made from sealed editions alone. It writes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.db.models import Max

from cryptonewshub.articles.document import Named
from cryptonewshub.articles.models import Newsroom, SectionPage, Topic
from cryptonewshub.editions.content import Content
from cryptonewshub.editions.models import Edition
from cryptonewshub.people.models import Author
from cryptonewshub.reader import affected, assets, feeds, pages
from cryptonewshub.reader.site import Site

STORIES_ON_A_PAGE = 100
NOT_FOUND = "/404.html"

_EDITION = re.compile(r"(?P<path>/.*/)editions/(?P<version>[1-9][0-9]{0,5})/")


def current_site() -> Site:
    """What the newsroom is called now, and its sections in their order."""
    newsroom = Newsroom.load()
    sections = SectionPage.objects.live().order_by("path")
    return Site(
        name=newsroom.name,
        promise=newsroom.promise,
        base_url=settings.CNH_BASE_URL,
        zone=settings.TIME_ZONE,
        language="en",
        staff_byline=newsroom.staff_byline,
        rights=newsroom.rights,
        sections=tuple(Named(section.title, section.slug) for section in sections),
    )


def page_at(address: str, site: Site) -> bytes | None:
    """The page at the address, or None when there is none."""
    page = _page_at(address, site)
    return None if page is None else page.encode()


def every_address() -> Iterator[str]:
    """All addresses of the site, fixed ones first."""
    yield from (affected.FRONT, affected.FEED, NOT_FOUND)
    yield from (affected.section_address(slug) for slug in SectionPage.objects.live().values_list("slug", flat=True))
    yield from (affected.topic_address(slug) for slug in Topic.objects.values_list("slug", flat=True))
    yield from (affected.author_address(slug) for slug in Author.objects.values_list("slug", flat=True))
    for path, version in Edition.objects.values_list("path").annotate(Max("version")).order_by("path").iterator():
        yield path
        yield from (affected.edition_address(path, number) for number in range(1, version + 1))


def asset_files() -> dict[str, bytes]:
    """The files that pages load, by address: style and fonts under names that change with their content."""
    return {f"/{name}": data for name, data in assets.assets().items()}


def picture_file(name: str) -> Path:
    """Where the picture of that name is kept once an edition shows it."""
    return Path(settings.CNH_HOME.media) / "published" / name


def _page_at(address: str, site: Site) -> str | None:
    if address == affected.FRONT:
        return pages.front_page(site, _stories(Edition.objects.newest()[: settings.CNH_STORIES_ON_FRONT]))
    if address == affected.FEED:
        return feeds.rss(site, _stories(Edition.objects.newest()[:30]), title=site.name, path=affected.FEED)
    if address == NOT_FOUND:
        return pages.not_found_page(site)
    if matched := _EDITION.fullmatch(address):
        return _article_page(matched["path"], site, version=int(matched["version"]))
    return _listing_page(address, site) or _article_page(address, site)


def _listing_page(address: str, site: Site) -> str | None:
    match address.strip("/").split("/"):
        case ["topics", slug]:
            return _topic_page(slug, site)
        case ["authors", slug]:
            return _author_page(slug, site)
        case [slug]:
            return _section_page(slug, site)
    return None


def _section_page(slug: str, site: Site) -> str | None:
    section = SectionPage.objects.live().filter(slug=slug).first()
    if section is None:
        return None
    view = pages.SectionView(section.title, section.slug, section.description)
    return pages.section_page(site, view, _stories(Edition.objects.newest().filter(section=slug)[:STORIES_ON_A_PAGE]))


def _topic_page(slug: str, site: Site) -> str | None:
    topic = Topic.objects.filter(slug=slug).first()
    if topic is None:
        return None
    stories = _stories(Edition.objects.newest().filter(topics__slug=slug)[:STORIES_ON_A_PAGE])
    return pages.topic_page(site, pages.TopicView(topic.name, topic.slug, topic.description), stories)


def _author_page(slug: str, site: Site) -> str | None:
    author = Author.objects.filter(slug=slug).first()
    if author is None:
        return None
    view = pages.AuthorView(
        name=author.name,
        slug=author.slug,
        role=author.role,
        biography=author.biography,
        expertise=tuple(author.subjects),
        email=author.email,
    )
    stories = _stories(Edition.objects.newest().filter(authors__slug=slug)[:STORIES_ON_A_PAGE])
    return pages.author_page(site, view, stories)


def _article_page(path: str, site: Site, *, version: int | None = None) -> str | None:
    newest = Edition.objects.newest().filter(path=path).first()
    if newest is None:
        return _moved_page(path, site)
    editions = _stories(Edition.objects.filter(article=newest.article_id).order_by("version"))
    if version is None:
        return pages.article_page(site, editions[-1], editions=editions)
    if version > len(editions):
        return None
    return pages.article_page(site, editions[version - 1], editions=editions, newest=False)


def _moved_page(path: str, site: Site) -> str | None:
    """For an address that a story had in an earlier edition."""
    before = Edition.objects.filter(path=path).order_by("pk").last()
    if before is None:
        return None
    newest = Edition.objects.filter(article=before.article_id).order_by("version").last()
    return pages.moved_page(site, newest.read()) if newest else None


def _stories(editions: Iterable[Edition]) -> list[Content]:
    return [edition.read() for edition in editions]

"""Stories: each at its address, each edition at its own, and the way on from the addresses that a story had before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.db.models import Max

from cryptonewshub.delivery.beside import beside
from cryptonewshub.delivery.kept import once
from cryptonewshub.delivery.kinds import PageKind
from cryptonewshub.editions.content import Content
from cryptonewshub.editions.models import Edition
from cryptonewshub.reader import affected, pages
from cryptonewshub.reader.site import Site


def article_page(site: Site, path: str) -> str | None:
    editions = editions_at(path)
    if not editions:
        return moved_page(site, path)
    return pages.article_page(site, editions[-1], editions=editions, beside=beside(editions[-1]))


def edition_page(site: Site, path: str, version: str) -> str | None:
    editions, number = editions_at(path), int(version)
    if not editions:
        return moved_page(site, path)
    edition = next((edition for edition in editions if edition.version == number), None)
    if edition is None:
        return None
    return pages.article_page(site, edition, editions=editions, newest=False)


def moved_page(site: Site, path: str) -> str | None:
    """For an address that a story had in an earlier edition."""
    before = Edition.objects.logged().filter(path=path).order_by("pk").last()
    if before is None:
        return None
    newest = Edition.objects.logged().filter(article=before.article_id).order_by("version").last()
    return pages.moved_page(site, newest.read()) if newest else None


@once
def editions_at(path: str) -> list[Content]:
    """Every edition of the story that lives at the path now, oldest first; none when no story does."""
    newest = Edition.objects.newest().filter(path=path).first()
    if newest is None:
        return []
    editions = Edition.objects.logged().filter(article=newest.article_id).order_by("version")
    return [edition.read() for edition in editions]


def _article_addresses() -> Iterator[str]:
    yield from Edition.objects.logged().values_list("path", flat=True).distinct().order_by("path").iterator()


def _edition_addresses() -> Iterator[str]:
    for path, last in Edition.objects.logged().values_list("path").annotate(Max("version")).order_by("path").iterator():
        yield from (affected.edition_address(path, version) for version in range(1, last + 1))


KINDS = (
    PageKind(re.compile(r"(?P<path>/.+/)editions/(?P<version>[1-9][0-9]{0,5})/"), edition_page, _edition_addresses),
    PageKind(re.compile(r"(?P<path>/.+/)"), article_page, _article_addresses),
)

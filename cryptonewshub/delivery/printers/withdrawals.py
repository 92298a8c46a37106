"""Notices in the place of what was withdrawn by order: at the story's address, its editions' and its history's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.db.models import F

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.delivery import gone
from cryptonewshub.delivery.kinds import PageKind
from cryptonewshub.editions.models import Edition, Withdrawal
from cryptonewshub.reader import affected
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.withdrawn import Notice, withdrawn_page

_VERSION = "[1-9][0-9]{0,5}"


def notice_of_story(site: Site, path: str) -> str | None:
    """For the addresses of a story of which nothing is left."""
    editions = _at(path)
    if not editions or any(edition.withdrawn_by is None for edition in editions):
        return None
    return _notice(site, path, editions[-1].withdrawn_by)


def notice_of_edition(site: Site, path: str, version: str, other: str = "") -> str | None:
    """For the address of a withdrawn edition, and for a comparison with one."""
    wanted = {int(number) for number in (version, other) if number}
    for edition in _at(path):
        if edition.version in wanted and edition.withdrawn_by:
            return _notice(site, path, edition.withdrawn_by)
    return None


def _at(path: str) -> list[Edition]:
    """Every edition of the story that has, or had, this address; none in a newsroom that withdrew nothing."""
    if not Withdrawal.objects.exists():
        return []
    here = Edition.objects.filter(path=path).order_by("pk").last()
    if here is None:
        return []
    return list(Edition.objects.filter(article=here.article_id).select_related("withdrawn_by").order_by("version"))


def notices() -> list[Notice]:
    """Everything that was withdrawn and has not come back, the newest first."""
    emptied = Withdrawal.objects.filter(editions__withdrawn_by=F("pk")).distinct().order_by("-pk")
    return [_told(withdrawal.editions.order_by("-version")[0].path, withdrawal) for withdrawal in emptied]


def _notice(site: Site, path: str, withdrawal: Withdrawal | None) -> str:
    assert withdrawal is not None
    page = withdrawn_page(site, _told(path, withdrawal))
    return page.replace("<!doctype html>", gone.PAGE, 1)


def _told(path: str, withdrawal: Withdrawal) -> Notice:
    entry = withdrawal.entry
    assert entry.index is not None
    return Notice(path, entry.at or entry.made, withdrawal.basis, withdrawal.scope, withdrawal.what, entry.index)


def _addresses() -> Iterator[str]:
    for article in ArticlePage.objects.filter(editions__withdrawn_by__isnull=False).distinct():
        editions = list(Edition.objects.of(article))
        versions = [edition.version for edition in editions]
        for path in {edition.path for edition in editions}:
            gone = [edition.version for edition in editions if edition.withdrawn_by_id]
            yield from (affected.edition_address(path, version) for version in gone)
            if gone == versions:
                yield from (path, affected.history_address(path), *affected.comparisons(path, versions[-1]))


KINDS = (
    PageKind(
        re.compile(rf"(?P<path>/.+/)history/(?P<version>{_VERSION})-(?P<other>{_VERSION})/"),
        notice_of_edition,
        lambda: (),
    ),
    PageKind(re.compile(rf"(?P<path>/.+/)editions/(?P<version>{_VERSION})/"), notice_of_edition, _addresses),
    PageKind(re.compile(r"(?P<path>/.+/)history/"), notice_of_story, lambda: ()),
    PageKind(re.compile(r"(?P<path>/.+/)"), notice_of_story, lambda: ()),
)

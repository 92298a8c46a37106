"""The history of each story, and its versions two by two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.db.models import Max

from cryptonewshub.delivery.kinds import PageKind
from cryptonewshub.delivery.printers.stories import editions_at, moved_page
from cryptonewshub.editions.models import Edition
from cryptonewshub.reader import affected, history
from cryptonewshub.reader.site import Site


def history_page(site: Site, path: str) -> str | None:
    editions = editions_at(path)
    if not editions:
        return moved_page(site, path)
    return history.history_page(site, editions)


def comparison_page(site: Site, path: str, before: str, after: str) -> str | None:
    """Any two versions: also those of a long history that are baked no more, since their address stays true."""
    editions, first, second = editions_at(path), int(before), int(after)
    if not editions:
        return moved_page(site, path)
    if not (first < second and {first, second} <= {edition.version for edition in editions}):
        return None
    return history.comparison_page(site, editions, first, second)


def _history_addresses() -> Iterator[str]:
    for path in Edition.objects.logged().values_list("path", flat=True).distinct().order_by("path").iterator():
        yield affected.history_address(path)


def _comparison_addresses() -> Iterator[str]:
    for path, last in Edition.objects.logged().values_list("path").annotate(Max("version")).order_by("path").iterator():
        yield from affected.comparisons(path, last)


_VERSION = "[1-9][0-9]{0,5}"
KINDS = (
    PageKind(
        re.compile(rf"(?P<path>/.+/)history/(?P<before>{_VERSION})-(?P<after>{_VERSION})/"),
        comparison_page,
        _comparison_addresses,
    ),
    PageKind(re.compile(r"(?P<path>/.+/)history/"), history_page, _history_addresses),
)

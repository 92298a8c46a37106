"""Archived copies for readers: the originals of sources that the desk lets be shown, under the hash that was sealed.

A copy is there while a published story cites it. Nobody's leave is taken for granted: the desk says of each source that
it may be shown.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from cryptonewshub.delivery.kinds import PageKind
from cryptonewshub.editions.content import Content
from cryptonewshub.editions.models import Edition, EditionSource
from cryptonewshub.reader.affected import copy_address
from cryptonewshub.reader.site import Site
from cryptonewshub.sources.models import Source, SourceQuerySet

logger = logging.getLogger(__name__)
_ENDING = re.compile(r"\.[a-z0-9]{1,8}")


def copies_of(content: Content) -> dict[str, str]:
    """Where readers find the archived copies of the sources of a story's edition: addresses by the sources' ids."""
    cited = EditionSource.objects.filter(
        edition__article__article_id=content.article, edition__version=content.version
    ).values_list("key", "source")
    shown = Source.objects.shown().only("file_name", "sha256").in_bulk([source for _, source in cited])
    return {key: address_of(shown[source]) for key, source in cited if source in shown}


def address_of(source: Source) -> str:
    """Where the archived copy of a source is, if it is shown. Its ending tells a browser what it is."""
    ending = PurePath(source.file_name).suffix.lower()
    return copy_address(source.sha256, ending if _ENDING.fullmatch(ending) else "")


def stories_citing(source: Source) -> Iterable[str]:
    """The paths of the stories whose newest edition cites a source."""
    return Edition.objects.newest().filter(sources__source=source).values_list("path", flat=True)


def archived_copy(site: Site, sha256: str, ending: str | None) -> bytes | None:
    """The original itself. One that the archive has lost has no page; the archive's own checks report it."""
    source = _shown_and_cited().filter(sha256=sha256).first()
    if source is None or address_of(source) != copy_address(sha256, ending or ""):
        return None
    try:
        return source.original_bytes()
    except (FileNotFoundError, ValueError) as error:
        logger.error("The archived copy of source %s cannot be shown to readers: %s", source.pk, error)
        return None


def _shown_and_cited() -> SourceQuerySet:
    citing = EditionSource.objects.filter(edition__in=Edition.objects.newest().order_by().values("pk"))
    return Source.objects.shown().filter(pk__in=citing.values("source"))


def _addresses() -> Iterator[str]:
    yield from map(address_of, _shown_and_cited())


KINDS = (
    PageKind(re.compile(r"/sources/(?P<sha256>[0-9a-f]{64})(?P<ending>\.[a-z0-9]{1,8})?"), archived_copy, _addresses),
)

"""Where each edition stands in the log, looked up as pages ask for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from cryptonewshub.editions.models import LogEntry, LogEntryQuerySet
from cryptonewshub.reader.logged import Logged
from cryptonewshub.tlog.manifests import Kind

Key = tuple[UUID, int]


class LoggedEditions(Mapping[Key, Logged]):
    """Every logged edition by article and version. One query a story; what was found is kept as long as this is."""

    def __init__(self) -> None:
        self._found: dict[UUID, dict[int, Logged]] = {}

    def __getitem__(self, key: Key) -> Logged:
        article, version = key
        if article not in self._found:
            self._found[article] = _editions_of(article)
        return self._found[article][version]

    def __iter__(self) -> Iterator[Key]:
        return iter(_entries().values_list("edition__article__article_id", "edition__version"))

    def __len__(self) -> int:
        return _entries().count()


def _entries() -> LogEntryQuerySet:
    return LogEntry.objects.logged().filter(kind=Kind.VERSION)


def _editions_of(article: UUID) -> dict[int, Logged]:
    rows = _entries().filter(edition__article__article_id=article)
    return {
        version: Logged(sha256, index)
        for version, sha256, index in rows.values_list("edition__version", "edition__sha256", "index")
    }

"""Where each edition stands in the log, looked up as pages ask for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from cryptonewshub.editions.content import Content
from cryptonewshub.editions.models import LogEntry, LogEntryQuerySet
from cryptonewshub.reader.logged import Logged
from cryptonewshub.reader.site import Site
from cryptonewshub.tlog.manifests import Kind

Key = tuple[UUID, int]


class LoggedEditions(Mapping[Key, Logged]):
    """Every logged edition by article and version. One query a story; what was found is kept as long as this is."""

    def __init__(self) -> None:
        self._found: dict[UUID, dict[int, Logged]] = {}

    def look_up(self, stories: Iterable[Content]) -> None:
        """Asks once for all the stories of a page that is about to be printed."""
        articles = {story.article for story in stories} - self._found.keys()
        if articles:
            self._found |= {article: {} for article in articles} | _editions_of(articles)

    def __getitem__(self, key: Key) -> Logged:
        article, version = key
        if article not in self._found:
            self._found |= {article: {}} | _editions_of([article])
        return self._found[article][version]

    def __iter__(self) -> Iterator[Key]:
        return iter(_entries().values_list("edition__article__article_id", "edition__version"))

    def __len__(self) -> int:
        return _entries().count()


def _entries() -> LogEntryQuerySet:
    return LogEntry.objects.logged().filter(kind=Kind.VERSION)


def _editions_of(articles: Collection[UUID]) -> dict[UUID, dict[int, Logged]]:
    found: dict[UUID, dict[int, Logged]] = defaultdict(dict)
    rows = _entries().filter(edition__article__article_id__in=articles).order_by()
    for article, version, sha256, index in rows.values_list(
        "edition__article__article_id", "edition__version", "edition__sha256", "index"
    ):
        found[article][version] = Logged(sha256, index)
    return found


def look_up(site: Site, stories: Sequence[Content]) -> Sequence[Content]:
    """These stories, whose places in the log are known from now on."""
    if isinstance(site.entries, LoggedEditions):
        site.entries.look_up(stories)
    return stories

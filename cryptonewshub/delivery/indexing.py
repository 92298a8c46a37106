"""Keeping the search index up to date: a cursor into the log, so that every run can be repeated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from django.conf import settings

from cryptonewshub.editions.models import Edition, LogEntry
from cryptonewshub.people.models import NewsPerson, Office
from cryptonewshub.reader.affected import person_address
from cryptonewshub.reader.search.files import FileIndex
from cryptonewshub.reader.search.findable import Findable, KnownPerson, findable_people, findables_of
from cryptonewshub.reader.search.index import SearchIndex
from cryptonewshub.tlog.manifests import Kind

Progress = Callable[[int, int], None]


def newsroom_index() -> SearchIndex:
    """The index that the settings name: the folder in CNH_HOME, or a PostgreSQL for several machines."""
    if settings.CNH_SEARCH_URL:
        from cryptonewshub.reader.search.postgres import PostgresIndex

        return PostgresIndex(settings.CNH_SEARCH_URL)
    return FileIndex(settings.CNH_HOME.search)


def update_index() -> int:
    """Puts in what the log has had since the last run; returns how many entries that were.

    An article whose editions are gone goes out. People are put in anew each time.
    """
    index = newsroom_index()
    fresh = list(LogEntry.objects.since(index.cursor()).select_related("article"))
    if not fresh:
        return 0
    if any(entry.kind == Kind.WITHDRAW for entry in fresh):
        rebuild_index()  # an index that is only changed keeps words that were taken out of it for a while
        return len(fresh)
    articles = {entry.article.pk: str(entry.article.article_id) for entry in fresh if entry.article}
    newest = Edition.objects.newest().filter(article__in=articles)
    findables = [findable for edition in newest for findable in findables_of(edition.read())]
    index.replace([*articles.values(), "people"], [*findables, *_people()], cursor=_after(fresh[-1]))
    return len(fresh)


def rebuild_index(progress: Progress = lambda done, total: None) -> int:
    """Builds the whole index anew; returns how many stories are in it. The old one answers until it is done."""
    cursor = LogEntry.objects.next_index()
    newest = Edition.objects.newest().order_by("pk")
    total = newest.count()
    newsroom_index().rebuild(_everything(newest.iterator(chunk_size=500), total, progress), cursor=cursor)
    return total


def _after(entry: LogEntry) -> int:
    assert entry.index is not None
    return entry.index + 1


def _everything(editions: Iterable[Edition], total: int, progress: Progress) -> Iterator[Findable]:
    yield from _people()
    for done, edition in enumerate(editions, start=1):
        yield from findables_of(edition.read())
        progress(done, total)


def _people() -> Iterator[Findable]:
    held = defaultdict[int, list[str]](list)
    for office in Office.objects.all():
        held[office.person_id].append(str(office))
    return findable_people(
        KnownPerson(name, person_address(slug), " · ".join([*aliases.splitlines(), *held[pk]]))
        for pk, name, slug, aliases in NewsPerson.objects.values_list("pk", "name", "slug", "aliases")
    )

"""What stands beside a story: the parts of its series, and related stories.

Related are the stories that the newsroom chose, then older ones that share most topics and people with it. Only the
dozen that came just before it on each topic and with each person are looked at, so that the work stays the same however
many stories there are, and a story can only show beside the dozen that came after it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from cryptonewshub.delivery.kept import once
from cryptonewshub.delivery.printers.copies import copies_of
from cryptonewshub.delivery.stories_of import just_before
from cryptonewshub.editions.content import Content
from cryptonewshub.editions.models import Edition, EditionSpeaker, EditionTopic, Listed
from cryptonewshub.people.models import NewsPerson
from cryptonewshub.reader.beside import Beside

RELATED = 3
_WINDOW = 12


def beside(content: Content) -> Beside:
    """What the page of the story's newest edition shows beside it."""
    parts = _parts(content)
    return Beside(
        parts=tuple(parts),
        related=tuple(_related(content, parts)),
        persons=slugs_of(content.speakers),
        copies=copies_of(content),
    )


def may_show(content: Content) -> set[str]:
    """The paths of the stories that may show this one beside them: its series, who chose it, and the next ones."""
    newest = Edition.objects.newest().order_by()
    paths = set(newest.filter(related__story=content.article).values_list("path", flat=True))
    if content.document.series:
        paths |= set(newest.filter(series=content.document.series.slug).values_list("path", flat=True))
    for shared in _sharing(content):
        later = shared.filter(published__gte=content.document.published).order_by("published", "article")
        paths |= set(later.values_list("edition__path", flat=True)[: _WINDOW + 1])
    return paths


def slugs_of(names: Iterable[str]) -> dict[str, str]:
    """The slugs of those people in the news who are in the register, by these names."""
    wanted = set(names)
    if not wanted:
        return {}
    people = _people()
    return {name: people[name] for name in wanted if name in people}


@once
def _people() -> dict[str, str]:
    """The slug of everybody in the register, by each of their spellings."""
    return {name: person.slug for person in NewsPerson.objects.order_by("-pk") for name in person.spellings}


def _parts(content: Content) -> list[Content]:
    series = content.document.series
    if series is None:
        return []
    parts = [edition.read() for edition in Edition.objects.newest().filter(series=series.slug)]
    return sorted(parts, key=lambda part: (part.document.series.part if part.document.series else 0, str(part.article)))


def _related(content: Content, parts: Iterable[Content]) -> Iterator[Content]:
    """Up to three stories, each once, none of which is a part of the same series."""
    shown = {content.article, *(part.article for part in parts)}
    room = RELATED
    for edition in (*_chosen(content), *_similar(content)):
        if room and (other := edition.read()).article not in shown:
            shown.add(other.article)
            room -= 1
            yield other


def _chosen(content: Content) -> list[Edition]:
    order = {story: place for place, story in enumerate(content.document.related)}
    if not order:
        return []
    found = Edition.objects.newest().standing().filter(article__article_id__in=order).select_related("article")
    return sorted(found, key=lambda edition: order[str(edition.article.article_id)])


def _similar(content: Content) -> list[Edition]:
    """Older stories, those that share most first; of equals the latest."""
    published = content.document.published
    if published is None:
        return []
    shared = Counter[int]()
    order = {}
    for links, name in _shared_by(content):
        for pk, *place in just_before(links, name, published, _WINDOW):
            shared[pk] += 1
            order[pk] = place
    best = sorted(shared, key=lambda pk: (shared[pk], order[pk]), reverse=True)[: RELATED + _WINDOW]
    found = Edition.objects.in_bulk(best)
    return [found[pk] for pk in best]


def _sharing(content: Content) -> Iterator[QuerySet[Any]]:
    """The other stories on each topic, and with each person, of this one: rows that lead to their newest editions."""
    if content.document.published is None:
        return
    for links, name in _shared_by(content):
        standing = {"is_newest": True, "edition__is_retracted": False, links.name_of_list: name}
        yield links._default_manager.filter(**standing).exclude(article__article_id=content.article)


def _shared_by(content: Content) -> Iterator[tuple[type[Listed], str]]:
    """What other stories may have in common with this one."""
    yield from ((EditionTopic, topic.slug) for topic in content.document.topics)
    yield from ((EditionSpeaker, name) for name in content.speakers)

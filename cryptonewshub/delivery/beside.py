"""What stands beside a story: the parts of its series, and related stories.

Related are the stories that the newsroom chose, then older ones that share most topics and people with it. Only the
dozen that came just before it on each topic and with each person are looked at, so that the work stays the same however
many stories there are, and a story can only show beside the dozen that came after it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from django.db.models import QuerySet

from cryptonewshub.delivery.kept import once
from cryptonewshub.delivery.printers.copies import copies_of
from cryptonewshub.delivery.stories_of import just_before
from cryptonewshub.editions.content import Content
from cryptonewshub.editions.models import Edition, EditionQuerySet, EditionSpeaker, EditionTopic, Listed
from cryptonewshub.people.models import NewsPerson
from cryptonewshub.reader.beside import Beside

RELATED = 3
_WINDOW = 12


def beside(content: Content) -> Beside:
    """What the page of the story's newest edition shows beside it."""
    parts = _parts(content)
    related = Edition.objects.in_bulk(chosen := _related(content))
    return Beside(
        parts=tuple(parts),
        related=tuple(related[pk].read() for pk in chosen),
        persons=slugs_of(content.speakers),
        copies=copies_of(content),
    )


def may_show(content: Content) -> set[str]:
    """The paths of the stories that may show this one beside them: its series, who chose it, and the next ones."""
    paths = set(_in_series(content).values_list("path", flat=True))
    paths |= set(_choosing(content).values_list("path", flat=True))
    for shared in _sharing(content):
        later = shared.filter(published__gte=content.document.published).order_by("published", "article")
        paths |= set(later.values_list("edition__path", flat=True)[: _WINDOW + 1])
    return paths


def shows(content: Content) -> set[str]:
    """The paths of the stories that show this one beside them, by what it is listed by now."""
    own = Edition.objects.newest().filter(article__article_id=content.article).values_list("pk", flat=True).first()
    others = Edition.objects.newest().filter(path__in=may_show(content))
    parts = set(_in_series(content).values_list("path", flat=True))
    return parts | {other.path for other in others if own in _related(other.read())}


def _in_series(content: Content) -> EditionQuerySet:
    series = content.document.series
    return Edition.objects.newest().filter(series=series.slug) if series else Edition.objects.none()


def _choosing(content: Content) -> EditionQuerySet:
    return Edition.objects.newest().order_by().filter(related__story=content.article)


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
    parts = [edition.read() for edition in _in_series(content)]
    return sorted(parts, key=lambda part: (part.document.series.part if part.document.series else 0, str(part.article)))


def _related(content: Content) -> list[int]:
    """Up to three stories by their newest editions, each once, none of which is a part of the same series."""
    shown, found = set(_in_series(content).values_list("article_id", flat=True)), list[int]()
    for edition, article in chain(_chosen(content), _similar(content)):
        if article not in shown and len(found) < RELATED:
            shown.add(article)
            found.append(edition)
    return found


def _chosen(content: Content) -> list[tuple[int, int]]:
    order = {story: place for place, story in enumerate(content.document.related)}
    if not order:
        return []
    others = Edition.objects.newest().standing().exclude(article__article_id=content.article)
    found = others.filter(article__article_id__in=order).values_list("article__article_id", "pk", "article_id")
    return [(pk, article) for _, pk, article in sorted(found, key=lambda row: order[str(row[0])])]


def _similar(content: Content) -> Iterator[tuple[int, int]]:
    """Older stories, those that share most first; of equals the latest."""
    published = content.document.published
    if published is None:
        return
    shared = Counter[int]()
    order = {}
    for links, name in _shared_by(content):
        for pk, *place in just_before(links, name, published, _WINDOW):
            shared[pk] += 1
            order[pk] = place
    for pk in sorted(shared, key=lambda pk: (shared[pk], order[pk]), reverse=True):
        yield pk, order[pk][1]


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

"""Planting an invented archive in a newsroom: pages, drafts, sources, editions and the log, thousands at a time.

What is made is what the editor and the desk would have made: every page can be opened, corrected and published again.
Only the desk's check and the rendering of pages are left out. A run that was killed goes on where it stood.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import transaction

from cryptonewshub.accuracy.house_policy import current_policy
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.comments.models import Thread
from cryptonewshub.delivery.cursor import baking_waits
from cryptonewshub.editions.content import Change, Content, PolicyStamp
from cryptonewshub.editions.entering import enter_versions, sequence_pending
from cryptonewshub.editions.keeping import Sealed, keep_editions
from cryptonewshub.editions.models import Edition
from cryptonewshub.seeding import inventing
from cryptonewshub.seeding.inventing import STORIES_ON_A_BRIEFING, Briefing, Invented, article_id
from cryptonewshub.seeding.pages import ROWS, PageMaker
from cryptonewshub.seeding.register import authors, register_people, sections, topics
from cryptonewshub.sources.archive import place_of
from cryptonewshub.sources.models import Source
from cryptonewshub.sources.searching import index_file

BATCH = 2_000
"""Stories in one transaction; a multiple of STORIES_ON_A_BRIEFING."""

_ENTERED_AT_ONCE = 10_000
Progress = Callable[[int, int], None]


class SeedRefused(Exception):  # noqa: N818 - an answer, not a mistake of ours
    """The archive cannot be planted here. Its text is a sentence."""


def seed(total: int, *, beside_own: bool = False, progress: Progress = lambda done, total: None) -> int:
    """Plants an archive of so many stories, or what is missing of it; returns how many were planted now.

    Raises SeedRefused in a newsroom with stories of its own, unless `beside_own`, and for another size than before.
    """
    planted = _planted(total)
    _refuse_what_is_not_ours(total, planted, beside_own)
    with baking_waits():
        nursery = Nursery(total)
        _enter(nursery, planted)
        for start in range(planted, total, BATCH):
            numbers = range(start, min(start + BATCH, total))
            nursery.plant(numbers)
            if numbers.stop % _ENTERED_AT_ONCE == 0 or numbers.stop == total:
                _enter(nursery, numbers.stop)
            progress(numbers.stop, total)
    index_file().unlink(missing_ok=True)  # what finds words in the sources builds itself again
    return total - planted


def _planted(total: int) -> int:
    """How many stories are there: batches are planted whole and in order."""
    starts = range(0, total, BATCH)
    last = max((start for start in starts if _count(range(start, start + 1))), default=0)
    return min(last + _count(range(last, last + BATCH)), total)


def _count(numbers: range) -> int:
    articles = [article_id(number) for number in numbers]
    return int(ArticlePage.objects.filter(article_id__in=articles).count())


def _refuse_what_is_not_ours(total: int, planted: int, beside_own: bool) -> None:
    first = Edition.objects.filter(article__article_id=article_id(0), version=1).first()
    if first and first.published != inventing.published(0, total):
        raise SeedRefused(
            "this newsroom was seeded with another number of stories, and their dates hang together; name that number, "
            "or seed a new newsroom."
        )
    own = ArticlePage.objects.count() - planted
    if own > 0 and not beside_own:
        raise SeedRefused(
            f"this newsroom has {own:,} {'story' if own == 1 else 'stories'} of its own. Invented ones beside them "
            "would be sealed, and stay in the public log for ever; if that is what you want, say --beside-own-stories."
        )


def _enter(nursery: Nursery, planted: int) -> None:
    """Into the log; and then the corrections, each of which names the entry of the version that it corrects."""
    sequence_pending()
    if nursery.correct(planted):
        sequence_pending()


class Nursery:
    """The rows of a newsroom that stories hang on, looked up once."""

    def __init__(self, total: int) -> None:
        self._total = total
        register_people()
        self._pages = PageMaker(sections(), topics(), authors())
        policy = current_policy()
        self._policy = PolicyStamp(policy.name, str(policy.version), policy.digest)

    @transaction.atomic
    def plant(self, numbers: range) -> None:
        """The stories of these numbers, with their sources, drafts and first editions."""
        stories = [inventing.invent(number, self._total) for number in numbers]
        sources = self._keep_sources(stories)
        pages = [self._pages.make(story, sources[story.briefing.sha256]) for story in stories]
        self._pages.keep(pages)
        Thread.objects.bulk_create([Thread(article=page) for page in pages], batch_size=ROWS)
        self._seal([self._first(story) for story in stories], pages, sources, stories)

    @transaction.atomic
    def correct(self, planted: int) -> int:
        """The corrections of the stories that lack theirs; returns how many there were."""
        numbers = [number for number in range(planted) if number % inventing.CORRECTED == 7]
        done = set(Edition.objects.filter(version=2).values_list("article__article_id", flat=True))
        stories = [inventing.invent(number, self._total) for number in numbers if article_id(number) not in done]
        for some in _parts(stories, BATCH):
            pages = {page.article_id: page for page in _pages_of(some)}
            sources = {source.sha256: source for source in _sources_of(some)}
            self._seal([self._second(story) for story in some], [pages[s.article] for s in some], sources, some)
        return len(stories)

    def _seal(
        self, contents: list[Content], pages: list[ArticlePage], sources: dict[str, Source], stories: Sequence[Invented]
    ) -> None:
        of = zip(contents, pages, stories, strict=True)
        enter_versions(
            keep_editions(
                [Sealed(page.pk, content, (sources[story.briefing.sha256].pk,)) for content, page, story in of]
            )
        )

    def _first(self, story: Invented) -> Content:
        document = story.before or story.document
        assert document.section
        return Content(
            article=story.article,
            version=1,
            path=f"/{document.section.slug}/{document.slug}/",
            salt=base64.b64encode(inventing.salt(story.number, 1)).decode(),
            change=Change.FIRST,
            document=replace(document, updated=None),
            quotations=story.quotations,
            policy=self._policy,
        )

    def _second(self, story: Invented) -> Content:
        assert story.correction
        return replace(
            self._first(story),
            version=2,
            salt=base64.b64encode(inventing.salt(story.number, 2)).decode(),
            change=Change.CORRECTION,
            document=story.document,
            corrections=(story.correction,),
        )

    def _keep_sources(self, stories: Iterable[Invented]) -> dict[str, Source]:
        briefings = {story.briefing.number: story.briefing for story in stories}
        known = {source.sha256: source for source in Source.objects.filter(sha256__in=_hashes(briefings.values()))}
        fresh = [briefing for briefing in briefings.values() if briefing.sha256 not in known]
        for briefing in fresh:
            place = place_of(settings.CNH_HOME.archive, briefing.sha256)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(briefing.original)
        os.sync()  # once for all of them, before any row says that they are there
        rows = Source.objects.bulk_create([_source(briefing) for briefing in fresh], batch_size=ROWS)
        for row, briefing in zip(rows, fresh, strict=True):
            row.captured = briefing.captured
        Source.objects.bulk_update(rows, ["captured"], batch_size=ROWS)
        return known | {row.sha256: row for row in rows}


def _source(briefing: Briefing) -> Source:
    return Source(
        kind=Source.Kind.FILE,
        title=briefing.title,
        speaker=briefing.speaker.name,
        publisher=briefing.speaker.house,
        published=briefing.day,
        language="en",
        text=briefing.text,
        file_name=briefing.file_name,
        media_type="text/plain",
        sha256=briefing.sha256,
    )


def _pages_of(stories: Iterable[Invented]) -> list[ArticlePage]:
    return list(ArticlePage.objects.only("article_id").filter(article_id__in=[story.article for story in stories]))


def _sources_of(stories: Iterable[Invented]) -> Iterable[Source]:
    return Source.objects.filter(sha256__in=_hashes(story.briefing for story in stories))


def _hashes(briefings: Iterable[Briefing]) -> list[str]:
    return [briefing.sha256 for briefing in briefings]


def _parts(items: Sequence[Any], size: int) -> Iterable[Sequence[Any]]:
    return (items[start : start + size] for start in range(0, len(items), size))


assert BATCH % STORIES_ON_A_BRIEFING == 0

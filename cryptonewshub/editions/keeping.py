"""Keeping editions: their rows, and what the database finds them by; one from the desk, or thousands from an import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from cryptonewshub.editions.content import Content, digest
from cryptonewshub.editions.models import (
    Edition,
    EditionAuthor,
    EditionRelated,
    EditionSource,
    EditionSpeaker,
    EditionTopic,
)

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Sealed:
    """What is kept: an article by its primary key, what its edition says, and its sources' keys, in their order."""

    article: int
    content: Content
    sources: tuple[int, ...] = ()


@transaction.atomic
def keep_editions(sealed: Sequence[Sealed]) -> list[Edition]:
    """The rows of editions, in the order given. Nothing is entered in the log."""
    editions = Edition.objects.bulk_create([_row(one) for one in sealed], batch_size=_AT_ONCE)
    kept = list(zip(editions, sealed, strict=True))
    EditionTopic.objects.bulk_create(
        [
            link
            for row, one in kept
            for link in EditionTopic.listing(row, [topic.slug for topic in one.content.document.topics])
        ],
        batch_size=_AT_ONCE,
    )
    EditionAuthor.objects.bulk_create(
        [
            link
            for row, one in kept
            for link in EditionAuthor.listing(
                row, filter(None, [byline.slug for byline in one.content.document.bylines])
            )
        ],
        batch_size=_AT_ONCE,
    )
    EditionSource.objects.bulk_create(
        (
            EditionSource(edition=row, source_id=source, key=cited.id)
            for row, one in kept
            for cited, source in zip(one.content.document.sources, one.sources, strict=False)
        ),
        batch_size=_AT_ONCE,
    )
    EditionRelated.objects.bulk_create(
        (EditionRelated(edition=row, story=story) for row, one in kept for story in one.content.document.related),
        batch_size=_AT_ONCE,
    )
    EditionSpeaker.objects.bulk_create(
        [link for row, one in kept for link in EditionSpeaker.listing(row, one.content.speakers)],
        batch_size=_AT_ONCE,
    )
    return editions


def _row(one: Sealed) -> Edition:
    content, document = one.content, one.content.document
    assert document.published is not None
    data, told = content.to_bytes(), content.told
    return Edition(
        article_id=one.article,
        version=content.version,
        change=content.change.value,
        path=content.path,
        section=document.section.slug if document.section else "",
        series=document.series.slug if document.series else "",
        published=document.published,
        updated=document.updated,
        sha256=digest(data),
        content=data,
        told=told.made if told else None,
        wrong_since=told.since if told else None,
        is_retracted=content.is_retracted,
    )

"""One edition among the others of its story: when it was made, what changed, and where it can be checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cryptonewshub.editions.content import Content
from cryptonewshub.reader.affected import edition_address
from cryptonewshub.reader.changes import CorrectionView, change_word, correction_view, made
from cryptonewshub.reader.languages import direction
from cryptonewshub.reader.logged import Logged, logged
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.times import Moment


@dataclass(frozen=True, slots=True)
class EditionView:
    """One edition as a list of editions shows it. `told` is what the newsroom said of the change that made it."""

    id: str
    number: int
    word: str
    change: str
    made: Moment | None
    made_key: str
    told: CorrectionView | None
    path: str
    language: str
    direction: str
    logged: Logged | None
    headline: str


def edition_views(site: Site, content: Content, editions: Sequence[Content]) -> tuple[EditionView, ...]:
    """Every edition of a story, oldest first; a withdrawn one has its address and nothing else left."""
    views = {edition.version: edition_view(site, edition) for edition in editions or (content,)}
    last = max(views)
    return tuple(views.get(number) or _withdrawn(site, content, number) for number in range(1, last + 1))


def _withdrawn(site: Site, content: Content, number: int) -> EditionView:
    return EditionView(
        id=str(content.article),
        number=number,
        word=site.words.say("Withdrawn"),
        change="",
        made=None,
        made_key="",
        told=None,
        path=edition_address(content.path, number),
        language=content.document.language,
        direction=direction(content.document.language),
        logged=None,
        headline="",
    )


def edition_view(site: Site, content: Content) -> EditionView:
    own = [(n, told) for n, told in enumerate(content.corrections) if told.version == content.version]
    number, told = own[-1] if own else (0, None)
    return EditionView(
        id=str(content.article),
        number=content.version,
        word=change_word(content.change, site.words),
        change=content.change.value,
        made=made(content, told, site),
        made_key=f"correction.{number}.made" if told else "updated" if content.document.updated else "published",
        told=correction_view(number, told, site) if told else None,
        path=edition_address(content.path, content.version),
        language=content.document.language,
        direction=direction(content.document.language),
        logged=logged(content, site.entries),
        headline=content.document.title,
    )

"""The history of a story: all its editions, and what changed between any two of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cryptonewshub.editions.content import Content
from cryptonewshub.reader.affected import FEW_VERSIONS, compared, comparison_address, edition_address, history_address
from cryptonewshub.reader.changes import CorrectionView, change_word, correction_view, made
from cryptonewshub.reader.differences import Difference, difference
from cryptonewshub.reader.engine import render
from cryptonewshub.reader.frames import frame_of
from cryptonewshub.reader.languages import direction
from cryptonewshub.reader.logged import Entries, Logged, logged
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.times import Moment


@dataclass(frozen=True, slots=True)
class EditionView:
    """One edition in the history. `told` is what the newsroom said of the change that made it."""

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
    logged: Logged
    headline: str


@dataclass(frozen=True, slots=True)
class Step:
    """An edition, what changed in it since the one before, and the comparisons that there are with earlier ones."""

    edition: EditionView
    before: EditionView | None
    difference: Difference | None
    comparison: str
    others: tuple[tuple[int, str], ...]


def history_page(site: Site, editions: Sequence[Content], *, entries: Entries) -> str:
    """All editions of a story, the newest first. `editions` are all of them, oldest first."""
    newest = editions[-1]
    frame = frame_of(
        site,
        title=f"History of “{newest.document.title}”",
        description="",
        path=history_address(newest.path),
        stories=(newest,),
    )
    views = [edition_view(site, content, entries) for content in editions]
    return render(
        "pages/history.html",
        frame=frame,
        path=newest.path,
        newest=views[-1],
        steps=tuple(reversed(_steps(newest.path, editions, views))),
    )


def comparison_page(site: Site, editions: Sequence[Content], before: int, after: int, *, entries: Entries) -> str:
    """What changed between two editions. `before` and `after` are versions that are there, the lower one first."""
    newest = editions[-1]
    first, second = (next(n for n, one in enumerate(editions) if one.version == v) for v in (before, after))
    frame = frame_of(
        site,
        title=f"Versions {before} and {after} of “{newest.document.title}”",
        description="",
        path=comparison_address(newest.path, before, after),
        stories=(newest,),
        is_indexed=False,
    )
    views = [edition_view(site, content, entries) for content in editions]
    return render(
        "pages/comparison.html",
        frame=frame,
        path=newest.path,
        history=history_address(newest.path),
        before=views[first],
        after=views[second],
        between=tuple(views[first + 1 : second + 1]),
        difference=difference(editions[first], editions[second]),
    )


def edition_view(site: Site, content: Content, entries: Entries) -> EditionView:
    own = [(n, told) for n, told in enumerate(content.corrections) if told.version == content.version]
    number, told = own[-1] if own else (0, None)
    return EditionView(
        id=str(content.article),
        number=content.version,
        word=change_word(content.change),
        change=content.change.value,
        made=made(content, told, site),
        made_key=f"correction.{number}.made" if told else "updated" if content.document.updated else "published",
        told=correction_view(number, told, site) if told else None,
        path=edition_address(content.path, content.version),
        language=content.document.language,
        direction=direction(content.document.language),
        logged=logged(content, entries),
        headline=content.document.title,
    )


def _steps(path: str, editions: Sequence[Content], views: Sequence[EditionView]) -> list[Step]:
    """In a long history the words stand on the pages of the comparisons only. A version may have been withdrawn."""
    there = {view.number for view in views}
    pairs = [pair for pair in compared(views[-1].number) if there.issuperset(pair)]
    is_short = len(views) <= FEW_VERSIONS
    return [
        Step(
            edition=view,
            before=views[place - 1] if place else None,
            difference=difference(editions[place - 1], editions[place]) if place and is_short else None,
            comparison=comparison_address(path, views[place - 1].number, view.number) if place else "",
            others=tuple(
                (before, comparison_address(path, before, after))
                for before, after in pairs
                if after == view.number and place and before < views[place - 1].number
            ),
        )
        for place, view in enumerate(views)
    ]

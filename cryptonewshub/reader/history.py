"""The history of a story: all its editions, and what changed between any two of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cryptonewshub.editions.content import Content
from cryptonewshub.languages.wording import Wording
from cryptonewshub.reader.affected import FEW_VERSIONS, compared, comparison_address, history_address
from cryptonewshub.reader.differences import Difference, difference
from cryptonewshub.reader.engine import render
from cryptonewshub.reader.frames import frame_of
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.versions import EditionView, edition_view


@dataclass(frozen=True, slots=True)
class Step:
    """An edition, what changed in it since the one before, and the comparisons that there are with earlier ones."""

    edition: EditionView
    before: EditionView | None
    difference: Difference | None
    comparison: str
    others: tuple[tuple[EditionView, str], ...]


def history_page(site: Site, editions: Sequence[Content]) -> str:
    """All editions of a story, the newest first. `editions` are all of them, oldest first."""
    newest = editions[-1]
    frame = frame_of(
        site,
        title=site.words.say("History of “%(headline)s”", headline=newest.document.title),
        description="",
        path=history_address(newest.path),
        stories=(newest,),
    )
    views = [edition_view(site, content) for content in editions]
    return render(
        site.language,
        "pages/history.html",
        frame=frame,
        path=newest.path,
        newest=views[-1],
        steps=tuple(reversed(_steps(newest.path, editions, views, site.words))),
    )


def comparison_page(site: Site, editions: Sequence[Content], before: int, after: int) -> str:
    """What changed between two editions. `before` and `after` are versions that are there, the lower one first."""
    newest = editions[-1]
    first, second = (next(n for n, one in enumerate(editions) if one.version == v) for v in (before, after))
    frame = frame_of(
        site,
        title=site.words.say("Two versions of “%(headline)s”", headline=newest.document.title),
        description="",
        path=comparison_address(newest.path, before, after),
        stories=(newest,),
        is_indexed=False,
    )
    views = [edition_view(site, content) for content in editions]
    return render(
        site.language,
        "pages/comparison.html",
        frame=frame,
        path=newest.path,
        history=history_address(newest.path),
        before=views[first],
        after=views[second],
        between=tuple(views[first + 1 : second + 1]),
        difference=difference(editions[first], editions[second], site.words),
    )


def _steps(path: str, editions: Sequence[Content], views: Sequence[EditionView], words: Wording) -> list[Step]:
    """In a long history the words stand on the pages of the comparisons only. A version may have been withdrawn."""
    by_number = {view.number: view for view in views}
    pairs = [pair for pair in compared(views[-1].number) if by_number.keys() >= set(pair)]
    is_short = len(views) <= FEW_VERSIONS
    return [
        Step(
            edition=view,
            before=views[place - 1] if place else None,
            difference=difference(editions[place - 1], editions[place], words) if place and is_short else None,
            comparison=comparison_address(path, views[place - 1].number, view.number) if place else "",
            others=tuple(
                (by_number[before], comparison_address(path, before, after))
                for before, after in pairs
                if after == view.number and place and before < views[place - 1].number
            ),
        )
        for place, view in enumerate(views)
    ]

"""Live coverage as a page shows it: what stands above the updates, and the updates, the newest one first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from markupsafe import Markup

from cryptonewshub.articles.document import Document
from cryptonewshub.reader.bodies import Group
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.times import Moment, moment, moment_after


@dataclass(frozen=True, slots=True)
class UpdateView:
    """One update. `id` is its permanent place in the page: it holds the time, which stays when others are added."""

    id: str
    key: str
    at: Moment
    headline: Markup
    groups: tuple[Group, ...]


def above_updates(groups: Sequence[Group]) -> tuple[Group, ...]:
    """What stands before the first update; in any other story that is everything."""
    first = next((index for index, group in enumerate(groups) if group.kind == "update"), len(groups))
    return tuple(groups[:first])


def update_views(groups: Sequence[Group], document: Document, site: Site) -> tuple[UpdateView, ...]:
    """The updates with what belongs to each, newest first; of one minute, the one that was written later first."""
    heads = [*(index for index, group in enumerate(groups) if group.kind == "update"), len(groups)]
    parts = [(groups[start].blocks[0], groups[start + 1 : end]) for start, end in pairwise(heads)]
    taken: dict[str, int] = {}
    found: list[tuple[datetime, int, UpdateView]] = []
    for number, (head, inside) in enumerate(parts):
        at = head.at or document.published or datetime.fromtimestamp(0, UTC)
        place = f"update-{at.astimezone(UTC):%Y%m%d-%H%M}"
        taken[place] = taken.get(place, 0) + 1
        name = place if taken[place] == 1 else f"{place}-{taken[place]}"
        found.append((at, number, UpdateView(name, head.key, _shown(at, document, site), head.html, tuple(inside))))
    return tuple(view for _, _, view in sorted(found, key=lambda item: item[:2], reverse=True))


def _shown(at: datetime, document: Document, site: Site) -> Moment:
    if document.published is None:
        return moment(at, site.zone, site.language)
    return moment_after(at, document.published, site.zone, site.language)

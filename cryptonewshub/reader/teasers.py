"""The few lines that stand for a story in a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cryptonewshub.editions.content import Content
from cryptonewshub.reader.bodies import ImageView, image_view
from cryptonewshub.reader.bylines import BylineView, byline_views, published, updated
from cryptonewshub.reader.changes import state, state_word
from cryptonewshub.reader.labels import is_live, label_word
from cryptonewshub.reader.languages import direction
from cryptonewshub.reader.logged import Logged, logged
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.times import Moment


@dataclass(frozen=True, slots=True)
class Teaser:
    """A story in a list: where it leads, what it says, and whether it was corrected."""

    id: str
    version: int
    path: str
    language: str
    direction: str
    kicker: str
    label: str
    is_live: bool
    sealed_label: str
    headline: str
    standfirst: str
    bylines: tuple[BylineView, ...]
    published: Moment | None
    updated: Moment | None
    state: str
    standing: str
    logged: Logged
    image: ImageView | None


def teasers(site: Site, stories: Sequence[Content]) -> tuple[Teaser, ...]:
    return tuple(teaser(site, content) for content in stories)


def teaser(site: Site, content: Content, *, with_image: bool = False) -> Teaser:
    """The lines that stand for a story in a list; a picture only where the list has room for one."""
    document = content.document
    return Teaser(
        id=str(content.article),
        version=content.version,
        path=content.path,
        language=document.language,
        direction=direction(document.language),
        kicker=document.kicker,
        label=label_word(document, site.words),
        is_live=is_live(document),
        sealed_label=document.label,
        headline=document.title,
        standfirst=document.standfirst,
        bylines=byline_views(document.bylines, site),
        published=published(document, site),
        updated=updated(document, site),
        state=state(content),
        standing=state_word(state(content), site.words),
        logged=logged(content, site.entries),
        image=image_view(document.images[0], 0, is_first=True) if with_image and document.images else None,
    )

"""Names and times above a story, as readers are told them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cryptonewshub.articles.document import Byline, Document
from cryptonewshub.reader.affected import author_address
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.times import Moment, moment, moment_after


@dataclass(frozen=True, slots=True)
class BylineView:
    """A name above the story; `sealed` is the byline as sealed, which differs where a collective stands for 'Staff'."""

    key: str
    name: str
    sealed: str
    role: str
    path: str | None


def byline_views(bylines: Sequence[Byline], site: Site) -> tuple[BylineView, ...]:
    return tuple(
        BylineView(
            key=f"byline.{index}",
            name=(site.staff_byline or site.words.say("%(newsroom)s Staff", newsroom=site.name))
            if _is_staff(byline)
            else byline.name,
            sealed=byline.name,
            role=byline.role,
            path=author_address(byline.slug) if byline.slug else None,
        )
        for index, byline in enumerate(bylines)
    )


def _is_staff(byline: Byline) -> bool:
    return byline.slug is None and byline.name.casefold() == "staff"


def published(document: Document, site: Site) -> Moment | None:
    return moment(document.published, site.zone, site.language) if document.published else None


def updated(document: Document, site: Site) -> Moment | None:
    if document.updated is None:
        return None
    if document.published is None:
        return moment(document.updated, site.zone, site.language)
    return moment_after(document.updated, document.published, site.zone, site.language)

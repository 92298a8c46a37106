"""What the database knows of an edition's surroundings, for the question which pages it touches."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from cryptonewshub.delivery.beside import may_show, shows, slugs_of
from cryptonewshub.delivery.printers.copies import copies_of
from cryptonewshub.delivery.stories_of import STORIES_IN_A_FEED, is_among_newest, place_of
from cryptonewshub.editions.content import Content
from cryptonewshub.reader.affected import Surroundings
from cryptonewshub.reader.paging import Place


class NewsroomSurroundings(Surroundings):
    """The newsroom as it is now."""

    def __init__(self) -> None:
        self.zone = settings.TIME_ZONE

    def place(self, listing: str, content: Content) -> Place:
        return place_of(content, listing, self.zone)

    def is_in_feeds(self, listing: str, content: Content) -> bool:
        return is_among_newest(content, listing, self.zone, STORIES_IN_A_FEED)

    def persons(self, names: Iterable[str]) -> Iterable[str]:
        return slugs_of(names).values()

    def beside(self, content: Content) -> Iterable[str]:
        return may_show(content)

    def shown_beside(self, content: Content) -> Iterable[str]:
        return shows(content)

    def copies(self, content: Content) -> Iterable[str]:
        return copies_of(content).values()

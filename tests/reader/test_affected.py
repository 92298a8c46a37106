"""What an edition touches beside its own pages: the feeds that tell it, and the list of words with the lists."""

from __future__ import annotations

from dataclasses import replace

from cryptonewshub.articles.document import Named
from cryptonewshub.editions.content import Content
from cryptonewshub.reader.affected import ARCHIVE, WORDS, Surroundings, affected
from cryptonewshub.reader.paging import Place
from tests.reader.cast import FIRST

SECOND = replace(FIRST, version=2, document=replace(FIRST.document, standfirst="It has moved on."))
ELSEWHERE = replace(SECOND, document=replace(SECOND.document, section=Named("Economy", "economy")))


class LongLists(Surroundings):
    """The story is one of the last among many, and in the feeds of these lists only."""

    def __init__(self, *told: str) -> None:
        self.told = told

    def place(self, listing: str, content: Content) -> Place:
        return Place(3, 500)

    def is_in_feeds(self, listing: str, content: Content) -> bool:
        return listing in self.told


def feeds(addresses: frozenset[str]) -> set[str]:
    return {address.removesuffix("feed.xml") for address in addresses if address.endswith("/feed.xml")} - {
        "/corrections/"
    }


def test_a_new_story_is_in_the_feeds_of_all_its_lists_and_in_the_archive() -> None:
    touched = affected(FIRST, None, LongLists())
    assert {"/", "/security/", "/topics/ports/"} <= feeds(touched)
    assert {f"{feed}{name}" for feed in feeds(touched) for name in ("atom.xml", "feed.json")} <= touched
    assert {ARCHIVE, "/archive/2025/", "/archive/2025/11/page/1/"} <= touched


def test_a_new_version_changes_the_feeds_that_tell_it_and_not_the_numbers_of_the_archive() -> None:
    touched = affected(SECOND, FIRST, LongLists("/topics/ports/"))
    assert feeds(touched) == {"/topics/ports/"}
    assert not touched & {ARCHIVE, "/archive/2025/"}
    assert "/archive/2025/11/page/1/" in touched


def test_a_story_that_changes_its_section_changes_the_feeds_of_both() -> None:
    assert feeds(affected(ELSEWHERE, FIRST, LongLists())) == {"/security/", "/economy/"}


def test_our_own_words_change_when_a_list_begins_or_may_have_ended() -> None:
    assert WORDS in affected(FIRST)  # alone in its lists
    assert WORDS not in affected(FIRST, None, LongLists())
    assert WORDS not in affected(SECOND, FIRST, LongLists("/"))
    assert WORDS in affected(ELSEWHERE, FIRST, LongLists())

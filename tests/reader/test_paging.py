"""Long lists: the oldest stories are on page 1, and a new story changes few pages, whatever is in the list."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cryptonewshub.reader.paging import STORIES_ON_A_PAGE as FULL
from cryptonewshub.reader.paging import Paging, Place, bounds, full_pages, page_address, pages_touched, paging

LIST = "/security/"


def shown(total: int) -> dict[str, tuple[tuple[int, int] | None, Paging]]:
    """What stands at every address of a list of so many stories: the stories, and the ways on."""
    numbers = range(full_pages(total) + 1)
    return {page_address(LIST, n): (bounds(n, total), paging(LIST, n, total)) for n in numbers}


@given(st.integers(0, 12 * FULL))
def test_every_story_stands_on_one_page_and_the_front_is_never_nearly_empty(total: int) -> None:
    pages = [bounds(number, total) for number in range(full_pages(total) + 1)]
    stories = sorted(story for page in pages if page for story in range(*page))
    assert stories == list(range(total))
    front = bounds(0, total)
    assert front
    assert front[1] - front[0] >= min(total, FULL)
    assert front[1] - front[0] < 2 * FULL


@given(st.integers(0, 12 * FULL))
def test_a_new_story_changes_no_page_that_is_not_named(total: int) -> None:
    before, after = shown(total), shown(total + 1)
    changed = {address for address in before.keys() | after.keys() if before.get(address) != after.get(address)}
    named = pages_touched(LIST, Place(total, total + 1), moves=True)
    assert changed <= named | {LIST}
    assert len(named) <= 4


@given(st.integers(1, 8 * FULL), st.data())
def test_a_story_that_leaves_changes_no_page_that_is_not_named(total: int, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, total - 1))
    stories = list(range(total))
    left = [story for story in stories if story != place]

    def content(of: list[int]) -> dict[str, tuple[list[int], Paging]]:
        return {address: (of[slice(*(found or (0, 0)))], ways) for address, (found, ways) in shown(len(of)).items()}

    before, after = content(stories), content(left)
    changed = {address for address in before.keys() | after.keys() if before.get(address) != after.get(address)}
    assert changed <= pages_touched(LIST, Place(place, len(left)), moves=True)


def test_a_story_that_stays_changes_its_own_page_alone() -> None:
    assert pages_touched(LIST, Place(FULL, 10 * FULL), moves=False) == {page_address(LIST, 2)}
    assert pages_touched(LIST, Place(10 * FULL - 1, 10 * FULL), moves=False) == {LIST}


def test_a_page_leads_to_the_older_and_the_newer_one() -> None:
    pages = paging(LIST, 0, 4 * FULL)
    assert (pages.newer, pages.older) == ("", "/security/page/3/")
    pages = paging(LIST, 3, 4 * FULL)
    assert (pages.newer, pages.older) == ("/security/", "/security/page/2/")
    assert paging(LIST, 1, 4 * FULL).older == ""
    assert bounds(4, 4 * FULL) is None

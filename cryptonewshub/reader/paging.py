"""Long lists in pages whose numbers stay: the oldest stories are on page 1, so that a new story changes few pages.

The front of a list shows the newest stories, at least one page of them and less than two; what is older is in numbered
pages of equal length, which never change their stories while nothing leaves the list.
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptonewshub.languages.wording import Wording

STORIES_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Place:
    """Where a story stands in a list: how many are older, and how many the list has."""

    older: int
    total: int


@dataclass(frozen=True, slots=True)
class Paging:
    """The ways from one page of a list to the next ones; '' where there is none. `number` is 0 on the list's front."""

    number: int = 0
    older: str = ""
    newer: str = ""

    def here(self, listing: str) -> str:
        """The address of this page of the list."""
        return page_address(listing, self.number)


WHOLE = Paging()


def numbered_title(words: Wording, name: str, pages: Paging) -> str:
    """'Security, page 3'; the bare name on the list's front."""
    return words.say("%(name)s, page %(number)s", name=name, number=pages.number) if pages.number else name


def page_address(listing: str, number: int) -> str:
    """The address of a numbered page of the list at `listing`; its front for 0."""
    return f"{listing}page/{number}/" if number else listing


def full_pages(total: int) -> int:
    """How many numbered pages a list has."""
    return max(0, total // STORIES_ON_A_PAGE - 1)


def bounds(number: int, total: int) -> tuple[int, int] | None:
    """Which stories a page shows, counted from the oldest one, end exclusive; None where there is no such page."""
    last = full_pages(total)
    if number > last:
        return None
    return (last * STORIES_ON_A_PAGE, total) if number == 0 else _page(number)


def paging(listing: str, number: int, total: int) -> Paging:
    """The ways on from a page of the list."""
    last = full_pages(total)
    if number == 0:
        return Paging(0, older=page_address(listing, last) if last else "")
    newer = page_address(listing, number + 1 if number < last else 0)
    return Paging(number, older=page_address(listing, number - 1) if number > 1 else "", newer=newer)


def pages_touched(listing: str, place: Place, *, moves: bool) -> set[str]:
    """The pages of a list that change with a story: its own; where it joins or leaves the list, all from there on."""
    last, own = full_pages(place.total), place.older // STORIES_ON_A_PAGE + 1
    if not moves:
        return {page_address(listing, own if own <= last else 0)}
    # One among the newest stories moves no numbered page, unless there is one more or one less of these.
    if own > last and full_pages(place.total - 1) == full_pages(place.total + 1):
        return {listing}
    # The last page but one leads to the last one, and a page that a story's leaving emptied must go.
    numbers = range(min(own, max(last - 1, 1)), last + 2)
    return {listing} | {page_address(listing, number) for number in numbers}


def _page(number: int) -> tuple[int, int]:
    return (number - 1) * STORIES_ON_A_PAGE, number * STORIES_ON_A_PAGE

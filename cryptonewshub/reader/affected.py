"""Which addresses of the site one edition touches: the whole answer to 'what must be baked again'.

Plain Python: an address is a path such as `/security/talks-resume/`, and what is not named here did not change.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cryptonewshub.editions.content import Content
from cryptonewshub.reader.machines import feeds_of, machine_addresses
from cryptonewshub.reader.paging import Place, pages_touched

FRONT = "/"
ARCHIVE = "/archive/"
CORRECTIONS = "/corrections/"
CORRECTIONS_FEED = "/corrections/feed.xml"
VERIFY = "/verify/"
WORDS = "/verify/words.json"
VERIFIER = "/verify/verify.py"
VERIFIER_PAGE = "/verify/verify.html"
FEW_VERSIONS = 8  # up to here every version is compared with every other one


class Surroundings:
    """What an edition's own words do not tell: its place among the others. This one is of a story alone in the world.

    Delivery asks the database instead.
    """

    zone = "UTC"

    def place(self, listing: str, content: Content) -> Place:
        """Where the story stands, or would stand, in the list at an address, now."""
        return Place(0, 1)

    def is_in_feeds(self, listing: str, content: Content) -> bool:
        """Whether the story is among those that the feeds of the list at an address tell, now."""
        return True

    def persons(self, names: Iterable[str]) -> Iterable[str]:
        """The slugs of the people in the news who are quoted under these names."""
        return ()

    def beside(self, content: Content) -> Iterable[str]:
        """The paths of the stories that may show this one beside them."""
        return ()

    def shown_beside(self, content: Content) -> Iterable[str]:
        """The paths of the stories that show this one beside them, as it is listed now."""
        return ()

    def copies(self, content: Content) -> Iterable[str]:
        """Where the archived copies of its sources are, as far as they are shown."""
        return ()


ALONE = Surroundings()


def affected(content: Content, previous: Content | None = None, around: Surroundings = ALONE) -> frozenset[str]:
    """The addresses that change when `content` is published after `previous`, the edition before it."""
    addresses = {FRONT} | _own_pages(content) | _pages_of_lists(content, previous, around)
    addresses |= machine_addresses(content) | _feeds(content, previous, around) | _correction_pages(content)
    addresses |= set(around.copies(content))
    if previous:
        addresses |= machine_addresses(previous)
        # A story that moved leaves the way to it at its old addresses.
        addresses |= _own_pages(previous)
    if previous is None or _as_listed(previous) != _as_listed(content):
        addresses |= {path for edition in (content, previous) if edition for path in around.beside(edition)}
    else:
        # It stands where it stood. What stands beside a story names the edition whose words it repeats.
        addresses |= set(around.shown_beside(content))
    return frozenset(addresses)


def _own_pages(content: Content) -> set[str]:
    path, last = content.path, content.version
    # Every edition's own page says which one is the newest.
    editions = {edition_address(path, version) for version in range(1, last + 1)}
    return {path, history_address(path), *comparisons(path, last), *editions}


def _stays(content: Content, previous: Content | None) -> bool:
    """Whether the story stands where it stood, in lists that it was in before."""
    return previous is not None and previous.document.published == content.document.published


def _pages_of_lists(content: Content, previous: Content | None, around: Surroundings) -> set[str]:
    now, before = _lists(content, around), _lists(previous, around) if previous else set[str]()
    stays = _stays(content, previous)
    # The archive's front and its years say how many stories each month has, and no more.
    moved = () if stays else (content, previous)
    addresses = {address for edition in moved if edition for address in _archive(edition, around)}
    for listing in now:
        place = around.place(listing, content)
        addresses |= pages_touched(listing, place, moves=not (stays and listing in before))
        if place.older == 0:
            addresses.add(WORDS)  # a list that begins with this story; they name every list
    for listing in before if previous and not stays else before - now:
        assert previous
        addresses |= pages_touched(listing, around.place(listing, previous), moves=True)
        addresses.add(WORDS)  # or ended with it
    return addresses


def _feeds(content: Content, previous: Content | None, around: Surroundings) -> set[str]:
    """A new version changes the feeds that tell it; a story that comes into a list or leaves it, all of that list."""
    now, before = _lists_with_feeds(content), _lists_with_feeds(previous) if previous else set[str]()
    stays = now & before if _stays(content, previous) else set[str]()
    told = {listing for listing in stays if around.is_in_feeds(listing, content)}
    return {feed for listing in (now | before) - stays | told for feed in feeds_of(listing)}


def _lists_with_feeds(content: Content) -> set[str]:
    """The lists that the article is in and that have feeds, by their addresses; all stories are at '/'."""
    document = content.document
    lists = {FRONT} | {topic_address(topic.slug) for topic in document.topics}
    lists |= {author_address(byline.slug) for byline in document.bylines if byline.slug}
    if document.section:
        lists.add(section_address(document.section.slug))
    return lists


def _lists(content: Content, around: Surroundings) -> set[str]:
    """All lists that the article is in."""
    document = content.document
    lists = _lists_with_feeds(content) - {FRONT} | {person_address(slug) for slug in around.persons(content.speakers)}
    if document.series:
        lists.add(series_address(document.series.slug))
    if document.published:
        lists.add(archive_month(*month_of(document.published, around.zone)))
    return lists


def _archive(content: Content, around: Surroundings) -> set[str]:
    if content.document.published is None:
        return set()
    year, _ = month_of(content.document.published, around.zone)
    return {ARCHIVE, year_address(year)}


def _as_listed(content: Content) -> object:
    """What other pages show of a story, and what it is listed by."""
    document, told = content.document, {correction.change for correction in content.corrections}
    named = (document.title, document.published, document.language, document.series, told)
    return content.path, *named, document.topics, content.speakers


def edition_address(path: str, version: int) -> str:
    """The permanent address of one edition of the article at `path`."""
    return f"{path}editions/{version}/"


def copy_address(sha256: str, ending: str) -> str:
    """Where readers find the archived copy of a source, by the hash that was sealed; `ending` is such as '.pdf'."""
    return f"/sources/{sha256}{ending}"


def history_address(path: str) -> str:
    """Where the article at `path` shows all its editions and what changed between them."""
    return f"{path}history/"


def comparison_address(path: str, before: int, after: int) -> str:
    """Where two editions stand side by side."""
    return f"{path}history/{before}-{after}/"


def compared(last: int) -> list[tuple[int, int]]:
    """The pairs of versions that have a page of their own, when there are `last` versions.

    All of them while they are few; of a long history each version with the next one and with the newest, so that the
    pages grow with the versions and not with their square.
    """
    pairs = [(before, after) for after in range(2, last + 1) for before in range(1, after)]
    if last <= FEW_VERSIONS:
        return pairs
    return [(before, after) for before, after in pairs if after in (before + 1, last)]


def comparisons(path: str, last: int) -> list[str]:
    """The addresses of all comparisons of an article that has `last` versions."""
    return [comparison_address(path, before, after) for before, after in compared(last)]


def month_address(year: int, month: int) -> str:
    """The corrections of one month."""
    return f"{CORRECTIONS}{year:04}-{month:02}/"


def _correction_pages(content: Content) -> set[str]:
    """Where this edition's correction is listed. A new story changes the rate of corrections there."""
    if content.told is None:
        return {CORRECTIONS, CORRECTIONS_FEED} if content.version == 1 else set()
    # Months are those of the site's zone, which is at most 14 hours away from UTC.
    near = [content.told.made + timedelta(hours=hours) for hours in (-14, 14)]
    return {CORRECTIONS, CORRECTIONS_FEED, WORDS, *(month_address(day.year, day.month) for day in near)}


def section_address(slug: str) -> str:
    return f"/{slug}/"


def author_address(slug: str) -> str:
    return f"/authors/{slug}/"


def topic_address(slug: str) -> str:
    return f"/topics/{slug}/"


def series_address(slug: str) -> str:
    return f"/series/{slug}/"


def person_address(slug: str) -> str:
    return f"/persons/{slug}/"


def year_address(year: int) -> str:
    return f"{ARCHIVE}{year}/"


def archive_month(year: int, month: int) -> str:
    return f"{ARCHIVE}{year}/{month:02}/"


def month_of(when: datetime, zone: str) -> tuple[int, int]:
    """The calendar month in the zone."""
    local = when.astimezone(ZoneInfo(zone))
    return local.year, local.month

"""Feeds with the full text, well-formed whatever the stories hold: RSS 2.0, Atom (RFC 4287), JSON Feed 1.1.

Each list of stories has all three, side by side under its own address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache
from threading import Lock
from uuid import UUID

from cryptonewshub.editions.content import Content
from cryptonewshub.reader.bodies import plain_groups
from cryptonewshub.reader.engine import render
from cryptonewshub.reader.machines import ATOM, FEED, JSON_FEED
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.stories import story_view

# Everything outside the Char production of XML 1.0 (fifth edition, section 2.2), which no escape can carry.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_WRITTEN = 2_500  # of some 8 kB; seventy lists have as many stories in their feeds


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One story in a feed. `id` is the article's UUID, which stays when the story changes.

    `published` is RFC 822 text; `first` and `last` are RFC 3339, when it was published and last changed.
    """

    id: str
    title: str
    address: str
    published: str
    first: str
    last: str
    language: str
    creators: tuple[str, ...]
    categories: tuple[str, ...]
    summary: str
    html: str


def rss(site: Site, stories: Sequence[Content], *, title: str, path: str) -> str:
    """RSS 2.0 of these stories in the order given.

    `path` is the feed's own ('/feed.xml') or that of its page ('/security/').
    """
    newest = _newest(stories)
    return _xml("feeds/rss.xml", site, stories, title, path, FEED, built=_rfc822(newest) if newest else "")


def atom(site: Site, stories: Sequence[Content], *, title: str, path: str) -> str:
    """Atom of these stories in the order given. `path` as in `rss`."""
    newest = _newest(stories)
    return _xml("feeds/atom.xml", site, stories, title, path, ATOM, built=_rfc3339(newest or _NEVER))


def json_feed(site: Site, stories: Sequence[Content], *, title: str, path: str) -> str:
    """JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/) of these stories in the order given. `path` as in `rss`."""
    page = _page_of(path)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": site.absolute(page),
        "feed_url": site.absolute(page + JSON_FEED.lstrip("/")),
        "description": site.promise,
        "language": site.language,
        "icon": site.absolute("/icon-512.png"),
        "favicon": site.absolute("/icon-192.png"),
        "authors": [{"name": site.name, "url": site.absolute("/")}],
        **({"hubs": [{"type": "WebSub", "url": site.hub}]} if site.hub else {}),
        "items": [_json_item(_item(site, story)) for story in stories],
    }
    return json.dumps(feed, ensure_ascii=False, separators=(",", ":")) + "\n"


def _json_item(item: FeedItem) -> dict[str, object]:
    return {
        "id": f"urn:uuid:{item.id}",
        "url": item.address,
        "title": item.title,
        "summary": item.summary,
        "content_html": item.html,
        "date_published": item.first,
        "date_modified": item.last,
        "language": item.language,
        "authors": [{"name": name} for name in item.creators],
        "tags": list(item.categories),
    }


def _xml(template: str, site: Site, stories: Sequence[Content], title: str, path: str, name: str, *, built: str) -> str:
    page = _page_of(path)
    text = render(
        site.language,
        template,
        site=site,
        title=title,
        address=site.absolute(page),
        feed=site.absolute(page + name.lstrip("/")),
        built=built,
        items=[_item(site, story) for story in stories],
    )
    return well_formed(text)


def well_formed(text: str) -> str:
    """The text of a feed without the characters that no escape can carry in XML."""
    return _NOT_XML.sub("\ufffd", text).lstrip()


def _page_of(path: str) -> str:
    return path[: path.rindex("/") + 1]


def _newest(stories: Sequence[Content]) -> datetime | None:
    moments = [when for story in stories for when in (story.document.published, story.document.updated) if when]
    return max(moments, default=None)


def _item(site: Site, content: Content) -> FeedItem:
    """A story stands in the feeds of several lists, in three forms in each: it is written once for all of them."""
    written, key = _written(site), (content.article, content.version)
    with _writing:
        of, item = written.pop(key, (None, None))
        if item is None or (of is not content and of != content):
            item = _new_item(site, content)
        written[key] = (content, item)  # the last ones asked for are at the end
        if len(written) > _MOST_WRITTEN:
            del written[next(iter(written))]
    return item


_writing = Lock()


@lru_cache(maxsize=1)
def _written(site: Site) -> dict[tuple[UUID, int], tuple[Content, FeedItem]]:
    """What was written for a newsroom that is called so."""
    return {}


def _new_item(site: Site, content: Content) -> FeedItem:
    story = story_view(site, content, (content,))
    address = site.absolute(content.path)
    return FeedItem(
        id=story.id,
        title=story.headline,
        address=address,
        published=_rfc822(content.document.published) if content.document.published else "",
        first=_rfc3339(content.document.published or _NEVER),
        last=_rfc3339(content.document.updated or content.document.published or _NEVER),
        language=content.document.language,
        creators=tuple(byline.name for byline in story.bylines),
        categories=tuple(topic.name for topic, _ in story.topics),
        summary=story.standfirst,
        html=render(
            site.language,
            "feeds/text.html",
            groups=plain_groups(content),
            corrections=[
                (item.heading, " ".join(text for _, text in item.parts)) for item in (*story.grave, *story.calm)
            ],
            address=address,
            media=site.absolute(""),
        ),
    )


def _rfc3339(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _rfc822(when: datetime) -> str:
    return format_datetime(when)

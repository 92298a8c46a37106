"""Feeds with the full text, well-formed whatever the stories hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from cryptonewshub.editions.content import Content
from cryptonewshub.reader.affected import FEED
from cryptonewshub.reader.bodies import plain_groups
from cryptonewshub.reader.engine import render
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.stories import story_view

# Everything outside the Char production of XML 1.0 (fifth edition, section 2.2), which no escape can carry.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One story in a feed. `id` is the article's UUID, which stays when the story changes; times are RFC 822 text."""

    id: str
    title: str
    address: str
    published: str
    creators: tuple[str, ...]
    categories: tuple[str, ...]
    summary: str
    html: str


def rss(site: Site, stories: Sequence[Content], *, title: str, path: str) -> str:
    """RSS 2.0 of these stories in the order given.

    `path` is the feed's own ('/feed.xml') or that of its page ('/security/').
    """
    page = path[: path.rindex("/") + 1]
    moments = [when for story in stories for when in (story.document.published, story.document.updated) if when]
    text = render(
        "feeds/rss.xml",
        site=site,
        title=title,
        address=site.absolute(page),
        feed=site.absolute(path if path != page else page + FEED.lstrip("/")),
        built=_rfc822(max(moments)) if moments else "",
        items=[_item(site, story) for story in stories],
    )
    return well_formed(text)


def well_formed(text: str) -> str:
    """The text of a feed without the characters that no escape can carry in XML."""
    return _NOT_XML.sub("\ufffd", text).lstrip()


def _item(site: Site, content: Content) -> FeedItem:
    story = story_view(site, content, (content,))
    address = site.absolute(content.path)
    return FeedItem(
        id=story.id,
        title=story.headline,
        address=address,
        published=_rfc822(content.document.published) if content.document.published else "",
        creators=tuple(byline.name for byline in story.bylines),
        categories=tuple(topic.name for topic, _ in story.topics),
        summary=story.standfirst,
        html=render(
            "feeds/text.html",
            groups=plain_groups(content),
            corrections=[
                (item.heading, " ".join(text for _, text in item.parts)) for item in (*story.grave, *story.calm)
            ],
            address=address,
            media=site.absolute(""),
        ),
    )


def _rfc822(when: datetime) -> str:
    return format_datetime(when)

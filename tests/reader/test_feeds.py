"""Feeds are well-formed whatever the stories hold, and carry the whole text."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import feedparser
import pytest
from lxml import etree

from cryptonewshub.articles.document import Block, Mark
from cryptonewshub.editions.content import Content
from cryptonewshub.reader.feeds import atom, json_feed, rss
from cryptonewshub.reader.logged import Logged
from cryptonewshub.reader.site import Site
from tests.reader.cast import EXACT, FIRST, SITE, THIRD_EDITION, with_body

HOSTILE = [
    "]]><script>alert(1)</script>",
    "</title></item></channel></rss>",
    "&amp;lt; &undefined; &#0;",
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y "z">]>',
    "control \x00 \x08 \x0b \x1f characters",
    "not characters \ufffe \uffff",
    "half a pair \ud800",
    "right \u202eto left, zero\u200bwidth, \u2028line",
]


def sealed(site: Site, content: Content) -> Site:
    """The site as if the log had the content, though its text is such that no edition can have it."""
    return replace(site, entries={(content.article, content.version): Logged("00" * 32, 0)})


def parsed(text: str) -> Any:
    found = feedparser.parse(text.encode("utf-8"))
    assert not found.bozo, found.bozo_exception
    return found


def test_a_feed_names_the_newsroom_and_its_stories() -> None:
    feed = parsed(rss(SITE, [THIRD_EDITION], title="The Harbour Post", path="/feed.xml"))
    assert feed.feed.title == "The Harbour Post"
    assert feed.feed.link == "https://post.example.org/"
    assert feed.feed.language == "en"
    (entry,) = feed.entries
    assert entry.title == "Vestmark will keep strait “open in winter and in war”"
    assert entry.link == "https://post.example.org/security/vestmark-keeps-strait-open/"
    assert entry.id == "urn:uuid:6b6f4a7c-2f30-4d51-9f5b-0d6d8f3a1c11"
    assert entry.published == "Sat, 08 Nov 2025 09:51:00 +0000"
    assert [tag.term for tag in entry.tags] == ["Ports", "Vestmark"]


def test_a_feed_carries_the_full_text_and_its_corrections() -> None:
    (entry,) = parsed(rss(SITE, [THIRD_EDITION], title="x", path="/feed.xml")).entries
    text = entry.content[0].value
    assert EXACT in text
    assert "There are 61." in text
    assert "4 pilots on duty" in text
    assert "https://post.example.org/media/mole.jpg" in text
    assert "data-x" not in text
    assert "<button" not in text


def test_the_feed_of_a_section_names_itself_and_its_page() -> None:
    text = rss(SITE, [FIRST], title="Security", path="/security/")
    tree: Any = etree.fromstring(text.encode())
    (itself,) = tree.xpath("//a:link/@href", namespaces={"a": "http://www.w3.org/2005/Atom"})
    assert itself == "https://post.example.org/security/feed.xml"
    assert tree.findtext("channel/link") == "https://post.example.org/security/"


def test_an_empty_feed_is_a_feed() -> None:
    assert parsed(rss(SITE, [], title="x", path="/feed.xml")).entries == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    content = with_body(Block("p", text, marks=(Mark(0, 5, "em"),)), title=text, standfirst=text, kicker=text)
    site = sealed(replace(SITE, promise=text), content)
    feed = rss(site, [content], title=text, path="/feed.xml")
    tree: Any = etree.fromstring(feed.encode("utf-8"), etree.XMLParser(resolve_entities=False))
    assert [item.tag for item in tree.iterfind("channel/item")] == ["item"]
    assert not parsed(feed).bozo


def test_the_text_of_an_item_holds_no_element_that_the_story_did_not_have() -> None:
    content = with_body(Block("p", "<img src=x onerror=alert(1)>"))
    encoded = etree.fromstring(rss(SITE, [content], title="x", path="/feed.xml").encode()).findtext(
        "channel/item/{http://purl.org/rss/1.0/modules/content/}encoded"
    )
    assert encoded is not None
    assert "<img" not in encoded
    assert "&lt;img src=x" in encoded


def test_of_one_version_with_other_words_the_other_words_are_told() -> None:
    for words in ("The strait is open.", "The strait is closed."):
        assert words in rss(SITE, [with_body(Block("p", words))], title="x", path="/feed.xml")


def test_atom_says_the_same_as_rss() -> None:
    feed = parsed(atom(SITE, [THIRD_EDITION, FIRST], title="The Harbour Post", path="/atom.xml"))
    assert feed.version == "atom10"
    assert feed.feed.id == "https://post.example.org/atom.xml"
    entry = feed.entries[0]
    assert entry.id == "urn:uuid:6b6f4a7c-2f30-4d51-9f5b-0d6d8f3a1c11"
    assert entry.published == "2025-11-08T09:51:00Z"
    assert entry.updated > entry.published
    assert EXACT in entry.content[0].value


def test_json_feed_is_of_version_1_1_and_has_the_full_text() -> None:
    feed = json.loads(json_feed(replace(SITE, hub="https://hub.example/"), [THIRD_EDITION], title="Post", path="/"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://post.example.org/feed.json"
    assert feed["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
    (item,) = feed["items"]
    assert item["id"] == "urn:uuid:6b6f4a7c-2f30-4d51-9f5b-0d6d8f3a1c11"
    assert EXACT in item["content_html"]
    assert item["date_published"] == "2025-11-08T09:51:00Z"
    assert item["authors"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_atom_too(text: str) -> None:
    hostile = replace(FIRST, document=replace(FIRST.document, title=text, standfirst=text))
    site = sealed(replace(SITE, name=text), hostile)
    etree.fromstring(atom(site, [hostile], title=text, path="/").encode("utf-8", "replace"))


def test_a_hub_is_named_in_every_feed() -> None:
    site = replace(SITE, hub="https://hub.example/")
    for feed in (rss(site, [FIRST], title="x", path="/feed.xml"), atom(site, [FIRST], title="x", path="/atom.xml")):
        assert "https://hub.example/" in feed


def test_a_feed_without_stories_is_a_feed() -> None:
    assert parsed(atom(SITE, [], title="x", path="/a/")).feed.updated == "1970-01-01T00:00:00Z"

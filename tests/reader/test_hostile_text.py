"""Hostile strings wherever a story can carry them: a page gains no element by them, a feed stays well-formed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from cryptonewshub.articles.document import Block, Byline, Image, Mark, Named
from cryptonewshub.editions.content import Change, CheckedQuotation, Content, Correction
from cryptonewshub.quotations.vocabulary import Passage, Verdict
from cryptonewshub.reader.feeds import rss
from cryptonewshub.reader.fronts import front_page
from cryptonewshub.reader.pages import article_page
from cryptonewshub.verifier.page import read_page, read_shown
from cryptonewshub.verifier.sealed import collapsed
from tests.reader.cast import FIRST, SITE, SPEECH

BAD_INPUTS = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "bad-inputs"
OURS = [
    "<script>alert(1)</script>",
    "</p></div></article><iframe src=//elsewhere.example>",
    '" onmouseover="alert(1)" x=\'',
    "' autofocus onfocus=alert(1) '",
    "<svg/onload=alert(1)>",
    "<!-- --!> <![CDATA[ ]]>",
    "&lt;b&gt; &amp;amp; &#x3c;",
    "{{ 7 * 7 }} {% raw %}",
    "\u202eright to left\u202c zero\u200bwidth \u2028 line",
    "𝕳𝖔𝖘𝖙𝖎𝖑𝖊 🏴󠁧󠁢󠁷󠁬󠁳󠁿 ẗ̸̝e̸x̵t̷",
]


def carried_everywhere(text: str) -> Content:
    """A story that has the text in every field that can hold text."""
    end = len(text)
    marks = (Mark(0, end, "a", text), Mark(1, 3, "em"), Mark(end, end, "source", "speech"))
    body = (
        Block("p", text, marks=marks),
        Block("h", text),
        Block("ul", text),
        Block("facts-title", text),
        Block("facts", text),
        Block("quote", text, speaker=text, source="speech"),
        Block("image", text, image=0),
    )
    document = replace(
        FIRST.document,
        title=text,
        kicker=text,
        standfirst=text,
        dateline=text,
        section=Named(text, "security"),
        bylines=(Byline(text, text),),
        topics=(Named(text, "ports"),),
        body=body,
        sources=(replace(SPEECH, title=text, speaker=text, publisher=text, url=text, language=text),),
        images=(Image(text, "ab" * 32, text, text, text, 4, 3),),
    )
    passage = Passage(0, len(text), text, text, text)
    quotations = (
        CheckedQuotation("k0", "title", None, 0, 2, text, Verdict.EXACT, text, "speech", passage, text, text),
        CheckedQuotation("k1", "body", 0, 0, len(text), text, Verdict.EDITED, text, "speech", passage, text, text),
        CheckedQuotation("k2", "body", 5, 0, len(text), text, Verdict.EXACT, text, "speech", passage, text),
    )
    corrections = (Correction(Change.CORRECTION, text, datetime(2025, 11, 9, tzinfo=UTC), 1),)
    return replace(FIRST, document=document, quotations=quotations, corrections=corrections)


def elements(page: str) -> list[str]:
    """The elements of a page in order, each with the names of its attributes; without links, which may come or go."""
    tree: Any = html.document_fromstring(page)
    return [f"{e.tag} {sorted(e.attrib)}" for e in tree.iter(etree.Element) if e.tag != "a"]


def assert_only_text(text: str) -> None:
    plain, hostile = carried_everywhere(re.sub(r"\S", "w", text)), carried_everywhere(text)
    page = article_page(SITE, hostile, editions=[hostile])
    assert elements(page) == elements(article_page(SITE, plain, editions=[plain]))
    said = {item.key: item.text for item in read_shown(read_page(page)).shown}
    assert said["headline"] == said["body.0"] == collapsed(text)
    tree: Any = html.document_fromstring(page)
    assert not [a for a in tree.xpath("//a/@href") if not a.startswith(("/", "#", "https://", "http://", "mailto:"))]
    etree.fromstring(rss(SITE, [hostile], title=text, path="/feed.xml").encode())


@pytest.mark.parametrize("text", OURS)
def test_hostile_text_adds_nothing_to_a_page_or_a_feed(text: str) -> None:
    assert_only_text(text)


@pytest.mark.parametrize("text", OURS)
def test_hostile_text_adds_nothing_to_the_front(text: str) -> None:
    plain = front_page(SITE, [carried_everywhere("plain words")])
    assert elements(front_page(SITE, [carried_everywhere(text)])) == elements(plain)


@pytest.mark.shared
def test_collected_hostile_strings_add_nothing_to_a_page_or_a_feed() -> None:
    if not BAD_INPUTS.exists():
        pytest.skip("The collection of hostile strings is not beside the project.")
    tried = 0
    for text in collected():
        assert_only_text(text)
        tried += 1
    assert tried > 400


def collected() -> Iterator[str]:
    """The strings that can be sealed at all, and that show something."""
    lines = (BAD_INPUTS / "own" / "feed_xml.jsonl").read_text().splitlines()
    for text in [*json.loads((BAD_INPUTS / "blns.json").read_text()), *(json.loads(line)["text"] for line in lines)]:
        try:
            carried_everywhere(text).to_bytes()
        except (ValueError, UnicodeEncodeError):
            continue
        if len(text.strip()) > 3:
            yield text

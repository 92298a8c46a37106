"""A page says what was sealed, all of it, and nothing else; and whoever changes a sign of it is found out."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

import pytest

from cryptonewshub.reader.pages import article_page
from cryptonewshub.verifier.page import NotReadable, read_page, read_shown
from tests.reader.cast import EDITIONS, FIRST, SITE, THIRD_EDITION
from tests.reader.outsider import deceived_by, differences_on
from tests.reader.test_pages import EVERY_PAGE

LISTS = ("front", "section", "topic", "author", "series", "person", "month")
SHOWING = ("article", "edition", "live", *LISTS, "history", "comparison")
PAGES = {name: EVERY_PAGE[name] for name in SHOWING}
ONE_OF = 1 if os.environ.get("SIGNS") == "every" else 31  # of so many signs one is changed here

OTHERS = ("x", "7", ",", ".", "y")


@pytest.mark.parametrize("make", PAGES.values(), ids=PAGES)
def test_a_page_says_what_was_sealed_and_nothing_else(make: Callable[[], str]) -> None:
    assert differences_on(make()) == []


@pytest.mark.parametrize("make", PAGES.values(), ids=PAGES)
def test_every_sign_that_is_changed_is_found(make: Callable[[], str]) -> None:
    page = make()
    assert [one for one in with_another_sign(page) if deceived_by(one)] == []


@pytest.mark.parametrize("make", PAGES.values(), ids=PAGES)
def test_every_link_and_picture_that_is_changed_is_found(make: Callable[[], str]) -> None:
    page = make()
    assert [one for one in with_another_address(page) if deceived_by(one)] == []


@pytest.mark.parametrize("make", [EVERY_PAGE["article"], EVERY_PAGE["edition"]], ids=["article", "edition"])
def test_every_sealed_sign_that_is_dropped_is_found(make: Callable[[], str]) -> None:
    """Of the theme's own words, a comma may go: what is not there cannot be wrong."""
    page = make()
    dropped = [one for one in without_a_sign(page) if deceived_by(one)]
    assert [one for one in dropped if sealed_text(one) != sealed_text(page)] == []


@pytest.mark.parametrize("made", [lambda page, start, end: page[:start] + page[end:]])
def test_every_paragraph_that_is_left_out_is_found(made: Callable[[str, int, int], str]) -> None:
    page = EVERY_PAGE["article"]()
    paragraphs = [found.span() for found in re.finditer(r"<p data-c=\"body\.\d+\".*?</p>", page)]
    assert len(paragraphs) > 2
    for start, end in paragraphs:
        assert differences_on(made(page, start, end))


def test_two_paragraphs_that_changed_places_are_found() -> None:
    body = THIRD_EDITION.document.body
    turned = replace(THIRD_EDITION, document=replace(THIRD_EDITION.document, body=(body[2], *body[1:2], body[0])))
    page = article_page(SITE, turned, editions=EDITIONS).replace("data-content", "data-kept-content")
    assert differences_on(page)


def test_what_differs_is_told_in_words() -> None:
    page = EVERY_PAGE["article"]().replace(
        "who has run the harbour for 19 years", "who has run the harbour for 29 years"
    )
    assert any("29 years" in told and "19 years" in told for told in differences_on(page))


def test_an_edition_does_not_pass_for_another() -> None:
    page = article_page(SITE, FIRST, editions=EDITIONS, newest=False)
    assert differences_on(page.replace('data-version="1"', 'data-version="2"'))


@pytest.mark.parametrize(
    "planted",
    [
        "<script>document.body.remove()</script>",
        '<script src="https://elsewhere.example/x.js"></script>',
        "<!-- <p>hidden</p> -->",
        '<p style="display:none">hidden</p>',
        '<p onclick="x()">press</p>',
        "<marquee>stop press</marquee>",
        "<p>left open",
        "</main>",
        '<iframe src="/"></iframe>',
        "<p>Stop press</p>",
        '<img src="/media/forged.jpg" alt="">',
        '<a href="https://elsewhere.example/">Proof</a>',
        '<p data-x><span data-c="headline">Another headline</span></p>',
        '<p title="hidden"></p>',
        '<p aria-description="hidden"></p>',
        '<nav aria-label="Stop press"></nav>',
        '<button popovertarget="note-q1" aria-label="Source: nobody, word for word"></button>',
        '<img src="/media/harbour.jpg" alt="Stop press">',
        '<input type="submit" value="Stop press">',
        "<noscript>hidden</noscript>",
        '<meta http-equiv="refresh" content="0;url=https://elsewhere.example/">',
        "<title>hidden</title>",
        "<svg><title>hidden</title></svg>",
        '<ol start="7"></ol>',
        "<b data-figure>7 %</b>",
        '<picture><source srcset="/media/forged-480.webp 480w"><img src="/media/harbour.jpg" alt=""></picture>',
    ],
)
def test_nothing_can_be_planted_in_a_page(planted: str) -> None:
    page = EVERY_PAGE["article"]()
    place = page.index("</footer>\n</article>")
    assert not deceived_by(page[:place] + planted + page[place:])


@pytest.mark.parametrize("tag", ["del", "ins", "sup", "svg", "script", "title", "details", "textarea", "button"])
def test_no_word_is_hidden_or_struck_out(tag: str) -> None:
    """Among the sealed words, and around all of them."""
    page = EVERY_PAGE["article"]()
    block = re.search(r'(<p[^>]*data-c="body[.]\d+"[^>]*>)(\w+ )(.*?</p>)', page)
    assert block
    start, end = block.span()
    among = f"{block[1]}<{tag}>{block[2]}</{tag}>{block[3]}"
    around = f"<{tag}>{block[0]}</{tag}>"
    assert not deceived_by(page[:start] + among + page[end:])
    if tag in ("del", "ins", "details", "title", "script"):
        assert not deceived_by(page[:start] + around + page[end:])


def test_a_page_that_browsers_may_read_in_two_ways_is_refused() -> None:
    for page in ("<p><b>a</p></b>", "<p>a &nosuch; b</p>", '<p class="a" class="b">x</p>', "<p>a<"):
        with pytest.raises(NotReadable):
            read_page(page)


def sealed_text(page: str) -> list[tuple[str, str]]:
    try:
        return [(shown.key, shown.text) for shown in read_shown(read_page(page)).shown]
    except NotReadable:
        return []


def visible_signs(page: str) -> Iterator[re.Match[str]]:
    """Every sign that a reader sees: in the text, and in the title of the tab."""
    for text in re.finditer(r"(?<=>)[^<]+(?=<)", page):
        is_seen = text.start() > page.index("<body") or page[: text.start()].endswith("<title>")
        if is_seen and text.group().strip():
            yield from re.compile(r"&[^;]+;|\S").finditer(page, *text.span())


def with_another_sign(page: str) -> Iterator[str]:
    for sign in islice(visible_signs(page), 0, None, ONE_OF):
        other = next(other for other in OTHERS[sign.start() % 3 :] if other != sign.group())
        yield page[: sign.start()] + other + page[sign.end() :]


def without_a_sign(page: str) -> Iterator[str]:
    for sign in islice(visible_signs(page), 0, None, ONE_OF):
        yield page[: sign.start()] + page[sign.end() :]


def with_another_address(page: str) -> Iterator[str]:
    for address in re.finditer(r'(?<= href=")[^"]+(?=")|(?<= src=")[^"]+(?=")', page):
        is_asset = address.group().startswith("/assets/")  # under another name it is not there, and loads nothing
        if address.start() > page.index("<body") and not is_asset:
            yield page[: address.end()] + "x" + page[address.end() :]

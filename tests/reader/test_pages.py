"""The pages that lead to stories, and the page where nothing is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from lxml import html

from cryptonewshub.articles.document import Named
from cryptonewshub.editions.content import Content
from cryptonewshub.reader.history import comparison_page, history_page
from cryptonewshub.reader.pages import (
    AuthorView,
    SectionView,
    TopicView,
    article_page,
    author_page,
    front_page,
    not_found_page,
    section_page,
    topic_page,
)
from cryptonewshub.reader.search.findable import Kind
from cryptonewshub.reader.search.index import Answer, Hit
from cryptonewshub.reader.search.questions import Question, read_question
from cryptonewshub.reader.search.results import search_page
from tests.reader.cast import ECONOMY, EDITIONS, FIRST, SECURITY, SITE, THIRD_EDITION

STRAITS = SectionView("Security", "security", "Straits, convoys and those who pay for them.")
PORTS = TopicView("Ports", "ports", "Who builds them and who runs them.")
ADA = AuthorView(
    name="Ada Berg",
    slug="ada-berg",
    role="Security correspondent",
    biography="She has covered the straits since 2011.\n\nShe reads tide tables.",
    expertise=("Straits", "Insurance"),
    email="ada.berg@post.example.org",
)
QUESTION = read_question({"q": "harbour", "section": "security", "person": "ida-rosenkilde", "page": "2"})
_SEALED = datetime(2025, 11, 8, 9, 51, tzinfo=UTC)
STORY_HIT = Hit(
    Kind.STORY, "/s/a/", "A harbour", "en", _SEALED, "Security", "", "the harbour that was", ((4, 11),), True
)
STATEMENT_HIT = Hit(Kind.STATEMENT, "/s/a/#q1", "Ida Rosenkilde", "en", _SEALED, "Security", "A harbour", "We will", ())
EVERY_PAGE: dict[str, Callable[[], str]] = {
    "article": lambda: article_page(SITE, THIRD_EDITION, editions=EDITIONS),
    "edition": lambda: article_page(SITE, FIRST, editions=EDITIONS, newest=False),
    "preview": lambda: article_page(SITE, FIRST, editions=[], is_preview=True),
    "front": lambda: front_page(SITE, [THIRD_EDITION, story(2), story(3), story(4, section=ECONOMY)]),
    "section": lambda: section_page(SITE, STRAITS, [THIRD_EDITION]),
    "topic": lambda: topic_page(SITE, PORTS, [THIRD_EDITION]),
    "author": lambda: author_page(SITE, ADA, [THIRD_EDITION]),
    "history": lambda: history_page(SITE, EDITIONS, entries={1: 4, 2: 17, 3: 21}),
    "comparison": lambda: comparison_page(SITE, EDITIONS, 1, 3, entries={}),
    "not-found": lambda: not_found_page(SITE),
    "empty front": lambda: front_page(SITE, []),
    "search": lambda: search_page(SITE, QUESTION, Answer((STORY_HIT, STATEMENT_HIT), 41, instead="harbour")),
    "search before a question": lambda: search_page(SITE, Question(), Answer((), 0)),
    "search away": lambda: search_page(SITE, QUESTION, None),
}


def story(number: int, *, section: Named | None = SECURITY, **document: object) -> Content:
    """Another story, told apart by its number."""
    changed = replace(FIRST.document, title=f"Story {number}", section=section, **document)  # type: ignore[arg-type]
    return replace(FIRST, article=UUID(int=number), path=f"/s/story-{number}/", document=changed)


def tree_of(page: str) -> Any:
    return html.document_fromstring(page)


def headlines(tree: Any, within: str = "") -> list[str]:
    return [a.text_content() for a in tree.xpath(f"{within}//*[@data-c='headline']")]


def test_the_front_leads_with_the_first_story_and_seconds_it_with_two() -> None:
    tree = tree_of(front_page(SITE, [story(n) for n in range(1, 6)]))
    assert headlines(tree, "//div[@class='lead']") == ["Story 1"]
    assert headlines(tree, "//div[@class='seconds']") == ["Story 2", "Story 3"]
    assert headlines(tree, "//section[@class='part']") == ["Story 4", "Story 5"]


def test_the_front_shows_sections_in_the_sites_order_and_every_story_once() -> None:
    stories = [story(1), story(2), story(3), story(4, section=ECONOMY), story(5), story(6, section=None)]
    tree = tree_of(front_page(SITE, stories))
    assert [h.text_content() for h in tree.xpath("//section[@class='part']/h2")] == ["Security", "Economy", "More"]
    assert sorted(headlines(tree)) == [f"Story {n}" for n in range(1, 7)]


def test_the_front_has_the_date_of_its_newest_story_in_the_sites_zone() -> None:
    late = story(1, published=datetime(2025, 11, 8, 23, 30, tzinfo=UTC))
    assert tree_of(front_page(SITE, [FIRST, late])).xpath("//p[@class='today']")[0].text == "Sunday, 9 November 2025"


def test_only_the_lead_has_a_picture() -> None:
    tree = tree_of(front_page(SITE, [story(n) for n in range(1, 6)]))
    assert len(tree.xpath("//img")) == len(tree.xpath("//div[@class='lead']//img")) == 1


def test_a_corrected_story_is_told_as_such_in_every_list() -> None:
    tree = tree_of(section_page(SITE, STRAITS, [THIRD_EDITION, story(2)]))
    assert [b.text for b in tree.xpath("//b[@class='corrected']")] == ["Corrected"]


def test_a_section_and_a_topic_say_what_they_are_about() -> None:
    for page, view in ((section_page(SITE, STRAITS, []), STRAITS), (topic_page(SITE, PORTS, []), PORTS)):
        tree = tree_of(page)
        assert tree.xpath("//h1")[0].text == view.name
        assert view.description in tree.text_content()
        assert "as soon as they are published" in tree.text_content()


def test_the_section_that_is_read_is_marked_in_the_masthead() -> None:
    tree = tree_of(section_page(SITE, STRAITS, []))
    assert tree.xpath("//header//a[@aria-current]/@href") == ["/security/"]


def test_an_author_is_introduced_and_can_be_written_to() -> None:
    tree = tree_of(author_page(SITE, ADA, [FIRST]))
    assert [p.text for p in tree.xpath("//p[@class='biography']")] == ADA.biography.split("\n\n")
    assert "Straits, Insurance" in tree.text_content()
    assert tree.xpath("//dd/a/@href") == ["mailto:ada.berg%40post.example.org"]
    assert headlines(tree) == [FIRST.document.title]


def test_an_author_without_particulars_has_none() -> None:
    assert not tree_of(author_page(SITE, AuthorView("Ben Okoro", "ben"), [])).xpath("//dl")


@pytest.mark.parametrize("make", EVERY_PAGE.values(), ids=EVERY_PAGE)
def test_every_page_has_one_heading_of_the_first_order_a_main_part_and_a_title(make: Callable[[], str]) -> None:
    tree = tree_of(make())
    assert len(tree.xpath("//h1")) == len(tree.xpath("//main")) == len(tree.xpath("//title")) == 1
    assert tree.get("lang") == "en"
    assert tree.xpath("//a[@class='skip']/@href") == ["#story"]


@pytest.mark.parametrize("make", EVERY_PAGE.values(), ids=EVERY_PAGE)
def test_no_page_names_a_file_of_another_host(make: Callable[[], str]) -> None:
    tree = tree_of(make())
    loaded = tree.xpath("//@src | //@srcset | //@poster | //@action | //link[@rel!='canonical']/@href")
    assert [address for address in loaded if not address.startswith("/") or address.startswith("//")] == []


@pytest.mark.parametrize("make", EVERY_PAGE.values(), ids=EVERY_PAGE)
def test_a_page_is_the_same_for_the_same_values(make: Callable[[], str]) -> None:
    assert make() == make()


def test_a_page_without_stories_has_a_rights_line_without_a_year() -> None:
    assert "© The Harbour Post. All rights reserved." in tree_of(not_found_page(SITE)).text_content()


def test_a_hostile_site_and_its_views_are_text() -> None:
    trap = "</title><script>alert(1)</script>"
    site = replace(SITE, name=trap, promise=trap, rights=trap, staff_byline=trap, sections=(Named(trap, "x"),))
    author = AuthorView(trap, "x", trap, trap, (trap,), trap)
    for page in (
        front_page(site, [FIRST]),
        author_page(site, author, []),
        section_page(site, SectionView(trap, "x", trap), []),
    ):
        assert not tree_of(page).xpath("//script[@type != 'application/ld+json' or not(@type)]")

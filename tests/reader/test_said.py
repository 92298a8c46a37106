"""What was said, beside the lists of a topic and of a person."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lxml import html

from cryptonewshub.editions.content import Change, Correction, Severity
from cryptonewshub.reader.listings import topic_page
from cryptonewshub.reader.persons import person_page
from cryptonewshub.reader.said import said_in
from tests.reader.cast import BLOCK, EDITED, EXACT, SITE, THIRD_EDITION, TRANSLATED
from tests.reader.test_pages import IDA, PORTS, story

STORY = THIRD_EDITION.path


def sayings(page: str) -> list[tuple[str, str, str, str]]:
    """The words, the rest of their line, and where it leads, of each quotation beside a list."""
    tree: Any = html.document_fromstring(page)
    return [
        (
            quoted.text_content(),
            line.xpath("string(./b)"),
            line.xpath("string(./time)"),
            line.xpath("string(./a/@href)"),
        )
        for quoted in tree.xpath("//section[@class='sayings']//blockquote")
        for line in quoted.xpath("./following-sibling::p[1]")
    ]


def test_a_topic_shows_who_said_what_and_when_and_leads_to_the_place_in_the_story() -> None:
    assert sayings(topic_page(SITE, PORTS, [THIRD_EDITION])) == [
        (f"“{EXACT}”", "Ida Rosenkilde", "6 November 2025", f"{STORY}#q2"),
        (f"“{EDITED}”", "Ida Rosenkilde", "6 November 2025", f"{STORY}#q4"),
        (f"“{TRANSLATED}”", "Tor Almås", "7 November 2025", f"{STORY}#q5"),
    ]


def test_a_person_has_their_own_words_only() -> None:
    said = [words for words, *_ in sayings(person_page(SITE, IDA, [THIRD_EDITION]))]
    assert said == [f"“{EXACT}”", f"“{EDITED}”", f"“{BLOCK}”"]


def test_what_two_stories_quote_stands_once_with_the_newer_one() -> None:
    said = said_in(SITE, [story(2), story(1)])
    assert [one.story.headline for one in said] == ["Story 2", "Story 1"]
    words = [quoted.words for one in said for quoted in one.quoted]
    assert len(words) == len(set(words)) == 4


def test_a_retracted_story_is_quoted_nowhere() -> None:
    retraction = Correction(
        Change.RETRACTION, "", THIRD_EDITION.corrections[-1].made, 3, wrong="All of it.", severity=Severity.GRAVE
    )
    assert said_in(SITE, [replace(THIRD_EDITION, corrections=(retraction,))]) == ()


def test_where_nothing_was_said_the_list_stands_alone() -> None:
    page = topic_page(SITE, PORTS, [replace(THIRD_EDITION, quotations=())])
    assert "sayings" not in page
    assert "vestmark-keeps-strait-open" in page

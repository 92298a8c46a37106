"""The search page: what it says of what was found, and nothing a reader types becomes part of it."""

from __future__ import annotations

from dataclasses import replace

from bs4 import BeautifulSoup

from cryptonewshub.reader.search.findable import Kind
from cryptonewshub.reader.search.index import Answer, Hit
from cryptonewshub.reader.search.questions import read_question
from cryptonewshub.reader.search.results import search_page
from tests.reader.cast import SITE
from tests.reader.search.cast import BUDGET

HIT = Hit(Kind.STORY, "/s/a/", "Budget talks", "en", BUDGET.published, "Security", "", "the budget <b>fell", ((4, 10),))
SAID = Hit(Kind.STATEMENT, "/s/a/#q1", "Ada Lund", "en", BUDGET.published, "Security", "Budget talks", "We shall", ())


def page(answer: Answer | None, **fields: str) -> BeautifulSoup:
    return BeautifulSoup(search_page(SITE, read_question(fields), answer), "lxml")


def test_the_hit_words_are_marked_and_the_rest_is_text() -> None:
    shown = page(Answer((HIT,), 1), q="budget")
    assert [mark.get_text() for mark in shown.select(".hit mark")] == ["budget"]
    assert "the budget <b>fell" in shown.select(".teaser-standfirst")[0].get_text()


def test_where_a_heading_ends_its_words_do_not_run_into_the_next_ones() -> None:
    hit = replace(HIT, snippet="no to the bill\nThe budget fell.\n", marks=((19, 25),))
    words = page(Answer((hit,), 1), q="budget").select(".teaser-standfirst")[0]
    assert " ".join(words.get_text().split()) == "no to the bill · The budget fell."
    assert words.select("mark")[0].get_text() == "budget"


def test_a_statement_stands_between_quotation_marks_with_its_speaker_and_story() -> None:
    shown = page(Answer((SAID,), 1), q="shall")
    assert shown.select("blockquote")[0].get_text() == "“We shall”"
    assert shown.select(".statement h2")[0].get_text() == "Ada Lund"
    assert "In: Budget talks" in shown.select(".statement .meta")[0].get_text()


def test_what_was_typed_stays_in_the_form_and_is_only_text() -> None:
    typed = '"><script>alert(1)</script>'
    shown = page(Answer((), 0, instead=typed), q=typed)
    assert shown.select("#q")[0]["value"] == typed
    assert not [script for script in shown.select("script") if not script.get("src")]


def test_there_are_ways_to_the_next_pages_and_back() -> None:
    shown = page(Answer((HIT,) * 20, 45), q="budget", page="2")
    links = {link.get_text(): link.get("href") for link in shown.select(".turn a")}
    assert links == {"Page before": "/search/?q=budget", "Next page": "/search/?q=budget&page=3"}
    assert "45 were found. Page 2 of 3." in shown.select("#said")[0].get_text()


def test_nothing_found_leads_on() -> None:
    shown = page(Answer((), 0, instead="budget"), q="budgte")
    assert shown.select("#said a")[0].get("href") == "/search/?q=budget"
    assert "Try fewer words" in shown.get_text()


def test_an_index_that_is_away_is_said_politely() -> None:
    assert "Search is not available just now." in page(None, q="budget").get_text()


def test_a_person_that_narrows_the_question_can_be_taken_out_again() -> None:
    shown = page(Answer((HIT,), 1), q="budget", person="ada-lund")
    assert "Person: ada lund" in shown.select(".narrowed")[0].get_text()
    assert shown.select(".narrowed a")[0].get("href") == "/search/?q=budget"

"""Searching for patterns by their first words: the same matches as a search, at the words that may begin one."""

from __future__ import annotations

import re

from cryptonewshub.quotations.facts.scanning import matches, words

PATTERN = re.compile(r"(?:on|last)\s+Monday|\d+ boats")


def test_matches_begin_at_an_opening_word_or_a_digit():
    text = "On paper it rained on Monday. Of 12 boats, 3 boats sank last Monday."
    found = [match[0] for match in matches(PATTERN, text, words("on last"), digits=True)]
    assert found == ["on Monday", "12 boats", "3 boats", "last Monday"]


def test_a_word_that_is_no_opening_begins_nothing():
    assert list(matches(PATTERN, "last Monday", words("on"))) == []


def test_the_inside_of_a_number_begins_nothing():
    assert [match[0] for match in matches(PATTERN, "1.5 boats and 7 boats", words(""), digits=True)] == ["7 boats"]


def test_a_long_text_gives_the_same_as_its_parts():
    text = "It rained on Monday. "
    found = [match.start() for match in matches(PATTERN, text * 100, words("on"))]
    assert found == [10 + number * len(text) for number in range(100)]

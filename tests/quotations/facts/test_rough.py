"""The sieve before the grammar of amounts: what the grammar reads, the sieve lets through."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cryptonewshub.quotations.facts.amounts import find_amounts
from cryptonewshub.quotations.facts.rough import rough_values
from cryptonewshub.quotations.facts.shelf import shelve

WORDS = st.sampled_from([
    "a", "an", "and", "in", "out of", "of", "every", "half", "third", "thirds", "quarter", "quarters", "fifth", "dozen",
    "two", "three", "seven", "ten", "twelve", "twenty", "twenty-five", "ninety", "hundred", "thousand", "million",
    "billion", "two-thirds", "three-quarters", "5", "10", "20", "100", "240", "1,950", "4.3", "61,5", "$4.3", "€20m",
    "1.5bn", "5-million", "9-3", "1990-95", "66-year-old", "79th", "1,234.5", "Article", "boats,", "people.", "“two",
    "six,", "the", "(12)", "for", "one in", "one third",
])  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=9))
@example(["two", "and", "twenty-five"])
def test_every_amount_of_the_grammar_is_let_through(words):
    text = " ".join(words)
    (ledger,) = shelve((text,)).ledgers
    rough = [rough_values(ledger.words, hit) for hit in ledger.hits]
    values = {round(value, 3) for found in rough for value in found or ()}
    for amount in find_amounts(text):
        assert amount.value in {0, 1} or None in rough or round(amount.value, 3) in values


@pytest.mark.parametrize(
    ("text", "values"),
    [("240 boats", {240.0}), ("4.3 million tonnes", {4.3, 4_300_000.0}), ("seven boats", {7.0}), ("€1.5bn", {1.5e9})],
)
def test_a_plain_number_has_its_value_and_no_other_than_it_shows(text, values):
    assert set(rough_values(text.split(), 0) or ()) == values


def test_a_number_of_several_words_is_left_to_the_grammar():
    assert rough_values(["two", "hundred", "and", "forty", "boats"], 0) is None
    assert rough_values(["four", "in", "10", "boats"], 0) is None

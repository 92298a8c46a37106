"""Folding: what is made alike, and that every word keeps its place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cryptonewshub.quotations.comparison.folding import fold


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("“Don’t” — he said", ["don't", "he", "said"]),
        ("the U.N. and the UN", ["the", "un", "and", "the", "un"]),
        ("1,200 ships, 3.5 per cent", ["1200", "ships", "3.5", "per", "cent"]),
        ("ﬁne co\u00adoperation", ["fine", "cooperation"]),
        ("cafe\u0301", ["café"]),
        ("bread & salt", ["bread", "and", "salt"]),
        ("[T]he no\u2011fly zone", ["the", "no", "fly", "zone"]),
    ],
)
def test_typography_is_folded_away(text: str, keys: list[str]) -> None:
    assert fold(text).keys == keys


def test_a_word_knows_its_place_in_the_original() -> None:
    text = "A ﬁne day, cafe\u0301 so\u00adlong"
    folded = fold(text)
    assert [text[start:end] for start, end in folded.spans] == ["A", "ﬁne", "day", "cafe\u0301", "so\u00adlong"]


def test_blank_ranges_are_passed_over_and_offsets_stand() -> None:
    text = "one two three"
    folded = fold(text, [(4, 7)])
    assert folded.keys == ["one", "three"]
    assert list(folded.spans) == [(0, 3), (8, 13)]


def test_places_of_a_phrase_are_word_numbers() -> None:
    assert list(fold("to be or not to be").places_of(["to", "be"])) == [0, 4]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_words_keys_and_spans_agree_for_every_text(text: str) -> None:
    folded = fold(text)
    assert len(folded.words) == len(folded.keys) == len(folded.spans)
    assert all(0 <= start <= end <= len(text) for start, end in folded.spans)
    assert all(left[1] <= right[0] for left, right in zip(folded.spans, folded.spans[1:], strict=False))

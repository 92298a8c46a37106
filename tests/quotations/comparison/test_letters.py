"""Letters alone: where they stand in the text, whatever stands between them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cryptonewshub.quotations.comparison.letters import Letters, letters_of


@given(st.text(max_size=900))
def test_every_letter_is_found_where_it_stands(text: str) -> None:
    letters = Letters(text)
    for place in range(0, len(letters.line), 37):
        offset = letters.offset_of(place)
        assert letters.line[place] in letters_of(text[offset])


def test_places_beyond_the_text_are_its_end() -> None:
    assert Letters("Ida Lund.").offset_of(99) == 9


def test_marks_and_spaces_between_letters_do_not_matter() -> None:
    letters = Letters("The pier, Ms. Lund said,\nis closed & will stay so.")
    assert list(letters.places_of(letters_of("is closed and will"), 5)) == [letters.line.index("isclosed")]


def test_no_more_places_than_asked_for_are_given() -> None:
    assert len(list(Letters("ab " * 50).places_of("ab", 7))) == 7

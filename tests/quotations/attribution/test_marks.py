"""Marks: every pair is found, an apostrophe is none, and a mark without its partner swallows no page."""

from __future__ import annotations

import pytest

from cryptonewshub.quotations.attribution.marks import MarkedSpan, find_marked_spans
from cryptonewshub.quotations.attribution.paragraphs import split_paragraphs


def spans_in(text: str) -> list[MarkedSpan]:
    return find_marked_spans(text, split_paragraphs(text))


def words_in(text: str) -> list[str]:
    return [text[span.start : span.end] for span in spans_in(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"The ferry is late," said Ida Vold.', ["The ferry is late,"]),
        ("“The ferry is late,” said Ida Vold.", ["The ferry is late,"]),
        ("Vold sagte: „Die Fähre ist spät“, und ging.", ["Die Fähre ist spät"]),
        ("Vold zei: „De veer is laat” en ging.", ["De veer is laat"]),
        ("« Le bac est en retard », dit Vold.", ["Le bac est en retard"]),
        ("»Die Fähre ist spät«, sagte Vold.", ["Die Fähre ist spät"]),
        ("”Färjan är sen”, sa Vold.", ["Färjan är sen"]),
        ("‘The ferry is late,’ said Ida Vold.", ["The ferry is late,"]),
        ("'The ferry is late,' said Ida Vold.", ["The ferry is late,"]),
        ("“The ferry,” she said, “is late.”", ["The ferry,", "is late."]),
        ('"I said “late” twice," Vold said.', ["I said “late” twice,"]),
        ("“She said ‘late’ twice,” Vold said.", ["She said ‘late’ twice,"]),
        ("‘She said “late” twice,’ Vold said.", ["She said “late” twice,"]),
        ('"I am late,” Vold said. “Very late."', ["I am late,", "Very late."]),
        ('“I am late," Vold said. "Very late.”', ["I am late,", "Very late."]),
        ("The hall was 'full', then 'empty'.", ["full", "empty"]),
        ("The man (“late again”) left.", ["late again"]),
        ("He waited—“for ever”—and left.", ["for ever"]),
        ("‘20 people wait in Lerk,’ said Ida Vold.", ["20 people wait in Lerk,"]),
        ("‘Till the ice breaks we wait,’ said Ida Vold.", ["Till the ice breaks we wait,"]),
        ("‘Bout time it came,’ said Ida Vold.", ["Bout time it came,"]),
        ("Vold sagte: ‚Die Fähre ist spät‘, und ging.", ["Die Fähre ist spät"]),
        ("″The ferry is late,″ said Ida Vold.", ["The ferry is late,"]),
        ("``The ferry is late,'' said Ida Vold.", ["The ferry is late,"]),
        ("❝The ferry is late,❞ said Ida Vold.", ["The ferry is late,"]),
        ("「The ferry is late」 said Ida Vold.", ["The ferry is late"]),
        ("אמרה ״המעבורת מאחרת״ והלכה אל צה״ל.", ["המעבורת מאחרת"]),
    ],
)
def test_pairs_of_every_kind_are_found(text, words):
    assert words_in(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "Rock 'n' roll of the '90s was the dockers' music.",
        "Rock ’n’ roll of the ’90s was the dockers’ music.",
        "It's the boys' boat, isn't it? 'Twas theirs 'til May.",
        "The plank is 6'2\" long.",
        'A 12" record lay on a 5\'4" shelf.',
        "It is 6′2″ long and 12″ wide.",
        "The wind’s in the sails’ way.",
        'The page has <span class="wide">text</span> in it.',
        "No marks at all.",
        "",
    ],
)
def test_apostrophes_and_measures_are_no_quotations(text):
    assert words_in(text) == []


def test_a_contraction_and_a_plural_stay_inside_single_marks():
    assert words_in("Vold said: 'It isn't the dockers' fault that it's late.'") == [
        "It isn't the dockers' fault that it's late."
    ]


def test_inches_inside_a_quotation_do_not_end_it():
    assert words_in('"It is 12" wide," said Vold.') == ['It is 12" wide,']


def test_a_missing_closing_mark_ends_with_the_paragraph():
    first, second = spans_in("“The ferry is late, said Vold.\n\nThe port said “nothing”.")
    assert (first.is_balanced, second.is_balanced) == (False, True)
    assert first.end == len("“The ferry is late, said Vold.")


def test_a_missing_closing_mark_ends_before_the_next_opening_one():
    first, second = spans_in("“The ferry is late, said Vold. “It is always late.”")
    assert not first.is_balanced
    assert second.is_balanced
    assert second.start > first.end


def test_an_opening_mark_repeated_goes_on_over_paragraphs():
    first, second, third = spans_in("“One day.\n\n“Another day.\n\n“The last day.”")
    assert all(span.is_balanced for span in (first, second, third))
    assert [span.continues for span in (first, second, third)] == [False, True, True]


def test_a_long_paragraph_with_only_a_closing_mark_goes_on():
    _, second = spans_in("“We waited a day.\n\nThen we waited for another day and a night, too.” Vold left.")
    assert second.continues
    assert second.start == len("“We waited a day.\n\n")


@pytest.mark.parametrize("unseen", ["\u200b", "\u200e", "\u200f", "\ufeff", "\u00ad", "\u202a"])
@pytest.mark.parametrize("marks", ['""', "''", "“”", "‘’"])
def test_a_character_that_nobody_sees_hides_no_mark(unseen, marks):
    text = f"Vold said: {unseen}{marks[0]}The ferry is late.{marks[1]}{unseen} She left."
    assert words_in(text) == ["The ferry is late."]


def test_doubled_apostrophes_are_no_mark():
    assert words_in("''Late,'' said Vold.") == []


def test_many_marks_are_read_in_one_pass():
    text = '“‘"' * 5000
    assert len(find_marked_spans(text, split_paragraphs(text))) <= 15000

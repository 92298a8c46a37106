"""Who speaks where a source is spoilt, and what is no person's name."""

from __future__ import annotations

import pytest

from cryptonewshub.quotations.comparison.same_person import is_same_person, name_parts, outlet_words
from cryptonewshub.quotations.comparison.turns import turns_of
from cryptonewshub.quotations.matching import match_quotation
from cryptonewshub.quotations.vocabulary import SourceText, Verdict

HEARING = "\n\n".join(
    f"{label} {words}"
    for label, words in (
        ("HOLGERSEN:", "We opened the new harbour in the spring of last year."),
        ("MARRINER:", "Nobody in the town was asked about it beforehand."),
        ("HOLGERSEN:", "Three meetings were held and all of them were public."),
        ("MARRINER:", "Those meetings came after the contract was signed."),
        ("HOLGERSEN:", "The contract could be cancelled until the summer."),
        ("MARRlNERi", "The fishermen never saw a single page of that contract."),
        ("HOLGERSEN:", "Then they should have written to the council and asked."),
        ("MARRINER:", "They wrote to the council four times that winter."),
    )
)


def test_a_label_a_letter_or_two_away_is_the_label_of_that_person() -> None:
    labels = [turn.label for turn in turns_of(HEARING).turns]
    assert labels == ["HOLGERSEN", "MARRINER"] * 4


def test_words_under_a_misread_label_are_not_the_speakers_before() -> None:
    source = SourceText("hearing", HEARING)
    text = "The fishermen never saw a single page of that contract."
    assert match_quotation(text, [source], speaker="Marriner").verdict is Verdict.EXACT
    assert match_quotation(text, [source], speaker="Holgersen").verdict is Verdict.OTHER_SPEAKER


@pytest.mark.parametrize("description", ["the Ruritanian president", "Sund minister", "the Lake Director"])
def test_a_description_is_no_name(description: str) -> None:
    assert name_parts(description) == ()
    assert is_same_person(description, "Ida Lund") is None


def test_a_title_before_a_name_leaves_the_name() -> None:
    assert name_parts("the former president Ida Lund") == ("ida", "lund")


def test_an_outlet_that_the_source_never_names_did_not_say_it() -> None:
    source = SourceText("speech", "I ask the council to end the strike and end it today.", speaker="Lena Berg")
    text = "I ask the council to end the strike"
    assert outlet_words("Lake News") == {"lake"}
    assert match_quotation(text, [source], speaker="Lake News").verdict is Verdict.OTHER_SPEAKER
    assert match_quotation(text, [source], speaker="the Ports Ministry").verdict is Verdict.EXACT

"""Differences by themselves: numbers, spelling, contractions, misreadings."""

from __future__ import annotations

import pytest

from cryptonewshub.quotations.comparison.differences import weight
from cryptonewshub.quotations.comparison.folding import fold
from cryptonewshub.quotations.comparison.legibility import Legibility
from cryptonewshub.quotations.comparison.misreading import is_misread, is_misread_division, negates
from cryptonewshub.quotations.comparison.numerals import one_form
from cryptonewshub.quotations.comparison.same_person import is_same_person
from cryptonewshub.quotations.comparison.spelling import contracted_forms, is_same_spelling

CLEAN = Legibility(fold(""))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("twenty five", "25"),
        ("two hundred and five", "205"),
        ("per cent", "%"),
        ("3 million", "3000000"),
        ("the first", "the 1st"),
    ],
)
def test_numbers_in_words_and_digits_are_one(left: str, right: str) -> None:
    assert one_form(left.split()) == one_form(right.split())


@pytest.mark.parametrize(
    ("left", "right"), [("eighty", "90"), ("five six", "56"), ("zero five", "5"), ("second", "3rd")]
)
def test_other_numbers_stay_apart(left: str, right: str) -> None:
    assert one_form(left.split()) != one_form(right.split())


def test_british_and_american_spellings_are_one_word_and_others_are_not() -> None:
    assert is_same_spelling("organise", "organize")
    assert is_same_spelling("travelled", "traveled")
    assert not is_same_spelling("filled", "filed")
    assert not is_same_spelling("poor", "pour")


def test_contractions_are_written_out() -> None:
    assert contracted_forms(("it's",)) & contracted_forms(("it", "is"))
    assert not contracted_forms(("can",)) & contracted_forms(("can't",))


def test_figures_and_negations_have_weight() -> None:
    assert weight(["eighty", "miles"]) == weight(["80", "miles"])
    assert weight(["will", "go"]) != weight(["won't", "go"])
    assert negates("don'tremember")


def test_a_misread_word_is_no_word() -> None:
    assert is_misread(["modem"], ["modern"], CLEAN)
    assert is_misread(["l"], ["i"], CLEAN)
    assert not is_misread(["war"], ["was"], CLEAN)
    assert not is_misread(["now"], ["not"], CLEAN)
    assert not is_misread(["80"], ["90"], CLEAN)


def test_words_divided_otherwise_are_noise_unless_they_mean_something_else() -> None:
    assert is_misread_division(["anda"], ["and", "a"], CLEAN)
    assert not is_misread_division(["notable"], ["not", "able"], CLEAN)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("President Volodymyr Zelensky", "Zelenskyy", True),
        ("SECRETARY LIND".title(), "Karin Lind", True),
        ("Ada Holm", "Ivo Holm", False),
        ("Ada Holm", "Lena Berg", False),
        ("the ministry", "Ada Holm", None),
        ("he", "Ada Holm", None),
    ],
)
def test_names_mean_one_person_another_or_nobody(left: str, right: str, same: bool | None) -> None:
    assert is_same_person(left, right) is same

"""Readers get plain words, and an edit is called what it is."""

from __future__ import annotations

import pytest

from cryptonewshub.editions.content import CheckedQuotation
from cryptonewshub.quotations.vocabulary import Passage, Verdict
from cryptonewshub.reader.verdicts import Sign, is_counted, standing


def edited(text: str, source: str) -> CheckedQuotation:
    passage = Passage(0, len(source), source, "", "")
    return CheckedQuotation("k1", "body", 0, 0, len(text), text, Verdict.EDITED, passage=passage)


@pytest.mark.parametrize(
    ("text", "source", "label"),
    [
        ("The ships … will sail", "The ships that wait will sail", "with marked cuts"),
        ("The ships ... will sail", "The ships that wait will sail", "with marked cuts"),
        ("The ships . . . will sail", "The ships that wait will sail", "with marked cuts"),
        ("They [the ships] will sail", "They will sail", "with marked insertions"),
        ("the ships wait... and sail", "The ships wait... And sail", "in our house style"),
        ("the ships [sic] sail", "The ships [sic] sail", "in our house style"),
        ("the harbour", "The harbor", "in our house style"),
    ],
)
def test_an_edit_is_called_what_it_is(text: str, source: str, label: str) -> None:
    found = standing(edited(text, source))
    assert (found.sign, found.label) == (Sign.HALF, label)


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_that_is_counted_has_a_sign_and_a_full_sentence(verdict: Verdict) -> None:
    quotation = CheckedQuotation("k1", "body", 0, 0, 3, "Yes", verdict)
    if is_counted(quotation):
        assert standing(quotation).sentence.endswith(".")
        assert verdict is Verdict.EXACT or standing(quotation).sign is not Sign.FULL


def test_only_word_for_word_has_the_full_ring() -> None:
    full = [v for v in Verdict if v is not Verdict.NOT_SPEECH and sign_of(v) is Sign.FULL]
    assert full == [Verdict.EXACT]


def sign_of(verdict: Verdict) -> Sign:
    return standing(CheckedQuotation("k1", "body", 0, 0, 3, "Yes", verdict)).sign

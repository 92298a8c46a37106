"""Corrections: the source's words in the story's punctuation, offered only when the desk would pass them."""

from __future__ import annotations

import pytest

from cryptonewshub.accuracy.checking import check
from cryptonewshub.accuracy.correcting import correction_of
from cryptonewshub.articles.document import Block, Document
from cryptonewshub.quotations.policy import HOUSE_POLICY
from cryptonewshub.quotations.vocabulary import SourceText

SOURCE = SourceText(
    "lind",
    "MINISTER LIND: We have looked at every bolt of that ship, and we have changed eleven of them. The crew has been "
    "patient all winter. Fares will — at last — not rise this year. I said so in May, and I say it again today.",
    speaker="Petra Lind",
)


def corrected(quotation: str) -> str | None:
    document = Document("Ferry", "ferry", body=(Block("p", f"“{quotation}” Petra Lind said."),))
    (checked,) = check(document, [SOURCE]).quotations
    return correction_of(checked, document, [SOURCE], HOUSE_POLICY)


@pytest.mark.parametrize(
    ("quotation", "correction"),
    [
        ("we have changed twelve of them,", "we have changed eleven of them,"),
        ("I said so in May, and I say it again tomorrow.", "I said so in May, and I say it again today."),
        ("We have looked at every bolt of that ship ... we have changed nine of them,",
         "We have looked at every bolt of that ship ... we have changed eleven of them,"),
        ("Fares will not rise this year,", "Fares will — at last — not rise this year,"),
    ],
)  # fmt: skip
def test_only_what_differs_is_put_right(quotation: str, correction: str) -> None:
    assert corrected(quotation) == correction


def test_nothing_is_offered_for_words_that_are_in_no_source() -> None:
    assert corrected("We shall paint the ship green before the summer comes,") is None


def test_nothing_is_offered_for_words_that_are_right() -> None:
    assert corrected("The crew has been patient all winter,") is None

"""Whether a story's quotations agree with each other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cryptonewshub.quotations.consistency import QuotedWords, inconsistencies

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"
FULL = "If we shut the strait, we would face what could become a long-lasting blockade of every island, and hunger."


def body(text: str, speaker: str | None = "Ada Holm") -> QuotedWords:
    return QuotedWords("body", text, 0, speaker)


def test_a_fragment_that_the_fuller_quotation_does_not_have_is_flagged() -> None:
    found = inconsistencies([body("long-lasting blockade by land and sea."), body(FULL)])
    assert [(i, remark.rule, remark.severity) for i, remark in found] == [(0, "inconsistent-quotation", "warning")]
    assert "by land and sea" in found[0][1].message
    assert "long-lasting blockade of every island" in found[0][1].message


def test_a_fragment_that_the_fuller_quotation_has_is_fine() -> None:
    assert inconsistencies([body("long-lasting blockade of every island"), body(FULL)]) == []


def test_one_sentence_with_a_changed_word_is_flagged() -> None:
    found = inconsistencies(
        [body("The council will open the market on Monday."), body("The council will open the market on Tuesday.")]
    )
    assert [remark.rule for _, remark in found] == ["inconsistent-quotation"]


def test_merely_similar_speech_is_left_alone() -> None:
    assert (
        inconsistencies([body("We will not tire."), body("We will not stop."), body("We will work for the islands.")])
        == []
    )


def test_two_persons_may_say_like_things() -> None:
    quotations = [
        body("The council will open the market on Monday."),
        body("The council will open the market on Tuesday.", "Lena Berg"),
    ]
    assert inconsistencies(quotations) == []


def test_the_headlines_words_must_stand_in_the_body() -> None:
    title = QuotedWords("title", "a blockade of every town", 4)
    found = inconsistencies([title, body(FULL)])
    assert [(i, remark.rule, remark.start, remark.end) for i, remark in found] == [(0, "headline-quotation", 4, 28)]
    assert inconsistencies([QuotedWords("title", "we would face what could", 0), body(FULL)]) == []


def test_terms_are_not_compared() -> None:
    assert inconsistencies([QuotedWords("title", "no-go zone", 0, is_speech=False), body(FULL)]) == []


@pytest.mark.shared
def test_the_reference_pages_fragment_is_flagged() -> None:
    page = next((SHARED / "examples" / "reference-page").glob("*.txt"), None)
    if page is None:
        pytest.skip("The reference page lies beside the project, and is not here.")
    quotations = [body(match[1], None) for match in re.finditer("“([^”]*)”", page.read_text())]
    assert [i for i, _ in inconsistencies(quotations)] == [0]

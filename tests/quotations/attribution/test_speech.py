"""Speech: what somebody said is told from what only wears marks, with a reason for each."""

from __future__ import annotations

import pytest

from cryptonewshub.quotations.finding import find_quotations
from cryptonewshub.quotations.vocabulary import Kind, Quotation


def only(text: str) -> Quotation:
    (quotation,) = find_quotations(text)
    return quotation


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The so-called “quay tax” was dropped.", "so-called"),
        ("The mayor avoided the word “flood” in the report.", "a word as a word"),
        ("Ida Vold, author of “The Drowned Bells,” will read tonight.", "a title"),
        ("The film “Northern Slack” opens on Friday.", "a title"),
        ("Karl “Skipper” Brekk sold the boat.", "a nickname"),
        ("Ministers rule out “quay tax” again", "a term in a headline"),
    ],
)
def test_what_is_no_speech_is_returned_with_its_reason(text, reason):
    quotation = only(text)
    assert (quotation.kind, quotation.reason) == (Kind.NOT_SPEECH, reason)
    assert quotation.speaker is None


@pytest.mark.parametrize(
    "text",
    [
        "“The quay is closed,” Ida Vold said.",
        "The deal was ‘dead’, she said.",
        "The mayor called the plan “reckless”.",
        "The plan is “not serious”, according to the harbour board.",
        "Minister vows ‘no retreat’ over the quay",
        "Mayor promises to rebuild the pier “no matter what it costs”",
        "Asked for the word of the day, Vold said the word “flood” twice.",
    ],
)
def test_what_somebody_said_is_speech(text):
    assert only(text).kind is not Kind.NOT_SPEECH


def test_a_whole_sentence_is_direct_and_a_fragment_partial():
    whole, part = find_quotations("“The quay has been closed since May,” Vold said. She called it “a shame”.")
    assert (whole.kind, part.kind) == (Kind.DIRECT, Kind.PARTIAL)


def test_what_runs_over_paragraphs_is_speech_throughout():
    first, second = find_quotations("“Nine boats,\n\n“and no crew,” Ida Vold said.")
    assert Kind.NOT_SPEECH not in (first.kind, second.kind)


def test_missing_marks_are_said():
    quotation = only("“We lost the boat in the storm, said Karl Brekk, a fisherman.\n\nThe port is closed.")
    assert not quotation.is_balanced
    assert quotation.speaker is not None
    assert quotation.speaker.name == "Karl Brekk"

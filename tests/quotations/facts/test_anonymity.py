"""Anonymous attribution: what names nobody is noticed, who is named is not, and a reason counts."""

from __future__ import annotations

import pytest

from cryptonewshub.quotations.finding import find_quotations
from cryptonewshub.quotations.remarks import remarks_on
from cryptonewshub.quotations.vocabulary import Remark


def anonymous_in(story: str) -> list[Remark]:
    remarks = remarks_on(story, quotations=find_quotations(story))
    return [remark for remark in remarks if remark.rule == "anonymous-attribution"]


@pytest.mark.parametrize(
    ("story", "text"),
    [
        ("Analysts say the bridge will hold.", "Analysts say"),
        ("The bridge will hold, officials said.", "officials said"),
        ("Yet Western officials maintain that it will fall.", "Western officials maintain"),
        ("A senior official said the bridge was old.", "A senior official said"),
        ("Critics of the plan argue that it is late.", "Critics of the plan argue"),
        ("Experts have long warned of rust.", "Experts have long warned"),
        ("The bridge is safe, according to people familiar with the survey.", None),
        ("The bridge is safe, according to diplomats.", "according to diplomats"),
        ("Sources close to the mayor said he would go.", "Sources close to the mayor said"),
        ("The mayor would go, said two aides.", "said two aides"),
        ("It is understood that the mayor will go.", "It is understood"),
        ("The mayor is said to be tired.", "is said to"),
        ("Some say he is tired.", "Some say"),
        ("One diplomat told the Courier that he was tired.", "One diplomat told"),
        ("Officials in the capital also said that he slept.", "Officials in the capital also said"),
        ("His advisers insist that he is well.", "His advisers insist"),
        ("Media reports suggest that he is well.", "reports suggest"),
    ],
)
def test_a_statement_that_names_nobody_is_noticed(story, text):
    (remark,) = anonymous_in(story)
    assert remark.severity == "warning"
    assert story[remark.start : remark.end] == remark.text
    if text is not None:
        assert remark.text.lower().endswith(text.lower())


@pytest.mark.parametrize(
    "story",
    [
        "Ministry official Ada Quill said the bridge was old.",
        "The official, Ada Quill, said the bridge was old.",
        "Experts such as Ada Quill say the bridge is old.",
        "The ministry said the bridge was old.",
        "Police said nothing.",
        "She met officials and experts at the bridge.",
        "Officials did not say when.",
        "She thanked the witnesses for their help.",
        "He wants to win delegates in seven states.",
        "She never cited a source for her claim.",
        "“Analysts say what they are paid to say,” Ada Quill said.",
        "The plan needs people to agree.",
        "The river is a source of pride. Ada Quill said so.",
    ],
)
def test_a_named_speaker_and_words_that_attribute_nothing_are_left_alone(story):
    assert anonymous_in(story) == []


@pytest.mark.parametrize(
    "story",
    [
        "One diplomat, who spoke on condition of anonymity because the talks go on, said they would fail.",
        "Two officials said so. They asked not to be named because they feared for their posts.",
        "An official who was not authorised to speak publicly said the bridge was old.",
        "A nurse, speaking on condition of anonymity for fear of her employer, described the ward.",
    ],
)
def test_a_reason_makes_it_a_note(story):
    (remark,) = anonymous_in(story)
    assert remark.severity == "note"
    assert "reason" in remark.message


def test_anonymity_without_a_reason_is_a_warning_that_says_so():
    (remark,) = anonymous_in("One diplomat, who spoke on condition of anonymity, said the talks would fail.")
    assert remark.severity == "warning"
    assert "does not say why" in remark.message


def test_a_promise_of_anonymity_alone_is_noticed():
    (remark,) = anonymous_in("The nurse spoke on condition of anonymity. She had seen it all.")
    assert remark.text == "on condition of anonymity"


def test_an_article_that_points_back_is_not_told_twice():
    story = "Two officials said the bridge was old. The officials said it would be closed."
    assert [remark.text for remark in anonymous_in(story)] == ["Two officials said"]

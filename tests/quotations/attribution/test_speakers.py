"""Speakers: who said it, by the fullest name that the text has; and never a name that it has not."""

from __future__ import annotations

import pytest

from cryptonewshub.quotations.finding import find_quotations
from cryptonewshub.quotations.vocabulary import Person, Quotation


def speakers(text: str) -> list[str | None]:
    return [quotation.speaker.name if quotation.speaker else None for quotation in find_quotations(text)]


def only(text: str, people: tuple[Person, ...] = ()) -> Quotation:
    (quotation,) = find_quotations(text, people=people)
    return quotation


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        ("“The quay is closed,” Ida Vold said.", "Ida Vold", "said"),
        ("“The quay is closed,” said Ida Vold.", "Ida Vold", "said"),
        ("“The quay is closed,” said Harbour Minister Ida Vold.", "Ida Vold", "said"),
        ("Ida Vold said: “The quay is closed.”", "Ida Vold", "said"),
        ("Ida Vold told NRK the quay was “closed for good”.", "Ida Vold", "told"),
        ("According to Ida Vold, the quay is “closed for good”.", "Ida Vold", "According to"),
        ("“The quay is closed,” according to Ida Vold, a pilot.", "Ida Vold", "according to"),
        ("“The quay,” Ida Vold said in a statement, “is closed.”", "Ida Vold", "said"),
        ("The minister’s aide, Ida Vold, warned: “The quay is closed.”", "Ida Vold", "warned"),
        ("Ida Vold, who runs the port, insisted that it is “not for sale”.", "Ida Vold", "insisted"),
        ("“Who closed the quay?” asked Ida Vold.", "Ida Vold", "asked"),
        ("Ida Vold tweeted: “Open the quay now!”", "Ida Vold", "tweeted"),
        ("Danish officials, who have called the quay “a trap”, declined to comment.", "Danish officials", "called"),
        ("VOLD: “The quay is closed.”", "VOLD", ":"),
        ("“The quay is closed,” the ministry said.", "the ministry", "said"),
        ("“The quay is closed,” said a pilot who asked not to be named.", "a pilot", "said"),
        ("Mayor Ida Vold quoted Karl Brekk as saying that “the quay is safe”.", "Karl Brekk", "saying"),
    ],
)
def test_an_attribution_names_speaker_and_cue(text, speaker, cue):
    found = find_quotations(text)
    assert {quotation.speaker.name for quotation in found if quotation.speaker} == {speaker}
    assert {quotation.cue.text for quotation in found if quotation.cue} == {cue}


def test_the_mention_is_where_it_says():
    text = "“The quay is closed,” Ida Vold said. “For ever,” she added."
    _, second = find_quotations(text)
    assert second.speaker is not None
    assert second.cue is not None
    assert text[second.speaker.start : second.speaker.end] == second.speaker.mention == "she"
    assert text[second.cue.start : second.cue.end] == "added"
    assert second.speaker.name == "Ida Vold"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ida Vold met Karl Brekk. “I am tired,” she said. “So am I,” he replied.", ["Ida Vold", "Karl Brekk"]),
        ("“We won,” Ida Vold said, while her rival, Karl Brekk, said: “They cheated.”", ["Ida Vold", "Karl Brekk"]),
        ("“One,” said Ida Vold. “Two,” said Karl Brekk. “Three,” Vold added.", ["Ida Vold", "Karl Brekk", "Ida Vold"]),
        (
            "Ida Vold said the quay was shut. “Every boat left.”\n\n“There is no boat left here.”",
            ["Ida Vold", "Ida Vold"],
        ),
        ("“We waited a day.\n\n“Then we left,” Ida Vold said.", ["Ida Vold", "Ida Vold"]),
    ],
)
def test_speakers_take_turns(text, expected):
    assert speakers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("President Ida Vold spoke. “The quay is shut,” the president said.", "Ida Vold"),
        ("Ida Vold, 66, runs a ferry. “The quay is shut,” the 66-year-old said.", "Ida Vold"),
        (
            "Danish President Karl Brekk left early. Ida Vold opened the talks. “Come in,” the Swedish president said.",
            "Ida Vold",
        ),
        ("“The quay is shut,” the Norwegian minister said.", "the Norwegian minister"),
    ],
)
def test_a_description_means_the_one_person_that_it_fits(text, expected):
    assert speakers(text) == [expected]


def test_a_name_comes_from_the_register():
    people = (Person("Ida Marie Vold", ("Vold",)),)
    speaker = only("“The quay is shut,” Vold said.", people).speaker
    assert speaker is not None
    assert (speaker.name, speaker.mention) == ("Ida Marie Vold", "Vold")


def test_no_speaker_is_made_up():
    assert only("“The quay is shut.”").speaker is None


def test_the_label_inside_the_marks_is_the_speaker():
    assert speakers("“VOLD: The quay is shut and will stay so.”") == ["VOLD"]


def test_reading_aloud_is_the_cue_of_what_is_read():
    found = find_quotations("Judge Ida Vold read the letter aloud.\n\n“The quay is shut for good,” Vold said.")
    assert [quotation.cue.text for quotation in found if quotation.cue] == ["read"]


def test_a_sure_rule_says_so():
    speaker = only("“The quay is closed,” Ida Vold said.").speaker
    assert speaker is not None
    assert speaker.rule == "right"
    assert speaker.confidence > 0.9

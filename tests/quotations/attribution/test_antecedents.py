"""Whom a pronoun means, where two people have spoken."""

from __future__ import annotations

import pytest

from cryptonewshub.quotations.finding import find_quotations

OPENING = (
    "The prime minister, Lidia Amarro, opened the debate on Tuesday. “We shall open the bridge in June,” Amarro said."
    "\n\nAmarro said that the inspectors had been there twice.\n\n"
)


@pytest.mark.parametrize(
    "sentence",
    [
        "The leader of the opposition, Tadeo Brisk, said that his party had never been against it.",
        "Its critic in the Assembly, Tadeo Brisk, said that his party had never been against it.",
        "Tadeo Brisk said that his party had never been against it.",
    ],
)
def test_a_pronoun_means_the_subject_of_the_sentence_before_it(sentence: str) -> None:
    story = f"{OPENING}{sentence} “We are against opening it on trust,” he told the Assembly."
    speaker = find_quotations(story)[-1].speaker
    assert speaker is not None
    assert (speaker.mention, speaker.name) == ("he", "Tadeo Brisk")


def test_a_pronoun_goes_on_meaning_whoever_spoke_last() -> None:
    story = f"{OPENING}“Nobody should wait,” she added. “It has been closed too long.”"
    assert {found.speaker.name for found in find_quotations(story) if found.speaker} == {"Lidia Amarro"}

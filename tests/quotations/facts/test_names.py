"""Names: one person, two spellings; never two persons."""

from __future__ import annotations

import pytest

from cryptonewshub.quotations.facts.rolls import names_in
from cryptonewshub.quotations.facts.spellings import is_within, may_be_same, sounds
from cryptonewshub.quotations.remarks import remarks_on
from cryptonewshub.quotations.vocabulary import Person, Remark, SourceText


def slips_in(story: str, *sources: SourceText, people: tuple[Person, ...] = ()) -> list[Remark]:
    return [one for one in remarks_on(story, sources=sources, people=people) if one.rule == "name-spelling"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Koralsky", "Koralskyy"),
        ("Koralskiy", "Koralskyj"),
        ("Halloran", "Haloran"),
        ("Stennergard", "Stenergard"),
        ("Ørsted", "Orsted"),
        ("Marković", "Markovic"),
        ("Alexeyev", "Aleksejev"),
        ("Whitlow", "Whiltow"),
    ],
)
def test_spellings_of_one_name_may_be_the_same(one, other):
    assert may_be_same(one, other)
    assert may_be_same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Barker", "Parker"), ("Quill", "Quills"), ("Moran", "Morel"), ("Li", "Lu"), ("Hart", "Harper"), ("Vale", "Vale")],
)
def test_spellings_of_two_names_may_not(one, other):
    assert not may_be_same(one, other)


def test_swapped_neighbours_are_one_slip():
    assert is_within("whitlow", "whiltow", 1)
    assert not is_within("whitlow", "wolthiw", 1)


def test_sounds_undo_the_choices_of_transliteration():
    assert sounds("Koralskyy") == sounds("Koralskij") == sounds("Koralskiy")


def test_a_surname_spelt_two_ways_in_one_story_is_found_at_the_rarer_spelling():
    story = "Ilya Koralsky spoke first. Koralskyy said he was tired. Koralskyy left early."
    (remark,) = slips_in(story)
    assert (remark.text, story[remark.start : remark.end]) == ("Koralsky", "Koralsky")
    assert "“Koralskyy”" in remark.message
    assert "Koralskyy" in remark.suggestion


def test_the_possessive_is_no_part_of_the_spelling():
    (remark,) = slips_in("Mira Halloran came. Mira Haloran’s speech was short. Halloran said so. Halloran left.")
    assert remark.text == "Haloran"


def test_the_sources_spelling_wins_over_the_stories_majority():
    source = SourceText("s", "Address by Mira Halloran, Minister of Fisheries.", title="The address")
    story = "Mira Haloran spoke. Haloran said the boats were safe. Mira Halloran left."
    assert {remark.text for remark in slips_in(story, source)} == {"Haloran"}


def test_a_name_that_only_the_source_spells_otherwise_is_found_and_the_source_named():
    source = SourceText("s", "Address by Mira Halloran, Minister of Fisheries.", title="The address")
    (remark,) = slips_in("Mira Haloran said the boats were safe.", source)
    assert remark.text == "Haloran"
    assert "“The address” (s)" in remark.message


def test_capitals_in_a_source_spell_the_name_too():
    source = SourceText("s", "MIRA HALLORAN: The boats are safe.")
    (remark,) = slips_in("Mira Haloran said the boats were safe.", source)
    assert "“Halloran”" in remark.message


def test_a_given_name_spelt_wrong_is_found():
    source = SourceText("s", "The boats are safe.", speaker="Keith Brannigan")
    (remark,) = slips_in("Kieth Brannigan said the boats were safe.", source)
    assert (remark.text, "“Keith”" in remark.message) == ("Kieth", True)


def test_a_lone_surname_is_held_against_the_speaker_of_a_source():
    source = SourceText("s", "The boats are safe.", speaker="Keith Brannigan")
    assert [remark.text for remark in slips_in("Minister Branigan said the boats were safe.", source)] == ["Branigan"]


def test_the_register_has_the_last_word():
    people = (Person("Ilya Koralskyy"),)
    source = SourceText("s", "Ilya Koralsky spoke.")
    (remark,) = slips_in("Ilya Koralsky said so.", source, people=people)
    assert "register" in remark.message
    assert "Koralskyy" in remark.suggestion


def test_an_alias_of_the_register_is_a_right_spelling():
    people = (Person("Ilya Koralskyy", aliases=("Ilya Koralsky",)),)
    assert slips_in("Ilya Koralsky said so.", people=people) == []


@pytest.mark.parametrize(
    "story",
    [
        "Tom Barker met Rick Parker. Barker said little. Parker said less.",
        "Barker said little. Parker said less.",
        "Ivan Brannigan and Ivana Brannigan came. The Brannigans left.",
        "The Foreign Minister met the Foreign Ministry’s staff. The foreign ministry closed early.",
        "North Korea and North Korean troops moved. Iran said so. Iraq said not.",
        "Mira Halloran came. Halloran said so. Halloran’s boats sailed.",
        "Paul Brown and Tom Browne disagreed. Browne said no. Brown said yes.",
        "Anna Lind said yes. Erik Lund said no.",
    ],
)
def test_different_names_are_left_alone(story):
    assert slips_in(story) == []


def test_two_persons_whom_the_sources_know_are_left_alone():
    source = SourceText("s", "Ivanka Merrow and Ivana Merrow came. Paul Hansen and Paul Hanson spoke.")
    assert slips_in("Ivanka Merrow saw Ivana Merrow. Paul Hansen saw Paul Hanson.", source) == []


def test_a_source_in_another_script_spells_nobody():
    source = SourceText("s", "Выступление министра. " * 30, language="ru", speaker="Oleg Varenin")
    assert slips_in("Oleg Varenin said so. Varenin left.", source) == []


def test_names_are_read_without_their_titles():
    names = list(names_in("Vestrian Prime Minister Mira Halloran met Sir Tom Barker."))
    assert [(name.given, name.surname) for name in names] == [("Mira", "Halloran"), ("Tom", "Barker")]

"""Persons: one person, many names; and never a name that nobody wrote."""

from __future__ import annotations

from cryptonewshub.quotations.attribution.persons import NamedPerson, find_persons
from cryptonewshub.quotations.vocabulary import Person


def person(text: str, name: str, people: tuple[Person, ...] = ()) -> NamedPerson:
    return next(one for one in find_persons(text, people) if one.name == name)


def test_a_surname_after_a_full_name_means_the_same_person():
    text = "Harbour Minister Ida Vold left. Later Vold came back. Ms. Vold was tired."
    vold = person(text, "Ida Vold")
    assert [mention.text for mention in vold.mentions] == ["Ida Vold", "Vold", "Vold"]
    assert [text[mention.start : mention.end] for mention in vold.mentions] == ["Ida Vold", "Vold", "Vold"]
    assert "harbour minister" in vold.titles
    assert vold.is_person


def test_a_surname_before_the_full_name_is_the_same_person_too():
    assert len(person("Vold resigns. The mayor, Ida Vold, left today.", "Ida Vold").mentions) == 2


def test_two_full_names_with_one_surname_are_two_persons():
    names = [one.name for one in find_persons("Ida Vold met Karl Vold on the quay.")]
    assert names == ["Ida Vold", "Karl Vold"]


def test_an_honorific_picks_the_person_of_its_gender():
    text = "Anna Brekk met Peter Brekk. Mrs. Brekk spoke. Mr. Brekk did not."
    assert len(person(text, "Anna Brekk").mentions) == 2
    assert len(person(text, "Peter Brekk").mentions) == 2


def test_a_variant_of_a_surname_is_the_same_person_in_the_usual_spelling():
    text = "Mykola Dorenky arrived. Dorenkyy spoke. Dorenkyy left."
    assert [one.name for one in find_persons(text)] == ["Mykola Dorenkyy"]


def test_an_alias_of_the_register_is_the_registered_person():
    people = (Person("Ida Marie Vold", ("I. M. Vold", "the Iron Skipper")),)
    assert person("Vold and I. M. Vold agree.", "Ida Marie Vold", people).is_registered


def test_a_body_is_no_person():
    assert not person("The Harbour Board met.", "Harbour Board").is_person


def test_a_days_name_and_a_sentences_first_word_are_no_names():
    assert find_persons("Yesterday was Monday. However, it rained.") == []


def test_an_office_without_a_name_is_no_person():
    assert find_persons("The Prime Minister left.") == []


def test_a_possessive_is_not_part_of_the_name():
    assert person("Ida Vold’s boat sank.", "Ida Vold").mentions[0].text == "Ida Vold"


def test_a_headlines_verbs_are_no_part_of_a_name():
    text = "Ida Vold Slams Harbour Plan\n\nIda Vold slams the plan, which the harbour board made."
    assert person(text, "Ida Vold").mentions[0].end == len("Ida Vold")

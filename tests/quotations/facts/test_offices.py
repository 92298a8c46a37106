"""Titles: the office that the story gives to a person, against the sources and the register."""

from __future__ import annotations

from datetime import date

import pytest

from cryptonewshub.quotations.facts.titles import find_titled, office_of
from cryptonewshub.quotations.remarks import remarks_on
from cryptonewshub.quotations.vocabulary import Office, Person, Remark, SourceText

DAY = date(2031, 5, 14)


def titles_in(story: str, *sources: str, people: tuple[Person, ...] = ()) -> list[Remark]:
    texts = [SourceText(f"s{number}", text, title="The statement") for number, text in enumerate(sources)]
    remarks = remarks_on(story, sources=texts, people=people, published=DAY)
    return [remark for remark in remarks if remark.rule == "title"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Foreign Minister", "Minister of Foreign Affairs"),
        ("Foreign Minister", "Minister for Foreign Affairs"),
        ("Foreign Secretary", "foreign minister"),
        ("PM", "Prime Minister"),
        ("premier", "prime minister"),
        ("Defense Secretary", "Minister of Defence"),
        ("Secretary General", "Secretary-General"),
        ("Minister for Finance", "Finance Minister"),
    ],
)
def test_wordings_of_one_office_are_one_office(one, other):
    assert office_of(one) == office_of(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vice President", "President"),
        ("Deputy Prime Minister", "Prime Minister"),
        ("President-elect", "President"),
        ("Foreign Minister", "Defence Minister"),
        ("Prime Minister", "Foreign Minister"),
    ],
)
def test_different_offices_stay_different(one, other):
    assert office_of(one) != office_of(other)


@pytest.mark.parametrize(
    "text",
    [
        "Vestria's foreign minister, Mira Halloran, spoke.",
        "Foreign Minister Mira Halloran spoke.",
        "Mira Halloran, the foreign minister of Vestria, spoke.",
        "Statement by H.E. Ms. Mira Halloran, Minister for Foreign Affairs of Vestria",
        "Statement by the Minister of Foreign Affairs of the Republic of Vestria \nH. E. Mira Halloran \nNew York",
        "Vestria- Minister of Foreign Affairs Mira Halloran - 28 September",
        "Mira Halloran\nMinister of Foreign Affairs",
        "Mira Halloran, who is Vestria's foreign minister, spoke.",
    ],
)
def test_an_office_beside_a_name_belongs_to_that_person(text):
    found = [titled for titled in find_titled(text) if titled.surname == "Halloran"]
    assert {(titled.given, titled.office) for titled in found} == {("Mira", "foreign minister")}


def test_another_office_in_a_source_is_shown_with_the_whole_phrase():
    story = "Vestria's Prime Minister, Mira Halloran, said: “We will sail.”"
    (remark,) = titles_in(story, "Statement by Mira Halloran, Minister of Foreign Affairs of Vestria. We will sail.")
    assert (remark.text, remark.severity) == ("Vestria's Prime Minister, Mira Halloran", "warning")
    assert "“Minister of Foreign Affairs”" in remark.message
    assert "“The statement” (s0)" in remark.message


@pytest.mark.parametrize(
    ("story", "source"),
    [
        ("Foreign Minister Mira Halloran spoke.", "Mira Halloran, Minister for Foreign Affairs, spoke."),
        ("Prime Minister Mira Halloran spoke.", "Mira Halloran spoke. We will sail."),
        ("Prime Minister Mira Halloran spoke.", "Foreign Minister Tom Barker spoke. Halloran did not."),
        ("Prime Minister Mira Halloran spoke.", "Foreign Minister Rosa Halloran spoke."),
        ("Former Prime Minister Mira Halloran spoke.", "Foreign Minister Mira Halloran spoke."),
        ("Prime Minister Mira Halloran spoke.", "Madam President, excellencies, I am Mira Halloran."),
        ("Mira Halloran, who chairs the harbour board, spoke.", "Foreign Minister Mira Halloran spoke."),
        ("Prime Minister Mira Halloran spoke.", "Foreign Minister Mira Halloran. Prime Minister Halloran."),
        ("Minister Mira Halloran spoke.", "Foreign Minister Mira Halloran spoke."),
    ],
)
def test_an_office_that_no_source_contradicts_passes(story, source):
    assert titles_in(story, source) == []


def test_former_is_missed():
    (remark,) = titles_in("Prime Minister Mira Halloran spoke.", "Former Prime Minister Mira Halloran spoke.")
    assert "former" in remark.suggestion


HALLORAN = Person(
    "Mira Halloran",
    offices=(
        Office("Foreign Minister", country="Vestria", since=date(2024, 1, 1), until=date(2029, 6, 30)),
        Office("Prime Minister", country="Vestria", since=date(2029, 7, 1)),
    ),
)


@pytest.mark.parametrize(
    ("story", "says"),
    [
        ("Foreign Minister Mira Halloran spoke.", "only until 30 June 2029"),
        ("Former Prime Minister Mira Halloran spoke.", "not formerly"),
        ("Defence Minister Mira Halloran spoke.", "as Prime Minister of Vestria"),
    ],
)
def test_the_register_knows_the_office_on_the_day(story, says):
    (remark,) = titles_in(story, people=(HALLORAN,))
    assert says in remark.message


@pytest.mark.parametrize(
    "story",
    [
        "Prime Minister Mira Halloran spoke.",
        "Former Foreign Minister Mira Halloran spoke.",
        "Foreign Minister Rosa Halloran spoke.",
    ],
)
def test_the_register_bears_the_office_out(story):
    assert titles_in(story, people=(HALLORAN,)) == []

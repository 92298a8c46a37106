"""The register of people, as the quotation engine gets it."""

from __future__ import annotations

from datetime import date

import pytest

from cryptonewshub.people.models import Author, NewsPerson, Office, registered_people


@pytest.mark.django_db
def test_a_registered_person_comes_with_other_spellings_and_offices() -> None:
    person = NewsPerson.objects.create(name="Petra Lind", aliases="Minister Lind\n\n P. Lind ")
    Office.objects.create(person=person, title="Minister of Ferries", country="Orra", since=date(2024, 5, 1))
    NewsPerson.objects.create(name="Arne Solberg")
    by_name = {registered.name: registered for registered in registered_people()}
    assert by_name["Petra Lind"].aliases == ("Minister Lind", "P. Lind")
    assert [(office.title, office.until) for office in by_name["Petra Lind"].offices] == [("Minister of Ferries", None)]
    assert by_name["Arne Solberg"].offices == ()


@pytest.mark.django_db
def test_the_register_is_read_with_two_queries_whatever_its_size(django_assert_num_queries: object) -> None:
    for number in range(5):
        Office.objects.create(person=NewsPerson.objects.create(name=f"Person {number}"), title="Judge")
    with django_assert_num_queries(2):  # type: ignore[operator]
        registered_people()


def test_an_authors_subjects_are_a_list() -> None:
    assert Author(expertise="Gas, , Courts ").subjects == ["Gas", "Courts"]

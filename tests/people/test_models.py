"""The register of people, as the quotation engine gets it."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.images.models import Image
from wagtail.models import Collection

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


def test_an_author_reads_a_language_in_any_of_its_spellings() -> None:
    author = Author(languages="en-GB, nn")
    assert [author.reads(code) for code in ("en", "no", "nb-NO", "sv")] == [True, True, True, False]


@pytest.mark.django_db
def test_a_word_that_is_no_language_code_is_sent_back() -> None:
    with pytest.raises(ValidationError, match="“Norwegian” is not a language code"):
        Author(name="Ada", slug="ada", languages="Norwegian, English").full_clean()


@pytest.mark.django_db
def test_a_photo_needs_words_for_who_does_not_see_it() -> None:
    Collection.add_root(name="Root")
    author = Author(name="Ada", slug="ada", photo=Image(title="Ada"))
    with pytest.raises(ValidationError, match="Say what the photo shows"):
        author.clean()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "aliases"), [("Petra Lind", ""), ("Ada Holm", "minister  lind"), ("Ada Holm", "Holm\nPETRA LIND")]
)
def test_one_spelling_means_one_person(name: str, aliases: str) -> None:
    NewsPerson.objects.create(name="Petra Lind", aliases="Minister Lind")
    with pytest.raises(ValidationError, match="a spelling of Petra Lind already"):
        NewsPerson(name=name, aliases=aliases).clean()


@pytest.mark.django_db
def test_a_person_is_no_rival_of_their_own_spellings() -> None:
    person = NewsPerson.objects.create(name="Petra Lind", aliases="Minister Lind")
    person.clean()


def test_an_office_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValidationError, match="before the first one"):
        Office(title="Judge", since=date(2026, 3, 2), until=date(2026, 3, 1)).clean()
    Office(title="Judge", since=date(2026, 3, 2), until=date(2026, 3, 2)).clean()


@pytest.mark.django_db
def test_the_register_is_searched_by_spelling_office_and_country() -> None:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("cleo", "", "a-long-password"))
    person = NewsPerson.objects.create(name="Petra Lind", aliases="Minister Lind")
    Office.objects.create(person=person, title="Minister of Ferries", country="Orra")
    NewsPerson.objects.create(name="Arne Solberg")
    for words in ("petra", "Minister Lind", "Ferries", "Orra"):
        shown = client.get("/admin/snippets/people/newsperson/", {"q": words}).content.decode()
        assert "Petra Lind" in shown
        assert "Arne Solberg" not in shown


def test_the_photo_of_an_author_is_optional() -> None:
    Author(name="Ada", slug="ada", languages="en").clean()

"""Any text at all is a question: words, phrases, exclusions, filters; nothing that is typed can break it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cryptonewshub.reader.search.findable import Kind
from cryptonewshub.reader.search.questions import Part, Question, read_question


def ask(q: str, **fields: str) -> Question:
    return read_question({"q": q, **fields})


@pytest.mark.parametrize(
    ("asked", "parts"),
    [
        ("gas link", [Part(("gas",)), Part(("link",))]),
        ("“gas link” winter", [Part(("gas", "link"), is_phrase=True), Part(("winter",))]),
        ('"gas link', [Part(("gas", "link"), is_phrase=True)]),
        ("„gas link“", [Part(("gas", "link"), is_phrase=True)]),
        ("«gas link»", [Part(("gas", "link"), is_phrase=True)]),
        ("gas -winter", [Part(("gas",)), Part(("winter",), is_excluded=True)]),
        ('-"gas link"', [Part(("gas", "link"), is_phrase=True, is_excluded=True)]),
        ("vice-president", [Part(("vice", "president"), is_phrase=True)]),
        ("Łódź", [Part(("Łódź",))]),
        ('- -- “” ""', []),
    ],
)
def test_words_phrases_and_exclusions_are_told_apart(asked: str, parts: list[Part]) -> None:
    assert list(ask(asked).parts) == parts


def test_filters_may_be_typed_among_the_words() -> None:
    question = ask('gas section:energy person:"Ada Lund" since:2026-03 until:2026')
    assert question.parts == (Part(("gas",)),)
    assert (question.section, question.person) == ("energy", "ada-lund")
    assert (question.since, question.until) == (date(2026, 3, 1), date(2026, 12, 31))


def test_the_form_gives_the_same_filters_as_fields() -> None:
    fields = {"section": "energy", "since": "2026-03-02", "until": "2026-02", "kind": "statement"}
    question = ask("gas", **fields, order="newest", page="3")
    assert (question.since, question.until) == (date(2026, 3, 2), date(2026, 2, 28))
    assert (question.kind, question.order, question.page) == (Kind.STATEMENT, "newest", 3)


def test_the_forms_own_fields_are_slugs_as_they_are() -> None:
    question = ask("gas", section="безпека", topic="Gas_link", person="ada-lund")
    assert (question.section, question.topic, question.person) == ("безпека", "Gas_link", "ada-lund")
    assert len(ask("", section="б" * 5_000).section) <= 200
    assert ask("", section="a\0b\nc\ud800").section == "a b c"


def test_a_section_is_typed_by_its_name_in_any_script() -> None:
    assert ask("section:Безпека").section == "безпека"
    assert ask("section:“Мова й література”").section == "мова-й-література"
    assert ask('section:"Culture and Sport"').section == "culture-and-sport"
    assert ask('person:"Олена Коваль"').person == "olena-koval"
    assert ask("section:“”", section="energy").section == "energy"


@pytest.mark.parametrize("asked", ["-topic:gas", "-section:energy", "-since:2026", '-person:"Ada Lund"'])
def test_a_filter_with_a_minus_does_not_ask_for_what_was_to_be_left_out(asked: str) -> None:
    assert ask(asked).is_empty
    assert ask(f"winter {asked}") == replace(ask("winter"), asked=f"winter {asked}")


@pytest.mark.parametrize("day", ["2026-02-30", "yesterday", "2026-13", "99999-01-01", "٢٠٢٦-٠١-٠١"])
def test_a_day_that_is_none_is_not_asked(day: str) -> None:
    assert ask("gas", since=day).since is None


@pytest.mark.parametrize("day", ["9999", "9999-12", "9999-12-31"])
def test_the_last_year_of_all_is_not_asked_for_because_no_day_comes_after_it(day: str) -> None:
    for question in (ask(f"gas since:{day} until:{day}"), ask("gas", since=day, until=day)):
        assert (question.since, question.until) == (None, None)
        assert question.parts == (Part(("gas",)),)
    assert ask("", until=day).is_empty
    assert ask("gas until:9998").until == date(9998, 12, 31)


@pytest.mark.parametrize("page", ["0", "-1", "two", "1e9", "", "٣"])
def test_a_page_that_is_none_is_the_first(page: str) -> None:
    assert ask("gas", page=page).page == 1


def test_a_filter_alone_is_a_question_and_an_exclusion_alone_is_not() -> None:
    assert not ask("", section="energy").is_empty
    assert ask("-winter").is_empty
    assert ask("   ").is_empty


def test_an_address_gives_the_question_back() -> None:
    question = ask("“gas link” -winter", section="energy", since="2026-03-02", kind="story", order="newest")
    again = read_question(dict(parse_qsl(urlsplit(question.address()).query)))
    assert again == question
    assert read_question(dict(parse_qsl(urlsplit(question.address(page=4)).query))).page == 4


@given(
    st.dictionaries(st.sampled_from(["q", "section", "topic", "person", "since", "until", "page", "kind"]), st.text())
)
def test_nothing_that_is_asked_breaks_the_reading(fields: dict[str, str]) -> None:
    question = read_question(fields)
    assert len(question.asked) <= 200
    assert len(question.parts) <= 12
    assert question.address().startswith("/search/?")


def test_a_long_question_is_read_in_no_time() -> None:
    assert len(ask('"' * 50_000 + "-:" * 50_000).asked) <= 200

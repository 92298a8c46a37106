"""Every language says every message, with the same values and elements in it, and in every plural form."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from cryptonewshub.languages.__main__ import messages, update
from cryptonewshub.languages.wording import CATALOGUES, languages, wording

LANGUAGES = [path.stem for path in sorted(CATALOGUES.glob("*.po"))]
_PLACE = re.compile(r"%\(\w+\)s")
_ELEMENT = re.compile(r"<[^>]*>")
# Where a language may say a number without its figure, no place is missing.
_NUMBER = re.compile(r"%\((?:num|count)\)s")
# Messages that may well be the same in both languages: names, units, forms of dates, words that travelled.
_ALIKE = re.compile(r"[\W\d_]*|.*%\(\w+\)s.{0,6}|[\w/.]+|\w+: %\(name\)s|[dMyE ,.]+")


@cache
def catalogue(language: str) -> Catalog:
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def pairs(language: str):
    """Every message with every text that it becomes."""
    for message in catalogue(language):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        yield ids, texts


def test_there_are_three_languages() -> None:
    assert languages() == ("en", "nb", "uk")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_every_message_and_no_other(language: str) -> None:
    said = {ids if len(ids) > 1 else ids[0] for ids, _ in pairs(language)}
    assert said == set(messages()), "run python -m cryptonewshub.languages"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_open_or_doubtful(language: str) -> None:
    assert [ids for ids, texts in pairs(language) if not all(text.strip() for text in texts)] == []
    assert [message.id for message in catalogue(language) if message.fuzzy and message.id] == []
    assert list(catalogue(language).obsolete) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_and_elements_are_those_of_the_message(language: str) -> None:
    for ids, texts in pairs(language):
        for text in texts:
            for kind in (_PLACE, _ELEMENT):
                wanted, found = (Counter(kind.findall(one)) for one in (ids[-1], text))
                assert found == wanted, f"{language}: {text}"
            assert '"' not in _ELEMENT.sub("", text), f"{language}: a straight quotation mark ends attributes: {text}"
            assert _ends(text) == _ends(ids[-1]), f"{language}: blanks at the ends of {text!r}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_can_be_said(language: str) -> None:
    """No per cent sign stands alone, no place is misspelt."""
    for ids, texts in pairs(language):
        values = {name[2:-2]: "7" for name in _PLACE.findall(" ".join((*ids, *texts)))}
        for text in texts:
            assert "%" not in text % values or "%%" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_its_own_words(language: str) -> None:
    same = [ids[0] for ids, texts in pairs(language) if ids[0] in texts and not _ALIKE.fullmatch(ids[0])]
    assert same == []


@pytest.mark.parametrize(
    ("language", "number", "text"),
    [
        ("en", 1, "1 day"),
        ("en", 2, "2 days"),
        ("nb", 1, "1 dag"),
        ("nb", 21, "21 dager"),
        ("uk", 1, "1 день"),
        ("uk", 2, "2 дні"),
        ("uk", 5, "5 днів"),
        ("uk", 11, "11 днів"),
        ("uk", 14, "14 днів"),
        ("uk", 21, "21 день"),
        ("uk", 22, "22 дні"),
        ("uk", 112, "112 днів"),
        ("uk", 0, "0 днів"),
    ],
)
def test_a_number_takes_its_plural_form(language: str, number: int, text: str) -> None:
    assert wording(language).count("%(num)s day", "%(num)s days", number) == text


def test_a_tag_finds_its_language() -> None:
    assert wording("nb-NO") is wording("nb")
    assert wording("en-GB").say("Comments") == wording("xx").say("Comments") == "Comments"
    assert wording("uk").say("Stories of %(time)s", time="2025") == "Матеріали: 2025"


def test_bringing_a_catalogue_up_to_date_keeps_what_it_says(tmp_path: Path) -> None:
    copy = tmp_path / "nb.po"
    copy.write_bytes((CATALOGUES / "nb.po").read_bytes())
    known = messages()
    assert update(copy, known) == 0
    assert copy.read_bytes() == (CATALOGUES / "nb.po").read_bytes()
    assert update(copy, {**known, "Something that nobody said before": ["reader/pages.py"]}) == 1
    assert "Something that nobody said before" in copy.read_text(encoding="utf-8")


def _ends(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()

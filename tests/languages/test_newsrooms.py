"""A newsroom in another language than English, from its founding to its letters; and settings that cannot be."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from cryptonewshub.config.environment import SettingError, language

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize("tag", ["en", "nb", "nb-NO", "uk", ""])
def test_a_language_with_a_catalogue_can_be_set(tag: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CNH_LANGUAGE", tag)
    assert language("CNH_LANGUAGE", "en") == (tag or "en")


@pytest.mark.parametrize("tag", ["de", "english", "nb_NO", "../nb", "nb-<b>", "NB"])
def test_any_other_is_refused_in_a_sentence(tag: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CNH_LANGUAGE", tag)
    with pytest.raises(SettingError, match=r"CNH_LANGUAGE is “.+”; readers’ pages can be in en, nb, uk"):
        language("CNH_LANGUAGE", "en")


@pytest.mark.usefixtures("newsroom")
def test_a_newsroom_is_founded_in_its_language(settings: Any) -> None:
    from cryptonewshub.accuracy.models import HousePolicy
    from cryptonewshub.articles.models import Newsroom
    from cryptonewshub.cli.founding import _adopt_the_first_policy, _word_the_newsroom
    from cryptonewshub.comments.models import CommentPolicy

    settings.CNH_LANGUAGE = "nb"
    _word_the_newsroom()
    _adopt_the_first_policy()
    assert HousePolicy.objects.get().why == "Redaksjonens første regler."
    assert Newsroom.load().rights == "Alle rettigheter forbeholdt."
    assert CommentPolicy.load().house_rules.startswith("Skriv om saken.")


@pytest.mark.usefixtures("newsroom")
def test_letters_and_refusals_are_in_the_newsrooms_language(settings: Any) -> None:
    from cryptonewshub.comments.forms import CommentForm
    from cryptonewshub.comments.letters import leave_address
    from cryptonewshub.comments.models import Letter

    settings.CNH_LANGUAGE = "uk"
    leave_address("edda@example.org", NOON)
    letter = Letter.objects.get()
    assert letter.subject.startswith("Це ваша адреса?")
    assert "доти нічого іншого на неї не надходитиме" in letter.text
    wrong = CommentForm({"name": "x" * 61, "body": ""})
    assert not wrong.is_valid()
    assert wrong.errors["body"] == ["Спершу щось напишіть."]
    assert wrong.errors["name"] == ["Ім’я може мати щонайбільше 60 знаків."]
    settings.CNH_LANGUAGE = "nb"
    assert CommentForm({"name": "Edda"}).errors["body"] == ["Skriv noe først."]

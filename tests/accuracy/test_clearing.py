"""Clearances: who may give one, what it is bound to, and that the record only grows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Revision

from cryptonewshub.accuracy import gate
from cryptonewshub.accuracy.clearing import (
    ClearanceRefused,
    clear,
    clear_finding,
    clearances_for,
    may_clear,
    withdraw_clearance,
)
from cryptonewshub.accuracy.languages import language_name
from cryptonewshub.accuracy.models import Clearance
from cryptonewshub.accuracy.report import Finding
from cryptonewshub.articles.doors import PublishBlocked
from cryptonewshub.articles.drafting import draft_article
from cryptonewshub.articles.models import ArticleAuthor, ArticlePage
from cryptonewshub.articles.stories import read_story
from cryptonewshub.cli.groups import found_groups
from cryptonewshub.editions.models import Edition
from cryptonewshub.editions.publishing import publish_edition
from cryptonewshub.people.models import Author
from tests.cast import FALSE_WORDS, TRUE_WORDS, write_story

Draft = Callable[..., ArticlePage]
REASON = "The ministry corrected its transcript on Tuesday."
NORWEGIAN = (
    "STATSRÅD LIND: Ferja til Sund skal gå igjen på tirsdag, og den skal ta med seg 240 passasjerer om dagen. "
    "Vi har sett på hver bolt i skipet, og vi har byttet elleve av dem. Det er ikke noe mer å si om det nå, men jeg "
    "kommer tilbake med et svar når vi har fått rapporten fra verftet."
)


def person(name: str, group: str) -> Any:
    """Somebody with an account in one of the newsroom's groups."""
    found_groups()
    from django.contrib.auth.models import Group

    user = get_user_model().objects.create_user(name.lower(), password=None, first_name=name)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def ada(newsroom: object) -> Any:
    return person("Ada", "Reporters")


@pytest.fixture
def ben(newsroom: object) -> Any:
    return person("Ben", "Desk")


@pytest.fixture
def cleo(newsroom: object) -> Any:
    return person("Cleo", "Editors")


@pytest.fixture
def dov(newsroom: object) -> Any:
    return get_user_model().objects.create_user("dov", password=None)


def latest(page: ArticlePage) -> Revision:
    revision = page.get_latest_revision()
    assert revision is not None
    return revision


def stopping(page: ArticlePage) -> Finding:
    return gate.examine(latest(page).as_object()).stopping[0]


def test_the_desk_clears_a_finding_and_the_record_says_who_what_and_why(draft: Draft, ben: Any) -> None:
    page = draft(quotation=FALSE_WORDS)
    made = clear_finding(page, stopping(page), user=ben, reason=REASON)
    assert (made.name, made.role, made.reason, made.rule) == ("Ben", "checker", REASON, "altered")
    assert made.text == FALSE_WORDS
    assert made.speaker == "Petra Lind"
    assert gate.examine(page).cleared


@pytest.mark.parametrize("who", ["ada", "dov"])
def test_nobody_clears_without_the_right(who: str, draft: Draft, request: pytest.FixtureRequest) -> None:
    page = draft(quotation=FALSE_WORDS)
    with pytest.raises(ClearanceRefused, match="may not clear findings"):
        clear_finding(page, stopping(page), user=request.getfixturevalue(who), reason=REASON)
    assert not Clearance.objects.exists()


def test_a_clearance_needs_a_reason(draft: Draft, ben: Any) -> None:
    page = draft(quotation=FALSE_WORDS)
    with pytest.raises(ClearanceRefused, match="Say why"):
        clear_finding(page, stopping(page), user=ben, reason="  ")


def test_the_owner_of_a_story_cannot_clear_its_grave_findings(draft: Draft, ben: Any, cleo: Any) -> None:
    page = draft(quotation=FALSE_WORDS)
    page.owner = ben
    refusal = may_clear(ben, stopping(page), page)
    assert refusal is not None
    assert "second pair of eyes" in refusal.sentence
    assert may_clear(cleo, stopping(page), page) is None


def test_nor_can_whoever_signs_it(draft: Draft, ben: Any) -> None:
    page = draft(quotation=FALSE_WORDS)
    page.authors = [ArticleAuthor(author=Author.objects.create(name="Ben", slug="ben", user=ben))]
    assert "sign the story" in str(may_clear(ben, stopping(page), page))


def test_nor_can_whoever_wrote_the_very_words(draft: Draft, tmp_path: Path, ben: Any, cleo: Any) -> None:
    draft(quotation=TRUE_WORDS)
    draft_article(read_story(write_story(tmp_path, quotation=FALSE_WORDS)), user=ben)
    story = read_story(write_story(tmp_path, quotation=FALSE_WORDS, more="It leaves at noon."))
    page = ArticlePage.objects.get(pk=draft_article(story, user=cleo).object_id)
    assert "wrote these words" in str(may_clear(ben, stopping(page), page))
    assert may_clear(cleo, stopping(page), page) is None


def test_a_superuser_is_held_to_four_eyes_too(draft: Draft) -> None:
    page = draft(quotation=FALSE_WORDS)
    page.owner = get_user_model().objects.create_superuser("root", "", "a-long-password")
    assert may_clear(page.owner, stopping(page), page) is not None


def test_changed_words_void_a_clearance_and_the_record_says_so(draft: Draft, ben: Any) -> None:
    page = draft(quotation=FALSE_WORDS)
    clear_finding(page, stopping(page), user=ben, reason=REASON)
    page = draft(quotation=FALSE_WORDS.replace("twelve", "thirteen")).get_latest_revision_as_object()
    [given] = clearances_for(page)
    assert given.state == "void"
    assert "have changed" in given.sentence
    assert not gate.examine(page).cleared


def test_another_speaker_voids_a_clearance(draft: Draft, tmp_path: Path, ben: Any) -> None:
    page = draft(quotation=FALSE_WORDS)
    clear_finding(page, stopping(page), user=ben, reason=REASON)
    story = write_story(tmp_path, quotation=FALSE_WORDS)
    story.write_text(story.read_text().replace("the minister, Petra Lind, said", "the captain, Arne Solberg, said"))
    revision = draft_article(read_story(story))
    assert [given.state for given in clearances_for(revision.as_object())] == ["void"]


def test_a_clearance_taken_back_stays_in_the_record_and_stops_the_story_again(
    draft: Draft, ben: Any, cleo: Any
) -> None:
    page = draft(quotation=FALSE_WORDS)
    made = clear_finding(page, stopping(page), user=ben, reason=REASON)
    withdraw_clearance(made, user=cleo, reason="The transcript was never corrected.")
    [given] = clearances_for(page)
    assert (given.state, given.sentence) == ("withdrawn", "Taken back by Cleo: The transcript was never corrected.")
    with pytest.raises(PublishBlocked, match="eleven"):
        publish_edition(latest(page))
    with pytest.raises(ClearanceRefused, match="already"):
        withdraw_clearance(made, user=cleo, reason="Again.")


def test_a_reporter_cannot_take_the_desks_clearance_back(draft: Draft, ada: Any, ben: Any) -> None:
    page = draft(quotation=FALSE_WORDS)
    made = clear_finding(page, stopping(page), user=ben, reason=REASON)
    with pytest.raises(ClearanceRefused, match="may not take"):
        withdraw_clearance(made, user=ada, reason="I want my words.")


def test_a_second_clearance_takes_the_place_of_the_first_and_both_stay(draft: Draft, ben: Any, cleo: Any) -> None:
    page = draft(quotation=FALSE_WORDS)
    finding = stopping(page)
    first = clear_finding(page, finding, user=ben, reason=REASON)
    assert clear_finding(page, finding, user=ben, reason=REASON) == first
    clear_finding(page, finding, user=cleo, reason="Heard on the recording.")
    assert [(given.state, given.clearance.name) for given in clearances_for(page)] == [
        ("holds", "Cleo"),
        ("withdrawn", "Ben"),
    ]


def test_the_record_cannot_be_rewritten(draft: Draft, ben: Any) -> None:
    page = draft(quotation=FALSE_WORDS)
    made = clear_finding(page, stopping(page), user=ben, reason=REASON)
    for rewrite in (made.save, made.delete, Clearance.objects.all().delete):
        with pytest.raises(TypeError, match="record"):
            rewrite()
    with pytest.raises(TypeError, match="record"):
        Clearance.objects.update(reason="Nothing.")


def test_an_account_that_goes_leaves_its_name_on_the_record(draft: Draft, ben: Any) -> None:
    page = draft(quotation=FALSE_WORDS)
    made = clear_finding(page, stopping(page), user=ben, reason=REASON)
    ben.delete()
    made = Clearance.objects.get(pk=made.pk)
    assert (made.cleared_by, made.name) == (None, "Ben")


# Translations


@pytest.fixture
def translated(newsroom: object, tmp_path: Path) -> ArticlePage:
    story = write_story(tmp_path, transcript=NORWEGIAN, more="It leaves at noon.")
    story.write_text(story.read_text().replace("    language: en", "    language: nb"))
    return ArticlePage.objects.get(pk=draft_article(read_story(story)).object_id)


def test_a_translation_needs_somebody_who_reads_the_language(translated: ArticlePage, ben: Any) -> None:
    finding = stopping(translated)
    assert (finding.rule, finding.language) == ("translated", "no")
    assert "Name who translated this" in str(may_clear(ben, finding, translated))
    kari = Author.objects.create(name="Kari", slug="kari", languages="sv, fi")
    assert "Kari reads no Norwegian" in str(may_clear(ben, finding, translated, translator=kari))
    kari.languages = "en, nb"
    assert may_clear(ben, finding, translated, translator=kari) is None


def test_readers_are_told_that_the_staff_translated_it_and_no_more(translated: ArticlePage, ben: Any) -> None:
    kari = Author.objects.create(name="Kari", slug="kari", languages="nb")
    inside = "Kari compared it with the tape that the ministry lent us in confidence."
    clear_finding(translated, stopping(translated), user=ben, reason=inside, translator=kari)
    edition = publish_edition(latest(translated)).edition
    [quotation] = edition.read().quotations
    assert quotation.note == "Translated by our staff from Norwegian."
    assert quotation.checked_by == "checker"
    assert b"confidence" not in bytes(edition.content)


@pytest.mark.parametrize(
    ("site", "sentence"),
    [
        ("nb", "Oversatt av redaksjonen fra norsk."),
        ("uk", "Переклад нашої редакції. Мова оригіналу: норвезька."),
        ("en-GB", "Translated by our staff from Norwegian."),
    ],
)
def test_readers_are_told_so_in_the_newsrooms_language(
    site: str, sentence: str, translated: ArticlePage, ben: Any, settings: Any
) -> None:
    settings.CNH_LANGUAGE = site
    kari = Author.objects.create(name="Kari", slug="kari", languages="nb")
    clear_finding(translated, stopping(translated), user=ben, reason=REASON, translator=kari)
    [quotation] = publish_edition(latest(translated)).edition.read().quotations
    assert quotation.note == sentence


@pytest.mark.parametrize(("tag", "name"), [("ru-RU", "russisk"), ("xx", "xx"), ("", "")])
def test_a_language_without_a_name_is_called_by_its_tag(tag: str, name: str) -> None:
    assert language_name(tag, "nb") == name


def test_a_translator_may_sign_translations_off_and_nothing_else(
    translated: ArticlePage, draft: Draft, newsroom: object
) -> None:
    kari = person("Kari", "Translators")
    Author.objects.create(name="Kari", slug="kari", languages="nb", user=kari)
    assert may_clear(kari, stopping(translated), translated) is None
    altered = draft(quotation=FALSE_WORDS, slug="altered")
    other = Finding("altered", "error", stopping(translated).place, FALSE_WORDS, "")
    assert may_clear(kari, other, altered) is not None


def test_a_reason_that_the_policy_keeps_inside_reaches_no_edition(draft: Draft, ben: Any) -> None:
    page = draft(quotation=FALSE_WORDS)
    clear_finding(page, stopping(page), user=ben, reason=REASON)
    edition = publish_edition(latest(page)).edition
    assert REASON.encode() not in bytes(edition.content)
    assert edition.read().quotations[0].checked_by == "checker"


def test_the_operator_at_the_command_line_is_asked_for_nothing_but_a_reason(draft: Draft) -> None:
    page = draft(quotation=FALSE_WORDS)
    [made] = clear(latest(page), rule="altered", reason=REASON)
    assert (made.name, made.role) == ("the operator", "editor")
    publish_edition(latest(page))
    assert Edition.objects.count() == 1

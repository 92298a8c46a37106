"""Pages in Norwegian and Ukrainian: in their own words throughout, and as hard to forge as English ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

import pytest

from cryptonewshub.languages.__main__ import messages
from cryptonewshub.languages.wording import wording
from cryptonewshub.reader.corrections import corrections_page
from cryptonewshub.reader.pages import article_page
from cryptonewshub.reader.share import share_card
from cryptonewshub.reader.times import moment, weekday_date
from cryptonewshub.verifier.page import read_page, read_shown
from cryptonewshub.verifier.projection import differences
from cryptonewshub.verifier.theme import Theme
from tests.reader import test_pages
from tests.reader.cast import EDITIONS, LOGGED_SITE, SITE, THIRD_EDITION
from tests.reader.outsider import deceived_by, differences_on, editions, published_words, theme
from tests.reader.test_corrections import MONTHS
from tests.reader.test_pages import EVERY_PAGE, tree_of
from tests.reader.test_projection import OTHERS, SHOWING, sealed_text, visible_signs, with_another_address

LANGUAGES = ("nb", "uk")
WHEN = datetime(2025, 11, 8, 9, 51, tzinfo=UTC)


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The cast's site in that language."""
    chosen: str = request.param
    monkeypatch.setattr(test_pages, "SITE", replace(SITE, language=chosen))
    monkeypatch.setattr(test_pages, "LOGGED_SITE", replace(LOGGED_SITE, language=chosen))
    return chosen


@pytest.mark.parametrize("name", SHOWING)
def test_a_page_says_what_was_sealed_and_nothing_else(name: str, language: str) -> None:
    assert differences_on(EVERY_PAGE[name](), language=language) == []


@pytest.mark.parametrize("name", SHOWING)
def test_every_sign_that_is_changed_is_found(name: str, language: str) -> None:
    page = EVERY_PAGE[name]()
    for sign in islice(visible_signs(page), 0, None, 151):
        other = next(other for other in OTHERS[sign.start() % 3 :] if other != sign.group())
        forged = page[: sign.start()] + other + page[sign.end() :]
        assert not deceived_by(forged, language), page[sign.start() - 40 : sign.end() + 10]


@pytest.mark.parametrize("name", ["article", "edition"])
def test_every_sealed_sign_that_is_dropped_is_found(name: str, language: str) -> None:
    page = EVERY_PAGE[name]()
    for sign in islice(visible_signs(page), 0, None, 151):
        shorter = page[: sign.start()] + page[sign.end() :]
        if sealed_text(shorter) != sealed_text(page):
            assert not deceived_by(shorter, language)


def test_every_link_that_is_changed_is_found(language: str) -> None:
    forged = islice(with_another_address(EVERY_PAGE["article"]()), 0, None, 3)
    assert [one for one in forged if deceived_by(one, language)] == []


@pytest.mark.parametrize("tag", ["en", *LANGUAGES])
def test_the_figures_of_corrections_count_in_every_language(tag: str) -> None:
    site = replace(LOGGED_SITE, language=tag)
    page = corrections_page(site, [THIRD_EDITION], months=MONTHS, earlier=[(2025, 11), (2025, 3)])
    assert [told for told in differences_on(page, language=tag) if "leads to" not in told] == []
    figure = wording(tag).say("Nothing to measure yet.")
    forged = page.replace("</tbody>", f"<tr><td>{figure} Xylophon</td></tr></tbody>")
    assert any("Xylophon" in told for told in differences_on(forged, language=tag))


def test_words_of_another_language_are_none_of_the_sites() -> None:
    """An English remark on a Norwegian page is a forgery, however true it is elsewhere."""
    page = article_page(replace(SITE, language="nb"), THIRD_EDITION, editions=EDITIONS)
    assert not deceived_by(page.replace("Slik ble saken kontrollert", "How this story was checked"), "nb")
    assert not deceived_by(article_page(SITE, THIRD_EDITION, editions=EDITIONS), "nb")


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_no_english_is_left_on_a_page(name: str, language: str) -> None:
    english = {message for message in messages() if isinstance(message, str) and " " in message and "%" not in message}
    words = wording(language)
    tree = tree_of(EVERY_PAGE[name]())
    shown = [" ".join(text.split()) for text in tree.xpath("//body//text()") if text.strip()]
    shown += tree.xpath("//@aria-label | //@alt | //head/title/text()")
    house = {"What we do.", "All rights reserved."}
    assert [text for text in shown if text in english - house and words.forms(text)[0] != text] == []
    assert tree.get("lang") == language


def test_a_story_in_another_language_keeps_its_own(language: str) -> None:
    tree = tree_of(EVERY_PAGE["article"]())
    (story,) = tree.xpath("//article[@data-shows='whole']")
    assert (story.get("lang"), story.get("dir")) == ("en", "ltr")
    assert story.xpath("./footer/@lang") == [language]
    assert set(story.xpath(".//p[contains(@class, 'bylines')]/@lang")) == {language}


@pytest.mark.parametrize(
    ("tag", "whole", "with_weekday"),
    [
        ("en", "10:51 CET, 8 November 2025", "Saturday, 8 November 2025"),
        ("nb", "8. november 2025 kl. 10:51 CET", "Lørdag 8. november 2025"),
        ("uk", "8 листопада 2025, 10:51 CET", "Субота, 8 листопада 2025"),
    ],
)
def test_times_are_written_as_the_language_does(tag: str, whole: str, with_weekday: str) -> None:
    told = moment(WHEN, "Europe/Oslo", tag)
    assert told.text == whole
    assert weekday_date(WHEN, "Europe/Oslo", tag).text == with_weekday
    assert theme(tag).tells(told.text, told.machine)
    for forged in ("2025-11-08T10:52:00+01:00", "2025-11-09T10:51:00+01:00", "2025-12-08T10:51:00+01:00"):
        assert not theme(tag).tells(told.text, forged)
    assert not theme(tag).tells(told.text.replace("CET", "CEST"), told.machine)


@pytest.mark.parametrize(
    "form",
    [
        "{month} {year}",  # no day
        "{day} {month}",  # no year
        "{clock}",  # no zone
        "{day} {month} {year} {day}",
        "{day} {month} {year}, 10:51",  # a figure of its own
        "long ago",
        "{hour} {zone}",
    ],
)
def test_a_list_cannot_have_a_form_of_times_that_hides_something(form: str) -> None:
    with pytest.raises(ValueError, match="cannot be checked"):
        Theme.of({**published_words("nb"), "times": [form]})


def test_a_list_cannot_give_two_months_one_name() -> None:
    months = published_words("nb")["months"]
    with pytest.raises(ValueError, match="twelve months"):
        Theme.of({**published_words("nb"), "months": [*months[:11], months[0]]})


def test_a_forged_list_does_not_hide_a_forged_word_of_a_story() -> None:
    """What is sealed is compared with what was sealed, whatever the site says of its own words."""
    page = article_page(replace(SITE, language="uk"), THIRD_EDITION, editions=EDITIONS)
    forged = page.replace("who has run the harbour for 19 years", "who has run the harbour for 29 years")
    assert forged != page
    places = {place: [*texts, "29", "years", forged] for place, texts in published_words("uk")["places"].items()}
    helping = Theme.of({**published_words("uk"), "places": places, "texts": ["29 years", forged]})

    assert any("29" in told for told in differences(read_shown(read_page(forged)), editions(), helping))


def test_the_picture_for_sharing_has_cyrillic_letters() -> None:
    cards = [
        share_card(newsroom="Пошта", section="Безпека", headline="Порт закрито", standing=standing)
        for standing in ("4 з 5 цитат звірено з джерелом", "")
    ]
    assert cards[0] != cards[1]

"""Relative days: what a weekday means on the day of publication, and whether the sources agree."""

from __future__ import annotations

from datetime import date

import pytest

from cryptonewshub.quotations.facts.days import find_days, meaning
from cryptonewshub.quotations.remarks import remarks_on
from cryptonewshub.quotations.vocabulary import Remark, SourceText

WEDNESDAY = date(2031, 5, 14)


def days_in(story: str, *sources: SourceText, published: date | None = WEDNESDAY) -> list[Remark]:
    remarks = remarks_on(story, sources=sources, published=published)
    return [remark for remark in remarks if remark.rule == "relative-day"]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("on Monday", date(2031, 5, 12)),
        ("on Friday", date(2031, 5, 9)),
        ("on Wednesday", date(2031, 5, 14)),
        ("next Friday", date(2031, 5, 16)),
        ("by Monday", date(2031, 5, 19)),
        ("yesterday", date(2031, 5, 13)),
        ("tomorrow", date(2031, 5, 15)),
    ],
)
def test_a_day_word_means_a_date(words, day):
    (word,) = find_days(f"It happened {words}.")
    assert meaning(word, WEDNESDAY) == day


def test_a_weekday_that_does_not_fit_its_date_is_a_warning():
    (remark,) = days_in("The vote was held on Monday, 13 May 2031.")
    assert remark.severity == "warning"
    assert "13 May 2031 is a Tuesday, not a Monday" in remark.message


def test_a_weekday_that_fits_its_date_passes():
    assert days_in("The vote was held on Tuesday, 13 May 2031, and again on Tuesday, 13 May.") == []


def test_a_date_without_a_year_may_be_next_years():
    published = date(2031, 12, 20)
    assert days_in("The vote is due on Monday, 5 January.", published=published) == []


def test_the_day_of_a_speech_is_held_against_its_source():
    speech = SourceText("speech", "Friends, we will sail.", "en", "Mira Halloran", "The speech", "", date(2031, 5, 13))
    (remark,) = days_in("Mira Halloran said on Monday that the boats would sail.", speech)
    assert remark.severity in {"warning", "note"}
    assert "Tuesday, 13 May 2031" in remark.message
    assert days_in("Mira Halloran said on Tuesday that the boats would sail.", speech) == []


def test_another_weekday_beside_the_same_words_of_a_source_is_a_warning():
    source = SourceText("wire", "The harbour court fined the captain of the ferry Aurora for smuggling on Tuesday.")
    (remark,) = days_in("The harbour court fined the captain of the ferry Aurora on Monday.", source)
    assert remark.severity == "warning"
    assert "“Tuesday”" in remark.message


def test_the_weekday_of_publication_is_ambiguous_and_told_once():
    (remark,) = days_in("The court sat on Wednesday. The captain was fined on Wednesday.")
    assert remark.severity == "note"
    assert "14 May 2031 or 7 May 2031" in remark.message


def test_the_weekday_of_publication_is_plain_where_a_source_is_of_that_day():
    assert days_in("The court sat on Wednesday.", SourceText("s", "We sat.", published=WEDNESDAY)) == []


def test_the_weekday_of_publication_is_plain_where_a_source_is_headed_with_that_day():
    headed = SourceText("order", "Harbour Court of Tarn, 14 May 2031\n\nThe captain is fined.")
    assert days_in("The court sat on Wednesday.", headed) == []
    assert len(days_in("The court sat on Wednesday.", SourceText("old", "Harbour Court, 7 May 2031. A fine."))) == 1


def test_last_friday_is_plain_where_a_source_is_of_that_friday():
    order = SourceText("order", "The captain is fined.", published=date(2031, 5, 9))
    assert days_in("The court sat last Friday.", order) == []


def test_last_friday_is_ambiguous():
    (remark,) = days_in("The court sat last Friday.")
    assert "9 May 2031 or 2 May 2031" in remark.message


@pytest.mark.parametrize(
    "story",
    [
        "The court sat on Friday.",
        "The court sits every Wednesday.",
        "The Black Friday sale began.",
        "The court sat yesterday and rose last week.",
        "The court sat on a Wednesday.",
    ],
)
def test_a_plain_day_passes(story):
    assert days_in(story) == []


def test_without_a_day_of_publication_only_weekday_and_date_are_compared():
    assert days_in("The court sat on Wednesday.", published=None) == []
    assert len(days_in("The court sat on Monday, 13 May 2031.", published=None)) == 1


@pytest.mark.parametrize("published", [date.min, date.max])
def test_the_ends_of_the_calendar_raise_nothing(published):
    days_in("It was Monday. It is next Friday, last Sunday and tomorrow.", published=published)

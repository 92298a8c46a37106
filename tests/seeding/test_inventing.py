"""An invented archive is always the same one, and what it quotes stands in its sources."""

from __future__ import annotations

import pytest

from cryptonewshub.accuracy.checking import check
from cryptonewshub.quotations.vocabulary import SourceText
from cryptonewshub.seeding import inventing
from cryptonewshub.seeding.inventing import NEWEST, article_id, briefing, invent, published
from cryptonewshub.sources.extraction import extract_text


def test_a_story_is_the_same_each_time_and_no_other_one() -> None:
    assert invent(7, 1000) == invent(7, 1000)
    stories = [invent(number, 1000) for number in range(200)]
    assert len({story.document.slug for story in stories}) == 200
    assert len({story.document.body for story in stories}) == 200
    assert len({article_id(number) for number in range(200)}) == 200


@pytest.mark.parametrize("total", [1, 28, 29, 1000])
def test_stories_are_published_in_their_order_up_to_the_newest_day(total: int) -> None:
    times = [published(number, total) for number in range(total)]
    assert times == sorted(set(times))
    assert times[-1] < NEWEST
    assert (NEWEST - times[0]).days <= -(-total // inventing.A_DAY)


@pytest.mark.parametrize("number", [0, 7, 57, 140, 333, 990])
def test_the_desk_finds_each_quotation_where_the_story_says(number: int) -> None:
    story = invent(number, 1000)
    source = story.briefing
    text = SourceText("briefing", source.text, speaker=source.speaker.name, published=source.day)
    report = check(story.document, [text])
    found = [(q.place.block, q.place.start, q.place.end, q.text, q.verdict, q.passage) for q in report.quotations]
    assert found == [(q.block, q.start, q.end, q.text, q.verdict, q.passage) for q in story.quotations]
    assert len(found) == 6
    assert report.cleared


def test_a_corrected_story_differs_from_what_it_was_in_the_place_that_it_names() -> None:
    story = invent(32, 1000)
    assert story.correction
    assert story.before
    assert story.correction.passage
    place = story.correction.passage
    assert place.block is not None
    now, before = story.document.body[place.block].text, story.before.body[place.block].text
    assert now != before
    assert now[place.start : place.end] in story.correction.right
    assert [b for b in story.before.body if b not in story.document.body] == [story.before.body[place.block]]


def test_a_source_is_the_text_that_its_file_gives() -> None:
    source = briefing(3, 1000)
    assert extract_text(source.original, source.file_name).text == source.text

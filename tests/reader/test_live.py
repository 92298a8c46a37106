"""Live coverage: the newest update first, each with a time and an address that stay, and an end that is marked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lxml import html

from cryptonewshub.reader.fronts import front_page
from cryptonewshub.reader.pages import article_page
from tests.reader.cast import LIVE, SITE
from tests.reader.projection import Projected, collapsed, project

PAGE = article_page(SITE, LIVE, editions=[LIVE])
TREE: Any = html.document_fromstring(PAGE)


def test_the_newest_update_stands_first_and_of_one_minute_the_one_written_later() -> None:
    headlines = [h.text_content() for h in TREE.xpath("//article[contains(@class, 'update')]/h2")]
    assert headlines == ["Members are called to vote", "The act is passed", "The debate opens"]


def test_every_update_has_an_address_of_its_own_that_its_time_leads_to() -> None:
    places = TREE.xpath("//article[contains(@class, 'update')]/@id")
    assert places == ["update-20251108-1512-2", "update-20251108-1512", "update-20251108-1002"]
    assert TREE.xpath("//p[@class='at']/a/@href") == [f"#{place}" for place in places]


def test_an_address_stays_when_a_later_update_comes() -> None:
    earlier = replace(LIVE, document=replace(LIVE.document, body=LIVE.document.body[:5]))
    tree = html.document_fromstring(article_page(SITE, earlier, editions=[earlier]))
    assert tree.xpath("//article[contains(@class, 'update')]/@id") == ["update-20251108-1002"]


def test_words_stand_under_the_update_that_they_belong_to() -> None:
    (passed,) = TREE.xpath("//article[@id='update-20251108-1512']")
    assert [p.text_content() for p in passed.xpath("./p[@data-c]")] == ["The act is passed with 81 votes."]


def test_key_points_stand_above_the_updates() -> None:
    points = TREE.xpath("//div[@class='points']//li")
    assert [collapsed(point.text_content()) for point in points] == [
        "The act needs 76 votes.",
        "The opposition is divided.",
    ]
    text = TREE.xpath("//main")[0].text_content()
    assert text.index("Key points") < text.index("The debate opens")


def test_the_end_is_told() -> None:
    assert "Our live coverage ended at" in PAGE
    assert Projected("ended", "2025-11-08T15:30:00Z") in project(PAGE)
    assert "As it happened" in PAGE
    going_on = replace(LIVE, document=replace(LIVE.document, ended=None))
    assert "ended at" not in article_page(SITE, going_on, editions=[going_on])


def test_a_list_marks_coverage_that_goes_on_as_live() -> None:
    going_on = replace(LIVE, document=replace(LIVE.document, ended=None))
    assert 'data-c="label" data-v="live">Live<' in front_page(SITE, [going_on])
    assert 'data-c="label" data-v="live">As it happened<' in front_page(SITE, [LIVE])


def test_all_of_it_is_what_was_sealed() -> None:
    shown = {item.key: item.text for item in project(PAGE) if item.key.startswith("body.")}
    for number, block in enumerate(LIVE.document.body):
        assert shown[f"body.{number}"] == collapsed(block.text)
        if block.at:
            assert shown[f"body.{number}.at"] == f"{block.at:%Y-%m-%dT%H:%M:%SZ}"

"""What was put right, on the story, on the pages of corrections, in their feed, and for machines."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from lxml import etree, html

from cryptonewshub.editions.content import Change, Content, Correction, FoundBy, Severity
from cryptonewshub.languages.wording import wording
from cryptonewshub.reader.corrections import corrections_feed, corrections_page, month_page
from cryptonewshub.reader.figures import Month, duration, rate_plot, time_plot
from cryptonewshub.reader.pages import article_page
from tests.reader.cast import EDITIONS, FIRST, SECOND_EDITION, SITE, THIRD_EDITION
from tests.reader.projection import project

ENGLISH = wording("en")
MONTHS = [
    Month(2025, 9, 40, 1, (timedelta(hours=3),)),
    Month(2025, 10, 50, 0),
    Month(2025, 11, 0, 2, (timedelta(hours=1), timedelta(hours=9))),
]


def _parsed(page: str) -> Any:
    return html.document_fromstring(page)


def _told(change: Change, *, severity: Severity | None = None, right: str = "It is so.") -> Content:
    told = Correction(
        change, "", datetime(2025, 11, 9, tzinfo=UTC), 2, wrong="It was not so.", right=right, severity=severity
    )
    return replace(FIRST, version=2, change=change, corrections=(told,))


def _page(content: Content, editions: tuple[Content, ...] = ()) -> Any:
    return _parsed(article_page(SITE, content, editions=editions or (FIRST, content)))


@pytest.mark.parametrize(
    ("change", "severity", "is_above"),
    [
        (Change.CORRECTION, None, True),
        (Change.CORRECTION, Severity.SLIGHT, False),
        (Change.CLARIFICATION, None, False),
        (Change.CLARIFICATION, Severity.GRAVE, True),
        (Change.RETRACTION, Severity.SLIGHT, True),
    ],
)
def test_severity_decides_whether_a_correction_stands_above_or_below(
    change: Change, severity: Severity | None, is_above: bool
) -> None:
    (shown,) = _page(_told(change, severity=severity)).xpath("//div[contains(@class, 'correction')]")
    assert bool(shown.xpath("following-sibling::div[@class='column']")) is is_above
    assert bool(shown.xpath("ancestor::footer")) is not is_above


def test_a_correction_says_what_was_wrong_what_is_right_and_who_found_it() -> None:
    shown = _page(THIRD_EDITION, EDITIONS).xpath("//div[@id='change-3']")[0].text_content()
    assert "16 ships pass in a day. There are 61." in " ".join(shown.split())
    assert "Found by a reader, Dov Aster." in shown


def test_a_correction_is_told_to_machines() -> None:
    (block,) = _page(THIRD_EDITION, EDITIONS).xpath("//script[@type='application/ld+json']/text()")
    data = json.loads(block)
    assert data["@type"] == "AnalysisNewsArticle"
    assert data["correction"] == [
        {
            "@type": "CorrectionComment",
            "text": "An earlier version said that 16 ships pass in a day. There are 61.",
            "datePublished": "2025-11-09T08:05:00+01:00",
            "url": "https://post.example.org/security/vestmark-keeps-strait-open/#change-3",
        }
    ]
    assert "creativeWorkStatus" not in data


def test_linked_data_cannot_end_its_block_early() -> None:
    hostile = replace(FIRST, document=replace(FIRST.document, title="</script><script>alert(1)</script> & more"))
    page = article_page(SITE, hostile, editions=(hostile,))
    (block,) = _parsed(page).xpath("//script/text()")
    assert json.loads(block)["headline"] == hostile.document.title


def test_a_retracted_story_says_so_above_and_stays_readable_and_indexed() -> None:
    retracted = _told(Change.RETRACTION)
    tree = _page(retracted)
    assert tree.xpath("//p[@class='standing-word']")[0].text == "Retracted"
    assert tree.xpath("//div[@class='text']//p")
    assert not tree.xpath("//meta[@name='robots']")
    assert json.loads(tree.xpath("//script/text()")[0])["creativeWorkStatus"] == "Retracted"


def test_the_list_shows_each_correction_with_its_story_and_what_changed() -> None:
    page = corrections_page(SITE, [THIRD_EDITION], months=MONTHS, earlier=[(2025, 11)])
    tree = _parsed(page)
    (row,) = tree.xpath("//article")
    assert row.xpath("h3/a/@href") == ["/security/vestmark-keeps-strait-open/#change-3"]
    assert "after 22 h 14 min" not in row.text_content()
    assert "after 21 h 14 min" in row.text_content()
    assert "/security/vestmark-keeps-strait-open/history/2-3/" in row.xpath(".//a/@href")
    assert "/security/vestmark-keeps-strait-open/editions/1/" in row.xpath(".//a/@href")
    assert tree.xpath("//link[@rel='alternate']/@href") == ["/corrections/feed.xml"]
    said = {shown.key: shown.text for shown in project(page)}
    assert said["correction.1.right"] == "There are 61."


def test_the_figures_stand_in_a_table_and_in_two_drawings() -> None:
    tree = _parsed(corrections_page(SITE, [], months=MONTHS, earlier=[]))
    rows = [[cell.text_content() for cell in row.xpath("th|td")] for row in tree.xpath("//tbody/tr")]
    assert rows == [
        ["November 2025", "0", "2", "–", "5 h"],
        ["October 2025", "50", "0", "0.0", "–"],
        ["September 2025", "40", "1", "2.5", "3 h"],
    ]
    assert len(tree.xpath("//svg[@role='img'][@aria-label]")) == 2
    assert not tree.xpath("//@style")


def test_a_drawing_says_in_words_what_it_shows() -> None:
    assert rate_plot(MONTHS, ENGLISH).summary == "In these months 3.3 corrections per 100 stories."
    assert time_plot(MONTHS, ENGLISH).summary == "Half of the errors of these months were put right within 3 h."
    heights = [bar.height for bar in rate_plot(MONTHS, ENGLISH).bars]
    assert heights == [96.0, 0.0, 0.0]


def test_a_drawing_of_nothing_is_empty_and_does_not_fail() -> None:
    assert rate_plot([Month(2025, 9, 0, 0)], ENGLISH).top == ""
    assert time_plot([Month(2025, 9, 0, 0)], ENGLISH).summary == "Nothing to measure yet."


@pytest.mark.parametrize(
    ("time", "text"),
    [
        (timedelta(minutes=12), "12 min"),
        (timedelta(hours=3, minutes=20), "3 h 20 min"),
        (timedelta(hours=26), "1 day 2 h"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=15, hours=5), "15 days"),
        (None, ""),
    ],
)
def test_times_are_said_in_two_units(time: timedelta | None, text: str) -> None:
    assert duration(time, ENGLISH) == text


def test_a_month_has_a_page_of_its_own() -> None:
    tree = _parsed(month_page(SITE, 2025, 11, [THIRD_EDITION]))
    assert tree.xpath("//h1/text()") == ["November 2025"]
    assert tree.xpath("//link[@rel='canonical']/@href") == ["https://post.example.org/corrections/2025-11/"]


def test_the_feed_is_strict_rss() -> None:
    text = corrections_feed(SITE, [THIRD_EDITION, replace(SECOND_EDITION)])
    channel = etree.fromstring(text.encode()).find("channel")
    assert channel is not None
    (item,) = channel.findall("item")  # an update is not a correction
    assert item.findtext("title") == f"Correction: {FIRST.document.title}"
    assert item.findtext("guid") == "https://post.example.org/security/vestmark-keeps-strait-open/editions/3/"
    assert item.findtext("pubDate") == "Sun, 09 Nov 2025 07:05:00 +0000"
    assert item.findtext("description") == "An earlier version said that 16 ships pass in a day. There are 61."


def test_who_found_it_is_said_in_plain_words() -> None:
    told = replace(_told(Change.CORRECTION).corrections[0], found_by=FoundBy.CONCERNED)
    tree = _page(replace(_told(Change.CORRECTION), corrections=(told,)))
    assert tree.xpath("//p[@class='found-by']")[0].text_content() == "Found by somebody whom the story concerns."

"""The history of a story: every edition, and everything that changed between two of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import html

from cryptonewshub.articles.document import Block, Byline, Image, Mark, SeriesPart
from cryptonewshub.editions.content import Content
from cryptonewshub.languages.wording import wording
from cryptonewshub.reader.affected import FEW_VERSIONS, affected, compared
from cryptonewshub.reader.differences import Difference, Part
from cryptonewshub.reader.differences import difference as difference_in
from cryptonewshub.reader.history import comparison_page, history_page
from tests.reader.cast import BODY, EDITIONS, FIRST, LOGGED_SITE, SECOND_EDITION, SITE, THIRD_EDITION, quoted

PATH = FIRST.path


def difference(before: Content, after: Content) -> Difference:
    return difference_in(before, after, wording("en"))


def with_document(**changed: Any) -> Content:
    return replace(SECOND_EDITION, document=replace(SECOND_EDITION.document, **changed))


def words_of(part: Part) -> tuple[str, str]:
    """What was removed and what was added."""
    return tuple("".join(run.text for run in part.runs if run.sign == sign) for sign in "-+")  # type: ignore[return-value]


def only(found: Difference) -> Part:
    assert len(found.changed) == 1, found.names
    return found.changed[0]


@pytest.mark.parametrize(
    ("field", "value", "label"),
    [
        ("title", "Vestmark closes the strait", "Headline"),
        ("standfirst", "The minister accepts.", "Summary"),
        ("kicker", "Straits", "Kicker"),
        ("dateline", "Vestmark City", "Dateline"),
        ("label", "opinion", "Kind of story"),
        ("series", SeriesPart("The winter escorts", "the-winter-escorts", 3), "Part of a series"),
        ("bylines", (Byline("Ben Okoro", "Security correspondent", "ada-berg"), Byline("Staff")), "Byline"),
        ("bylines", (Byline("Ada Berg", "Editor", "ada-berg"), Byline("Staff")), "Byline"),
    ],
)
def test_every_change_of_the_particulars_is_shown(field: str, value: object, label: str) -> None:
    assert only(difference(FIRST, with_document(**{field: value}))).label == label


def test_a_figure_that_was_corrected_is_marked_alone() -> None:
    at = next(number for number, block in enumerate(BODY) if block.kind == "facts")
    body = (*BODY[:at], replace(BODY[at], text="16 ships a day in 2024"), *BODY[at + 1 :])
    part = only(difference(FIRST, with_document(body=body)))
    assert (part.label, words_of(part)) == ("Line of a fact box", ("61", "16"))


def test_a_link_that_leads_elsewhere_is_shown_though_no_word_changed() -> None:
    text = BODY[2].text
    moved = Mark(*quoted(text, "The act now before parliament"), "a", "https://elsewhere.example/")
    body = (*BODY[:2], replace(BODY[2], marks=(moved, *BODY[2].marks[1:])), *BODY[3:])
    part = only(difference(FIRST, with_document(body=body)))
    assert [(link.sign, link.target) for link in part.links] == [
        ("-", "https://parliament.example/acts/harbour"),
        ("+", "https://elsewhere.example/"),
    ]


def test_a_picture_its_description_and_its_credit_are_compared() -> None:
    image = FIRST.document.images[0]
    assert difference(FIRST, with_document(images=(replace(image, sha256="cd" * 32),))).names == ("Picture",)
    assert difference(FIRST, with_document(images=(replace(image, alt="Fog"),))).names == ("Description of a picture",)
    assert difference(FIRST, with_document(images=(replace(image, credit="Dov"),))).names == ("Credit of a picture",)
    assert difference(FIRST, with_document(images=(replace(image, licence=""),))).names == ("Licence of a picture",)
    more = Image("b.jpg", "ef" * 32, "", "", "", 1, 1)
    assert difference(FIRST, with_document(images=(image, more))).names == ("Picture",)


def test_a_paragraph_that_became_a_subhead_says_so() -> None:
    body = (Block("h", BODY[0].text, BODY[0].marks), *BODY[1:])
    part = only(difference(FIRST, with_document(body=body)))
    assert part.remarks == ("It was of another kind: paragraph.",)


def test_another_speaker_of_a_block_quotation_is_shown() -> None:
    body = tuple(replace(block, speaker="Tor Almås") if block.kind == "quote" else block for block in BODY)
    part = only(difference(FIRST, with_document(body=body)))
    assert (part.label, words_of(part)) == ("Speaker of a quotation", ("Ida Rosenkilde", "Tor Almås"))


def test_another_speaker_of_a_quotation_in_a_paragraph_is_shown() -> None:
    quotations = tuple(replace(q, speaker="The minister") if q.id == "k2" else q for q in FIRST.quotations)
    found = difference(FIRST, replace(SECOND_EDITION, quotations=quotations))
    assert found.names == ("Speaker of a quotation",)


def test_nothing_changed_is_said_to_be_nothing() -> None:
    assert difference(FIRST, SECOND_EDITION).changed == ()
    assert "No words, links or pictures changed" in history_page(SITE, EDITIONS)


def test_the_history_names_each_edition_its_class_its_note_and_its_proof() -> None:
    page: Any = html.document_fromstring(history_page(LOGGED_SITE, EDITIONS))
    steps = page.xpath("//ol[@class='history']/li")
    assert [step.get("data-version") for step in steps] == ["3", "2", "1"]
    assert [step.get("data-entry") for step in steps] == ["21", "17", "4"]
    first = steps[0]
    assert first.xpath(".//*[@data-c='change']/@data-v") == ["correction"]
    assert "There are 61." in first.text_content()
    assert f"{PATH}editions/3/" in first.xpath(".//a/@href")
    assert "/log/proof/21.tlog-proof" in first.xpath(".//a/@href")
    assert f"/log/content/{first.get('data-content')}" in first.xpath(".//a/@href")


def test_what_was_removed_and_added_is_told_without_colour() -> None:
    changed = with_document(title="Vestmark closes strait “open in winter and in war”")
    page: Any = html.document_fromstring(comparison_page(SITE, [FIRST, changed], 1, 2))
    headline = page.xpath("//*[@data-was='headline']")[0]
    assert headline.xpath(".//del")[0].text_content() == "[removed: will keep]"
    assert headline.xpath(".//ins")[0].text_content() == "[added: closes]"


def test_all_pairs_are_compared_while_they_are_few_and_a_long_history_stays_bounded() -> None:
    assert compared(3) == [(1, 2), (1, 3), (2, 3)]
    assert compared(1) == []
    assert len(compared(FEW_VERSIONS)) == FEW_VERSIONS * (FEW_VERSIONS - 1) / 2
    long = compared(100)
    assert len(long) == 2 * 99 - 1
    assert (1, 100) in long
    assert (57, 58) in long


def test_an_edition_touches_its_history_and_its_comparisons() -> None:
    touched = affected(THIRD_EDITION, SECOND_EDITION)
    assert {f"{PATH}history/", f"{PATH}history/1-3/", f"{PATH}history/2-3/"} <= touched
    assert f"{PATH}history/" in affected(replace(THIRD_EDITION, path="/politics/x/"), SECOND_EDITION)


def test_a_corrected_figure_in_a_table_and_a_moved_time_are_shown() -> None:
    body = tuple(replace(block, text="2024\n16\n") if block.text == "2024\n61\n" else block for block in BODY)
    part = only(difference(FIRST, with_document(body=body)))
    assert (part.label, words_of(part)) == ("Row of a table", ("61", "16"))
    at = datetime(2025, 11, 8, 10, 2, tzinfo=UTC)
    update = Block("update", "The debate opens", at=at)
    live = replace(FIRST, document=replace(FIRST.document, body=(update,)))
    later = replace(FIRST, document=replace(FIRST.document, body=(replace(update, at=at.replace(hour=11)),)))
    assert difference(live, later).names == ("Time of an update",)

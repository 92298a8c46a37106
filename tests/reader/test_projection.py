"""A page says what was sealed, all of it, and nothing else where sealed text stands."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from cryptonewshub.editions.content import Content
from cryptonewshub.reader.fronts import front_page
from cryptonewshub.reader.pages import article_page
from tests.reader.cast import EDITIONS, FIRST, SITE, THIRD_EDITION
from tests.reader.projection import Projected, collapsed, outside, project


@pytest.fixture
def page() -> list[Projected]:
    return project(article_page(SITE, THIRD_EDITION, editions=EDITIONS))


def test_the_body_round_trips_block_by_block_in_order(page: list[Projected]) -> None:
    on_page = [(item.key, item.text) for item in page if item.key.startswith("body.") and item.key.count(".") == 1]
    sealed = [(f"body.{n}", collapsed(block.text)) for n, block in enumerate(THIRD_EDITION.document.body)]
    assert on_page == sealed


def test_links_in_the_body_lead_where_the_sealed_marks_do(page: list[Projected]) -> None:
    links = {item.key: item.links for item in page if item.links}
    assert links == {"body.2": ("https://parliament.example/acts/harbour",)}


def test_everything_else_on_the_page_is_sealed_too(page: list[Projected]) -> None:
    sealed = sealed_values(THIRD_EDITION)
    strange = [item for item in page if not item.key.startswith("body.") and sealed.get(item.key) != item.text]
    assert strange == []


def test_nothing_that_was_sealed_for_readers_is_missing(page: list[Projected]) -> None:
    shown = {item.key for item in page}
    assert sealed_values(THIRD_EDITION).keys() - shown == set()


def test_no_sealed_sentence_stands_outside_a_sealed_element() -> None:
    theme = outside(article_page(SITE, THIRD_EDITION, editions=EDITIONS))
    assert "How this story was checked" in theme
    for words in ("strait open", "Rosenkilde", "harbour conference", "havnefogden", "Adds the harbour", "16 ships"):
        assert words not in theme


def test_a_list_says_which_edition_each_headline_is_from() -> None:
    page = front_page(SITE, [THIRD_EDITION])
    assert f'data-article="{FIRST.article}" data-version="3"' in page
    assert Projected("headline", collapsed(FIRST.document.title)) in project(page)


def sealed_values(content: Content) -> dict[str, str]:
    """What each key may say, read from the canonical bytes."""
    sealed = json.loads(content.to_bytes())
    values = {key: sealed[key] for key in ("kicker", "headline", "standfirst", "dateline", "published", "updated")}
    values["section"] = sealed["section"]["name"]
    values["label"] = sealed["label"]
    if "series" in sealed:
        values |= {"series": sealed["series"]["name"], "series.part": str(sealed["series"]["part"])}
    values["policy"] = sealed["policy"]["sha256"]
    for n, byline in enumerate(sealed["bylines"]):
        values[f"byline.{n}"] = byline["name"]
        if "role" in byline:
            values[f"byline.{n}.role"] = byline["role"]
    for n, topic in enumerate(sealed["topics"]):
        values[f"topic.{n}"] = topic["name"]
    for n, image in enumerate(sealed["images"]):
        values[f"image.{n}"] = image["sha256"]
        values[f"image.{n}.credit"] = image["credit"]
        values[f"image.{n}.licence"] = image["licence"]
    for n, correction in enumerate(sealed["corrections"]):
        for key in ("made", "note", "wrong", "right", "found_by", "credit"):
            if key in correction:
                values[f"correction.{n}.{key}"] = correction[key]
        for key in ("note", "wrong", "right"):
            if key in correction:
                values[f"edition.{correction['version']}.{key}"] = correction[key]
    for source in sealed["sources"]:
        for key in ("title", "publisher", "published", "lang", "captured", "sha256", "speaker", "url"):
            if key in source:
                values[f"source.{source['id']}.{key}"] = source[key]
    for quote in sealed["quotes"]:
        if quote["match"] != "not-speech":
            values |= _quote_values(quote)
    return {key: collapsed(value) for key, value in values.items()}


def _quote_values(quote: dict[str, object]) -> dict[str, str]:
    key = f"quote.{quote['id']}"
    passage = quote["passage"]
    assert isinstance(passage, dict)
    before, after = passage["prefix"], passage["suffix"]
    if len(before) >= 80:
        before = before.split(" ", 1)[1]
    if len(after) >= 80:
        after = after.rsplit(" ", 1)[0]
    values = {f"{key}.before": before, f"{key}.passage": passage["exact"], f"{key}.after": after}
    values[f"{key}.speaker"] = str(quote["speaker"])
    if quote["where"] == "title":
        values[f"{key}.text"] = str(quote["text"])
    if "note" in quote:
        values[f"{key}.note"] = str(quote["note"])
    if quote["checked_by_role"] != "desk":
        values[f"{key}.checked_by"] = str(quote["checked_by_role"])
    return values


def test_a_time_is_projected_as_it_was_sealed(page: list[Projected]) -> None:
    sealed = datetime(2025, 11, 8, 9, 51, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert Projected("published", sealed) in page

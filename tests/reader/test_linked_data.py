"""Facts for machines: what a story is, who wrote it, what it stands on; and no text gets out of its block."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from lxml import html

from cryptonewshub.reader.fronts import front_page
from cryptonewshub.reader.linked_data import article_facts, as_block, front_facts
from cryptonewshub.reader.listings import author_page, section_page
from cryptonewshub.reader.pages import article_page
from tests.reader.cast import EDITIONS, FIRST, LIVE, SITE, THIRD_EDITION
from tests.reader.test_pages import ADA, STRAITS


def facts_in(page: str) -> dict[str, Any]:
    tree: Any = html.document_fromstring(page)
    (block,) = tree.xpath("//script[@type='application/ld+json']")
    found: dict[str, Any] = json.loads(block.text)
    return found


def test_a_story_says_who_published_what_when_and_from_what() -> None:
    facts = facts_in(article_page(SITE, THIRD_EDITION, editions=EDITIONS))
    assert facts["@type"] == "AnalysisNewsArticle"
    assert facts["headline"] == THIRD_EDITION.document.title
    assert facts["datePublished"] == "2025-11-08T10:51:00+01:00"
    assert facts["dateModified"].endswith("+01:00")
    assert facts["mainEntityOfPage"] == SITE.absolute(THIRD_EDITION.path)
    assert facts["isAccessibleForFree"] is True
    assert facts["publisher"]["@type"] == "NewsMediaOrganization"
    assert facts["citation"][0]["author"]["name"] == "Ida Rosenkilde"
    assert "https://ports.vestmark.example/speeches/opening" in facts["isBasedOn"]
    assert facts["image"][0]["creditText"]
    assert {author["@type"] for author in facts["author"]} <= {"Person", "Organization"}


def test_every_correction_is_said_and_leads_to_its_edition() -> None:
    corrections = article_facts(SITE, THIRD_EDITION)["correction"]
    assert corrections
    for said in corrections:
        assert said["@type"] == "CorrectionComment"
        assert said["text"]
        assert said["url"].startswith(SITE.absolute(THIRD_EDITION.path) + "#")


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("analysis", "AnalysisNewsArticle"),
        ("opinion", "OpinionNewsArticle"),
        ("explainer", "BackgroundNewsArticle"),
        ("live", "LiveBlogPosting"),
        ("news", "NewsArticle"),
    ],
)
def test_a_label_is_a_kind_of_article(label: Any, kind: str) -> None:
    labelled = replace(FIRST, document=replace(FIRST.document, label=label))
    assert article_facts(SITE, labelled)["@type"] == kind


def test_live_coverage_says_when_it_began_and_once_it_is_over_when_it_ended() -> None:
    facts = article_facts(SITE, LIVE)
    assert facts["coverageStartTime"] == facts["datePublished"]
    assert facts["coverageEndTime"] == "2025-11-08T16:30:00+01:00"
    going_on = replace(LIVE, document=replace(LIVE.document, ended=None))
    assert "coverageEndTime" not in article_facts(SITE, going_on)


def test_an_earlier_edition_has_its_own_address() -> None:
    facts = facts_in(article_page(SITE, FIRST, editions=EDITIONS, newest=False))
    assert facts["url"].endswith("/editions/1/")
    assert facts["version"] == 1


def test_policies_are_named_where_they_are() -> None:
    site = replace(SITE, policies=("accuracy", "corrections"))
    publisher = front_facts(site)["publisher"]
    assert publisher["correctionsPolicy"] == "https://post.example.org/policies/corrections/"
    assert publisher["publishingPrinciples"] == publisher["verificationFactCheckingPolicy"]
    assert "masthead" not in publisher


def test_the_other_pages_say_what_they_are() -> None:
    assert facts_in(front_page(SITE, [THIRD_EDITION]))["@type"] == "WebSite"
    assert facts_in(section_page(SITE, STRAITS, [THIRD_EDITION]))["mainEntity"]["itemListElement"][0]["position"] == 1
    assert facts_in(author_page(SITE, ADA, []))["mainEntity"]["knowsAbout"] == ["Straits", "Insurance"]


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--", "a & b", "\u2028\u2029", '"}]', "𝔘"])
def test_no_text_gets_out_of_the_block(text: str) -> None:
    hostile = replace(FIRST, document=replace(FIRST.document, title=text, standfirst=text, dateline=text))
    block = str(as_block(article_facts(SITE, hostile)))
    assert not set("<>&\u2028\u2029") & set(block)
    assert json.loads(block)["headline"] == text
    assert facts_in(article_page(SITE, hostile, editions=[hostile]))["headline"] == text


def test_a_link_that_may_not_be_followed_is_no_fact() -> None:
    source = replace(FIRST.document.sources[0], url="javascript:alert(1)")
    facts = article_facts(SITE, replace(FIRST, document=replace(FIRST.document, sources=(source,))))
    assert "isBasedOn" not in facts
    assert "url" not in facts["citation"][0]

"""The pages that lead to stories, and the page where nothing is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from lxml import html

from cryptonewshub.articles.document import Named, SeriesPart
from cryptonewshub.articles.prose import parse_body
from cryptonewshub.editions.content import Content
from cryptonewshub.reader.archive import archive_page, month_page, year_page
from cryptonewshub.reader.beside import Beside
from cryptonewshub.reader.fronts import Breaking, front_page
from cryptonewshub.reader.history import comparison_page, history_page
from cryptonewshub.reader.listings import (
    AuthorView,
    Photo,
    SectionView,
    SeriesView,
    TopicView,
    author_page,
    section_page,
    series_page,
    topic_page,
)
from cryptonewshub.reader.offline import offline_page, worker
from cryptonewshub.reader.pages import article_page, gone_page, not_found_page
from cryptonewshub.reader.paging import Paging
from cryptonewshub.reader.persons import OfficeView, PersonView, person_page
from cryptonewshub.reader.policies import POLICIES, PolicyLink, policies_page, policy_page
from cryptonewshub.reader.search.findable import Kind
from cryptonewshub.reader.search.index import Answer, Hit
from cryptonewshub.reader.search.questions import Question, read_question
from cryptonewshub.reader.search.results import search_page
from cryptonewshub.reader.verification import verify_page
from tests.reader.cast import ECONOMY, EDITIONS, FIRST, LIVE, LOGGED_SITE, SECURITY, SITE, THIRD_EDITION

STRAITS = SectionView("Security", "security", "Straits, convoys and those who pay for them.")
PORTS = TopicView("Ports", "ports", "Who builds them and who runs them.")
ADA = AuthorView(
    name="Ada Berg",
    slug="ada-berg",
    role="Security correspondent",
    biography="She has covered the straits since 2011.\n\nShe reads tide tables.",
    expertise=("Straits", "Insurance"),
    email="ada.berg@post.example.org",
    languages=("English", "Norwegian"),
    photo=Photo("/media/ada.webp", 240, "Ada on a quay"),
    contact="Signal ada.42",
)
IDA = PersonView(
    name="Ida Rosenkilde",
    slug="ida-rosenkilde",
    description="She has led the ministry of ports since the winter of the blockade.",
    offices=(
        OfficeView("Minister of Ports", "Government of Vestmark", "Vestmark", date(2024, 2, 1)),
        OfficeView("Harbour master", "Port of Skagen", "Vestmark", date(2015, 1, 1), date(2023, 12, 31)),
    ),
)
POLICY = parse_body("We say it.\n\n## How\n\n- At once.\n- Above the story.", path=Path("policy"))
QUESTION = read_question({"q": "harbour", "section": "security", "person": "ida-rosenkilde", "page": "2"})
_SEALED = datetime(2025, 11, 8, 9, 51, tzinfo=UTC)
STORY_HIT = Hit(
    Kind.STORY, "/s/a/", "A harbour", "en", _SEALED, "Security", "", "the harbour that was", ((4, 11),), True
)
STATEMENT_HIT = Hit(Kind.STATEMENT, "/s/a/#q1", "Ida Rosenkilde", "en", _SEALED, "Security", "A harbour", "We will", ())
EVERY_PAGE: dict[str, Callable[[], str]] = {
    "article": lambda: article_page(SITE, THIRD_EDITION, editions=EDITIONS),
    "edition": lambda: article_page(SITE, FIRST, editions=EDITIONS, newest=False),
    "preview": lambda: article_page(SITE, FIRST, editions=[], is_preview=True),
    "front": lambda: front_page(
        SITE,
        [THIRD_EDITION, story(2), story(3), story(4, section=ECONOMY)],
        Breaking("The act is passed", LIVE.path, LIVE),
    ),
    "live": lambda: article_page(SITE, LIVE, editions=[LIVE]),
    "section": lambda: section_page(SITE, STRAITS, [THIRD_EDITION, story(2)], Paging(older="/security/page/1/")),
    "series": lambda: series_page(SITE, SeriesView("The winter escorts", "the-winter-escorts"), [THIRD_EDITION]),
    "person": lambda: person_page(SITE, IDA, [THIRD_EDITION]),
    "archive": lambda: archive_page(SITE, [(2025, [(10, 1), (11, 12)]), (2024, [(3, 1)])]),
    "year": lambda: year_page(SITE, 2025, [(10, 1), (11, 12)]),
    "month": lambda: month_page(SITE, 2025, 11, [LIVE, THIRD_EDITION], Paging(2, "/a/page/1/", "/a/")),
    "policies": lambda: policies_page(SITE, [PolicyLink("Ethics", "What we do.", "/policies/ethics/")]),
    "policy": lambda: policy_page(SITE, POLICIES[0], POLICY),
    "gone": lambda: gone_page(SITE),
    "offline": lambda: offline_page(SITE),
    "topic": lambda: topic_page(SITE, PORTS, [THIRD_EDITION]),
    "author": lambda: author_page(SITE, ADA, [THIRD_EDITION]),
    "history": lambda: history_page(LOGGED_SITE, EDITIONS),
    "comparison": lambda: comparison_page(LOGGED_SITE, EDITIONS, 1, 3),
    "not-found": lambda: not_found_page(SITE),
    "verify": lambda: verify_page(SITE),
    "empty front": lambda: front_page(SITE, []),
    "search": lambda: search_page(SITE, QUESTION, Answer((STORY_HIT, STATEMENT_HIT), 41, instead="harbour")),
    "search before a question": lambda: search_page(SITE, Question(), Answer((), 0)),
    "search away": lambda: search_page(SITE, QUESTION, None),
}


def test_the_script_for_no_connection_keeps_that_page_and_its_files_and_changes_with_them() -> None:
    said = worker(SITE)
    kept = json.loads(re.findall(r"const files = (.*);", said)[0])
    page = offline_page(SITE)
    assert kept[0] == "/offline/"
    assert all(path in page for path in kept[1:])
    assert {path.rpartition(".")[2] for path in kept[1:]} == {"css", "js", "svg", "woff2"}
    assert worker(replace(SITE, name="Another newsroom")) != said


def story(number: int, *, section: Named | None = SECURITY, **document: object) -> Content:
    """Another story, told apart by its number."""
    changed = replace(FIRST.document, title=f"Story {number}", section=section, **document)  # type: ignore[arg-type]
    return replace(FIRST, article=UUID(int=number), path=f"/s/story-{number}/", document=changed)


def tree_of(page: str) -> Any:
    return html.document_fromstring(page)


def headlines(tree: Any, within: str = "") -> list[str]:
    return [a.text_content() for a in tree.xpath(f"{within}//*[@data-c='headline']")]


def test_breaking_news_stands_above_the_front_in_the_sealed_words_of_its_story() -> None:
    tree = tree_of(front_page(SITE, [story(1)], Breaking("", LIVE.path, LIVE)))
    (strip,) = tree.xpath("//p[@class='breaking']/a")
    assert (strip.get("href"), strip.get("data-article")) == (LIVE.path, str(LIVE.article))
    assert strip.xpath("./span/@data-c") == ["headline"]
    (own,) = tree_of(front_page(SITE, [story(1)], Breaking("Polls have closed"))).xpath("//p[@class='breaking']")
    assert own.text_content() == "Breaking Polls have closed"
    assert not own.xpath(".//@data-c")


def test_a_section_has_at_most_four_stories_on_the_front() -> None:
    tree = tree_of(front_page(SITE, [story(n) for n in range(1, 12)]))
    assert len(headlines(tree, "//section[@class='part']")) == 4


def test_a_section_leads_with_its_newest_story_and_an_older_page_does_not() -> None:
    tree = tree_of(section_page(SITE, STRAITS, [story(1), story(2)]))
    assert headlines(tree, "//div[contains(@class, 'leading')]") == ["Story 1"]
    older = tree_of(section_page(SITE, STRAITS, [story(1), story(2)], Paging(1, newer="/security/")))
    assert not older.xpath("//div[contains(@class, 'leading')]")
    assert older.xpath("//link[@rel='canonical']/@href") == ["https://post.example.org/security/page/1/"]
    assert older.xpath("//a[@rel='prev']/@href") == ["/security/"]


def test_a_person_has_the_offices_held_now_and_before_with_their_days() -> None:
    tree = tree_of(EVERY_PAGE["person"]())
    lines = [" ".join(line.text_content().split()) for line in tree.xpath("//ul[@class='offices']/li")]
    assert lines == [
        "Minister of Ports, Government of Vestmark since 1 February 2024",
        "Harbour master, Port of Skagen, Vestmark 1 January 2015 to 31 December 2023",
    ]


def test_a_month_lists_its_stories_by_the_days_of_the_sites_zone() -> None:
    late = story(2, published=datetime(2025, 11, 8, 23, 30, tzinfo=UTC))  # half past midnight in Oslo
    tree = tree_of(month_page(SITE, 2025, 11, [late, story(1)]))
    assert [day.text_content() for day in tree.xpath("//section[@class='day']/h2")] == [
        "Sunday, 9 November 2025",
        "Saturday, 8 November 2025",
    ]


def test_the_archive_leads_to_its_months_the_newest_first() -> None:
    tree = tree_of(EVERY_PAGE["archive"]())
    assert tree.xpath("//section[@class='year']//li/a/@href") == [
        "/archive/2025/11/", "/archive/2025/10/", "/archive/2024/03/",
    ]  # fmt: skip


def test_a_policy_keeps_its_headings_and_lists() -> None:
    tree = tree_of(EVERY_PAGE["policy"]())
    assert [h.text_content() for h in tree.xpath("//div[@class='text']/h2")] == ["How"]
    assert [li.text_content() for li in tree.xpath("//div[@class='text']//li")] == ["At once.", "Above the story."]


def test_beside_a_story_stand_the_parts_of_its_series_and_related_ones() -> None:
    part = story(2, series=SeriesPart("The winter escorts", "the-winter-escorts", 1))
    page = article_page(
        SITE, FIRST, editions=[FIRST], beside=Beside((part, FIRST), (story(3),), {"Ida Rosenkilde": "ida-rosenkilde"})
    )
    tree = tree_of(page)
    line = " ".join(tree.xpath("//p[@class='series-line']")[0].text_content().split())
    assert line == "Part 2 of 2 of The winter escorts"
    assert headlines(tree, "//ol[@class='parts']") == ["Story 2", FIRST.document.title]
    assert headlines(tree, "//ul[@class='related']") == ["Story 3"]
    assert tree.xpath("//nav[@aria-label='People quoted in this story']//a/@href") == ["/persons/ida-rosenkilde/"]


def test_the_front_leads_with_the_first_story_and_seconds_it_with_two() -> None:
    tree = tree_of(front_page(SITE, [story(n) for n in range(1, 6)]))
    assert headlines(tree, "//div[@class='lead']") == ["Story 1"]
    assert headlines(tree, "//div[@class='seconds']") == ["Story 2", "Story 3"]
    assert headlines(tree, "//section[@class='part']") == ["Story 4", "Story 5"]


def test_the_front_shows_sections_in_the_sites_order_and_every_story_once() -> None:
    stories = [story(1), story(2), story(3), story(4, section=ECONOMY), story(5), story(6, section=None)]
    tree = tree_of(front_page(SITE, stories))
    assert [h.text_content() for h in tree.xpath("//section[@class='part']/h2")] == ["Security", "Economy", "More"]
    assert sorted(headlines(tree)) == [f"Story {n}" for n in range(1, 7)]


def test_the_front_has_the_date_of_its_newest_story_in_the_sites_zone() -> None:
    late = story(1, published=datetime(2025, 11, 8, 23, 30, tzinfo=UTC))
    assert (
        tree_of(front_page(SITE, [FIRST, late])).xpath("//p[@class='today']")[0].text_content()
        == "Sunday, 9 November 2025"
    )


def test_only_the_lead_has_a_picture() -> None:
    tree = tree_of(front_page(SITE, [story(n) for n in range(1, 6)]))
    assert len(tree.xpath("//img")) == len(tree.xpath("//div[@class='lead']//img")) == 1


def test_a_corrected_story_is_told_as_such_in_every_list() -> None:
    tree = tree_of(section_page(SITE, STRAITS, [THIRD_EDITION, story(2)]))
    assert [b.text for b in tree.xpath("//b[@class='corrected']")] == ["Corrected"]


def test_a_section_and_a_topic_say_what_they_are_about() -> None:
    for page, view in ((section_page(SITE, STRAITS, []), STRAITS), (topic_page(SITE, PORTS, []), PORTS)):
        tree = tree_of(page)
        assert tree.xpath("//h1")[0].text == view.name
        assert view.description in tree.text_content()
        assert "as soon as they are published" in tree.text_content()


def test_the_section_that_is_read_is_marked_in_the_masthead() -> None:
    tree = tree_of(section_page(SITE, STRAITS, []))
    assert tree.xpath("//header//a[@aria-current]/@href") == ["/security/"]


def test_an_author_is_introduced_and_can_be_written_to() -> None:
    tree = tree_of(author_page(SITE, ADA, [FIRST]))
    assert [p.text for p in tree.xpath("//p[@class='biography']")] == ADA.biography.split("\n\n")
    assert "Straits, Insurance" in tree.text_content()
    assert tree.xpath("//dd/a/@href") == ["mailto:ada.berg%40post.example.org"]
    assert "Signal ada.42" in tree.text_content()
    assert tree.xpath("//img[@class='photo']/@alt") == ["Ada on a quay"]
    assert headlines(tree) == [FIRST.document.title]


def test_an_author_without_particulars_has_none() -> None:
    assert not tree_of(author_page(SITE, AuthorView("Ben Okoro", "ben"), [])).xpath("//dl")


@pytest.mark.parametrize("make", EVERY_PAGE.values(), ids=EVERY_PAGE)
def test_every_page_has_one_heading_of_the_first_order_a_main_part_and_a_title(make: Callable[[], str]) -> None:
    tree = tree_of(make())
    assert len(tree.xpath("//h1")) == len(tree.xpath("//main")) == len(tree.xpath("//title")) == 1
    assert tree.get("lang") == "en"
    assert tree.xpath("//a[@class='skip']/@href") == ["#story"]


@pytest.mark.parametrize("make", EVERY_PAGE.values(), ids=EVERY_PAGE)
def test_no_page_names_a_file_of_another_host(make: Callable[[], str]) -> None:
    tree = tree_of(make())
    loaded = tree.xpath("//@src | //@srcset | //@poster | //@action | //link[@rel!='canonical']/@href")
    assert [address for address in loaded if not address.startswith("/") or address.startswith("//")] == []


@pytest.mark.parametrize("make", EVERY_PAGE.values(), ids=EVERY_PAGE)
def test_a_page_is_the_same_for_the_same_values(make: Callable[[], str]) -> None:
    assert make() == make()


def test_a_page_without_stories_has_a_rights_line_without_a_year() -> None:
    assert "© The Harbour Post. All rights reserved." in tree_of(not_found_page(SITE)).text_content()


def test_a_hostile_site_and_its_views_are_text() -> None:
    trap = "</title><script>alert(1)</script>"
    site = replace(SITE, name=trap, promise=trap, rights=trap, staff_byline=trap, sections=(Named(trap, "x"),))
    author = AuthorView(trap, "x", trap, trap, (trap,), (trap,), trap, contact=trap)
    for page in (
        front_page(site, [FIRST]),
        author_page(site, author, []),
        section_page(site, SectionView(trap, "x", trap), []),
    ):
        ours = "@type = 'application/ld+json' or starts-with(@src, '/assets/')"
        assert not tree_of(page).xpath(f"//script[not({ours})]")

"""Readers in another zone, and stories that are read from right to left: what only a browser can tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from cryptonewshub.articles.document import Block
from cryptonewshub.reader.fronts import front_page
from cryptonewshub.reader.pages import article_page
from tests.reader.cast import EDITIONS, SITE, THIRD_EDITION, with_body
from tests.reader.test_in_chromium import ARTICLE, Press

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("reader in chromium")]

Open = Callable[..., Page]
PUBLISHED = "[data-shows=whole] header time[data-c=published]"


@pytest.fixture
def reading(browser: Browser) -> Iterator[Open]:
    """A page as a reader somewhere opens it: `zone` and `locale` are their browser's."""
    contexts = []

    def show(
        text: str, *, zone: str = "Europe/Oslo", locale: str = "en-GB", width: int = 1280, scripts: bool = True
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, timezone_id=zone, locale=locale, java_script_enabled=scripts
        )
        contexts.append(context)
        return Press(context).show(text)

    yield show
    for context in contexts:
        context.close()


def test_a_reader_elsewhere_sees_the_times_of_their_own_zone_on_demand(reading: Open) -> None:
    page = reading(ARTICLE, zone="Asia/Tokyo")
    time, box = page.locator(PUBLISHED), page.get_by_label("Times in my own zone")
    ours = time.inner_text()
    assert ours.endswith("CET, 8 November 2025")
    box.focus()
    page.keyboard.press("Space")
    expect(time).to_have_text("8 November 2025 at 18:51 GMT+9")
    assert time.get_attribute("lang") == "en-GB"
    page.reload()
    expect(page.locator(PUBLISHED)).to_have_text("8 November 2025 at 18:51 GMT+9")
    expect(page.get_by_label("Times in my own zone")).to_be_checked()
    page.get_by_label("Times in my own zone").uncheck()
    expect(page.locator(PUBLISHED)).to_have_text(ours)
    assert page.locator(PUBLISHED).get_attribute("lang") is None
    page.reload()
    expect(page.locator(PUBLISHED)).to_have_text(ours)


def test_the_times_come_in_the_readers_own_language(reading: Open) -> None:
    page = reading(ARTICLE, zone="America/New_York", locale="de-DE")
    page.get_by_label("Times in my own zone").check()
    expect(page.locator(PUBLISHED)).to_contain_text("8. November 2025")
    expect(page.locator(PUBLISHED)).to_contain_text("04:51")


def test_a_day_without_a_clock_stays_the_newsrooms(reading: Open) -> None:
    page = reading(ARTICLE, zone="Pacific/Kiritimati")
    days = page.locator("time:not([data-c=published]):not([data-c=updated])").all_inner_texts()
    bare = [text for text in days if ":" not in text]
    page.get_by_label("Times in my own zone").check()
    after = page.locator("time:not([data-c=published]):not([data-c=updated])").all_inner_texts()
    assert bare
    assert [text for text in after if ":" not in text] == bare


def test_nothing_is_offered_where_it_would_change_nothing(reading: Open) -> None:
    page = reading(ARTICLE, zone="Europe/Berlin")
    expect(page.get_by_label("Dark")).to_be_visible()
    expect(page.locator(".zone")).to_have_count(0)


def test_nothing_is_offered_without_a_script(reading: Open) -> None:
    page = reading(ARTICLE, zone="Asia/Tokyo", scripts=False)
    expect(page.get_by_text("Times in my own zone")).to_have_count(0)
    expect(page.locator(PUBLISHED)).to_contain_text("CET")


def test_the_box_is_accessible_and_moves_nothing(reading: Open, browser: Browser) -> None:
    page = reading(ARTICLE, zone="Asia/Tokyo", width=390)
    box = page.get_by_label("Times in my own zone")
    size = page.locator(".zone label").bounding_box()
    assert size is not None
    assert size["height"] >= 24
    place = "document.querySelector('h1').getBoundingClientRect().top + scrollY"
    above = page.evaluate(place)
    box.check()
    assert page.evaluate(place) == above
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context = browser.new_context(timezone_id="Asia/Tokyo", bypass_csp=True)
    results = Axe().run(Press(context).show(ARTICLE))
    assert results.violations_count == 0, results.generate_report()
    context.close()


WORDS = "قال الوزير إن الميناء سيفتح أبوابه يوم الاثنين المقبل بعد أسابيع من الإغلاق"


@pytest.fixture(params=["ar", "he"])
def turned(request: pytest.FixtureRequest) -> str:
    """A story that is read from right to left, in an English newsroom."""
    body = (
        Block("p", f"{WORDS}."),
        Block("h", "الميناء"),
        Block("ul", "الأول"),
        Block("quote", WORDS, speaker="إيدا"),
    )
    story = with_body(*body)
    document = replace(story.document, language=request.param, title=WORDS, standfirst=WORDS)
    return article_page(SITE, replace(story, document=document, quotations=()), editions=EDITIONS[:1])


@pytest.mark.parametrize("width", [390, 1280])
def test_a_story_from_right_to_left_stands_at_the_right(reading: Open, turned: str, width: int) -> None:
    page = reading(turned, width=width)
    for selector in ("h1", ".standfirst", "[data-c='body.0']", ".quotation blockquote"):
        found = page.locator(selector).first
        assert found.evaluate("node => getComputedStyle(node).direction") == "rtl", selector
        # Where the words begin: at the right edge of their element, however long the line.
        start = found.evaluate(
            """node => {
              const words = document.createRange();
              const text = document.createTreeWalker(node, NodeFilter.SHOW_TEXT).nextNode();
              words.setStart(text, 0);
              words.setEnd(text, 1);
              return node.getBoundingClientRect().right - words.getBoundingClientRect().right;
            }"""
        )
        assert -1 <= start < 60, (selector, start)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_marks_of_lists_and_quotations_stand_on_the_side_where_lines_begin(reading: Open, turned: str) -> None:
    page = reading(turned)
    item = page.locator(".text ul li").first
    assert item.evaluate("node => getComputedStyle(node.parentElement).paddingInlineStart !== '0px'")
    listed, column = item.bounding_box(), page.locator("[data-c='body.0']").bounding_box()
    assert listed is not None
    assert column is not None
    assert listed["x"] + listed["width"] < column["x"] + column["width"]  # room for the bullet at the right
    bar = page.locator(".quotation").evaluate(
        "node => { const s = getComputedStyle(node); return [s.direction, s.borderRightWidth, s.borderLeftWidth, "
        "s.paddingRight, s.paddingLeft]; }"
    )
    assert bar[0] == "rtl"
    assert float(bar[1][:-2]) + float(bar[3][:-2]) >= float(bar[2][:-2]) + float(bar[4][:-2])


def test_in_a_list_each_story_is_read_in_its_own_direction(reading: Open) -> None:
    arabic = replace(THIRD_EDITION, document=replace(THIRD_EDITION.document, language="ar", title=WORDS))
    page = reading(front_page(SITE, [THIRD_EDITION, arabic]))
    turned, ours = page.locator(".teaser[lang=ar] h2"), page.locator(".teaser[lang=en] h2")
    assert turned.evaluate("node => getComputedStyle(node).direction") == "rtl"
    assert ours.evaluate("node => getComputedStyle(node).direction") == "ltr"
    assert page.evaluate("document.documentElement.dir") == "ltr"

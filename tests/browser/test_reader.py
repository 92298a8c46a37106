"""The reader's pages in a real browser: nothing from elsewhere, nothing stored, nothing that needs a script."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import RunningNewsroom

ARTICLE = "/energy/merrow-link-anchor/"
LIVE = "/diplomacy/corravia-assembly-live/"
ARABIC = "/security/sable-dawn-crew-home-ar/"
PAGES = {
    "front": "/",
    "section": "/energy/",
    "article": ARTICLE,
    "edition": f"{ARTICLE}editions/1/",
    "history": f"{ARTICLE}history/",
    "live": LIVE,
    "table": "/energy/corravia-winter-outlook/",
    "explainer": "/energy/cable-repair-explained/",
    "opinion": "/security/awake-on-the-bridge-opinion/",
    "analysis with a picture": "/diplomacy/seabed-convention-analysis/",
    "live coverage that runs": "/energy/second-cable-live/",
    "from right to left": ARABIC,
    "retracted": "/energy/strait-ferries-night/",
    "withdrawn": "/security/sable-dawn-witness/",
    "comparison": f"{ARTICLE}history/1-2/",
    "comments": f"{ARTICLE}comments/",
    "verify": "/verify/",
    "part of a series": "/security/naval-line-proposal/",
    "series": "/series/the-naval-line/",
    "author": "/authors/nadia-corvell/",
    "topic": "/topics/merrow-link/",
    "person": "/persons/tadeo-brisk/",
    "archive": "/archive/",
    "year": "/archive/2026/",
    "month": "/archive/2026/10/",
    "policies": "/policies/",
    "policy": "/policies/corrections/",
    "accuracy": "/policies/accuracy/",
    "corrections": "/corrections/",
    "month of corrections": "/corrections/2026-03/",
    "search": "/search/",
    "found": "/search/?q=cable",
    "offline": "/offline/",
    "nothing": "/nothing/",
}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

PAPERS: dict[Literal["light", "dark"], str] = {"light": "rgb(251, 250, 247)", "dark": "rgb(20, 22, 26)"}
PAPER = "body => getComputedStyle(body).backgroundColor"
# What reaches over the edge of the window, where nothing around it scrolls by itself. What is hidden beside the window,
# and the room for fingers around the number of a source, are meant to.
CUT_OFF = """html => {
    const isHeld = at => at && (getComputedStyle(at).overflowX !== 'visible' || isHeld(at.parentElement));
    const isOver = at => {
        const box = at.getBoundingClientRect();
        const reachesOver = box.width > 1 && (box.right > innerWidth + 1 || box.left < -1);
        return reachesOver && !isHeld(at) && !at.closest('.skip, .trap, .number');
    };
    const over = [...document.body.querySelectorAll('*')].filter(isOver).map(at => at.outerHTML.slice(0, 120));
    return html.scrollWidth > innerWidth ? ['the page is wider than the window', ...over] : over }"""
# What has words of its own in the very colour that lies behind them.
INVISIBLE = """() => {
    const ground = at => {
        const colour = getComputedStyle(at).backgroundColor;
        return colour === 'rgba(0, 0, 0, 0)' && at.parentElement ? ground(at.parentElement) : colour };
    const hasWords = at => [...at.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    return [...document.body.querySelectorAll('*')]
        .filter(at => at.checkVisibility() && hasWords(at) && getComputedStyle(at).color === ground(at))
        .map(at => at.outerHTML.slice(0, 120)) }"""

every_page = pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)


@every_page
def test_a_page_asks_no_other_host_and_sets_no_cookie(
    browser: Browser, running_newsroom: RunningNewsroom, address: str
) -> None:
    context = browser.new_context()
    page, asked, refused = context.new_page(), set[str](), list[str]()
    page.on("request", lambda request: asked.add(request.url.split("/")[2]))
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.goto(running_newsroom.address + address)
    assert asked == {running_newsroom.address.removeprefix("http://")}
    assert context.cookies() == []
    assert [text for text in refused if "404" not in text and "410" not in text] == []
    context.close()


@every_page
def test_axe_finds_nothing_on_phone_and_desktop_in_light_and_dark(
    browser: Browser, running_newsroom: RunningNewsroom, address: str
) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(running_newsroom.address + address)
    screens: tuple[tuple[int, Literal["light", "dark"]], ...] = ((390, "light"), (1280, "dark"))
    for width, scheme in screens:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        results = Axe().run(page, options=RULES)
        assert results.violations_count == 0, results.generate_report()
    context.close()


@every_page
def test_without_a_script_everything_fits_every_screen_and_paper(
    browser: Browser, running_newsroom: RunningNewsroom, address: str
) -> None:
    """320 pixels are also 1280 at a zoom of 400 %, 640 at one of 200 %; 768 is a tablet."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(running_newsroom.address + address)
    for scheme, paper in PAPERS.items():
        page.emulate_media(color_scheme=scheme)
        assert page.locator("body").evaluate(PAPER) == paper
        for width in (320, 390, 640, 768, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.locator("html").evaluate(CUT_OFF) == [], (width, scheme)
            expect(page.locator("h1")).to_be_visible()
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 700, "height": 900})
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".masthead nav, .theme").first).to_be_hidden()
    assert page.locator("html").evaluate(CUT_OFF) == []
    assert page.locator("body").evaluate(PAPER) == "rgb(255, 255, 255)"
    context.close()


@every_page
def test_where_colours_are_forced_every_word_can_be_told_from_its_ground(
    page: Page, running_newsroom: RunningNewsroom, address: str
) -> None:
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    page.goto(running_newsroom.address + address)
    assert page.evaluate(INVISIBLE) == []
    assert page.evaluate("document.getAnimations().length") == 0


@every_page
def test_by_keyboard_alone_the_place_is_always_seen(
    page: Page, running_newsroom: RunningNewsroom, address: str
) -> None:
    page.goto(running_newsroom.address + address)
    for _ in range(30):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => { const at = document.activeElement;
            if (at === document.body) return 'over';
            const box = at.getBoundingClientRect(), style = getComputedStyle(at);
            return box.width > 0 && style.outlineStyle !== 'none' ? '' : at.outerHTML.slice(0, 200) }"""
        )
        if seen == "over":
            break
        assert seen == ""


@pytest.mark.parametrize("address", ["/", ARTICLE, LIVE, ARABIC, PAGES["table"], PAGES["topic"]])
def test_with_letters_twice_as_large_nothing_is_cut(
    browser: Browser, running_newsroom: RunningNewsroom, address: str
) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(running_newsroom.address + address)
    page.add_style_tag(content=":root { font-size: 200% }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_the_paper_has_the_story_its_sources_and_its_address(page: Page, running_newsroom: RunningNewsroom) -> None:
    page.goto(running_newsroom.address + ARTICLE)
    page.emulate_media(media="print")
    for words in ("An anchor broke our cable", "Press briefing on the Merrow Link", running_newsroom.address + ARTICLE):
        expect(page.get_by_text(words).locator("visible=true").first).to_be_visible()


def test_the_colours_follow_a_choice_without_a_script(browser: Browser, running_newsroom: RunningNewsroom) -> None:
    context = browser.new_context(java_script_enabled=False, color_scheme="light")
    page = context.new_page()
    page.goto(running_newsroom.address + ARTICLE)
    paper = "body => getComputedStyle(body).backgroundColor"
    assert page.locator("body").evaluate(paper) == "rgb(251, 250, 247)"
    page.get_by_label("Dark").check()
    assert page.locator("body").evaluate(paper) == "rgb(20, 22, 26)"
    context.close()


def test_with_a_script_the_choice_is_remembered_and_nothing_is_sent(
    browser: Browser, running_newsroom: RunningNewsroom
) -> None:
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(running_newsroom.address + ARTICLE)
    page.get_by_label("Dark").check()
    page.goto(running_newsroom.address)
    paper = "body => getComputedStyle(body).backgroundColor"
    assert page.locator("body").evaluate(paper) == "rgb(20, 22, 26)"
    expect(page.get_by_label("Dark")).to_be_checked()
    page.get_by_label("Device").check()
    page.reload()
    assert page.locator("body").evaluate(paper) == "rgb(251, 250, 247)"
    assert context.cookies() == []
    context.close()


def test_where_colours_are_forced_the_signs_are_still_there(page: Page, running_newsroom: RunningNewsroom) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(running_newsroom.address + ARTICLE)
    sign = page.locator(".sign .drawing").first
    expect(sign).to_be_visible()
    colour = sign.evaluate("e => getComputedStyle(e).color")
    assert colour != page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")


def test_a_picture_comes_in_the_lightest_form_that_fits(browser: Browser, running_newsroom: RunningNewsroom) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(running_newsroom.address + LIVE)
    page.wait_for_function("document.querySelector('figure img').complete")
    assert page.evaluate("document.querySelector('figure img').currentSrc").endswith("-480.avif")
    context.close()


def test_an_article_says_when_it_was_published_in_the_zone_of_that_day(
    page: Page, running_newsroom: RunningNewsroom
) -> None:
    page.goto(running_newsroom.address + ARTICLE)
    published = page.locator("time").first
    expect(published).to_have_attribute("datetime", "2026-03-12T08:10:00+01:00")
    expect(published).to_contain_text("CET")


def test_the_mark_of_a_quotation_opens_where_it_comes_from_by_keyboard(
    page: Page, running_newsroom: RunningNewsroom
) -> None:
    page.goto(running_newsroom.address + ARTICLE)
    mark = page.get_by_role("button", name="Source:").first
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Press briefing on the Merrow Link").first).to_be_visible()


def test_a_correction_stands_above_the_story(page: Page, running_newsroom: RunningNewsroom) -> None:
    page.goto(running_newsroom.address + ARTICLE)
    correction = page.get_by_text("That is its capacity").first
    expect(correction).to_be_visible()
    box, story = correction.bounding_box(), page.locator('[data-c="body.0"]').bounding_box()
    assert box
    assert story
    assert box["y"] < story["y"]


def test_a_held_story_is_nowhere(page: Page, running_newsroom: RunningNewsroom) -> None:
    page.goto(running_newsroom.address)
    expect(page.get_by_text("Tarqua Gas").first).not_to_be_visible()
    answer = page.goto(f"{running_newsroom.address}/energy/tarqua-gas-offer/")
    assert answer
    assert answer.status == 404

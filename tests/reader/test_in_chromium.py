"""The pages in a real browser under their strict policy, answered from memory: what only a browser can tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from cryptonewshub.articles.document import Block
from cryptonewshub.reader.assets import assets
from cryptonewshub.reader.pages import article_page
from tests.reader.cast import EDITIONS, SITE, THIRD_EDITION, with_body
from tests.reader.test_pages import EVERY_PAGE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("reader in chromium")]

HOST = "https://post.example.org"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; "
    "script-src 'self'; connect-src 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types newsroom"
)
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "woff2": "font/woff2"}
ARTICLE = article_page(SITE, THIRD_EDITION, editions=EDITIONS)


class Press:
    """A browser tab whose every request is answered from memory, and written down."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.asked: set[str] = set()
        self.refused: list[str] = []
        self.waits_for_faces = False
        self._text = ""
        self.page.route("**/*", self._answer)
        self.page.on("console", lambda message: self.refused.append(message.text))

    def show(self, text: str) -> Page:
        self._text = text
        self.page.goto(f"{HOST}/page/")
        return self.page

    def _answer(self, route: Route) -> None:
        address = route.request.url
        self.asked.add("/".join(address.split("/")[:3]))
        name = address.removeprefix(f"{HOST}/")
        if name == "page/":
            policy = {"content-security-policy": POLICY, "content-type": "text/html; charset=utf-8"}
            route.fulfill(body=self._text, headers=policy)
        elif name in assets():
            route.fulfill(body=self._file(name), headers={"content-type": TYPES[name.rpartition(".")[2]]})
        elif name.endswith(".js"):
            route.fulfill(body="", headers={"content-type": TYPES["js"]})
        else:
            route.fulfill(status=200, body=assets_svg(), headers={"content-type": "image/svg+xml"})

    def _file(self, name: str) -> bytes:
        """The asset; where a test is about the text face itself, with a style sheet that waits for it."""
        displayed = b"block" if self.waits_for_faces else b"optional"
        return assets()[name].replace(b"font-display: optional", b"font-display: " + displayed)


def assets_svg() -> bytes:
    return next(content for name, content in assets().items() if name.endswith(".svg"))


@pytest.fixture
def press(browser: Browser) -> Iterator[Press]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=False)
    yield Press(context)
    context.close()


@pytest.mark.parametrize("make", EVERY_PAGE.values(), ids=EVERY_PAGE)
def test_a_page_keeps_its_policy_and_asks_no_other_host(press: Press, make: Callable[[], str]) -> None:
    press.show(make())
    assert press.asked == {HOST}
    assert press.refused == []


@pytest.mark.parametrize("make", EVERY_PAGE.values(), ids=EVERY_PAGE)
def test_axe_finds_nothing(browser: Browser, make: Callable[[], str]) -> None:
    context = browser.new_context(bypass_csp=True)
    page = Press(context).show(make())
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_in_an_open_note_in_the_dark(browser: Browser, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme="dark", bypass_csp=True)
    page = Press(context).show(ARTICLE)
    page.locator("[popovertarget=note-q4]").first.click()
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    context.close()


def test_a_note_opens_by_keyboard_and_gives_the_focus_back(press: Press) -> None:
    page = press.show(ARTICLE)
    sign = page.get_by_role("button", name="Source: Tor Almås")
    note = page.locator("#note-q5")
    expect(note).to_be_hidden()
    sign.focus()
    page.keyboard.press("Enter")
    expect(note).to_be_visible()
    assert page.evaluate("document.querySelector('#note-q5').contains(document.activeElement)")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "The original"
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(sign).to_be_focused()


def test_a_note_opens_without_a_script(browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = Press(context).show(ARTICLE)
    page.get_by_role("button", name="Source: Tor Almås").click()
    expect(page.locator("#note-q5 mark")).to_be_visible()
    context.close()


def test_on_a_wide_screen_a_note_stands_beside_its_line(press: Press) -> None:
    page = press.show(ARTICLE)
    sign = page.locator("[popovertarget=note-q5]").first
    sign.click()
    note, text, at = (x.bounding_box() for x in (page.locator("#note-q5"), page.locator(".text"), sign))
    assert note
    assert text
    assert at
    assert note["x"] > text["x"] + text["width"]
    assert abs(note["y"] - at["y"]) < 24


def test_on_a_phone_a_note_opens_below_its_line_and_in_view(press: Press) -> None:
    press.page.set_viewport_size({"width": 390, "height": 800})
    page = press.show(ARTICLE)
    sign = page.locator("[popovertarget=note-q5]").first
    sign.click()
    note, at = page.locator("#note-q5").bounding_box(), sign.bounding_box()
    assert note
    assert at
    assert 0 <= note["y"] - (at["y"] + at["height"]) < 24
    assert note["x"] >= 0
    assert note["x"] + note["width"] <= 390
    assert note["y"] + note["height"] <= 800


def test_in_a_story_from_right_to_left_the_margin_is_on_the_left(press: Press) -> None:
    story = replace(THIRD_EDITION, document=replace(THIRD_EDITION.document, language="he"))
    page = press.show(article_page(SITE, story, editions=EDITIONS))
    page.locator("[popovertarget=note-q5]").first.click()
    note, text = page.locator("#note-q5").bounding_box(), page.locator(".text").bounding_box()
    assert note
    assert text
    assert note["x"] >= 0
    assert note["x"] + note["width"] < text["x"]
    assert page.evaluate("document.documentElement.scrollWidth") == 1280


def test_nothing_moves_while_a_page_loads(press: Press) -> None:
    press.page.add_init_script(
        """window.moved = 0;
        const seen = list => { for (const entry of list.getEntries()) window.moved += entry.value };
        new PerformanceObserver(seen).observe({type: 'layout-shift', buffered: true})"""
    )
    page = press.show(ARTICLE)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.moved") < 0.01


def test_signs_and_numbers_are_large_enough_to_touch(press: Press) -> None:
    page = press.show(ARTICLE)
    for sign in page.locator(".sign, .number a").all():
        box = sign.bounding_box()
        assert box
        assert box["width"] >= 24
        assert box["height"] >= 23.9


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1280])
def test_nothing_is_wider_than_the_screen_even_with_very_long_words(press: Press, width: int) -> None:
    press.page.set_viewport_size({"width": width, "height": 800})
    long = "Unaussprechlichkeits" * 12
    page = press.show(
        article_page(SITE, with_body(Block("p", long), Block("h", long), title=long, standfirst=long), editions=[])
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_measure_is_that_of_a_book(press: Press) -> None:
    sentence = "The pilots of the outer harbour know each of the ferries by the sound of its engine in the fog. "
    press.waits_for_faces = True
    page = press.show(article_page(SITE, with_body(Block("p", sentence * 10)), editions=[]))
    page.evaluate("document.fonts.ready.then(() => null)")
    lines = page.evaluate(
        """() => { const p = document.querySelector('.text p'), range = document.createRange(), node = p.firstChild;
        range.selectNodeContents(p);
        return [node.length, new Set([...range.getClientRects()].map(r => Math.round(r.top))).size] }"""
    )
    assert 58 <= lines[0] / lines[1] <= 70


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_its_colours_keep_their_contrast(press: Press, scheme: Literal["light", "dark"]) -> None:
    press.page.emulate_media(color_scheme=scheme)
    page = press.show(ARTICLE)
    assert contrast(page, "body") >= 7
    for quiet in (".meta", ".kicker", ".sign", ".traced", ".grave b", ".rights"):
        assert contrast(page, quiet) >= 4.5


def contrast(page: Page, selector: str) -> float:
    """The contrast of an element's colour with the paper, after WCAG 2.2."""
    colours = page.evaluate(
        """selector => [selector, 'body'].map((one, n) => {
        const style = getComputedStyle(document.querySelector(one));
        const canvas = new OffscreenCanvas(1, 1).getContext('2d');
        canvas.fillStyle = n ? style.backgroundColor : style.color; canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3) })""",
        selector,
    )
    light, dark = sorted((luminance(colour) for colour in colours), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: list[int]) -> float:
    parts = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

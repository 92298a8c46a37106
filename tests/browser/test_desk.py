"""A new editor brings a faulty story to publication with the Desk panel, in a real browser. Nobody is a superuser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from cryptonewshub.articles.stories import Story, read_story
from tests.browser.conftest import ROOT, RunningNewsroom
from tests.browser.desk_story import Editor, Paper, add_editor

OURS = ROOT / "tests" / "stories"
UNGA = ROOT / ".." / "shared" / "examples" / "unga79"
SECTION = "Energy"
SPEAKERS = {
    "finland-stubb-ocr.txt": "Alexander Stubb",
    "norway-eide.pdf": "Espen Barth Eide",
    "poland-duda.pdf": "Andrzej Duda",
    "russia-lavrov-ru-ocr.txt": "Sergey Lavrov",
    "sweden-stenergard-ocr.txt": "Maria Malmer Stenergard",
    "ukraine-zelenskyy-ocr.txt": "Volodymyr Zelenskyy",
    "ukraine-zelenskyy.pdf": "Volodymyr Zelenskyy",
    "united-kingdom-starmer-ocr.txt": "Keir Starmer",
    "united-states-biden-ocr.txt": "Joe Biden",
}


@pytest.fixture
def editor(browser: Browser, running_newsroom: RunningNewsroom) -> Iterator[Callable[..., Editor]]:
    """Signs somebody in, in a browser window of their own; takes the account's name, the person's, and languages."""
    contexts = []

    def signed_in(username: str, name: str, languages: str = "") -> Editor:
        add_editor(running_newsroom, username, name, languages)
        contexts.append(browser.new_context(viewport={"width": 1440, "height": 950}))
        made = Editor(contexts[-1].new_page(), running_newsroom, username)
        made.sign_in()
        return made

    yield signed_in
    for context in contexts:
        context.close()


def words_of(story: Story) -> str:
    """The body as somebody would paste it from a word processor: text, a blank line between paragraphs."""
    return "\n\n".join(block.text for block in story.document.body)


def papers_of(story: Story) -> list[Paper]:
    return [
        Paper(
            story.locate(source.file), source.speaker or "", source.title, source.publisher, str(source.published or "")
        )
        for source in story.document.sources
    ]


def begin_faulty_story(editor: Editor, headline: str) -> None:
    """Our faulty story under a headline of its own, with its sources attached: five findings stop it."""
    story = read_story(OURS / "harbour-treaty-faulty.md")
    editor.begin_story(SECTION, headline, story.document.standfirst)
    editor.paste_body(words_of(story))
    for paper in papers_of(story):
        editor.attach(paper)
    expect(editor.finding("fifty berths")).to_contain_text("Altered")
    editor.stops(5)


def test_our_faulty_story_is_corrected_by_one_and_cleared_by_another(editor: Callable[..., Editor]) -> None:
    story = read_story(OURS / "harbour-treaty-faulty.md")
    ada = editor("ada", "Ada Holm")
    ada.begin_story(SECTION, story.document.title, story.document.standfirst)
    ada.paste_body(words_of(story))
    ada.stops(5)
    expect(ada.panel.get_by_text("No source").first).to_be_visible()
    ada.picture("pasted")

    for paper in papers_of(story):
        ada.attach(paper)
    expect(ada.finding("fifty berths")).to_contain_text("Altered")
    ada.stops(5)
    ada.picture("attached")

    ada.correct("will station ships")
    expect(ada.page.locator("#id_standfirst")).to_have_value(re.compile("“will not station ships at Lerk”"))
    ada.page.keyboard.press("Control+Z")
    expect(ada.page.locator("#id_standfirst")).to_have_value(re.compile("“will station ships at Lerk”"))
    ada.stops(5)
    ada.correct("will station ships")
    ada.stops(4)
    ada.correct("closed eyes")
    expect(ada.page.get_by_text("We signed this treaty with open eyes, and we will keep it").first).to_be_visible()
    ada.picture("corrected")
    ada.stops(3)
    ada.correct("fifty berths")
    ada.stops(2)
    ada.finding("naval visits").get_by_role("button", name="Go to the place").click()
    ada.picture("at-the-place")
    ada.replace("Tobias Orne said", "Mirela Vale said")
    ada.stops(1)

    lighthouse = ada.finding("second lighthouse").first
    lighthouse.get_by_role("button", name="Clear with a reason").click()
    expect(lighthouse).to_contain_text("second pair of eyes")
    ada.picture("not-by-the-writer")
    ada.publish()
    reason = ada.page.locator(".messages li", has_text="lighthouse").or_(
        ada.page.locator(".messages li", has_text="was not found")
    )
    expect(reason.first).to_be_visible()
    expect(ada.panel).to_be_visible()
    ada.picture("refused")
    reason.get_by_role("button", name="Go to the place").first.click()
    address = ada.page.url

    ben = editor("ben", "Ben Rist")
    ben.page.goto(address)
    ben.open_desk()
    ben.stops(1)
    ben.clear("second lighthouse", "Said to our reporter; the notes are with the desk.")
    ben.stops(0)
    expect(ben.finding("second lighthouse").first).to_contain_text("Cleared by Ben Rist (editor)")
    ben.picture("ready")
    ben.publish()
    expect(ben.page.get_by_text("has been published").first).to_be_visible()
    ben.picture("published")


@pytest.mark.shared
@pytest.mark.skipif(not UNGA.exists(), reason="the shared examples are not beside the project")
def test_the_faulty_story_of_the_general_assembly_is_brought_to_publication(editor: Callable[..., Editor]) -> None:
    story = read_story(UNGA / "story-faulty.md")
    nora = editor("nora", "Nora Vik", "en, ru")
    nora.begin_story(SECTION, story.document.title, story.document.standfirst)
    nora.paste_body(words_of(story))
    nora.stops(11)
    for file, speaker in SPEAKERS.items():
        nora.attach(Paper(UNGA / "sources" / file, speaker, "Statement at the General Debate", "", "2024-09-25"))
    nora.stops(8)
    nora.picture("attached")
    for left, words in enumerate(("look away", "failed in his", "We want Ukraine to win", "90 percent")):
        nora.correct(words)
        nora.stops(7 - left)
    nora.picture("corrected")
    nora.page.locator("#id_standfirst").fill("Support will go on, leaders say.")
    nora.stops(3)
    nora.replace("Eide added", "Alexander Stubb said")
    nora.stops(2)
    nora.replace("“We will not enforce a no-fly zone over Ukraine,” said Finnish President Alexander Stubb. ", "")
    nora.stops(1)
    translated = nora.finding("on the side of collective work")
    translated.get_by_role("button", name="Sign off the translation").click()
    expect(translated.get_by_label("Why it may stand")).to_have_value("Translated by our staff from Russian.")
    nora.picture("translation")
    translated.get_by_role("button", name="Clear", exact=True).click()
    nora.stops(0)
    expect(nora.sentence).to_have_text("Ready to publish: 9 of 9 quotations traced.")
    nora.picture("ready")
    nora.publish()
    expect(nora.page.get_by_text("has been published").first).to_be_visible()


def test_a_source_can_be_attached_before_the_first_save(editor: Callable[..., Editor]) -> None:
    ada = editor("ada", "Ada Holm")
    ada.begin_story(SECTION, "", "")
    ada.panel.get_by_role("button", name="Attach a source").click()
    expect(ada.sentence).to_contain_text("Give the story a headline first")
    ada.page.locator("#id_title").press_sequentially("A story that begins with its source")
    expect(ada.page.get_by_role("dialog", name="Attach a source")).to_be_visible()


def test_pasting_from_a_word_processor_gives_paragraphs_and_nothing_else(editor: Callable[..., Editor]) -> None:
    ada = editor("ada", "Ada Holm")
    ada.begin_story(SECTION, "Pasted from a word processor", "")
    ada.paste_body(
        "not used",
        '<p class="MsoNormal" style="margin:0"><b>Bold lead</b> and <span style="color:red">red</span> words.</p>'
        '<h2>A heading</h2><p class="MsoNormal">“Nobody has ever said this anywhere,” she said.<img src="x"></p>',
    )
    ada.stops(1)
    expect(ada.finding("Nobody has ever")).to_contain_text("Paragraph 3")
    expect(ada.page.locator('[data-contentpath="body"] [data-block]')).to_have_count(3)


def test_citing_and_quoting_need_no_typed_keys(editor: Callable[..., Editor]) -> None:
    story = read_story(OURS / "harbour-treaty-faulty.md")
    ada = editor("ada", "Ada Holm")
    ada.begin_story(SECTION, "A story with citations", "")
    ada.paste_body("Sund keeps its word, the minister said.")
    ada.stops(0)
    for paper in papers_of(story):
        ada.attach(paper)
    expect(ada.page.locator('#id_attached_sources-FORMS input[name$="-key"]').first).to_have_value("vale")
    paragraph = ada.page.locator('[data-contentpath="body"] .public-DraftEditor-content')
    paragraph.click()
    ada.page.keyboard.press("Control+End")
    ada.page.keyboard.type("/source")
    ada.page.get_by_role("option", name="Source").click()
    dialog = ada.page.get_by_role("dialog", name="Cite a source here")
    ada.picture("citing")
    dialog.get_by_role("button", name="Statement on the harbour treaty").press("Enter")
    expect(paragraph).to_have_text("Sund keeps its word, the minister said.[vale]")
    ada.page.get_by_text("[vale]").click()
    changing = ada.page.get_by_role("dialog", name="Change the citation")
    changing.get_by_role("button", name="Take the citation out").click()
    expect(paragraph).to_have_text("Sund keeps its word, the minister said.")

    body = ada.page.locator('[data-contentpath="body"]')
    body.get_by_role("button", name="Insert a block").last.click()
    ada.page.get_by_role("option", name="Quotation").click()
    body.get_by_label("Words").fill(
        "We signed this treaty with open eyes, and we will keep it whatever the winter brings."
    )
    body.get_by_label("Speaker").fill("Mirela")
    expect(body.locator("datalist option[value='Mirela Vale']")).to_have_count(1)
    body.get_by_label("Speaker").fill("Mirela Vale")
    body.get_by_label("Source").select_option("vale")
    ada.picture("quotation-block")
    expect(ada.sentence).to_have_text("Ready to publish: 1 of 1 quotation traced.")


def test_axe_finds_nothing_of_ours_in_the_panel_and_its_forms(editor: Callable[..., Editor]) -> None:
    ada = editor("ada", "Ada Holm")
    begin_faulty_story(ada, "A story for a look at its panel")
    ada.finding("fifty berths").get_by_role("button", name="Clear with a reason").click()
    for scheme in ("light", "dark"):
        ada.page.emulate_media(color_scheme=scheme)
        results = Axe().run(ada.page, context={"include": [['[data-side-panel="desk"]']]})
        assert results.violations_count == 0, results.generate_report()
        ada.panel.get_by_role("button", name="Attach a source", exact=True).last.click()
        dialog = ada.page.get_by_role("dialog", name="Attach a source")
        dialog.get_by_text("Pasted text").click()
        results = Axe().run(ada.page, context={"include": [[".story-dialog"]]})
        assert results.violations_count == 0, results.generate_report()
        ada.picture(f"attaching-{scheme}")
        dialog.get_by_role("button", name="Cancel").click()


def test_the_keyboard_leads_through_the_findings(editor: Callable[..., Editor]) -> None:
    ada = editor("ada", "Ada Holm")
    begin_faulty_story(ada, "A story without a mouse")
    ada.page.locator("#id_standfirst").focus()
    ada.page.keyboard.press("Control+.")
    items = ada.panel.locator("[data-finding]")
    expect(items.nth(0)).to_be_focused()
    ada.page.keyboard.press("n")
    expect(items.nth(1)).to_be_focused()
    ada.page.keyboard.press("p")
    ada.page.keyboard.press("r")
    expect(items.nth(0)).to_contain_text("second pair of eyes")
    expect(items.nth(0)).to_be_focused()
    ada.page.keyboard.press("c")
    expect(ada.page.locator("#id_standfirst")).to_have_value(re.compile("“will not station ships at Lerk”"))
    ada.stops(4)


def test_what_is_written_in_the_panel_outlives_a_new_proof(editor: Callable[..., Editor]) -> None:
    ada, ben = editor("ada", "Ada Holm"), editor("ben", "Ben Rist")
    begin_faulty_story(ada, "A story that two look at")
    ben.page.goto(ada.page.url)
    ben.open_desk()
    ben.stops(5)
    item = ben.finding("second lighthouse").first
    item.locator('[data-act="clear"]').click()
    ben.page.keyboard.type("Said to our")
    said_otherwise(ben.page)
    expect(item).to_contain_text("Said otherwise now.")
    ben.page.keyboard.type(" reporter.")
    expect(item.get_by_label("Why it may stand")).to_have_value("Said to our reporter.")
    expect(item.get_by_label("Why it may stand")).to_be_focused()


def test_nothing_moves_under_a_pressed_pointer(editor: Callable[..., Editor]) -> None:
    ada = editor("ada", "Ada Holm")
    begin_faulty_story(ada, "A story under the pointer")
    item = ada.finding("fifty berths")
    button = item.get_by_role("button", name="Correct to the source’s words")
    button.scroll_into_view_if_needed()
    button.hover()
    ada.page.mouse.down()
    with ada.page.expect_response(re.compile(r"/desk/\d+/$")):
        said_otherwise(ada.page)
    ada.page.wait_for_timeout(300)
    expect(item).not_to_contain_text("Said otherwise now.")
    ada.page.mouse.up()
    expect(item).to_be_hidden()  # corrected
    expect(ada.finding("naval visits").first).to_contain_text("Said otherwise now.")


def said_otherwise(page: Page) -> None:
    """From now on the desk says something else of each finding; and it is asked."""

    def answer(route: Route) -> None:
        proof = route.fetch()
        told = proof.json()
        for entry in told["entries"]:
            entry["advice"] = "Said otherwise now."
        route.fulfill(response=proof, json=told)

    page.route(re.compile(r"/desk/\d+/$"), answer)
    page.evaluate("document.dispatchEvent(new CustomEvent('w-autosave:success', { detail: { response: {} } }))")


def test_no_script_of_ours_makes_elements_of_markup() -> None:
    scripts = [*Path(ROOT / "cryptonewshub").glob("a*/static/**/*.js")]
    assert len(scripts) > 5
    for script in scripts:
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script.read_text()), (
            script
        )

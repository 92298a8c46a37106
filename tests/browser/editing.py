"""What a person does in Wagtail's editor, with the waits that a busy machine needs."""

from __future__ import annotations

from playwright.sync_api import Page, expect

_SELECT = """(editor, words) => {
    const walker = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode()); ) {
        const at = node.data.indexOf(words);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + words.length);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        return;
    }
    throw new Error("The words are not in the editor.");
}"""
_IN_THE_FORM = """words => [...document.querySelectorAll("form input[type=hidden]")].some(
    field => field.value.includes(words)
)"""


def replace_words(page: Page, old: str, new: str) -> None:
    """Selects words in the rich text editor as a person would, types others, and waits until the form has them."""
    paragraph = page.locator(".public-DraftEditor-content", has_text=old).first
    paragraph.click()
    paragraph.evaluate(_SELECT, old)
    page.keyboard.press("Shift")  # the editor reads the selection when a key is let go
    if not new:
        page.keyboard.press("Delete")
        return
    page.keyboard.type(new)
    expect(page.locator(".public-DraftEditor-content", has_text=new).first).to_be_visible()
    page.wait_for_function(_IN_THE_FORM, arg=new)


def publish(page: Page) -> None:
    """Presses Publish, and waits for the answer: until then the old form is still there."""
    page.wait_for_timeout(1500)  # the editor hands what was typed last to the form a moment later
    page.get_by_role("button", name="More actions").last.click()
    with page.expect_navigation():
        page.get_by_role("button", name="Publish", exact=True).click()

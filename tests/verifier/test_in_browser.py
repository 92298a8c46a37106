"""The verifier in the reader's browser, beside the one in Python: both are shown the same, and both must say so."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route, expect

from cryptonewshub.delivery.headers import PAGE_POLICY
from cryptonewshub.reader.affected import VERIFIER_PAGE
from cryptonewshub.tlog.keys import SigningKey
from cryptonewshub.verifier.places import Newsroom, Saved
from cryptonewshub.verifier.story import verify_page
from tests.cast import correction_fields
from tests.verifier.conftest import STORY
from tests.verifier.newsroom import change, failures, page_file, verify
from tests.verifier.test_story import PAGES, log_key

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("verifier in chromium")]

HOST = "https://news.example.org"
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "html": "text/html; charset=utf-8"}


class Desk:
    """A browser before a newsroom's files, which it gets under the policy of pages; what it complained of is kept."""

    def __init__(self, context: BrowserContext, paper: Path) -> None:
        self.page: Page = context.new_page()
        self.paper = paper
        self.refused: list[str] = []
        self.asked: set[str] = set()
        self.gone = ""
        self.page.route("**/*", self._answer)
        self.page.on("console", self._note)

    def _note(self, message: ConsoleMessage) -> None:
        if "Service Worker registration blocked" not in message.text:  # the browser's own, before files on a disk
            self.refused.append(message.text)

    def verify(self, address: str = STORY) -> Page:
        self.page.goto("about:blank")
        self.page.goto(f"{HOST}/verify/#{address}")
        expect(self.page.locator("#verdict .end")).to_be_visible()
        return self.page

    def failures(self, address: str = STORY) -> list[str]:
        return _texts(self.verify(address), "li.fails")

    def _answer(self, route: Route) -> None:
        address = route.request.url
        self.asked.add("/".join(address.split("/")[:3]))
        if address == f"{HOST}{self.gone}":
            route.fulfill(status=410, body="It was withdrawn.")
            return
        try:
            body = Newsroom(self.paper).read(address.removeprefix(HOST).partition("#")[0])
        except OSError:
            route.fulfill(status=404, body="")
            return
        kind = TYPES.get(address.rpartition(".")[2], TYPES["html"])
        route.fulfill(body=body, headers={"content-security-policy": PAGE_POLICY, "content-type": kind})


def _texts(page: Page, selector: str) -> list[str]:
    spoken = {"li.fails": "Does not hold: ", "li.holds": "Holds: ", "li.aside": "Note: "}[selector]
    return [(text or "").partition(spoken)[2] for text in page.locator(selector).all_text_contents()]


@pytest.fixture(scope="module", autouse=True)
def loop_beside_the_database() -> Iterator[None]:
    """A newsroom is made and taken down while the browser's event loop runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture
def desk(paper: Path, browser: Browser) -> Iterator[Desk]:
    context = browser.new_context(service_workers="block", viewport={"width": 1280, "height": 900})
    yield Desk(context, paper)
    context.close()


def _newest(paper: Path) -> Path:
    name = page_file(paper, STORY).read_text().split('data-content="')[1][:64]
    return paper / "log" / "content" / name


def _write(file: Path, data: bytes) -> None:
    file.chmod(0o644)
    file.write_bytes(data)


def a_changed_letter(paper: Path) -> None:
    change(page_file(paper, STORY), "on Tuesday at noon", "on Tuesdai at noon")


def another_headline_in_the_tab(paper: Path) -> None:
    change(page_file(paper, STORY), "<title>", "<title>No ")


def a_link_that_leads_elsewhere(paper: Path) -> None:
    change(page_file(paper, STORY), 'href="/topics/ferries/"', 'href="https://ferries.example/"')


def words_that_were_never_sealed(paper: Path) -> None:
    change(page_file(paper, STORY), '<p class="promise">', '<p class="promise">Buy our coin. ')


def a_paragraph_left_out(paper: Path) -> None:
    page = page_file(paper, STORY)
    start, end = page.read_text().split('data-c="body.0"')
    tag = start.rpartition("<")[2].split()[0]
    change(page, f'data-c="body.0"{end}', f'data-c="headline"{end}')
    assert tag == "p"


def a_script_of_its_own(paper: Path) -> None:
    change(page_file(paper, STORY), "</main>", "<script>0</script></main>")


def an_attribute_that_hides(paper: Path) -> None:
    change(page_file(paper, STORY), 'data-c="body.0"', 'hidden data-c="body.0"')


def a_comment_in_the_page(paper: Path) -> None:
    change(page_file(paper, STORY), "</main>", "<!-- --></main>")


def another_time(paper: Path) -> None:
    change(page_file(paper, STORY), ' data-c="published"', ' data-v="x" data-c="updated"')


def a_swapped_proof(paper: Path) -> None:
    proofs = paper / "log" / "proof"
    _write(proofs / "2.tlog-proof", (proofs / "1.tlog-proof").read_bytes())


def a_damaged_proof(paper: Path) -> None:
    proof = paper / "log" / "proof" / "2.tlog-proof"
    lines = proof.read_bytes().split(b"\n")
    other = (paper / "log" / "proof" / "1.tlog-proof").read_bytes().split(b"\n")
    lines[3] = next(line for line in other[3:] if line != lines[3])
    _write(proof, b"\n".join(lines))


def a_forged_signature(paper: Path) -> None:
    proof = paper / "log" / "proof" / "2.tlog-proof"
    start, _, end = proof.read_bytes().rpartition("— ".encode())
    name, _, signature = end.partition(b" ")
    swapped = signature[:20] + (b"A" if signature[20:21] != b"A" else b"B") + signature[21:]
    _write(proof, start + "— ".encode() + name + b" " + swapped)


def stranger_key(paper: Path) -> str:
    """A key of the same name that somebody else made."""
    return str(SigningKey(log_key(paper).partition("+")[0], b"\x09" * 32).verifier)


def a_key_that_is_not_the_newsrooms(paper: Path) -> None:
    stranger = stranger_key(paper)
    change(paper / "log" / "keys.json", log_key(paper), stranger)


def a_document_cut_short(paper: Path) -> None:
    _write(_newest(paper), _newest(paper).read_bytes()[:-20])


def a_document_that_is_not_there(paper: Path) -> None:
    _newest(paper).unlink()


def a_document_and_a_page_changed_together(paper: Path) -> None:
    forged = _newest(paper).read_bytes().replace(b"on Tuesday at noon", b"on Monday at noon")
    name, other = _newest(paper).name, sha256(forged).hexdigest()
    (paper / "log" / "content" / other).write_bytes(forged)
    change(page_file(paper, STORY), "on Tuesday at noon", "on Monday at noon")
    change(page_file(paper, STORY), name, other)


def the_version_before_under_a_new_number(paper: Path) -> None:
    old = page_file(paper, f"{STORY}editions/1/").read_text()
    _write(page_file(paper, STORY), old.replace('data-version="1"', 'data-version="2"').encode())


def words_struck_out(paper: Path) -> None:
    change(page_file(paper, STORY), "on Tuesday at noon", "on <del>Tuesday</del> at noon")


def words_that_browsers_do_not_show(paper: Path) -> None:
    data = '<script type="application/ld+json">Tuesday</script>'
    change(page_file(paper, STORY), "on Tuesday at noon", f"on {data} at noon")


def a_story_that_has_to_be_opened(paper: Path) -> None:
    change(page_file(paper, STORY), "<article", "<details><summary></summary><article")
    change(page_file(paper, STORY), "</article>", "</article></details>")


def a_story_that_is_never_opened(paper: Path) -> None:
    change(page_file(paper, STORY), "<article", "<article popover")


def a_word_for_the_pointer(paper: Path) -> None:
    change(page_file(paper, STORY), 'data-c="body.0"', 'title="This is false." data-c="body.0"')


def another_label_for_those_who_listen(paper: Path) -> None:
    change(page_file(paper, STORY), 'aria-label="Source: ', 'aria-label="Source: nobody, ')


def another_headline_for_those_who_share_it(paper: Path) -> None:
    change(page_file(paper, STORY), 'property="og:title" content="', 'property="og:title" content="No ')


def a_page_that_leads_away_by_itself(paper: Path) -> None:
    away = '<meta http-equiv="refresh" content="0;url=https://elsewhere.example/">'
    change(page_file(paper, STORY), '<meta name="viewport"', f'{away}<meta name="viewport"')


def a_story_at_the_address_of_another(paper: Path) -> None:
    change(
        page_file(paper, STORY), f'rel="canonical" href="{HOST}{STORY}"', f'rel="canonical" href="{HOST}/security/x/"'
    )


def a_paragraph_of_the_version_before(paper: Path) -> None:
    old = page_file(paper, f"{STORY}editions/1/").read_text()
    scope = re.search(r'data-article="\S+" data-version="1" data-content="\w+" data-entry="\d+"', old)
    text = re.search(r'<p[^>]*data-c="body.0"[^>]*>.*?</p>', old, re.DOTALL)
    assert scope
    assert text
    change(page_file(paper, STORY), "</article>", f"<div {scope[0]}>{text[0]}</div></article>")


def no_list_of_the_sites_own_words(paper: Path) -> None:
    (paper / "site" / "verify" / "words.json").unlink()


def a_key_that_holds_no_more(paper: Path) -> None:
    change(paper / "log" / "keys.json", '"log":[{"from":0,"vkey"', '"log":[{"from":0,"to":1,"vkey"')


def elements_deep_in_elements(paper: Path) -> None:
    change(page_file(paper, STORY), "</main>", f"{'<b>' * 300}{'</b>' * 300}</main>")


FORGERIES: dict[Callable[[Path], None], str] = {
    a_changed_letter: "“… will sail on Tuesdai at noon.” where “… will sail on Tuesday at noon.” was sealed",
    another_headline_in_the_tab: "The page calls itself “No ",
    a_link_that_leads_elsewhere: "The page leads to https://ferries.example/",
    words_that_were_never_sealed: "stands on the page; it was not sealed",
    a_paragraph_left_out: "The paragraphs are not all there",
    a_script_of_its_own: "The page has a script of its own.",
    an_attribute_that_hides: "with the attribute “hidden”",
    a_comment_in_the_page: "The page has something that we do not read",
    another_time: "(updated)",
    a_swapped_proof: "Entry 1 of the log is not about version 2.",
    a_damaged_proof: "The proof does not lead from the entry to the signed root",
    a_forged_signature: "is not valid: the checkpoint was changed",
    a_key_that_is_not_the_newsrooms: "not signed by the log’s key",
    a_document_cut_short: "The sealed document of version 2 was changed",
    a_document_that_is_not_there: "The document of version 2 is not at hand",
    a_document_and_a_page_changed_together: "Entry 2 of the log is not about version 2.",
    the_version_before_under_a_new_number: "is not about version 2",
    words_struck_out: "sealed words in an element “del”",
    words_that_browsers_do_not_show: "sealed words in an element “script”",
    a_story_that_has_to_be_opened: "until something is pressed",
    a_story_that_is_never_opened: "with the attribute “popover”",
    a_word_for_the_pointer: "with the attribute “title”",
    another_label_for_those_who_listen: "is said to those who listen to the page",
    another_headline_for_those_who_share_it: "The page calls itself “No ",
    a_page_that_leads_away_by_itself: "with the attribute “http-equiv”",
    a_story_at_the_address_of_another: f"was sealed for {HOST}{STORY}",
    a_paragraph_of_the_version_before: "is of another edition (body.0)",
    no_list_of_the_sites_own_words: "The site’s list of its own words, /verify/words.json, is not at hand",
    a_key_that_holds_no_more: "not signed by the log’s key",
    elements_deep_in_elements: "more than 200 deep",
}


def test_every_kind_of_page_is_verified_and_the_policy_is_kept(desk: Desk) -> None:
    for address in PAGES:
        assert desk.failures(address) == [], address
        expect(desk.page.locator("#verdict .end")).to_have_text("Verified.")
    assert desk.asked == {HOST}
    assert desk.refused == []


def test_it_says_step_by_step_what_it_checked_as_the_verifier_in_python_does(desk: Desk) -> None:
    steps = _texts(desk.verify(), "li.holds")
    python = [step.text for step in verify(desk.paper, STORY).steps if step.holds]
    assert [text for text in steps if text in python] == python
    assert len(python) >= 3
    key = log_key(desk.paper)
    fingerprint = "+".join(key.split("+")[:2])
    assert any("SHA-256 that the page names" in text for text in steps)
    assert any(f"signed by the log’s key {fingerprint}" in text for text in steps)
    assert any("Entry 2 is signed by the newsroom’s key" in text for text in steps)
    assert any("newest checkpoint is signed" in text for text in steps)
    assert any(f"taken from the site itself ({fingerprint})" in text for text in _texts(desk.page, "li.aside"))


def test_whatever_is_forged_both_verifiers_say_the_same(desk: Desk, tmp_path: Path) -> None:
    whole = desk.paper
    for number, (forge, expected) in enumerate(FORGERIES.items()):
        desk.paper = tmp_path / f"forged-{number}"
        shutil.copytree(whole, desk.paper, ignore=shutil.ignore_patterns("*.gz", "*.br", "*.zst", "lock*"))
        forge(desk.paper)
        said, python = desk.failures(), failures(verify(desk.paper, STORY))
        expect(desk.page.locator("#verdict .end")).to_have_text("Not verified.")
        assert any(expected in text for text in said), (forge.__name__, said)
        if forge is a_document_that_is_not_there:  # each names the place where it looked
            assert any(expected in text for text in python)
        else:
            assert list(dict.fromkeys(said)) == list(dict.fromkeys(python)), forge.__name__


def test_an_older_version_says_so(desk: Desk) -> None:
    notes = _texts(desk.verify(f"{STORY}editions/1/"), "li.aside")
    assert f"This is version 1, an older one; the site shows version 2 at {STORY}." in notes


def test_a_retracted_story_and_a_withdrawn_document_are_named(desk: Desk, committed_draft: Callable[..., Any]) -> None:
    from cryptonewshub.editions.publishing import publish_edition

    publish_edition(committed_draft(more="No.", change=correction_fields("retraction")).get_latest_revision())
    notes = _texts(desk.verify(), "li.aside")
    assert "Version 3 says that the story was retracted." in notes
    desk.gone = f"/log/content/{_newest(desk.paper).name}"
    assert any("The document of version 3 was withdrawn" in text for text in _texts(desk.verify(), "li.aside"))


def test_the_key_of_another_log_given_by_the_reader_verifies_nothing(desk: Desk) -> None:
    page = desk.verify()
    page.get_by_text("Files or a key of your own").click()
    page.get_by_label("The log’s key").fill(stranger_key(desk.paper))
    page.get_by_role("button", name="Verify").click()
    expect(page.locator("#verdict .end")).to_have_text("Not verified.")
    page.get_by_label("The log’s key").fill(log_key(desk.paper))
    page.get_by_role("button", name="Verify").click()
    expect(page.locator("#verdict .end")).to_have_text("Verified.")
    expect(page.locator("li.aside")).to_have_count(0)


def test_a_page_of_another_site_and_one_without_a_story_are_refused_in_words(desk: Desk) -> None:
    page = desk.verify("/search/")
    expect(page.locator("#verdict")).to_contain_text("/search/ answers 404.")
    page = desk.verify("/archive/")
    expect(page.locator("#verdict")).to_contain_text("shows no edition of a story")
    page.get_by_label("Address of the page").fill("https://other.example/story/")
    page.get_by_role("button", name="Verify").click()
    expect(page.locator("#verdict")).to_contain_text("can read its own site alone")


def test_a_browser_without_ed25519_is_told_what_to_use_instead(desk: Desk) -> None:
    desk.page.add_init_script("SubtleCrypto.prototype.generateKey = () => Promise.reject(new Error('unknown'))")
    expect(desk.verify().locator("#verdict")).to_contain_text("does not know Ed25519")
    expect(desk.page.locator("#verdict")).to_contain_text("Use verify.py")


def test_without_a_secure_context_it_says_so(desk: Desk) -> None:
    desk.page.add_init_script("Object.defineProperty(Crypto.prototype, 'subtle', {value: undefined})")
    expect(desk.verify().locator("#verdict")).to_contain_text("did not come over https")


def test_saved_files_are_verified_by_a_file_that_is_opened_from_disk(
    paper: Path, browser: Browser, tmp_path: Path
) -> None:
    saved = tmp_path / "saved"
    saved.mkdir()
    shutil.copy(page_file(paper, STORY), saved / "The ferry runs again.html")
    for file in (paper / "site" / "verify" / "words.json", paper / "log" / "keys.json", _newest(paper)):
        shutil.copy(file, saved)
    shutil.copy(paper / "log" / "proof" / "2.tlog-proof", saved / "2.tlog-proof.txt")
    verifier = Path(shutil.copy(paper / "site" / VERIFIER_PAGE.lstrip("/"), tmp_path / "verify.html"))
    context = browser.new_context(service_workers="block", offline=True)
    page = context.new_page()
    page.goto(verifier.as_uri())
    assert _given(page, saved) == ("Verified.", [])
    assert any("cannot be seen from here" in text for text in _texts(page, "li.aside"))
    change(saved / "The ferry runs again.html", "Tuesday at noon", "Monday at noon")
    end, said = _given(page, saved)
    shutil.copy(saved / "2.tlog-proof.txt", saved / "2.tlog-proof")
    story = (saved / "The ferry runs again.html").read_bytes()
    assert (end, said) == ("Not verified.", failures(verify_page(Saved(saved), "saved", story)))
    (saved / "The ferry runs again.html").unlink()
    assert _given(page, saved)[0] == "It could not be verified."
    expect(page.locator("#verdict")).to_contain_text("There is no saved page (.html) among the files.")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    context.close()


def _given(page: Page, folder: Path) -> tuple[str, list[str]]:
    page.locator("#verdict").evaluate("verdict => verdict.replaceChildren()")
    page.locator("#files").set_input_files([])
    page.locator("#files").set_input_files(sorted(folder.iterdir()))
    expect(page.locator("#verdict .end")).to_be_visible()
    return page.locator("#verdict .end").text_content() or "", _texts(page, "li.fails")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_whether_it_holds_or_not(paper: Path, browser: Browser, scheme: str) -> None:
    context = browser.new_context(bypass_csp=True, color_scheme=scheme)  # type: ignore[arg-type]
    desk = Desk(context, paper)
    for forge in (lambda _: None, a_changed_letter):
        forge(paper)
        results = Axe().run(desk.verify())
        assert results.violations_count == 0, results.generate_report()
    context.close()

"""Hostile words in a real browser, without a policy that helps: nothing that a reader writes runs anywhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree
from playwright.sync_api import Browser, Page

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.comments.forms import CommentForm, ErrorForm
from cryptonewshub.comments.models import Comment, Decision, ErrorReport, State
from cryptonewshub.comments.threads import conversation_of
from cryptonewshub.delivery.printing import current_site
from cryptonewshub.reader.conversations import site_feed, thread_pages
from tests.comments.cast import NOON

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("hostile comments")]

BAD_INPUTS = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "bad-inputs"
OURS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" autofocus onfocus="alert(1)" x="',
    "' autofocus onfocus='alert(1)' x='",
    "</textarea><script>alert(1)</script>",
    "</title></style></script><svg/onload=alert(1)>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'>",
    'https://example.org/"onmouseover="alert(1)',
    "javascript:alert(1) data:text/html,<script>alert(1)</script>",
    "https://a.example/<svg/onload=alert(1)>",
    "]]><script>alert(1)</script>",
    "{{ 7*7 }} {% debug %} ${alert(1)}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<details open ontoggle=alert(1)>",
    "\u202e<script>alert(1)</script>\u2066",
    "<a href=javascript:alert(1)>x</a>",
]


def collected() -> list[str]:
    """Every string of the collection that lies beside the project, each once."""
    found: set[str] = set()

    def gather(value: Any) -> None:
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, dict):
            for item in value.values():
                gather(item)
        elif isinstance(value, list):
            for item in value:
                gather(item)

    for file in sorted(BAD_INPUTS.rglob("*")):
        if file.suffix == ".json" and "asvs" not in file.name:
            gather(json.loads(file.read_text(encoding="utf-8")))
        elif file.suffix == ".jsonl":
            for line in file.read_text(encoding="utf-8").splitlines():
                gather(json.loads(line))
        elif file.suffix == ".test":
            gather(file.read_text(encoding="utf-8", errors="replace"))
    return sorted(text for text in found if text.strip())


class Trap:
    """A tab in which whatever opens a dialog, or calls what would, is written down."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.sprung: list[str] = []
        self.shown = ""
        page.on("dialog", self._dialog)
        page.add_init_script(
            "for (const name of ['alert', 'confirm', 'prompt', 'print'])"
            " window[name] = () => { (window.top.sprung ??= []).push(name) }"
        )
        page.route("**/*", self._answer)

    def open(self, markup: str) -> None:
        self.shown = markup
        self.page.goto("https://trap.example/page/", wait_until="load")
        self.page.evaluate(
            """() => { for (const box of document.querySelectorAll('details')) box.open = true;
            for (const one of document.querySelectorAll('.moderation *, main *')) {
              one.dispatchEvent(new MouseEvent('mouseover', {bubbles: true}));
              if (one.matches('input, textarea, select, a')) one.focus(); } }"""
        )
        self.sprung += self.page.evaluate("window.sprung ?? []")

    def _dialog(self, dialog: Any) -> None:
        self.sprung.append(dialog.message)
        dialog.dismiss()

    def _answer(self, route: Any) -> None:
        if route.request.url == "https://trap.example/page/":
            route.fulfill(body=self.shown, headers={"content-type": "text/html; charset=utf-8"})
        else:
            route.fulfill(status=404, body="")


@pytest.fixture
def trap(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[Trap]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    context = browser.new_context()
    yield Trap(context.new_page())
    context.close()


def test_the_trap_springs(trap: Trap) -> None:
    for text in ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<main><p onmouseover=alert(1)>x</p>"):
        trap.sprung.clear()
        trap.open(text)
        trap.page.wait_for_timeout(100)
        assert trap.sprung, text


def assert_nothing_runs(trap: Trap, desk: Client, story: ArticlePage, texts: Sequence[str]) -> None:
    """Each text as body, name, quotation, reason, note and report: on the thread, in the queue, in the feed."""
    comments = _write(story, texts)
    conversation = conversation_of(story)
    assert conversation is not None
    site = current_site()
    for page in thread_pages(site, conversation):
        trap.open(_without_our_files(page))
    for comment in comments[:: max(1, len(comments) // 40)]:
        trap.open(_without_our_files(desk.get(reverse("comments_comment", args=[comment.pk])).content.decode()))
    for screen, query in (("comments_queue", "?show=all"), ("comments_reports", "?show=open")):
        for number in range(1, (len(texts) - 1) // 50 + 2):
            answer = desk.get(f"{reverse(screen)}{query}&page={number}")
            trap.open(_without_our_files(answer.content.decode()))
    for report in ErrorReport.objects.all()[:20]:
        trap.open(_without_our_files(desk.get(reverse("comments_report", args=[report.pk])).content.decode()))
    feed: Any = etree.fromstring(site_feed(site, [(conversation, spoken) for spoken in conversation.comments]).encode())
    contents = feed.xpath("//*[local-name() = 'content']/text()")
    assert len(contents) == len(comments)
    for at in range(0, len(contents), 100):
        trap.open("<!doctype html><main>" + "<hr>".join(contents[at : at + 100]) + "</main>")
    trap.page.wait_for_timeout(300)
    assert trap.sprung == []


def _write(story: ArticlePage, texts: Sequence[str]) -> list[Comment]:
    """Through the forms that everything passes; what they refuse as a name is kept as a body at least."""
    comments, reports = [], []
    for text in texts:
        form = CommentForm({"name": text[:60], "body": text[:5_000], "quote": text[:500]})
        form.is_valid()
        body = form.cleaned_data.get("body") or "Nothing was left of it."
        name = form.cleaned_data.get("name") or "Refused"
        quote = form.cleaned_data.get("quote", "")
        comments.append(Comment(article=story, version=1, name=name, body=body, quote=quote, made=NOON, reasons=[body]))
        case = ErrorForm({"words": text[:3_000], "passage": text[:500], "name": text[:60]})
        case.is_valid()
        said = {key: case.cleaned_data.get(key) or "-" for key in ("words", "passage", "name")}
        reports.append(ErrorReport(article=story, version=1, made=NOON, **said))
    for comment in comments:
        comment.state = State.APPROVED
    Comment.objects.bulk_create(comments)
    Decision.objects.bulk_create(
        Decision(
            comment=c, number=1, act="note", after="approved", who=c.name, note=c.body, words=c.body[:900], made=NOON
        )
        for c in comments
    )
    ErrorReport.objects.bulk_create(reports)
    return list(Comment.objects.order_by("pk"))


def _without_our_files(page: str) -> str:
    """Our own scripts and styles are not there to be fetched; what a reader wrote would be left."""
    return re.sub(r'<script[^>]* src="/(?:static|assets)/[^"]*"[^>]*></script>|<link [^>]*>', "", page)


def test_nothing_that_a_reader_writes_runs(trap: Trap, desk: Client, story: ArticlePage) -> None:
    assert_nothing_runs(trap, desk, story, OURS)


@pytest.mark.shared
def test_nothing_of_the_collection_runs(trap: Trap, desk: Client, story: ArticlePage) -> None:
    texts = collected()
    if not texts:
        pytest.skip("The collected strings are not beside the project.")
    print(f"{len(texts)} strings")
    assert_nothing_runs(trap, desk, story, texts)

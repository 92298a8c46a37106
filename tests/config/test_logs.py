"""What the newsroom logs is for those who run it, and names no reader."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.config.logs import JsonLines
from tests.comments.conftest import story

__all__ = ["story"]
MARKS = ("marmalade", "edda", "203.0.113.77", "Mozilla-of-Edda", "sesame")


class Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.setFormatter(JsonLines())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def log() -> Iterator[Kept]:
    kept, root = Kept(), logging.getLogger()
    before = root.level
    root.addHandler(kept)
    root.setLevel(logging.INFO)
    yield kept
    root.removeHandler(kept)
    root.setLevel(before)


def test_a_line_is_an_object_with_its_fields_and_no_others(log: Kept) -> None:
    logging.getLogger("newsroom").info("baked %s", "it", extra={"pages": 3, "request": "secret"})
    (line,) = map(json.loads, log.lines)
    assert (line["level"], line["from"], line["says"], line["pages"]) == ("info", "newsroom", "baked it", 3)
    assert "request" not in line


def test_an_error_comes_with_its_traceback(log: Kept) -> None:
    try:
        raise ValueError("no such page")
    except ValueError:
        logging.getLogger("newsroom").exception("It went wrong.")
    assert "ValueError: no such page" in json.loads(log.lines[0])["traceback"]


def test_no_reader_is_in_the_log(story: ArticlePage, log: Kept) -> None:
    reader = Client(REMOTE_ADDR=MARKS[2], HTTP_USER_AGENT=MARKS[3], raise_request_exception=False)
    written: dict[str, Any] = {"name": "Edda Marks", "body": "marmalade on the pier", "email": "edda@example.org"}
    for address in (f"/comments/write/{story.article_id}/", f"/comments/report/{story.article_id}/", "/comments/data/"):
        reader.post(address, written)
        reader.post(address, {**written, "body": ""})
    reader.get("/search/", {"q": "marmalade"})
    reader.get("/comments/nothing/", {"q": "marmalade"})
    reader.post("/admin/login/", {"username": "edda", "password": "sesame"})
    reader.get("/admin/nothing/", {"q": "marmalade"})
    assert log.lines, "something was logged, so that the test can fail"
    assert [(mark, line) for mark in MARKS for line in log.lines if mark in line] == []

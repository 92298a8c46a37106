"""The letterbox's pages: what a reader gets back, with and without a script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.comments.models import Comment, ErrorReport, Flag
from tests.comments.cast import shown

Post = Callable[..., Any]
NOBODYS = "26555828-b95b-4640-92b7-b2bccc1df69b"


def test_a_comment_leads_to_its_writers_own_page(post: Post) -> None:
    answer = post()
    assert answer.status_code == 303
    page = Client().get(answer["location"]).content.decode()
    assert "Your comment waits for a moderator." in page
    assert "The pier is not safe either." in page
    assert not answer.cookies


def test_what_is_wrong_is_said_and_nothing_that_was_written_is_lost(post: Post) -> None:
    answer = post(name="", body="Words that took a long time.", quote="Not in the story")
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "Write a name under your comment." in page
    assert "Words that took a long time." in page


def test_a_script_gets_the_same_in_json(story: ArticlePage) -> None:
    address = f"/comments/write/{story.article_id}/"
    asked = {"accept": "application/json"}
    taken = Client().post(address, {"name": "Edda", "body": "Words."}, headers=asked)
    assert (taken.status_code, taken.json()["sentence"]) == (201, "Thank you. Your comment waits for a moderator.")
    wrong = Client().post(address, {"name": "Edda"}, headers=asked)
    assert (wrong.status_code, wrong.json()) == (400, {"errors": {"body": "Write something first."}})


def test_a_writer_deletes_their_comment_by_the_address_that_only_they_have(post: Post) -> None:
    mine = post()["location"]
    assert "is gone" in Client().post(mine, {"do": "withdraw"}).content.decode()
    assert Client().get(mine).status_code == 404
    assert Comment.objects.get().body == ""


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_nothing_is_deleted_by_looking(post: Post, method: str) -> None:
    mine = post()["location"]
    getattr(Client(), method)(mine + "?do=withdraw")
    assert Comment.objects.get().body


@pytest.mark.parametrize(
    "address",
    ["mine/x/", "mine/%27%22%3E/", "flag/999999/", "flag/99999999999999999999999/", "at/99999999999999999999/",
     "post/confirm/x/", "post/none/x/", "write/x/", f"write/{NOBODYS}/", f"error/{NOBODYS}/", "nowhere/"],
)  # fmt: skip
def test_an_address_without_anything_is_a_page_that_says_so(newsroom: object, address: str) -> None:
    assert Client().get(f"/comments/{address}").status_code == 404


def test_a_report_of_an_error_reaches_the_desk(story: ArticlePage) -> None:
    fields = {"passage": "every bolt of that ship", "words": "Eleven are missing.", "name": "Gro", "wants_credit": "1"}
    answer = Client().post(f"/comments/error/{story.article_id}/", fields)
    assert "The desk will look at it." in answer.content.decode()
    report = ErrorReport.objects.get()
    assert (report.passage, report.finder, report.version) == ("every bolt of that ship", "Gro", 1)


def test_a_reader_tells_the_moderators(story: ArticlePage) -> None:
    comment = shown(story)
    address = f"/comments/flag/{comment.pk}/"
    assert "I sailed on it." in Client().get(address).content.decode()
    assert Client().post(address, {"reason": "nonsense"}).status_code == 400
    Client().post(address, {"reason": "spam", "words": "An advertisement."})
    assert Flag.objects.get().words == "An advertisement."


def test_a_comment_is_found_on_its_page(story: ArticlePage) -> None:
    comment = shown(story)
    answer = Client().get(f"/comments/at/{comment.pk}/")
    assert answer["location"] == f"/security/ferry-runs-again/comments/#c{comment.pk}"

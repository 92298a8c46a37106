"""Threads on the site: baked beside their story, never with it, and each page small."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.comments.deciding import Who, decide
from cryptonewshub.comments.models import Act, Comment, State
from cryptonewshub.comments.threads import mark_changed
from cryptonewshub.delivery.baking import bake_all, bake_pending, file_of
from cryptonewshub.editions.entering import sequence_and_tell
from cryptonewshub.editions.withdrawing import order_withdrawal
from cryptonewshub.tlog.manifests import Basis
from tests.comments.cast import NOON, say, shown

PATH = "/security/ferry-runs-again/"
THREAD = f"{PATH}comments/"


def page(address: str = THREAD) -> str:
    return file_of(address).read_text(encoding="utf-8")


def test_an_approved_comment_is_baked_and_the_story_is_not_touched(committed_story: ArticlePage) -> None:
    before = (file_of(PATH).read_bytes(), file_of(PATH).stat().st_mtime_ns)
    comment = say(committed_story, body="Two <paragraphs>.\n\nAnd https://example.org/a.")
    assert "Two &lt;" not in page()
    decide(comment.pk, Act.APPROVE, who=Who("cleo"), now=NOON)
    assert '<p dir="auto">Two &lt;paragraphs&gt;.</p>' in page()
    assert '<a href="https://example.org/a" rel="nofollow ugc noopener">https://example.org/a</a>.' in page()
    assert "1 comment." in page()
    assert (file_of(PATH).read_bytes(), file_of(PATH).stat().st_mtime_ns) == before
    assert "Edda on" in page(f"{THREAD}feed.xml")
    assert "Edda on" in page("/comments.xml")


def test_a_hidden_comment_leaves_the_page_and_its_place_where_it_was_answered(committed_story: ArticlePage) -> None:
    first, second = shown(committed_story, "First words."), shown(committed_story, "Second words.")
    shown(committed_story, "An answer.", parent=first)
    for comment in (first, second):
        decide(comment.pk, Act.HIDE, who=Who("cleo"), now=NOON, reason="abuse")
    text = page()
    assert "First words." not in text
    assert "Second words." not in text
    assert text.count("Removed by a moderator.") == 1
    assert "An answer." in text


def test_a_corrected_story_says_which_comments_answered_the_earlier_text(
    committed_story: ArticlePage, correct: Callable[[], ArticlePage]
) -> None:
    shown(committed_story, "An old thought.")
    correct()
    assert f'About <a href="{PATH}editions/1/">version 1</a>. The story has changed since.' in page()
    shown(committed_story, "A new thought.", version=2)
    mark_changed(committed_story)
    assert page().count("The story has changed since.") == 1


def test_a_thread_of_ten_thousand_pages_under_a_hundred_kilobytes(committed_story: ArticlePage) -> None:
    words = "A comment of the usual length, which says something and then something else about the ferry. " * 3
    Comment.objects.bulk_create(
        Comment(article=committed_story, version=1, name=f"R{n}", body=f"{words}{n}", made=NOON, state=State.APPROVED)
        for n in range(10_000)
    )
    began = timezone.now()
    mark_changed(committed_story)
    print(f"10,000 comments were baked in {(timezone.now() - began).total_seconds():.1f} s")
    folders = [THREAD, *(f"{THREAD}{folder.name}/" for folder in file_of(THREAD).parent.glob("[0-9]*"))]
    assert len(folders) > 40
    assert max(file_of(address).stat().st_size for address in folders) < 100_000
    assert sum(page(address).count('class="comment"') for address in folders) == 10_000
    assert bake_pending() == []
    assert bake_all() == []


def test_a_thread_that_has_become_shorter_leaves_no_page_behind(committed_story: ArticlePage) -> None:
    long = "word " * 900
    comments = [shown(committed_story, f"{long}{number}") for number in range(30)]
    mark_changed(committed_story)
    assert file_of(f"{THREAD}2/").exists()
    Comment.objects.filter(pk__in=[comment.pk for comment in comments[1:]]).update(state=State.REJECTED)
    mark_changed(committed_story)
    assert not file_of(f"{THREAD}2/").exists()


def test_a_withdrawn_story_takes_its_comments_with_it(committed_story: ArticlePage) -> None:
    shown(committed_story, "I quote what must not be said any more.")
    mark_changed(committed_story)
    assert "must not be said" in page()
    order_withdrawal(committed_story, basis=Basis.LEGAL)
    sequence_and_tell()
    assert not file_of(THREAD).exists()
    assert not file_of(f"{THREAD}feed.xml").exists()
    assert "must not be said" not in page("/comments.xml")

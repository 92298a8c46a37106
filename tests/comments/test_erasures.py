"""What was erased stays erased, though a backup from before comes back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import serializers

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.comments.models import Address, Comment, Decision, ErrorReport
from cryptonewshub.comments.personal_data import erase, erase_again
from cryptonewshub.comments.writing import withdraw
from cryptonewshub.config.home import Home
from tests.comments.cast import NOON, say, shown

LATER = NOON + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Any) -> Path:
    """A newsroom of this test's own, whose list is empty."""
    settings.CNH_HOME = Home(tmp_path)
    return tmp_path / "erased.jsonl"


def backup() -> str:
    kinds: list[type[Any]] = [Address, Comment, Decision, ErrorReport]
    return serializers.serialize("json", [row for kind in kinds for row in kind.objects.all()])


def restore(backup: str) -> None:
    Decision.objects.all()._raw_delete(Decision.objects.db)
    for row in serializers.deserialize("json", backup):
        row.save()


def edda() -> Address:
    return Address.objects.create(email="edda@example.org", made=NOON, confirmed=NOON)


def test_an_address_and_its_words_are_erased_again(story: ArticlePage) -> None:
    address = edda()
    comment = shown(story, address=address)
    ErrorReport.objects.create(article=story, version=1, words="Wrong.", name="Edda", made=NOON, address=address)
    other = shown(story, "I was there.")
    before = backup()
    erase(address, words_too=True, now=LATER)
    restore(before)
    assert erase_again(LATER) == 1
    comment.refresh_from_db()
    assert (comment.body, comment.name, comment.state) == ("", "A reader", "withdrawn")
    assert ErrorReport.objects.get().words == "Erased on request."
    other.refresh_from_db()
    assert (other.body, other.name) == ("I was there.", "Finn")
    assert not Address.objects.exists()
    assert erase_again(LATER) == 0


def test_a_comment_that_its_writer_took_back_is_emptied_again(story: ArticlePage) -> None:
    comment = say(story)
    before = backup()
    withdraw(comment, now=LATER)
    restore(before)
    assert erase_again(LATER) == 1
    comment.refresh_from_db()
    assert (comment.body, comment.state) == ("", "withdrawn")


def test_whoever_kept_the_words_keeps_them(story: ArticlePage) -> None:
    address = edda()
    comment = shown(story, address=address)
    before = backup()
    erase(address, words_too=False, now=LATER)
    restore(before)
    erase_again(LATER)
    comment.refresh_from_db()
    assert (comment.body, comment.name, comment.address) == ("I sailed on it.", "A reader", None)


def test_whoever_leaves_the_address_again_is_not_erased(story: ArticlePage) -> None:
    erase(edda(), words_too=True, now=LATER)
    Address.objects.create(email="edda@example.org", made=LATER + timedelta(days=1))
    assert erase_again(LATER + timedelta(days=2)) == 0


def test_another_comment_under_the_same_number_is_left_alone(story: ArticlePage) -> None:
    comment = say(story)
    withdraw(comment, now=LATER)
    Decision.objects.all()._raw_delete(Decision.objects.db)
    Comment.objects.all().delete()
    later = shown(story, pk=comment.pk, made=LATER)
    assert erase_again(LATER) == 0
    later.refresh_from_db()
    assert later.body == "I sailed on it."


def test_the_list_names_nobody_and_survives_a_line_that_was_cut_off(story: ArticlePage, place: Path) -> None:
    place.write_text('{"comment":1,"ma', encoding="utf-8")
    address = edda()
    shown(story, address=address)
    before = backup()
    erase(address, words_too=True, now=LATER)
    for word in ("edda", "Finn", "sailed"):
        assert word not in place.read_text(encoding="utf-8")
    restore(before)
    assert erase_again(LATER) == 1

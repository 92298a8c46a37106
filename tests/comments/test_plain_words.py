"""Readers' words: what is cleaned away, and what becomes a link."""

from __future__ import annotations

import pytest

from cryptonewshub.comments.forms import CommentForm
from cryptonewshub.comments.plain_words import Run, clean_line, clean_text, links_in, paragraphs


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\n\n\n\n\ntwo  \n", "one\n\ntwo"),
        ("a\u202eb\u2066c\u200bd\ufeff", "abcd"),
        ("a\0b\x1bc", "a b c"),
        ("Z" + "\u0351" * 50, "Z" + "\u0351" * 4),
        ("e\u0301", "é"),
        ("👩‍🚀 नमस्ते", "👩‍🚀 नमस्ते"),
    ],
)
def test_words_are_cleaned_once(written: str, kept: str) -> None:
    assert clean_text(written) == kept
    assert clean_text(kept) == kept


def test_a_name_is_one_line() -> None:
    assert clean_line("  Edda \u00a0 of\u3000Sund ") == "Edda of Sund"


@pytest.mark.parametrize(
    "name", ["Edda\r\nBcc: x@example.org", "Edda\0", "a\u2028b", "a\x85b", "", "   ", "…", "\u200b"]
)
def test_what_is_no_name_is_refused(name: str) -> None:
    assert "name" in CommentForm({"name": name, "body": "Words."}).errors


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See https://example.org/a.", ["https://example.org/a"]),
        ("(https://example.org/a_(b))", ["https://example.org/a_(b)"]),
        ("“https://example.org”", ["https://example.org"]),
        ("javascript:alert(1) data:text/html,x ftp://a.example", []),
        ('https://example.org/"onmouseover="x', ["https://example.org/"]),
        ("https://", []),
    ],
)
def test_only_web_addresses_become_links(text: str, links: list[str]) -> None:
    assert links_in(text) == links


def test_paragraphs_keep_every_character() -> None:
    text = "First https://example.org/x, then\na line.\n\nSecond."
    assert ["".join(run.text for run in runs) for runs in paragraphs(text)] == text.split("\n\n")
    assert paragraphs(text)[0][1] == Run("https://example.org/x", "https://example.org/x")

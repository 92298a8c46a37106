"""No word of a template or a script stands outside the catalogues."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from cryptonewshub.languages.sources import script_messages
from cryptonewshub.reader.assets import asset_text
from cryptonewshub.reader.engine import TEMPLATES, environment

# What is the same in every language: names, and words of formats.
_SAME = ("SHA-256", "urn:uuid:", "large", "python3 verify.py verify")
_ATTRIBUTE = re.compile(r'[\w-]+="[^"]*"')  # of a macro that is put into a tag
_READ = {"alt", "aria-label", "title", "placeholder", "aria-description", "label"}
_WORD = re.compile(r"[^\W\d_]{2}")
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if path.suffix in (".html", ".xml"))


class Words(HTMLParser):
    """The text nodes, and the attributes that are read out or shown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in _READ and value]


def literal_words(source: str) -> Iterator[str]:
    """What of a template is text of its own; what Jinja puts in is left out."""
    parser = Words()
    inside_message, in_block, plain = False, "", list[str]()
    for _, kind, text in environment().lex(source):
        if kind == "block_begin":
            in_block = "open"
        elif in_block == "open" and kind == "name":
            inside_message = {"trans": True, "endtrans": False}.get(text, inside_message)
            in_block = "named"
        elif kind == "block_end":
            in_block = ""
        elif kind == "data" and not inside_message:
            plain.append(text)
    parser.feed("".join(plain))
    parser.close()
    for text in parser.found:
        bare = re.sub("|".join(map(re.escape, _SAME)), "", _ATTRIBUTE.sub("", text))
        if _WORD.search(bare):
            yield " ".join(text.split())


@pytest.mark.parametrize("name", NAMES)
def test_a_template_has_no_words_of_its_own(name: str) -> None:
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    allowed = "default-src"  # the policy of the file that is opened from disk
    assert [text for text in literal_words(source) if allowed not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_template_shows_no_string_that_is_not_a_message(name: str) -> None:
    """`{{ "Corrected" }}`: a string with a word in it that a reader would see, and gettext would not."""
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    tokens = [token for token in environment().lex(source) if token[1] != "whitespace"]
    shown, depth = [], ""
    for at, (_, kind, text) in enumerate(tokens):
        if kind in ("variable_begin", "block_begin"):
            depth = kind
        is_message = tokens[at - 2][2] == "_"
        if (
            depth == "variable_begin"
            and kind == "string"
            and not is_message
            and re.search(r"[A-Z][a-z]|[a-z] [a-z]", text)
        ):
            shown.append(text)
    assert shown == []


def test_what_the_words_are_looked_for_in_is_found() -> None:
    """The test above would find what it looks for."""
    planted = '<p title="Read me">{{ _("Fine") }} Not fine{% trans %}fine{% endtrans %}</p>'
    assert set(literal_words(planted)) == {"Read me", "Not fine"}


@pytest.mark.parametrize("name", ["comments.js", "theme.js", "zones.js"])
def test_a_script_of_stories_has_no_words_of_its_own(name: str) -> None:
    code = re.sub(r"^\s*//.*$", "", asset_text(name), flags=re.MULTILINE)
    strings = re.findall(r'"((?:[^"\\\n]|\\.)*)"|`([^`]*)`', code)
    assert strings
    assert [text for pair in strings for text in pair if re.match(r"[A-Z][a-z]+ ?", text)] == []


def test_the_verifier_says_its_sentences_by_the_catalogue() -> None:
    said = set(script_messages(asset_text("verify.js")))
    assert "The picture %(1)s is not at hand." in said
    assert "All %(1)s passages, figures and times on the page say what was sealed." in said

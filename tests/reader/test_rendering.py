"""Ranges over a text, however they lie, become well-nested HTML whose text is the text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from markupsafe import Markup

from cryptonewshub.articles.document import Mark
from cryptonewshub.reader.rendering import Furniture, Range, mark_ranges, render_text

SIGN = Markup("<button data-x=''>sign</button>")


def rendered(text: str, *marks: Mark) -> str:
    return str(render_text(text, mark_ranges(marks)))


def test_a_link_and_emphasis_wrap_their_words() -> None:
    made = rendered("Read the act today.", Mark(5, 12, "a", "https://example.org/act"), Mark(13, 18, "em"))
    assert made == 'Read <a href="https://example.org/act">the act</a> <em>today</em>.'


def test_overlapping_marks_are_cut_and_nested() -> None:
    made = rendered("one two three", Mark(0, 7, "strong"), Mark(4, 13, "em"))
    assert made == "<strong>one <em>two</em></strong><em> three</em>"


def test_a_link_stays_whole_around_emphasis_inside_it() -> None:
    made = rendered("one two three", Mark(0, 13, "a", "https://example.org/"), Mark(4, 7, "em"))
    assert made == '<a href="https://example.org/">one <em>two</em> three</a>'


def test_no_link_stands_inside_a_link() -> None:
    made = rendered("one two", Mark(0, 7, "a", "https://a.example/"), Mark(4, 7, "a", "https://b.example/"))
    assert made == '<a href="https://a.example/">one two</a>'


def test_offsets_count_code_points_and_not_utf16() -> None:
    assert rendered("🇳🇴 says 𝄞 no", Mark(10, 12, "em")) == "🇳🇴 says 𝄞 <em>no</em>"


def test_the_text_is_escaped() -> None:
    assert rendered("<b>5 & 6</b>", Mark(0, 3, "em")) == "<em>&lt;b&gt;</em>5 &amp; 6&lt;/b&gt;"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\tscript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "//elsewhere.example/",
        "/local/path/",
        "https:\\\\elsewhere.example",
        "https://",
        "ftp://example.org/file",
        "",
    ],
)
def test_an_address_that_may_not_be_followed_stays_text(address: str) -> None:
    assert rendered("a trap", Mark(0, 6, "a", address)) == "a trap"


@pytest.mark.parametrize("address", ["https://example.org/?a=1&b=2#c", "http://example.org", "mailto:desk@example.org"])
def test_the_addresses_of_the_web_and_of_mail_become_links(address: str) -> None:
    assert "<a href=" in rendered("a link", Mark(0, 6, "a", address))


def test_an_address_cannot_break_out_of_its_attribute() -> None:
    made = rendered("x", Mark(0, 1, "a", 'https://example.org/"onmouseover="alert(1)'))
    assert etree.fromstring(f"<p>{made}</p>")[0].attrib.keys() == ["href"]


def test_furniture_is_never_inside_a_link() -> None:
    marks = mark_ranges([Mark(0, 9, "a", "https://example.org/")])
    made = render_text("one two x", marks, [Furniture(3, SIGN)])
    link = '<a href="https://example.org/">'
    assert made == f"{link}one</a>{SIGN}{link} two x</a>"


def test_furniture_at_the_end_stands_after_the_last_element() -> None:
    made = render_text("one", mark_ranges([Mark(0, 3, "em")]), [Furniture(3, SIGN)])
    assert made == f"<em>one</em>{SIGN}"


def test_an_id_is_given_once_though_its_words_are_cut() -> None:
    said = Range(0, 13, "span", Markup(' class="said"'), "q1")
    made = render_text("one two three", [said], [Furniture(3, SIGN)])
    assert made.count('id="q1"') == 1
    assert made.count('class="said"') == 2


def test_ranges_outside_the_text_are_cut_to_it() -> None:
    assert (
        rendered("one", Mark(-4, 2, "em"), Mark(2, 99, "strong"), Mark(7, 9, "em")) == "<em>on</em><strong>e</strong>"
    )


KINDS = st.sampled_from(["a", "em", "strong"])
OFFSETS = st.integers(-3, 40)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


@given(TEXTS, st.lists(st.tuples(OFFSETS, OFFSETS, KINDS), max_size=8), st.lists(OFFSETS, max_size=4))
def test_whatever_is_marked_the_result_is_well_formed_and_says_the_text(
    text: str, marked: list[tuple[int, int, str]], points: list[int]
) -> None:
    marks = [Mark(min(a, b), max(a, b), kind, "https://example.org/") for a, b, kind in marked]  # type: ignore[arg-type]
    made = render_text(text, mark_ranges(marks), [Furniture(point, SIGN) for point in points])
    tree: Any = etree.fromstring(f"<p>{made}</p>")
    for sign in tree.xpath("//button"):
        assert sign.getparent() is tree
        sign.text = None
    assert "".join(tree.itertext()) == text
    assert not tree.xpath("//a//a")

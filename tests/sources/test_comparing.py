"""What changed between two captures."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cryptonewshub.sources.comparing import Stretch, changes


def test_changed_words_are_shown_with_what_stands_around_them():
    assert changes("The quay closes on Monday, he said.", "The quay closes on Tuesday, he said.") == [
        Stretch("=", "The quay closes on "),
        Stretch("-", "Monday, "),
        Stretch("+", "Tuesday, "),
        Stretch("=", "he said."),
    ]


def test_changes_around_one_word_are_one_change():
    got = changes("one two three four five six", "one TWO three FOUR five six")
    assert [stretch.op for stretch in got] == ["=", "-", "+", "="]


def test_other_line_breaks_are_no_change():
    assert changes("The quay\ncloses.", "The  quay closes.\n") == []


def test_long_unchanged_stretches_are_left_out():
    same = " ".join(f"w{n}" for n in range(500))
    got = changes(f"{same} old {same}", f"{same} new {same}")
    assert [stretch.op for stretch in got] == ["…", "=", "-", "+", "=", "…"]
    assert got[0].text == "470 words are the same"


def test_texts_of_many_words_are_compared_by_paragraphs():
    paragraphs = [f"Paragraph {n} has a few words in it, and then some more." for n in range(3000)]
    later = [*paragraphs[:1500], "Paragraph 1500 has other words.", *paragraphs[1501:]]
    got = changes("\n\n".join(paragraphs), "\n\n".join(later))
    assert [stretch.text.strip() for stretch in got if stretch.op == "+"] == ["Paragraph 1500 has other words."]


@given(st.text(alphabet="ab \n", max_size=60), st.text(alphabet="ab \n", max_size=60))
def test_both_texts_can_be_read_off_the_difference(earlier, later):
    got = changes(earlier, later)
    if got:
        assert "".join(s.text for s in got if s.op in "=+").split() == later.split()
        assert "".join(s.text for s in got if s.op == "-").split() == [] or earlier.split()
    else:
        assert earlier.split() == later.split()

"""Two texts, word by word: whatever is shown as removed or added leads from the one to the other, and reads well."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cryptonewshub.reader.comparing import Pair, Run, compare_words, pair_blocks

WORDS = st.lists(st.sampled_from(["a", "b", "the", "quay,", "quay", "“No”", "61", "\n"]), max_size=14).map(" ".join)
BODIES = st.lists(st.tuples(st.sampled_from("ph"), WORDS), max_size=10)


def side(runs: tuple[Run, ...], sign: str) -> str:
    return "".join(run.text for run in runs if run.sign in ("=", sign))


@given(WORDS, WORDS)
def test_without_the_additions_it_is_the_earlier_text_and_without_the_removals_the_later_one(
    one: str, two: str
) -> None:
    runs = compare_words(one, two)
    assert (side(runs, "-"), side(runs, "+")) == (one, two)


@given(WORDS)
def test_equal_texts_differ_nowhere(text: str) -> None:
    assert {run.sign for run in compare_words(text, text)} <= {"="}


@settings(deadline=None)
@given(st.lists(st.sampled_from("abcd"), max_size=9), st.lists(st.sampled_from("abcd"), max_size=9))
def test_no_more_paragraphs_are_marked_than_must_be(one: list[str], two: list[str]) -> None:
    """Against the longest common subsequence, by its definition. Lone letters are too short to be likened or moved."""

    @cache
    def common(i: int, j: int) -> int:
        if i == len(one) or j == len(two):
            return 0
        return 1 + common(i + 1, j + 1) if one[i] == two[j] else max(common(i + 1, j), common(i, j + 1))

    pairs = pair_blocks([("p", text) for text in one], [("p", text) for text in two])
    kept = [pair for pair in pairs if pair.before is not None and pair.after is not None and not pair.is_moved]
    assert len(kept) >= common(0, 0)


@given(BODIES, BODIES)
def test_every_paragraph_of_both_bodies_stands_in_one_pair(
    one: list[tuple[str, str]], two: list[tuple[str, str]]
) -> None:
    pairs = pair_blocks(one, two)
    assert sorted(pair.before for pair in pairs if pair.before is not None) == list(range(len(one)))
    assert [pair.after for pair in pairs if pair.after is not None] == list(range(len(two)))


def test_words_are_marked_and_not_letters() -> None:
    runs = compare_words("It has 16 berths.", "It has 61 berths.")
    assert runs == (Run("=", "It has "), Run("-", "16"), Run("+", "61"), Run("=", " berths."))


def test_a_phrase_that_was_rewritten_is_one_change() -> None:
    runs = compare_words("They left by the first boat on Friday.", "They came with the last boat on Friday.")
    assert [run.sign for run in runs] == ["=", "-", "+", "="]


def test_a_paragraph_that_was_added_is_not_a_change_of_its_neighbours() -> None:
    before = [("p", "The quay is closed."), ("p", "Nobody came.")]
    after = [("p", "The quay is closed."), ("p", "A pilot waved."), ("p", "Nobody came.")]
    assert pair_blocks(before, after) == (Pair(0, 0), Pair(None, 1), Pair(1, 2))


def test_a_paragraph_that_moved_is_known_again() -> None:
    before = [("p", "One quay."), ("p", "Two boats."), ("p", "Three pilots."), ("p", "Four crews.")]
    after = [before[3], *before[:3]]
    assert pair_blocks(before, after)[0] == Pair(3, 0, is_moved=True)
    assert all(not pair.is_moved for pair in pair_blocks(before, after)[1:])


def test_a_paragraph_that_was_edited_is_paired_with_what_it_was() -> None:
    before = [("p", "Nobody on the quay sleeps well any more, he said."), ("p", "The act is late.")]
    after = [("p", "A fund pays the crews."), ("p", "Nobody on the quay sleeps badly any more, she said.")]
    assert Pair(0, 1) in pair_blocks(before, after)


@pytest.mark.parametrize("size", [2_000])
def test_a_text_that_was_wholly_rewritten_is_given_up_on(size: int) -> None:
    """The work is bounded: beyond some hundred edits the rest is one change."""
    one, two = (" ".join(f"{name}{n}" for n in range(size)) for name in ("a", "b"))
    assert [run.sign for run in compare_words(one, two)] == ["-", "+"]

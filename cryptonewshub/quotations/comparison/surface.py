"""Differences between words that are the same: their capitals, and the punctuation between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cryptonewshub.quotations.comparison.differences import Change, Comparison, Difference
from cryptonewshub.quotations.comparison.folding import Folded
from cryptonewshub.quotations.comparison.locating import Pair
from cryptonewshub.quotations.vocabulary import Grade
from cryptonewshub.quotations.word_sets import word_set

_INITIALS_THAT_ARE_WORDS = word_set("us it who aids un it's")


def surface_differences(comparison: Comparison, pairs: Sequence[Pair], openings: set[int]) -> list[Difference]:
    """Changed capitals and punctuation, word by word; `openings` are the words that begin a run of the story."""
    return [each for pair in pairs if pair.is_same for each in _within(comparison, pair, openings)]


def _within(comparison: Comparison, pair: Pair, openings: set[int]) -> Iterator[Difference]:
    source, story = comparison.source, comparison.story
    there, here = source.text_of(pair.source, pair.source_end), story.text_of(pair.story, pair.story_end)
    if there == here and "|" not in there:
        return
    shouted = _is_shouted(source.words[pair.source : pair.source_end])
    shift = pair.story - pair.source
    for i in range(pair.source, pair.source_end):
        left, right = source.words[i], story.words[i + shift]
        one = Pair(i, i + 1, i + shift, i + shift + 1, is_same=True)
        if left != right and left.lower() == right.lower():
            yield Difference(
                one, Change.CAPITAL, left, right, _capital_grade(left, right, i + shift in openings, shouted)
            )
        elif "|" in left:
            yield Difference(one, Change.NOISE, left, right)
        if i + 1 < pair.source_end and (change := _punctuation(source, i, story, i + shift)):
            yield Difference(one, Change.PUNCTUATION, *change)


def _capital_grade(there: str, here: str, opens: bool, shouted: bool) -> Grade | None:
    """Capitals may be set plain and a first capital changed; emphasis may not be added, nor initials made a word."""
    if opens and there[1:] == here[1:]:
        return None
    if len(here) > 1 and here.isupper() and not there.isupper() and len(there) > 1:
        return Grade.FUNCTION
    if there.isupper() and not shouted and there.lower() in _INITIALS_THAT_ARE_WORDS and not here.isupper():
        return Grade.CONTENT
    return None


def _is_shouted(words: Sequence[str]) -> bool:
    return sum(1 for word in words if word.isupper() and len(word) > 1) * 2 > len(words)


def _punctuation(source: Folded, i: int, story: Folded, j: int) -> tuple[str, str] | None:
    """The marks between two words where they differ; a line break, a dash's form and quotation marks are no
    difference.
    """
    there, here = source.between(i, i + 1), story.between(j, j + 1)
    if there == here or any(character.isalnum() for character in there):  # a page header stands between
        return None
    left, right = _marks(there), _marks(here)
    return None if left == right else (there.strip(), here.strip())


def _marks(gap: str) -> str:
    kept = "".join(mark for mark in gap if mark in ",.;:?!()")
    return kept.rstrip(".") if "..." in kept else kept

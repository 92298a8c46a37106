"""Lay a run of quoted words beside a spoilt source letter by letter.

Where words are misread, the same words further on draw an alignment by words towards them. By letters, the fewest
changes tell which word stands beside which. Like every layout this only proposes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from cryptonewshub.quotations.comparison.folding import Folded
from cryptonewshub.quotations.comparison.locating import Pair, Placed

_MOST_LETTERS = 4_000


def letter_by_letter(source: Folded, story: Folded, first: int, end: int, start: int, stop: int) -> Placed:
    """Words `first`:`end` of the story beside words `start`:`stop` of the source, with the fewest letters changed."""
    there, here = source.keys[start:stop], story.keys[first:end]
    beside = _beside(there, here)
    pairs = [
        Pair(start + a, start + b, first + c, first + d, is_same=there[a:b] == here[c:d] and b > a)
        for a, b, c, d in _together(beside, len(there), len(here))
    ]
    return Placed(start, stop, tuple(pairs))


def _beside(there: Sequence[str], here: Sequence[str]) -> set[tuple[int, int]]:
    """Which word of the source shares most letters with which of the story, seen from either side."""
    shared = _shared_letters(there, here)
    of_source: dict[int, tuple[int, int]] = {}
    of_story: dict[int, tuple[int, int]] = {}
    for (i, j), count in shared.items():
        of_source[i] = max(of_source.get(i, (0, 0)), (count, j))
        of_story[j] = max(of_story.get(j, (0, 0)), (count, i))
    return {(i, j) for i, (_, j) in of_source.items()} | {(i, j) for j, (_, i) in of_story.items()}


def _shared_letters(there: Sequence[str], here: Sequence[str]) -> Counter[tuple[int, int]]:
    from rapidfuzz.distance import Levenshtein

    left, right = " ".join(there), " ".join(here)
    if max(len(left), len(right)) > _MOST_LETTERS:
        return Counter()
    ends_left, ends_right = _ends(there), _ends(here)
    shared: Counter[tuple[int, int]] = Counter()
    for block in Levenshtein.opcodes(left, right).as_matching_blocks():
        for k in range(block.size):
            if left[block.a + k] != " ":
                shared[bisect_right(ends_left, block.a + k), bisect_right(ends_right, block.b + k)] += 1
    return shared


def _ends(words: Sequence[str]) -> list[int]:
    return list(accumulate(len(word) + 1 for word in words))


def _together(beside: set[tuple[int, int]], rows: int, columns: int) -> Iterator[tuple[int, int, int, int]]:
    """The two sides in their smallest common parts: words that stand beside each other are in one part."""
    i = j = 0
    for a, b, c, d in _joined(sorted(beside)):
        if a > i or c > j:
            yield i, a, j, c
        yield a, b, c, d
        i, j = b, d
    if rows > i or columns > j:
        yield i, rows, j, columns


def _joined(beside: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int, int]]:
    part: tuple[int, int, int, int] | None = None
    for i, j in beside:
        if part and (i < part[1] or j < part[3]):
            part = (part[0], max(part[1], i + 1), min(part[2], j), max(part[3], j + 1))
            continue
        if part:
            yield part
        part = (i, i + 1, j, j + 1)
    if part:
        yield part

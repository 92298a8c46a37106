"""Find where in a source a run of quoted words most likely stands, and lay the two side by side.

Short pieces of the run's letters are looked up in the source's letters, word division ignored; where the places that
they point to agree, a window is cut out and aligned word by word (longest common subsequence, by rapidfuzz). This only
proposes: what the words are worth is decided difference by difference, elsewhere. Time is linear in the source.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from cryptonewshub.quotations.comparison.folding import Folded, squeeze
from cryptonewshub.quotations.comparison.letters import letters_of

_MOST_PIECES = 48
_PIECES_TO_RANK = 10
_FEW_LETTERS = 6  # they stand everywhere: the words are told apart first
_MOST_LOOKED_AT = 40
_SIGNS = 3  # characters: a sign before the first letter belongs to the first word
_MOST_HITS = 24
_WINDOWS = 3
_SLACK = 24  # letters on either side of a window


@dataclass(frozen=True, slots=True)
class Pair:
    """Words of the source (from `source` to `source_end`) beside words of the story; one side may be empty."""

    source: int
    source_end: int
    story: int
    story_end: int
    is_same: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A run of the story's words laid beside words `start`:`end` of the source."""

    start: int
    end: int
    pairs: tuple[Pair, ...]

    @property
    def same(self) -> int:
        """How many words of the story stand in the source too."""
        return sum(pair.story_end - pair.story for pair in self.pairs if pair.is_same)

    @property
    def length(self) -> int:
        """How many words of the story were laid."""
        return sum(pair.story_end - pair.story for pair in self.pairs)

    @property
    def is_word_for_word(self) -> bool:
        return all(pair.is_same for pair in self.pairs)


def places_of_run(
    source: Folded, story: Folded, first: int, end: int, low: int = 0, high: int | None = None
) -> Iterator[Placed]:
    """Where words `first`:`end` of the story stand in words `low`:`high` of the source: word for word, else nearly,
    best first.
    """
    high = len(source.keys) if high is None else min(high, len(source.keys))
    keys = story.keys[first:end]
    exact = False
    for at in _exact_places(source, keys, low, high):
        exact = True
        yield Placed(at, at + len(keys), (Pair(at, at + len(keys), first, end, is_same=True),))
    if not exact:
        for left, right in _windows(source, squeeze(" ".join(keys)), low, high):
            yield from dict.fromkeys(_aligned(source, story, first, end, left, right))


def exact_parts(source: Folded, story: Folded, first: int, end: int, margin: int) -> Iterator[tuple[Folded, Placed]]:
    """Where the run stands word for word, each place in the part of the source around it, `margin` characters wide."""
    keys = story.keys[first:end]
    letters = letters_of(" ".join(keys))
    if len(letters) < _FEW_LETTERS:
        yield from ((source, placed) for placed in _word_for_word(source, keys, first))
        return
    for place in source.letters.places_of(letters, _MOST_LOOKED_AT):
        offset, last = source.letters.offset_of(place), source.letters.offset_of(place + len(letters) - 1)
        if offset and source.plain[offset - 1].isalpha():
            continue
        part = source.part(offset - margin, last + margin)
        origin = offset if source.origin is None else source.origin[offset]
        for placed in _word_for_word(part, keys, first):
            if abs(part.spans[placed.start][0] - origin) <= _SIGNS:
                yield part, placed
                break


def _word_for_word(source: Folded, keys: Sequence[str], first: int) -> Iterator[Placed]:
    end = first + len(keys)
    for at in source.places_of(keys):
        yield Placed(at, at + len(keys), (Pair(at, at + len(keys), first, end, is_same=True),))


def near_parts(source: Folded, story: Folded, first: int, end: int, margin: int) -> Iterator[tuple[Folded, Placed]]:
    """Where the run nearly stands, best first, each place in the part of the source around it."""
    letters = letters_of(" ".join(story.keys[first:end]))
    if not letters:
        return
    line = source.letters.line
    hits = sorted(_hits(line, letters, 0, len(line)))
    for left, right in _gatherings(hits, _spread(len(letters))):
        low = source.letters.offset_of(left - _SLACK)
        high = source.letters.offset_of(right + len(letters) + _SLACK)
        part = source.part(low - margin, high + margin)
        begin, stop = _words_between(part, source, low, high)
        yield from ((part, placed) for placed in dict.fromkeys(_aligned(part, story, first, end, begin, stop)))


def _words_between(part: Folded, source: Folded, low: int, high: int) -> tuple[int, int]:
    """The words of the part that stand, wholly or not, between two places of `source.plain`."""
    if source.origin is not None:
        low, high = source.origin[low], source.origin[high]
    begin = bisect_left(part.spans, low, key=lambda span: span[1])
    return begin, bisect_right(part.spans, high, key=lambda span: span[0])


def nearness(source: Folded, story: Folded, first: int, end: int) -> float:
    """How many pieces of the run gather in one place of the source, rare ones counting more: to rank sources, no
    more.
    """
    letters, line = letters_of(" ".join(story.keys[first:end])), source.letters.line
    hits = sorted(_hits(line, letters, 0, len(line), _PIECES_TO_RANK))
    return max((weight for weight, _, _ in _groups(hits, _spread(len(letters)))), default=0.0)


def _spread(length: int) -> int:
    return max(60, length * 3 // 10)


def _exact_places(source: Folded, keys: Sequence[str], low: int, high: int) -> Iterator[int]:
    if low == 0 and high == len(source.keys):
        yield from source.places_of(keys)
        return
    length = len(keys)
    for at in range(max(low, 0), high - length + 1):
        if source.keys[at] == keys[0] and source.keys[at : at + length] == keys:
            yield at


def _windows(source: Folded, letters: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Ranges of words where the letters of a run gather, densest first."""
    ends = source.squeezed_ends
    if not letters or high <= low:
        return
    begin, stop = (ends[low - 1] if low else 0), ends[high - 1]
    hits = sorted(_hits(source.squeezed, letters, begin, stop))
    length = len(letters)
    for left, right in _gatherings(hits, _spread(length)):
        first = max(low, source.word_at(max(begin, left - _SLACK)))
        last = min(high, source.word_at(min(stop, right + length + _SLACK)) + 1)
        yield first, last


def _hits(squeezed: str, letters: str, begin: int, stop: int, most: int = _MOST_PIECES) -> Iterator[tuple[int, float]]:
    """Where the run would begin, by each place of each of its pieces, with a weight: a rare piece tells more."""
    size = 12 if len(letters) >= 60 else 8 if len(letters) >= 16 else max(3, len(letters) // 2)
    step = max(3 if size < 12 else 5, len(letters) // most)
    for offset in range(0, max(1, len(letters) - size + 1), step):
        piece = letters[offset : offset + size]
        found: list[int] = []
        at = squeezed.find(piece, begin, stop)
        while at >= 0 and len(found) < _MOST_HITS:
            found.append(at - offset)
            at = squeezed.find(piece, at + 1, stop)
        weight = 1.0 / len(found) ** 0.5 if found else 0.0
        yield from ((place, weight) for place in found)


def _gatherings(hits: list[tuple[int, float]], spread: int) -> Iterator[tuple[int, int]]:
    """The heaviest groups of hits not wider than `spread`, and the two heaviest as one where they are near each
    other.
    """
    groups = _groups(hits, spread)
    chosen: list[tuple[int, int]] = []
    for _, start, end in sorted(groups, key=lambda group: (-group[0], group[1])):
        if all(end < other or start > other_end for other, other_end in chosen):
            chosen.append((start, end))
            if len(chosen) == _WINDOWS:
                break
    yield from chosen
    if len(chosen) > 1:
        start, end = min(chosen[0][0], chosen[1][0]), max(chosen[0][1], chosen[1][1])
        if end - start < 600:
            yield start, end


def _groups(hits: list[tuple[int, float]], spread: int) -> list[tuple[float, int, int]]:
    """For each hit the weight of those up to it that are not further off than `spread`, and their range."""
    groups: list[tuple[float, int, int]] = []
    left, weight = 0, 0.0
    for right in range(len(hits)):
        weight += hits[right][1]
        while hits[right][0] - hits[left][0] > spread:
            weight -= hits[left][1]
            left += 1
        groups.append((weight, hits[left][0], hits[right][0]))
    return groups


def _aligned(source: Folded, story: Folded, first: int, end: int, left: int, right: int) -> Iterator[Placed]:
    """The run laid out in a window in two ways: with most words in common, and with fewest changes."""
    for matching in (_most_in_common, _fewest_changes):
        blocks = _blocks(source, story, first, end, left, right, matching)
        if blocks:
            low = max(left, blocks[0][0] - blocks[0][1] + first - 2)
            high = min(right, blocks[-1][0] + end - blocks[-1][1] + 2)
            if (low, high) != (left, right):  # words of the run may have been matched with like words further off
                blocks = _blocks(source, story, first, end, low, high, matching) or blocks
            start = _reach_back(source, blocks[0], first, left)
            stop = _reach_on(source, blocks[-1], end, right)
            yield Placed(start, stop, tuple(_pairs(blocks, start, stop, first, end)))


Blocks = list[tuple[int, int, int]]
Matching = Callable[[Sequence[str], Sequence[str]], Blocks]


def _blocks(source: Folded, story: Folded, first: int, end: int, left: int, right: int, matching: Matching) -> Blocks:
    """The runs of equal words: where in the source, where in the story, how many."""
    there, here = source.keys[left:right], story.keys[first:end]
    blocks = _trimmed(_drawn_together(matching(there, here), there))
    return [(left + there_at, first + here_at, length) for there_at, here_at, length in blocks]


def _most_in_common(there: Sequence[str], here: Sequence[str]) -> Blocks:
    from rapidfuzz.distance import LCSseq

    blocks = LCSseq.opcodes(there, here).as_matching_blocks()
    return [(block.a, block.b, block.size) for block in blocks if block.size]


def _fewest_changes(there: Sequence[str], here: Sequence[str]) -> Blocks:
    from rapidfuzz.distance import Levenshtein

    blocks = Levenshtein.opcodes(there, here).as_matching_blocks()
    return [(block.a, block.b, block.size) for block in blocks if block.size]


def _drawn_together(blocks: list[tuple[int, int, int]], there: Sequence[str]) -> list[tuple[int, int, int]]:
    """Each run moved next to its neighbour where the same words stand there too: to the right one, else to the left
    one.
    """
    for i in range(len(blocks) - 2, -1, -1):
        (at, here, length), right = blocks[i], blocks[i + 1]
        if here + length == right[1] and there[right[0] - length : right[0]] == there[at : at + length]:
            blocks[i] = (right[0] - length, here, length)
    if len(blocks) > 1:
        (at, here, length), left = blocks[-1], blocks[-2]
        after = left[0] + left[2]
        if here == left[1] + left[2] and there[after : after + length] == there[at : at + length]:
            blocks[-1] = (after, here, length)
    return blocks


def _trimmed(blocks: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Without the stray words at either end that were matched far from the rest."""
    while len(blocks) > 1 and _is_stray(blocks[0], blocks[0], blocks[1]):
        blocks = blocks[1:]
    while len(blocks) > 1 and _is_stray(blocks[-1], blocks[-2], blocks[-1]):
        blocks = blocks[:-1]
    return blocks


def _is_stray(block: tuple[int, int, int], left: tuple[int, int, int], right: tuple[int, int, int]) -> bool:
    there = right[0] - left[0] - left[2]
    here = right[1] - left[1] - left[2]
    return there - here > 2 * block[2]


def _reach_back(source: Folded, block: tuple[int, int, int], first: int, low: int) -> int:
    """Where the run begins in the source when its first words differ: as many words back, within the sentence."""
    start = block[0]
    for _ in range(_words_to_reach(block[1] - first)):
        if start <= low or _ends_sentence(source.between(start - 1, start)):
            break
        start -= 1
    return start


def _reach_on(source: Folded, block: tuple[int, int, int], end: int, high: int) -> int:
    stop = block[0] + block[2]
    for _ in range(_words_to_reach(end - block[1] - block[2])):
        if stop >= high or _ends_sentence(source.between(stop - 1, stop)):
            break
        stop += 1
    return stop


def _words_to_reach(unmatched: int) -> int:
    """One more than are unmatched: "we'll" may stand for 'we will'. What stands beside nothing is dropped again
    later.
    """
    return unmatched + 1 if unmatched else 0


def _ends_sentence(gap: str) -> bool:
    return any(mark in gap for mark in ".?!") or "\n\n" in gap


def _pairs(blocks: list[tuple[int, int, int]], start: int, stop: int, first: int, end: int) -> Iterator[Pair]:
    there, here = start, first
    for at, word, length in blocks:
        if at > there or word > here:
            yield Pair(there, at, here, word)
        yield Pair(at, at + length, word, word + length, is_same=True)
        there, here = at + length, word + length
    if stop > there or end > here:
        yield Pair(there, stop, here, end)

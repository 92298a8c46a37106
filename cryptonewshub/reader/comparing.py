"""What changed between two editions of a story, word by word: every sealed value that a reader can see, and the links.

Paragraphs are paired first: equal ones in order, then equal ones that moved, then those that share most of their words.
The words of a pair are compared with Myers's algorithm ('An O(ND) difference algorithm and its variations', 1986).
The work is near to linear: a paragraph whose words differ in more than `_MOST_EDITS` places counts as rewritten.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

_TOKEN = re.compile(r"\w+(?:[’'\-]\w+)*|\s+|[^\w\s]")
_WORD = re.compile(r"\w")
_MOST_EDITS = 400
_ALIKE = 0.4  # the share of common words from which two paragraphs are one that was changed

Sign = Literal["=", "-", "+"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text: '=' in both, '-' only in the earlier one, '+' only in the later one."""

    sign: Sign
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Which item of the earlier list became which of the later one; None where it was added or removed."""

    before: int | None
    after: int | None
    is_moved: bool = False


def compare_words(before: str, after: str) -> tuple[Run, ...]:
    """The runs of words that lead from one text to the other."""
    left, right = _TOKEN.findall(before), _TOKEN.findall(after)
    runs: list[tuple[Sign, list[str]]] = []
    for first, second in _matches(left, right):
        if first is None:
            _add(runs, "+", right[second or 0])
        else:
            _add(runs, "-" if second is None else "=", left[first])
    merged: list[tuple[Sign, list[str]]] = []
    for sign, tokens in _readable(runs):
        for token in tokens:
            _add(merged, sign, token)
    return tuple(Run(sign, "".join(tokens)) for sign, tokens in merged)


def pair_blocks(before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]) -> tuple[Pair, ...]:
    """Pairs the blocks of two bodies, each a kind and a text, in the order of the later one; what was removed stands
    where it was.
    """
    partner = {first: second for first, second in _matches(before, after) if first is not None and second is not None}
    moved = dict(_moved(before, after, partner))
    moved |= dict(_alike(before, after, partner | moved))
    partner |= moved
    in_order = _rising(partner)
    origin = {second: first for first, second in partner.items()}
    return tuple(_laid_out(len(before), len(after), partner, origin, in_order))


def _laid_out(
    old: int, new: int, partner: dict[int, int], origin: dict[int, int], in_order: set[int]
) -> Iterator[Pair]:
    """The later list, with the removed items of the earlier one before the next item that stayed in its place."""
    at = 0
    for second in range(new):
        first = origin.get(second)
        if first in in_order and first is not None:
            yield from (Pair(gone, None) for gone in range(at, first) if gone not in partner)
            at = first + 1
        yield Pair(first, second, is_moved=first is not None and first not in in_order)
    yield from (Pair(gone, None) for gone in range(at, old) if gone not in partner)


def _moved(
    before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]], partner: dict[int, int]
) -> Iterator[tuple[int, int]]:
    """Equal items that stand elsewhere now."""
    taken = set(partner.values())
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for second in reversed(range(len(after))):
        if second not in taken:
            places[after[second]].append(second)
    for first, item in enumerate(before):
        if first not in partner and item[1] and places[item]:
            yield first, places[item].pop()


def _alike(
    before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]], partner: dict[int, int]
) -> Iterator[tuple[int, int]]:
    """The items left over that share most words, the likest first; only those with a word in common are compared."""
    taken = set(partner.values())
    new = {second: Counter(_words(after[second][1])) for second in range(len(after)) if second not in taken}
    index: dict[str, list[int]] = defaultdict(list)
    for second, words in new.items():
        for word in words:
            index[word].append(second)
    found = []
    for first in (first for first in range(len(before)) if first not in partner):
        words = Counter(_words(before[first][1]))
        near = Counter(second for word in words for second in index[word][:50])
        for second, _ in near.most_common(5):
            shared = sum((words & new[second]).values())
            likeness = 2 * shared / (words.total() + new[second].total())
            if likeness >= _ALIKE:
                found.append((likeness, -abs(first - second), first, second))
    yield from _best_first(found)


def _best_first(found: list[tuple[float, int, int, int]]) -> Iterator[tuple[int, int]]:
    left, right = set[int](), set[int]()
    for _, _, first, second in sorted(found, reverse=True):
        if first not in left and second not in right:
            left.add(first)
            right.add(second)
            yield first, second


def _rising(partner: dict[int, int]) -> set[int]:
    """The largest set of items that kept their order (longest increasing subsequence): the others moved."""
    tails: list[int] = []
    ends: list[int] = []
    previous: dict[int, int | None] = {}
    for first in sorted(partner):
        place = bisect_left(tails, partner[first])
        previous[first] = ends[place - 1] if place else None
        tails[place:] = [partner[first]] if place == len(tails) else [partner[first], *tails[place + 1 :]]
        ends[place:] = [first] if place == len(ends) else [first, *ends[place + 1 :]]
    kept: set[int] = set()
    at = ends[-1] if ends else None
    while at is not None:
        kept.add(at)
        at = previous[at]
    return kept


def _words(text: str) -> list[str]:
    return [token.casefold() for token in _TOKEN.findall(text) if _WORD.match(token)]


def _add(runs: list[tuple[Sign, list[str]]], sign: Sign, token: str) -> None:
    if runs and runs[-1][0] == sign:
        runs[-1][1].append(token)
    else:
        runs.append((sign, [token]))


def _readable(runs: list[tuple[Sign, list[str]]]) -> Iterator[tuple[Sign, list[str]]]:
    """One change where several stand with nothing or one word between them; what was there comes before what is."""
    out: list[str] = []
    into: list[str] = []
    for place, (sign, tokens) in enumerate(runs):
        if sign == "-":
            out += tokens
        elif sign == "+":
            into += tokens
        elif (out or into) and place + 1 < len(runs) and _is_thin(tokens, out, into):
            out += tokens
            into += tokens
        else:
            yield from _change(out, into)
            out, into = [], []
            yield sign, tokens
    yield from _change(out, into)


def _change(out: list[str], into: list[str]) -> Iterator[tuple[Sign, list[str]]]:
    """The change, without what both sides begin or end with."""
    start = 0
    while start < min(len(out), len(into)) and out[start] == into[start]:
        start += 1
    end = 0
    while end < min(len(out), len(into)) - start and out[-1 - end] == into[-1 - end]:
        end += 1
    parts: tuple[tuple[Sign, list[str]], ...] = (
        ("=", out[:start]),
        ("-", out[start : len(out) - end]),
        ("+", into[start : len(into) - end]),
        ("=", out[len(out) - end :]),
    )
    yield from ((sign, tokens) for sign, tokens in parts if tokens)


def _is_thin(tokens: Sequence[str], out: Sequence[str], into: Sequence[str]) -> bool:
    words = sum(1 for token in tokens if _WORD.match(token))
    return words == 0 or (words == 1 and min(len(out), len(into)) > 1)


def _matches(left: Sequence[Hashable], right: Sequence[Hashable]) -> Iterator[tuple[int | None, int | None]]:
    """The shortest way from one sequence to the other: pairs of places, None where one side has nothing."""
    start, (ends_left, ends_right) = 0, (len(left), len(right))
    while start < min(ends_left, ends_right) and left[start] == right[start]:
        yield start, start
        start += 1
    tail = 0
    while tail < min(ends_left, ends_right) - start and left[-1 - tail] == right[-1 - tail]:
        tail += 1
    ends_left, ends_right = ends_left - tail, ends_right - tail
    for first, second in _shortest(left[start:ends_left], right[start:ends_right]):
        yield (None if first is None else first + start), (None if second is None else second + start)
    yield from ((ends_left + n, ends_right + n) for n in range(tail))


def _shortest(left: Sequence[Hashable], right: Sequence[Hashable]) -> Iterator[tuple[int | None, int | None]]:
    trace = _trace(left, right) if left and right else None
    if trace is None:
        yield from ((first, None) for first in range(len(left)))
        yield from ((None, second) for second in range(len(right)))
        return
    yield from reversed(list(_walked_back(trace, len(left), len(right))))


def _trace(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[dict[int, int]] | None:
    """How far each diagonal reaches after each number of edits; None beyond `_MOST_EDITS`."""
    reach, trace = {1: 0}, []
    for edits in range(min(len(left) + len(right), _MOST_EDITS) + 1):
        trace.append(dict(reach))
        for diagonal in range(-edits, edits + 1, 2):
            x = _step(reach, diagonal, edits)
            while x < len(left) and x - diagonal < len(right) and left[x] == right[x - diagonal]:
                x += 1
            reach[diagonal] = x
            if x >= len(left) and x - diagonal >= len(right):
                return trace
    return None


def _step(reach: dict[int, int], diagonal: int, edits: int) -> int:
    if diagonal == -edits or (diagonal != edits and reach[diagonal - 1] < reach[diagonal + 1]):
        return reach[diagonal + 1]
    return reach[diagonal - 1] + 1


def _walked_back(trace: list[dict[int, int]], x: int, y: int) -> Iterator[tuple[int | None, int | None]]:
    for edits in reversed(range(len(trace))):
        reach, diagonal = trace[edits], x - y
        is_down = diagonal == -edits or (diagonal != edits and reach[diagonal - 1] < reach[diagonal + 1])
        came_from = diagonal + 1 if is_down else diagonal - 1
        before_x = reach.get(came_from, 0)
        before_y = before_x - came_from
        while x > max(before_x, 0) and y > max(before_y, 0):
            x, y = x - 1, y - 1
            yield x, y
        if edits == 0:
            return
        if is_down:
            y -= 1
            yield None, y
        else:
            x -= 1
            yield x, None

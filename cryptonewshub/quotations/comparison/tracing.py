"""Lay a whole quotation beside the places of one source where it may stand: its runs in order, with the gaps at its
marks.

A trace is what was seen, with every difference named; what it means for the story is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from cryptonewshub.quotations.comparison.differences import Change, Comparison, Difference
from cryptonewshub.quotations.comparison.folding import Folded
from cryptonewshub.quotations.comparison.gaps import Gap, gap_at_end, gap_between
from cryptonewshub.quotations.comparison.lettering import letter_by_letter
from cryptonewshub.quotations.comparison.locating import Pair, Placed, exact_parts, near_parts, nearness, places_of_run
from cryptonewshub.quotations.comparison.prepared import Prepared
from cryptonewshub.quotations.comparison.segments import Quoted, Run
from cryptonewshub.quotations.comparison.surface import surface_differences
from cryptonewshub.quotations.policy import Policy

_MOST_PLACES = 6
_MOST_NEAR = 3
_AROUND = 600  # characters: more than any rule about what stands before and after looks at
_LONG_WORD = 12  # characters, with the space: few words are longer
_LONG_RUN = 300  # words; it stands in one place


@dataclass(frozen=True, slots=True)
class Trace:
    """A quotation beside words `start`:`end` of a source. `missing` are the runs for which no place was found near."""

    source: Folded
    story: Folded
    start: int
    end: int
    placed: tuple[Placed, ...]
    gaps: tuple[Gap, ...]
    differences: tuple[Difference, ...]
    missing: tuple[Run, ...] = ()

    @property
    def pairs(self) -> list[Pair]:
        return [pair for placed in self.placed for pair in placed.pairs]

    @property
    def same(self) -> int:
        """How many of the story's words are the source's, house style and misreadings allowed for."""
        allowed = sum(
            d.pair.story_end - d.pair.story for d in self.differences if not d.alters and d.change not in _SURFACE
        )
        return sum(placed.same for placed in self.placed) + allowed

    @property
    def share(self) -> float:
        """The share of words in common, 0 to 1 (Dice): of the story's words and the source's that they stand beside."""
        theirs = sum(placed.end - placed.start for placed in self.placed)
        total = len(self.story.keys) + theirs
        return min(1.0, 2 * self.same / total) if total else 0.0

    @property
    def alters(self) -> bool:
        return bool(self.missing) or any(d.alters for d in self.differences) or any(gap.hidden for gap in self.gaps)


_SURFACE = frozenset((Change.CAPITAL, Change.PUNCTUATION))


def traces(quoted: Quoted, prepared: Prepared, policy: Policy) -> Iterator[Trace]:
    """Where the quotation may stand in one source: places word for word, or else the nearest ones, best first."""
    found = list(exact_traces(quoted, prepared, policy))
    yield from found
    if not found:
        for part, placed in near_places(quoted, prepared, policy)[:_MOST_NEAR]:
            yield near_trace(quoted, prepared, policy, part, placed)


def exact_traces(quoted: Quoted, prepared: Prepared, policy: Policy) -> Iterator[Trace]:
    """Where the longest run stands word for word and the others were found near it."""
    if quoted.runs:
        anchor, run = _anchor(quoted)
        most = _MOST_PLACES if run.end - run.first < _LONG_RUN else 1
        margin = _margin(quoted, policy)
        for part, placed in islice(exact_parts(prepared.full, quoted.folded, run.first, run.end, margin), most):
            comparison = Comparison(part, quoted.folded, prepared.legibility, policy)
            trace = _chain(comparison, quoted, anchor, placed)
            if not trace.missing:
                yield trace


def near_places(quoted: Quoted, prepared: Prepared, policy: Policy) -> list[tuple[Folded, Placed]]:
    """Where the longest run may stand, page furniture passed over, most words in common first: cheap, and no
    verdict. Each place is given in the part of the source around it.
    """
    if not quoted.runs:
        return []
    _, run = _anchor(quoted)
    found = near_parts(prepared.body, quoted.folded, run.first, run.end, _margin(quoted, policy))
    return sorted(islice(found, _MOST_PLACES), key=lambda each: -each[1].same)


def nearness_of(quoted: Quoted, prepared: Prepared) -> float:
    """How much of the longest run gathers somewhere in the source; cheap, to choose the sources to look at."""
    _, run = _anchor(quoted)
    return nearness(prepared.full, quoted.folded, run.first, run.end)


def near_trace(quoted: Quoted, prepared: Prepared, policy: Policy, part: Folded, placed: Placed) -> Trace:
    """The whole quotation laid out from one of the `near_places`."""
    comparison = Comparison(part, quoted.folded, prepared.legibility, policy)
    return _chain(comparison, quoted, _anchor(quoted)[0], placed)


def _margin(quoted: Quoted, policy: Policy) -> int:
    """How many characters around the longest run the other runs, the gaps between them and the sense may need."""
    if len(quoted.runs) < 2:
        return _AROUND
    return _AROUND + 2 * len(quoted.folded.plain) + len(quoted.runs) * policy.ellipsis_gap_words * _LONG_WORD


def _anchor(quoted: Quoted) -> tuple[int, Run]:
    """The longest run: the one whose place tells most."""
    return max(enumerate(quoted.runs), key=lambda each: each[1].end - each[1].first)


def _chain(comparison: Comparison, quoted: Quoted, anchor: int, placed: Placed) -> Trace:
    """The anchor run's place, and from it the other runs' places to the right and to the left."""
    chain: dict[int, Placed] = {anchor: placed}
    for i in range(anchor + 1, len(quoted.runs)):
        _extend(comparison, quoted, chain, i, after=True)
    for i in range(anchor - 1, -1, -1):
        _extend(comparison, quoted, chain, i, after=False)
    missing = tuple(run for i, run in enumerate(quoted.runs) if i not in chain)
    differences: list[Difference] = []
    for i, each in chain.items():
        chain[i], kept = _judged(comparison, each, quoted.runs[i])
        differences += kept
    order = sorted(chain)
    gaps = tuple(_gaps(comparison, quoted, chain))
    places = tuple(chain[i] for i in order)
    differences.sort(key=_place)
    start, end = places[0].start, places[-1].end
    return Trace(comparison.source, comparison.story, start, end, places, gaps, tuple(differences), missing)


def _judged(comparison: Comparison, placed: Placed, run: Run) -> tuple[Placed, list[Difference]]:
    """The run's place and its differences; laid word beside word where that shows that nothing is altered."""
    best = _with_differences(comparison, placed, run)
    if any(each.alters and not each.story for each in best[1]):
        length = run.end - run.first
        for start in (placed.end - length, placed.start):
            if 0 <= start <= len(comparison.source.keys) - length:
                rigid = _with_differences(comparison, _word_beside_word(comparison, start, run), run)
                if not any(each.alters for each in rigid[1]):
                    return rigid
    if any(each.alters for each in best[1]) and comparison.legibility.is_spoilt:
        for start, stop in _ranges(placed, run, len(comparison.source.keys)):
            laid = letter_by_letter(comparison.source, comparison.story, run.first, run.end, start, stop)
            by_letters = _with_differences(comparison, laid, run)
            if not any(each.alters for each in by_letters[1]):
                return by_letters
    return best


def _ranges(placed: Placed, run: Run, most: int) -> Iterator[tuple[int, int]]:
    """The place as found, and as long as the run from either end of it: like words nearby may have drawn it out."""
    length = run.end - run.first + 1
    start, stop = placed.start, placed.end
    wanted = ((start, stop), (stop - length, stop), (start, start + length), (start - 1, stop + 1))
    yield from dict.fromkeys((max(0, low), min(most, high)) for low, high in wanted)


def _with_differences(comparison: Comparison, placed: Placed, run: Run) -> tuple[Placed, list[Difference]]:
    found = comparison.differences(placed.pairs) + surface_differences(comparison, placed.pairs, {run.first})
    return _without_surroundings(placed, sorted(found, key=_place))


def _word_beside_word(comparison: Comparison, start: int, run: Run) -> Placed:
    there, here = comparison.source.keys, comparison.story.keys
    shift = start - run.first
    pairs = [Pair(i + shift, i + shift + 1, i, i + 1, there[i + shift] == here[i]) for i in range(run.first, run.end)]
    return Placed(start, start + run.end - run.first, tuple(pairs))


def _place(difference: Difference) -> tuple[int, int]:
    return difference.pair.story, difference.pair.source


def _without_surroundings(placed: Placed, differences: list[Difference]) -> tuple[Placed, list[Difference]]:
    """A run's place without words of the source at either end that no word of the story stands beside."""
    start, end = placed.start, placed.end
    while differences and not differences[0].story and differences[0].pair.source == start:
        start = differences.pop(0).pair.source_end
    while differences and not differences[-1].story and differences[-1].pair.source_end == end:
        end = differences.pop().pair.source
    return replace(placed, start=start, end=end), differences


def _extend(comparison: Comparison, quoted: Quoted, chain: dict[int, Placed], i: int, *, after: bool) -> None:
    run = quoted.runs[i]
    joint = run.joint if after else quoted.runs[i + 1].joint
    limit = comparison.policy.ellipsis_gap_words if joint and joint.kind == "cut" else comparison.policy.bracket_words
    length = run.end - run.first
    if after:
        low = max(placed.end for placed in chain.values())
        high = low + limit + length
    else:
        high = min(placed.start for placed in chain.values())
        low = max(0, high - limit - length)
    found = list(islice(places_of_run(comparison.source, comparison.story, run.first, run.end, low, high), 40))
    found = [placed for placed in found if placed.same * 2 > length]
    if found:
        best = max(placed.same for placed in found)
        near = [placed for placed in found if placed.same == best]
        chain[i] = near[0] if after else near[-1]


def _gaps(comparison: Comparison, quoted: Quoted, chain: dict[int, Placed]) -> Iterator[Gap]:
    """The gaps at the marks between the runs that were found, and at brackets before the first and after the last."""
    source, most, last = comparison.source, comparison.policy.bracket_words, len(quoted.runs) - 1
    for i in sorted(chain):
        joint = quoted.runs[i].joint
        if i - 1 in chain:
            yield gap_between(source, comparison.legibility, joint, chain[i - 1].end, chain[i].start)
        elif i == 0 and (gap := gap_at_end(source, joint, chain[i].start, most, leads=True)):
            yield gap
    if last in chain and (gap := gap_at_end(source, quoted.last, chain[last].end, most, leads=False)):
        yield gap

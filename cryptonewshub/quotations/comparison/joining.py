"""Quotations joined from parts that stand apart: in one source, or in several.

Long runs with content words are asked for, because short runs of small words stand everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cryptonewshub.quotations.comparison.differences import FUNCTION_WORDS
from cryptonewshub.quotations.comparison.folding import Folded
from cryptonewshub.quotations.comparison.judging import Question, passage_at
from cryptonewshub.quotations.comparison.letters import letters_of
from cryptonewshub.quotations.comparison.prepared import Prepared, prepare
from cryptonewshub.quotations.vocabulary import DiffOp, Grade, Match, SourceText, Verdict

_LEAST_WORDS = 4
_LEAST_CONTENT = 2
_MOST_PARTS = 4
_MOST_WORDS = 400
_COVERED = 0.85


@dataclass(frozen=True, slots=True)
class Part:
    """A run of the story's words, `first` to `end`, that stands at word `at` of a source."""

    source: SourceText
    prepared: Prepared
    first: int
    end: int
    at: int


def stitched_from(question: Question, sources: Sequence[SourceText]) -> Match | None:
    """The verdict where the quotation is made of two to four long runs from places apart; None where it is not."""
    keys = question.quoted.folded.keys
    if not 2 * _LEAST_WORDS <= len(keys) <= _MOST_WORDS:
        return None
    for group in (*([source] for source in sources), list(sources)):
        parts = _parts(question, group)
        if parts and _are_apart(parts, question.policy.ellipsis_gap_words):
            return _match(question, parts)
    return None


def _parts(question: Question, sources: Sequence[SourceText]) -> list[Part]:
    """The quotation covered from left to right by the longest runs that some source has; [] where that fails."""
    story = question.quoted.folded
    parts: list[Part] = []
    i, covered = 0, 0
    while i < len(story.keys) and len(parts) <= _MOST_PARTS:
        part = max(
            (run for source in sources if (run := _longest_from(story, i, source))),
            key=lambda run: run.end,
            default=None,
        )
        if part is None or not _tells(story.keys[part.first : part.end]):
            i += 1
            if i - covered > max(2, len(story.keys) // 6):
                return []
            continue
        parts.append(part)
        covered = i = part.end
    share = sum(part.end - part.first for part in parts) / max(1, len(story.keys))
    return parts if 2 <= len(parts) <= _MOST_PARTS and share >= _COVERED else []


def _longest_from(story: Folded, first: int, source: SourceText) -> Part | None:
    prepared = prepare(source.text)
    end = first + _LEAST_WORDS
    if end > len(story.keys) or letters_of(" ".join(story.keys[first:end])) not in prepared.full.letters.line:
        return None
    line = prepared.full.line
    if (at := line.find(f" {' '.join(story.keys[first:end])} ")) < 0:
        return None
    while end < len(story.keys) and (further := line.find(f" {' '.join(story.keys[first : end + 1])} ", at)) >= 0:
        end, at = end + 1, further
    return Part(source, prepared, first, end, line.count(" ", 0, at))


def _tells(keys: Sequence[str]) -> bool:
    return sum(1 for key in keys if key not in FUNCTION_WORDS) >= _LEAST_CONTENT


def _are_apart(parts: Sequence[Part], most: int) -> bool:
    return any(
        left.source is not right.source or not 0 <= right.at - (left.at + left.end - left.first) <= most
        for left, right in pairwise(parts)
    )


def _match(question: Question, parts: Sequence[Part]) -> Match:
    first = parts[0]
    shown = max(parts, key=lambda part: part.end - part.first)
    passage = passage_at(shown.source.text, shown.prepared.full, shown.at, shown.at + shown.end - shown.first)
    words = question.quoted.folded.words
    places = "places apart" if all(part.source is first.source for part in parts) else "different sources"
    pieces = " / ".join(f"“{' '.join(words[part.first : part.end])}”" for part in parts)
    note = f"The quotation joins words from {places}: {pieces}. Quote them separately."
    diff: tuple[tuple[DiffOp, str], ...] = tuple(
        ("=" if part is shown else "+", " ".join(words[part.first : part.end])) for part in parts
    )
    share = sum(part.end - part.first for part in parts) / len(words)
    verdict = Verdict.STITCHED
    return Match(
        verdict, question.policy.stops(verdict), note, shown.source.id, passage, diff, round(share, 3), Grade.CONTENT
    )

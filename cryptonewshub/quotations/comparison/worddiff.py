"""The word difference that an editor is shown: from the source's words to the story's, as they stand."""

from __future__ import annotations

from collections.abc import Iterator

from cryptonewshub.quotations.comparison.locating import Pair
from cryptonewshub.quotations.comparison.tracing import Trace
from cryptonewshub.quotations.vocabulary import DiffOp


def word_diff(trace: Trace) -> tuple[tuple[DiffOp, str], ...]:
    """Runs of words: '=' in both, '-' only in the source, '+' only in the story. Words that house style allows are
    '='.
    """
    return tuple(_merged(_steps(trace)))


def _steps(trace: Trace) -> Iterator[tuple[DiffOp, str]]:
    story = trace.story
    altered = sorted((d for d in trace.differences if d.alters), key=lambda d: (d.pair.story, d.pair.source))
    last_end: int | None = None
    for placed in trace.placed:
        if last_end is not None and placed.start > last_end:
            yield "-", _words(trace.source.words[last_end : placed.start])
        for pair in placed.pairs:
            at = pair.story
            for part in (each for each in altered if _is_within(each.pair, pair)):
                yield "=", _words(story.words[at : part.pair.story])
                yield "-", part.source
                yield "+", part.story
                at = max(at, part.pair.story_end)
            yield "=", _words(story.words[at : pair.story_end])
        last_end = placed.end
    for run in trace.missing:
        yield "+", _words(story.words[run.first : run.end])


def _is_within(part: Pair, whole: Pair) -> bool:
    is_there = whole.source <= part.source and part.source_end <= whole.source_end
    return is_there and whole.story <= part.story and part.story_end <= whole.story_end


def _merged(steps: Iterator[tuple[DiffOp, str]]) -> Iterator[tuple[DiffOp, str]]:
    pending: tuple[DiffOp, str] | None = None
    for op, text in steps:
        text = " ".join(text.split())
        if not text:
            continue
        if pending and pending[0] == op:
            pending = (op, f"{pending[1]} {text}")
            continue
        if pending:
            yield pending
        pending = (op, text)
    if pending:
        yield pending


def _words(words: list[str]) -> str:
    return " ".join(words)

"""Trace the words of a quotation: are they in a source, word for word, said by whom, and in the sense that they had
there?

The answer is a verdict with the passage, every difference, and a sentence for the editor. Nothing is ever decided by a
likeness: a quotation is accepted only when each of its differences is one that the house allows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from cryptonewshub.quotations.comparison.joining import stitched_from
from cryptonewshub.quotations.comparison.judging import Question, judged, ranked
from cryptonewshub.quotations.comparison.languages import primary
from cryptonewshub.quotations.comparison.prepared import prepare
from cryptonewshub.quotations.comparison.segments import cut_at_marks
from cryptonewshub.quotations.comparison.tracing import exact_traces, near_places, near_trace, nearness_of
from cryptonewshub.quotations.comparison.translation import likeliest_passage, may_be_translated, spoken_language
from cryptonewshub.quotations.policy import HOUSE_POLICY, Policy
from cryptonewshub.quotations.vocabulary import Kind, Match, SourceText, Verdict

_SETTLED = frozenset((Verdict.EXACT, Verdict.EDITED, Verdict.SHORT))
_MOST_NEAR = 4
_SAME_UTTERANCE = 0.83  # the share of words in common above which nearly every pair is one utterance


class Archive(Protocol):
    """The newsroom's whole archive, asked only when the attached sources do not have the words."""

    def closest(self, text: str) -> SourceText | None:
        """The archived source that holds these words, or nearly; None where none does."""


def match_quotation(
    text: str,
    sources: Sequence[SourceText],
    *,
    kind: Kind = Kind.DIRECT,
    speaker: str | None = None,
    cited: Sequence[str] = (),
    language: str = "en",
    policy: Policy = HOUSE_POLICY,
    archive: Archive | None = None,
    lead: str = "",
) -> Match:
    """The verdict on one quotation.

    `speaker` is who the story says spoke; `cited` are the ids of the sources cited at this quotation, looked at first;
    `language` is the story's; `lead` is the story's own text before the quotation, if known ('he would not'). Never
    raises.
    """
    if kind is Kind.NOT_SPEECH:
        return Match(
            Verdict.NOT_SPEECH,
            policy.stops(Verdict.NOT_SPEECH),
            "These words are a title or a term, not speech; they need no source.",
        )
    question = Question(text, cut_at_marks(text), speaker, policy, lead)
    if not sources:
        return _unsourced(question, archive)
    best = _best(question, sources, cited)
    if best is not None and best.verdict in _SETTLED:
        return _with_citation(best, cited)
    match = _beyond(question, sources, cited, language, best)
    return _with_archive(match, question, sources, archive)


def _best(question: Question, sources: Sequence[SourceText], cited: Sequence[str]) -> Match | None:
    """The best that any source has to say: word for word in the cited ones, else in the others, else nearly in any."""
    first = [source for source in sources if source.id in cited]
    rest = [source for source in sources if source.id not in cited]
    found: list[Match] = []
    for look, group in ((_word_for_word, first), (_nearly, first), (_word_for_word, rest), (_nearly, rest)):
        found += look(question, group)
        best = min(found, key=lambda match: ranked(match, cited), default=None)
        if best is not None and best.verdict in _SETTLED:
            break
    return best


def _word_for_word(question: Question, sources: Sequence[SourceText]) -> Iterator[Match]:
    for source in sources:
        prepared = prepare(source.text)
        for trace in exact_traces(question.quoted, prepared, question.policy):
            yield judged(question, trace, source, prepared)


def _nearly(question: Question, sources: Sequence[SourceText]) -> Iterator[Match]:
    """The likeliest few places of the likeliest few sources: laying two texts out word by word is the dear part."""
    quoted = question.quoted
    near = sorted(sources, key=lambda each: -nearness_of(quoted, prepare(each.text))) if quoted.runs else []
    places = [
        (part, placed, source)
        for source in near[:_MOST_NEAR]
        for part, placed in near_places(quoted, prepare(source.text), question.policy)
    ]
    for part, placed, source in sorted(places, key=lambda each: -each[1].same)[:_MOST_NEAR]:
        prepared = prepare(source.text)
        if placed.same * 3 > placed.length:
            yield judged(question, near_trace(quoted, prepared, question.policy, part, placed), source, prepared)


def _beyond(
    question: Question, sources: Sequence[SourceText], cited: Sequence[str], language: str, best: Match | None
) -> Match:
    """What remains when no source has the words as they stand: a quotation joined from parts, a translation, or
    nothing.
    """
    if best is not None and best.verdict not in (Verdict.NOT_FOUND, Verdict.ALTERED):
        return best
    if best is not None and best.verdict is Verdict.ALTERED and (best.similarity or 0.0) >= _SAME_UTTERANCE:
        return best
    if joined := stitched_from(question, sources):
        return joined
    if best is not None and best.verdict is Verdict.ALTERED:
        return best
    if foreign := _foreign(question, sources, cited, language):
        return foreign
    return best or _nowhere(question)


def _foreign(question: Question, sources: Sequence[SourceText], cited: Sequence[str], language: str) -> Match | None:
    if not cited and all(spoken_language(each, prepare(each.text)) != primary(language) for each in sources):
        cited = [source.id for source in sources]
    for source in sorted(sources, key=lambda each: each.id not in cited):
        if may_be_translated(source, prepare(source.text), cited, question.speaker, primary(language)):
            return likeliest_passage(question, source, prepare(source.text))
    return None


def _nowhere(question: Question) -> Match:
    verdict = Verdict.NOT_FOUND
    note = (
        "These words are in none of the attached sources. Attach the source that has them, or take the quotation out."
    )
    if not question.quoted.runs:
        note = "There is not a word between these marks. Take them out, or write what was said."
    return Match(verdict, question.policy.stops(verdict), note)


def _unsourced(question: Question, archive: Archive | None) -> Match:
    verdict = Verdict.UNSOURCED
    note = "The story attaches no source that could hold these words. Attach the source of the quotation."
    return _with_archive(Match(verdict, question.policy.stops(verdict), note), question, (), archive)


def _with_citation(match: Match, cited: Sequence[str]) -> Match:
    if not cited or match.source in cited:
        return match
    said = f"The words are in the source “{match.source}”, which is not the one cited here. Correct the citation."
    return replace(match, note=f"{match.note} {said}" if match.note else said)


def _with_archive(match: Match, question: Question, sources: Sequence[SourceText], archive: Archive | None) -> Match:
    """The same verdict, and in its note the archived source that has the words: the desk attaches sources, not the
    machine.
    """
    asked = (Verdict.NOT_FOUND, Verdict.ALTERED, Verdict.UNSOURCED, Verdict.STITCHED)
    if archive is None or match.verdict not in asked or not question.quoted.runs:
        return match
    found = archive.closest(question.text)
    if found is None or any(found.id == source.id or found.text == source.text for source in sources):
        return match
    near = [*_word_for_word(question, [found]), *_nearly(question, [found])]
    there = min(near, key=lambda each: ranked(each, ()), default=None)
    if there is None or there.verdict is Verdict.NOT_FOUND:
        return match
    has = "has these words" if there.verdict in _SETTLED else "has words like these"
    name = f"“{found.title or found.id}”"
    return replace(
        match, note=f"{match.note or ''} The archive's source {name} {has}: attach it if it is the source.".strip()
    )

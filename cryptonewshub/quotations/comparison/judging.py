"""From what was seen in a source to a verdict: the rules of the vocabulary, in the order in which they weigh."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cryptonewshub.quotations.comparison.context import Turned, reported_words, sense_turned
from cryptonewshub.quotations.comparison.differences import FUNCTION_WORDS, Change, gravest
from cryptonewshub.quotations.comparison.folding import Folded
from cryptonewshub.quotations.comparison.notes import alteration_note, editing_note, gap_note, turned_note
from cryptonewshub.quotations.comparison.prepared import Prepared
from cryptonewshub.quotations.comparison.same_person import is_same_person
from cryptonewshub.quotations.comparison.segments import Quoted
from cryptonewshub.quotations.comparison.tracing import Trace
from cryptonewshub.quotations.comparison.voices import Voice, is_somebody_else, voice_at
from cryptonewshub.quotations.comparison.worddiff import word_diff
from cryptonewshub.quotations.policy import Policy
from cryptonewshub.quotations.vocabulary import Grade, Match, Passage, SourceText, Verdict

_CONTEXT = 80
_STILL_EXACT = frozenset((Change.TYPOGRAPHY, Change.NOISE))
_ORDER = (
    Verdict.EXACT, Verdict.SHORT, Verdict.EDITED, Verdict.OUT_OF_CONTEXT, Verdict.ALTERED, Verdict.OTHER_SPEAKER,
    Verdict.STITCHED, Verdict.TRANSLATED, Verdict.NOT_FOUND,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """What the desk asks of a source: the quotation, who is said to have spoken, the rules, the story's words before
    it.
    """

    text: str
    quoted: Quoted
    speaker: str | None
    policy: Policy
    lead: str = ""

    @property
    def is_question(self) -> bool:
        return self.text.rstrip("\"”’' ").endswith("?")


def judged(question: Question, trace: Trace, source: SourceText, prepared: Prepared) -> Match:
    """The verdict on the quotation at this place of this source."""
    passage = passage_at(source.text, trace.source, trace.start, trace.end)
    voice = voice_at(source, prepared, passage.start, passage.end)
    if trace.alters:
        return _altered(question, trace, source, passage, voice)
    if question.speaker and is_somebody_else(question.speaker, voice, source, prepared):
        return _found(
            question, trace, source, passage, voice, Verdict.OTHER_SPEAKER, _other_speaker_note(question, source, voice)
        )
    turned = _turned(question, trace, voice)
    if turned is not None:
        return _found(question, trace, source, passage, voice, Verdict.OUT_OF_CONTEXT, turned)
    verdict = _accepted(question, trace)
    return _found(question, trace, source, passage, voice, verdict, editing_note(trace, verdict))


def ranked(match: Match, cited: Sequence[str]) -> tuple[int, int, float]:
    """A key that sorts the best match first: by verdict, the cited sources first, then by the words in common."""
    place = _ORDER.index(match.verdict) if match.verdict in _ORDER else len(_ORDER)
    if match.verdict is Verdict.ALTERED and cited and match.source not in cited:
        place += 1  # words said by another stand closer than words like these in a source that nobody cited
    return place, 0 if match.source in cited else 1, -(match.similarity or 0.0)


def passage_at(text: str, folded: Folded, start: int, end: int) -> Passage:
    """Words `start`:`end` as a passage of the original text."""
    left, right = folded.spans[start][0], folded.spans[end - 1][1]
    return Passage(left, right, text[left:right], text[max(0, left - _CONTEXT) : left], text[right : right + _CONTEXT])


def _accepted(question: Question, trace: Trace) -> Verdict:
    changes = {difference.change for difference in trace.differences} - _STILL_EXACT
    if len(trace.story.keys) < question.policy.short_words and not question.quoted.is_edited:
        return Verdict.SHORT if changes <= {Change.CAPITAL} else Verdict.EDITED
    is_cut = any(gap.end > gap.start and gap.kind == "cut" for gap in trace.gaps)
    return Verdict.EDITED if changes or is_cut or _has_insertion(question) else Verdict.EXACT


def _has_insertion(question: Question) -> bool:
    joints = [*(run.joint for run in question.quoted.runs), question.quoted.last]
    return any(joint is not None and bool(joint.text) for joint in joints)


def _found(
    question: Question,
    trace: Trace,
    source: SourceText,
    passage: Passage,
    voice: Voice,
    verdict: Verdict,
    note: str | None,
) -> Match:
    return Match(
        verdict,
        question.policy.stops(verdict),
        note,
        source.id,
        passage,
        None if verdict is Verdict.EXACT and not trace.differences else word_diff(trace),
        round(trace.share, 3),
        gravest(trace.differences),
        voice.quoted or voice.name,
    )


def _altered(question: Question, trace: Trace, source: SourceText, passage: Passage, voice: Voice) -> Match:
    hidden = [gap.hidden for gap in trace.gaps if gap.hidden]
    if hidden and not trace.missing and not any(d.alters for d in trace.differences):
        verdict = (
            Verdict.OUT_OF_CONTEXT if any(gap.kind == "cut" for gap in trace.gaps if gap.hidden) else Verdict.ALTERED
        )
        return _replaced_grade(_found(question, trace, source, passage, voice, verdict, gap_note(trace)), Grade.GRAVE)
    if len(trace.story.keys) < question.policy.short_words or not is_same_utterance(trace):
        similar = f"A similar passage is in the source “{source.id}”; compare the words."
        note = f"These words are in none of the attached sources. {similar}"
        return _found(question, trace, source, passage, voice, Verdict.NOT_FOUND, note)
    grade = gravest(trace.differences) or Grade.CONTENT
    match = _found(question, trace, source, passage, voice, Verdict.ALTERED, alteration_note(trace, source.id, grade))
    return _replaced_grade(match, grade)


def _replaced_grade(match: Match, grade: Grade) -> Match:
    from dataclasses import replace

    return replace(match, grade=grade)


def is_same_utterance(trace: Trace) -> bool:
    """Whether the words are plainly these, altered, and not merely like them: measured on human-checked pairs.

    Above a share of about 0.83 nearly all pairs are one utterance. Below it a pair is one only if most of the content
    words of both sides agree and stand in long runs.
    """
    if trace.missing:
        return False
    share = trace.share
    if share >= 0.83:
        return True
    if share < 0.6:
        return False
    content = [key for key in trace.story.keys if key not in FUNCTION_WORDS]
    kept = _content_in_common(trace)
    return kept >= 2 and kept >= 0.75 * len(content) and _longest_run(trace) >= 4


def _content_in_common(trace: Trace) -> int:
    same = [trace.story.keys[i] for pair in trace.pairs if pair.is_same for i in range(pair.story, pair.story_end)]
    return sum(1 for key in same if key not in FUNCTION_WORDS)


def _longest_run(trace: Trace) -> int:
    return max((pair.story_end - pair.story for pair in trace.pairs if pair.is_same), default=0)


def _turned(question: Question, trace: Trace, voice: Voice) -> str | None:
    turned = sense_turned(trace.source, trace.start, trace.end, is_question=question.is_question, lead=question.lead)
    if turned is not None and (len(trace.story.keys) >= question.policy.short_words or turned.kind == "denied"):
        return turned_note(turned)
    if question.speaker and voice.name and is_same_person(question.speaker, voice.name):
        if voice.quoted and is_same_person(question.speaker, voice.quoted) is False:
            return (
                f"{voice.name} quotes these words; the source gives them to {voice.quoted}. Name whose words they are."
            )
        if not voice.is_inside_quotation and (reported := reported_words(trace.source, trace.start)):
            return turned_note(Turned("another's", reported))
    return None


def _other_speaker_note(question: Question, source: SourceText, voice: Voice) -> str:
    recorded = voice.quoted or voice.name
    if recorded is None:
        what = f"The source “{source.id}” has these words and does not name {question.speaker} near them."
        return f"{what} Find out who said them, and name that person."
    return (
        f"The source “{source.id}” gives these words to {recorded}, not to {question.speaker}. Correct the attribution."
    )

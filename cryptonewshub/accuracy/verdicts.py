"""The verdict on each quotation of a document: the quotation matched with the sources under a policy."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cryptonewshub.accuracy.quoted import Quoted
from cryptonewshub.accuracy.report import CheckedQuotation
from cryptonewshub.accuracy.speakers import Naming, last_word
from cryptonewshub.quotations.matching import Archive, match_quotation
from cryptonewshub.quotations.policy import Policy
from cryptonewshub.quotations.vocabulary import Kind, Match, SourceText, Verdict

# Below this measured confidence the desk is wrong about the speaker in nearly four of ten quotations: it asks, and
# does not stop a story on a guess of its own.
DOUBTFUL = 0.7


@dataclass(frozen=True, slots=True)
class Desk:
    """What every quotation of one check is held against. `story` is the body's text, which says who is spoken of."""

    sources: tuple[SourceText, ...]
    policy: Policy
    archive: Archive | None = None
    language: str = "en"
    story: str = ""


def verdict_on(quoted: Quoted, desk: Desk) -> CheckedQuotation:
    """What became of one quotation."""
    quotation = quoted.quotation
    match = _match(quoted, desk, quoted.speaker if quoted.naming is not Naming.NOBODY else None)
    is_doubted = match.verdict is Verdict.OTHER_SPEAKER and _is_unsure(quoted, match.recorded_speaker, desk.story)
    if is_doubted:
        match = replace(_match(quoted, desk, None), recorded_speaker=match.recorded_speaker)
    return CheckedQuotation(
        place=quoted.place,
        text=quotation.text,
        kind=quotation.kind,
        speaker=quoted.speaker,
        confidence=quoted.confidence if quoted.speaker else None,
        is_speaker_doubted=is_doubted,
        cue=quotation.cue.text if quotation.cue and quotation.kind is not Kind.NOT_SPEECH else None,
        cited=quoted.cited,
        verdict=match.verdict,
        blocking=match.is_blocking,
        note=match.note,
        source=match.source,
        passage=match.passage,
        diff=match.diff,
        similarity=match.similarity,
        grade=match.grade,
        recorded_speaker=match.recorded_speaker,
    )


def _is_unsure(quoted: Quoted, recorded: str | None, story: str) -> bool:
    """Whether the desk only guesses who is meant: by little evidence, by a bare name, or by 'she' and 'the judge'."""
    return (
        quoted.confidence < DOUBTFUL
        or quoted.naming is Naming.UNCLEAR
        or (recorded is not None and last_word(recorded) in story and not _is_plain(quoted, recorded))
    )


def _is_plain(quoted: Quoted, recorded: str) -> bool:
    """Whether a reader takes the speaker for nobody but the one whom the desk takes.

    That is so for a name, and for a pronoun after that name in the paragraph, where the other name does not stand too.
    """
    names_speaker = last_word(quoted.speaker or "") in quoted.lead
    is_alone = names_speaker and last_word(recorded) not in quoted.lead
    return quoted.is_by_name or (quoted.is_by_pronoun and is_alone)


def _match(quoted: Quoted, desk: Desk, speaker: str | None) -> Match:
    return match_quotation(
        quoted.quotation.text,
        desk.sources,
        kind=quoted.quotation.kind,
        speaker=speaker,
        cited=quoted.cited,
        language=desk.language,
        policy=desk.policy,
        archive=desk.archive,
        lead=quoted.lead,
    )

"""The desk's check of a document: every quotation traced, everything else noticed, the clearances counted.

Plain Python: a reader can run it without a newsroom. It reads nothing but its arguments and changes nothing, and the
same arguments always give the same report. Every blocking quotation has exactly one finding of severity 'error', whose
rule is the verdict's word; every other finding is advice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cryptonewshub.accuracy.quoted import Quoted, quotations_of
from cryptonewshub.accuracy.report import CheckedQuotation, Clearance, Finding, Place, Report, Where
from cryptonewshub.accuracy.text_of import BodyText, text_of_body
from cryptonewshub.accuracy.verdicts import Desk, verdict_on
from cryptonewshub.accuracy.wording import doubt_about, language_of, message_for, suggestion_for
from cryptonewshub.articles.document import Document
from cryptonewshub.quotations.consistency import QuotedWords, inconsistencies
from cryptonewshub.quotations.matching import Archive
from cryptonewshub.quotations.policy import HOUSE_POLICY, Policy
from cryptonewshub.quotations.remarks import remarks_on
from cryptonewshub.quotations.vocabulary import Kind, Person, Remark, SourceText

__all__ = ["CheckedQuotation", "Clearance", "Finding", "Place", "Report", "check"]

# In the title and the standfirst only these are looked for: both sum up what the body says with its sources.
_FIELD_RULES = frozenset({"figure", "title", "name-spelling", "unbalanced-marks"})
_ORDER: tuple[Where, ...] = ("title", "standfirst", "body", "caption")


def check(
    document: Document,
    sources: Sequence[SourceText],
    *,
    people: Sequence[Person] = (),
    policy: Policy = HOUSE_POLICY,
    archive: Archive | None = None,
    clearances: Sequence[Clearance] = (),
) -> Report:
    """What the desk says of a document, given the texts of its sources. Raises nothing, whatever the document says."""
    body = text_of_body(document)
    found = quotations_of(document, body, sources, people)
    desk = Desk(tuple(sources), policy, archive, document.language, body.text)
    checked = [verdict_on(item, desk) for item in found]
    findings = [
        *_verdict_findings(checked, document, sources, policy),
        *_doubts(checked, document),
        *_consistency_findings(found),
        *_remarks(document, body, found, sources, people),
    ]
    asked = [finding for finding in findings if finding.severity == "error" or finding.rule not in policy.quiet]
    cleared = [_with_clearance(finding, clearances) for finding in sorted(asked, key=_reading_order)]
    return Report(document, policy, tuple(_released(checked, cleared)), tuple(cleared))


def _verdict_findings(
    checked: Iterable[CheckedQuotation], document: Document, sources: Sequence[SourceText], policy: Policy
) -> list[Finding]:
    """An error for each quotation that stops the story, a warning for each that the house wants to be asked about."""
    by_id = {source.id: source for source in sources}
    return [
        Finding(
            rule=quotation.verdict.value,
            severity="error" if quotation.blocking else "warning",
            place=quotation.place,
            text=quotation.text,
            message=message_for(quotation, document, by_id),
            suggestion=suggestion_for(quotation),
            speaker=quotation.speaker,
            language=language_of(quotation, by_id),
        )
        for quotation in checked
        if quotation.blocking or quotation.verdict in policy.warns
    ]


def _doubts(checked: Iterable[CheckedQuotation], document: Document) -> list[Finding]:
    """A question for each quotation whose speaker the desk is not sure of, and whose source names somebody else."""
    return [
        Finding(
            rule="doubtful-speaker",
            severity="warning",
            place=quotation.place,
            text=quotation.text,
            message=doubt_about(quotation, document),
            speaker=quotation.speaker,
        )
        for quotation in checked
        if quotation.is_speaker_doubted and not quotation.blocking
    ]


def _consistency_findings(found: Sequence[Quoted]) -> list[Finding]:
    quoted = [
        QuotedWords(
            where=item.place.where,
            text=item.quotation.text,
            start=item.quotation.start,
            speaker=item.speaker,
            is_speech=item.quotation.kind is not Kind.NOT_SPEECH,
        )
        for item in found
    ]
    return [
        _finding(remark, found[index].place, found[index].quotation.text) for index, remark in inconsistencies(quoted)
    ]


def _remarks(
    document: Document, body: BodyText, found: Sequence[Quoted], sources: Sequence[SourceText], people: Sequence[Person]
) -> list[Finding]:
    published = document.published.date() if document.published else None

    def remarks(text: str, *places: Where, citations: Sequence[int] = ()) -> list[Remark]:
        quotations = [item.quotation for item in found if item.place.where in places]
        return remarks_on(
            text, quotations=quotations, sources=sources, people=people, published=published, citations=citations
        )

    findings = [
        _finding(remark, body.place(remark.start, remark.end), remark.text)
        for remark in remarks(body.text, "body", "caption", citations=body.citations)
    ]
    fields: list[tuple[Where, str]] = [("title", document.title), ("standfirst", document.standfirst)]
    for where, text in fields:
        kept = [remark for remark in remarks(text, where) if remark.rule in _FIELD_RULES]
        findings.extend(_finding(remark, Place(where, None, remark.start, remark.end), remark.text) for remark in kept)
    return findings


def _finding(remark: Remark, place: Place, text: str) -> Finding:
    return Finding(remark.rule, remark.severity, place, text, remark.message, remark.suggestion)


def _reading_order(finding: Finding) -> tuple[int, int, int, int, str]:
    place = finding.place
    where = min(_ORDER.index(place.where), _ORDER.index("body"))  # captions are read where they stand in the body
    return where, place.block or 0, place.start, place.end, finding.rule


def _with_clearance(finding: Finding, clearances: Sequence[Clearance]) -> Finding:
    fitting = (clearance for clearance in clearances if clearance.reason.strip() and clearance.fits(finding))
    return replace(finding, clearance=next(fitting, None))


def _released(checked: Iterable[CheckedQuotation], findings: Sequence[Finding]) -> Iterable[CheckedQuotation]:
    """The quotations, those whose finding is cleared no longer blocking, with the reason in their note."""
    reasons = {
        (finding.place, finding.rule): finding.clearance.reason
        for finding in findings
        if finding.severity == "error" and finding.clearance
    }
    for quotation in checked:
        reason = reasons.get((quotation.place, quotation.verdict.value)) if quotation.blocking else None
        if reason is None:
            yield quotation
        else:
            note = f"{quotation.note or ''} Cleared: {reason}".strip()
            yield replace(quotation, blocking=False, note=note)

"""The proof that the Desk panel shows beside a story: each finding with its words, the source's, and what to do.

A proof is about one report. It knows nothing of forms and browsers but the place in the editor of each block.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from cryptonewshub.accuracy.correcting import correction_of
from cryptonewshub.accuracy.headings import heading_of, verdict_heading
from cryptonewshub.accuracy.report import CheckedQuotation, Finding, Report
from cryptonewshub.accuracy.tokens import Runs, as_set
from cryptonewshub.accuracy.wording import place_name
from cryptonewshub.articles.reading import EditorPlace
from cryptonewshub.quotations.vocabulary import SourceText, Verdict

Weight = Literal["stop", "question", "note", "cleared"]
Act = Literal["correct", "attach", "clear", "show"]

_WEIGHTS: dict[str, Weight] = {"error": "stop", "warning": "question", "note": "note"}
_ORDER: tuple[Weight, ...] = ("stop", "question", "note", "cleared")
_UNTRACED = frozenset({Verdict.NOT_FOUND, Verdict.UNSOURCED})
_SOURCE_RULES = frozenset({"figure", "title", "unsourced-paragraph"})
# A passage that is only similar differs in nearly every word: there the two are shown, not the difference.
_UNCOMPARED = frozenset({Verdict.NOT_FOUND, Verdict.TRANSLATED})


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a finding is in the editor: a field's name, the block inside the body, and code points of its text."""

    field: str
    editor: EditorPlace | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The story's words and the source's: runs of words, '=' in both, '+' only here, '-' only there.

    `before` and `after` are the source's words around the passage, which begins at `at` in its text. `is_similar` says
    that the passage is only the nearest one.
    """

    story: Runs
    source: Runs
    before: str
    after: str
    source_key: str
    at: int
    is_similar: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding of the proof. `id` stays the same for as long as the words and what is said of them do."""

    id: str
    finding: Finding
    weight: Weight
    heading: str
    where: str
    spot: Spot
    advice: str
    comparison: Comparison | None
    correction: str | None
    act: Act
    speaker: str
    is_source_wanted: bool


@dataclass(frozen=True, slots=True)
class Traced:
    """A quotation that the desk has nothing against."""

    quotation: CheckedQuotation
    heading: str
    where: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything that the panel shows of one report; `stopping` is the number on its tab."""

    entries: tuple[Entry, ...]
    traced: tuple[Traced, ...]
    stopping: int
    sentence: str


def proof_of(report: Report, places: Sequence[EditorPlace], sources: Sequence[SourceText]) -> Proof:
    """The proof of a report. `places` has the editor's place of each block of the report's document."""
    maker = _Maker(report, places, sources)
    entries = sorted(maker.entries(), key=lambda entry: _ORDER.index(entry.weight))
    stopping = len(report.stopping)
    return Proof(tuple(entries), tuple(maker.traced()), stopping, _sentence(report))


def _sentence(report: Report) -> str:
    speech = [quotation for quotation in report.quotations if quotation.verdict is not Verdict.NOT_SPEECH]
    traced = sum(not quotation.blocking for quotation in speech)
    noun = "quotation" if len(speech) == 1 else "quotations"
    counted = f"{traced} of {len(speech)} {noun} traced." if speech else "nobody is quoted."
    if report.cleared:
        return f"Ready to publish: {counted}"
    stopping = len(report.stopping)
    stopped = "1 finding stops" if stopping == 1 else f"{stopping} findings stop"
    return f"{stopped} publication. {counted[0].upper()}{counted[1:]}"


class _Maker:
    """Makes the parts of one proof."""

    def __init__(self, report: Report, places: Sequence[EditorPlace], sources: Sequence[SourceText]) -> None:
        self._report = report
        self._places = places
        self._sources = sources
        self._quotations = {quotation.place: quotation for quotation in report.quotations}

    def entries(self) -> Iterator[Entry]:
        seen = Counter[str]()
        for finding in self._report.findings:
            name = f"{finding.rule}\0{finding.text}"
            seen[name] += 1
            yield self._entry(finding, hashlib.sha256(f"{name}\0{seen[name]}".encode()).hexdigest()[:12])

    def traced(self) -> Iterator[Traced]:
        for quotation in self._report.quotations:
            if not quotation.blocking and quotation.verdict is not Verdict.NOT_SPEECH:
                yield Traced(quotation, verdict_heading(quotation), self._where(quotation), self._spot(quotation))

    def _entry(self, finding: Finding, name: str) -> Entry:
        quotation = self._quotations.get(finding.place) if finding.severity == "error" else None
        correction = self._correction(quotation) if quotation and finding.stops else None
        return Entry(
            id=name,
            finding=finding,
            weight="cleared" if finding.clearance else _WEIGHTS[finding.severity],
            heading=heading_of(finding),
            where=self._where(finding),
            spot=self._spot(finding),
            advice=finding.message if quotation else f"{finding.message} {finding.suggestion}".strip(),
            comparison=_comparison(quotation) if quotation else None,
            correction=correction,
            act=_act(finding, correction),
            speaker=(quotation.speaker or "") if quotation else "",
            is_source_wanted=finding.stops or finding.rule in _SOURCE_RULES,
        )

    def _correction(self, quotation: CheckedQuotation) -> str | None:
        return correction_of(quotation, self._report.document, self._sources, self._report.policy)

    def _where(self, item: Finding | CheckedQuotation) -> str:
        name = place_name(item.place, self._report.document)
        return name[0].upper() + name[1:]

    def _spot(self, item: Finding | CheckedQuotation) -> Spot:
        place = item.place
        if place.block is None:
            return Spot(place.where, None, place.start, place.end)
        return Spot("body", self._places[place.block], place.start, place.end)


def _act(finding: Finding, correction: str | None) -> Act:
    """What to do first about a finding."""
    if finding.severity != "error":
        return "show"
    if correction is not None:
        return "correct"
    if finding.rule == Verdict.TRANSLATED:
        return "clear"
    return "attach" if finding.rule in _UNTRACED else "show"


def _comparison(quotation: CheckedQuotation) -> Comparison | None:
    passage = quotation.passage
    if passage is None or quotation.source is None:
        return None
    exact = " ".join(passage.exact.split())
    diff = None if quotation.verdict in _UNCOMPARED else quotation.diff
    return Comparison(
        story=as_set(quotation.text, diff, without="-") if diff else (("=", quotation.text),),
        source=as_set(exact, diff, without="+") if diff else (("=", exact),),
        before=_whole_words(passage.prefix, "before"),
        after=_whole_words(passage.suffix, "after"),
        source_key=quotation.source,
        at=passage.start,
        is_similar=quotation.verdict in _UNCOMPARED,
    )


def _whole_words(context: str, side: Literal["before", "after"]) -> str:
    """The words around a passage in one line, without the one that was cut off at the far end."""
    line = " ".join(context.split())
    if side == "before":
        return line if not context[:1].isalnum() else line.partition(" ")[2]
    line = line if not context[-1:].isalnum() else line.rpartition(" ")[0]
    return line if not context[:1].isspace() else f" {line}"

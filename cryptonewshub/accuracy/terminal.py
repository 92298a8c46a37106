"""A report as a sub-editor's proof for the terminal: each quotation, its verdict in plain words, where it comes from,
and in the last line whether the story may be published.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from cryptonewshub.accuracy.headings import verdict_heading
from cryptonewshub.accuracy.paper import Paper, Piece, Style, columns_of, printable
from cryptonewshub.accuracy.report import CheckedQuotation, Finding, Place, Report
from cryptonewshub.accuracy.wording import place_name
from cryptonewshub.articles.document import CitedSource
from cryptonewshub.quotations.vocabulary import DiffOp, Verdict

__all__ = ["Paper", "proof"]

# A passage that is only similar differs in nearly every word: there the two are shown, not the difference.
_COMPARED = frozenset({Verdict.ALTERED, Verdict.EDITED, Verdict.STITCHED, Verdict.OUT_OF_CONTEXT})
_INDENT = "     "
_AROUND = 48  # code points of the source that are shown on either side of a passage
_KEPT = 5  # words of unchanged text that are shown on either side of a difference


def proof(report: Report, path: Path | str, sources: Sequence[CitedSource], paper: Paper) -> str:
    """The whole proof, without a line end after its last line."""
    parts = [_heading(report, path, sources, paper), *_quotations(report, paper), *_remarks(report, paper)]
    return "\n\n".join([*parts, _last_lines(report, paper)])


def _heading(report: Report, path: Path | str, sources: Sequence[CitedSource], paper: Paper) -> str:
    document = report.document
    counts = [
        _count(document.words, "word"),
        f"{document.read_minutes} min read",
        _count(len(report.quotations), "quotation"),
        _count(len(sources), "source"),
    ]
    lines = [paper.set([("bold", document.title)])] if document.title else []
    lines += [paper.set([("faint", str(path))]), paper.set([("faint", " · ".join(counts))])]
    column = max((columns_of(source.id) for source in sources), default=0) + 2
    lines += [_source(source, column, paper) for source in sources]
    return "\n".join(lines)


def _source(source: CitedSource, column: int, paper: Paper) -> str:
    day = f"{source.published.day} {source.published:%B %Y}" if source.published else ""
    origin = ", ".join(part for part in (source.speaker, source.publisher, day) if part)
    label = "  " + source.id + " " * (column - columns_of(source.id))
    pieces: list[Piece] = [("plain", f"{origin} · " if origin else ""), ("faint", source.title)]
    return paper.set(pieces, first=label)


def _quotations(report: Report, paper: Paper) -> Iterator[str]:
    """A part for each place that holds quotations, under its name."""
    by_place = groupby(report.quotations, key=lambda quotation: (quotation.place.where, quotation.place.block))
    for _, group in by_place:
        quotations = list(group)
        entries = [_quotation(quotation, report, paper) for quotation in quotations]
        yield "\n".join([_place_line(quotations[0].place, report, paper), "\n\n".join(entries)])


def _place_line(place: Place, report: Report, paper: Paper) -> str:
    name = place_name(place, report.document).removeprefix("the ").removeprefix("a ")
    return paper.styled("faint", name[0].upper() + name[1:])


def _quotation(quotation: CheckedQuotation, report: Report, paper: Paper) -> str:
    sign, style = _sign(quotation)
    lines = [
        paper.set([("plain", f"“{quotation.text}”")], first=f"  {paper.styled(style, sign)}  ", rest=_INDENT),
        paper.set([(style, verdict_heading(quotation)), *_attributed(quotation)], first=_INDENT),
        *_difference(quotation, paper),
        *_passage(quotation, paper),
    ]
    finding = _finding_of(quotation, report)
    if finding is not None:
        lines.append(paper.set([("plain", finding.message)], first=f"{_INDENT}→ ", rest=_INDENT + "  "))
    elif quotation.note:
        lines.append(paper.set([("faint", quotation.note)], first=_INDENT))
    return "\n".join(lines)


def _sign(quotation: CheckedQuotation) -> tuple[str, Style]:
    if quotation.blocking:
        return "✗", "stop"
    return ("·", "faint") if quotation.verdict is Verdict.NOT_SPEECH else ("✓", "good")


def _attributed(quotation: CheckedQuotation) -> list[Piece]:
    if quotation.verdict is Verdict.NOT_SPEECH:
        return []
    speaker = quotation.speaker or "nobody named"
    cue = f" ({quotation.cue})" if quotation.cue else ""
    return [("plain", f" · {speaker}{cue}")]


def _difference(quotation: CheckedQuotation, paper: Paper) -> Iterator[str]:
    """The word difference: what only the source has and what only the story has, in colour or in brackets."""
    diff = quotation.diff or ()
    if quotation.verdict not in _COMPARED or all(sign == "=" for sign, _ in diff):
        return
    pieces: list[Piece] = []
    for index, (is_same, changes) in enumerate(_stretches(diff)):
        if is_same:
            words = " ".join(words for _, words in changes)
            pieces.append(("plain", _shortened(words, index == 0, changes[-1] is diff[-1]) + " "))
        else:
            between: list[Piece] = [("plain", " ")] if paper.in_colour else []
            pieces += [*_changed("-", changes, paper), *between, *_changed("+", changes, paper), ("plain", " ")]
    yield paper.set(pieces, first=_labelled("differs"), rest=_labelled(""))


def _stretches(diff: Sequence[tuple[DiffOp, str]]) -> Iterator[tuple[bool, list[tuple[DiffOp, str]]]]:
    for is_same, changes in groupby(diff, key=lambda change: change[0] == "="):
        yield is_same, list(changes)


def _changed(sign: DiffOp, changes: Sequence[tuple[DiffOp, str]], paper: Paper) -> list[Piece]:
    """The words of one side of a changed stretch, as one."""
    words = _abridged(" ".join(words for own, words in changes if own == sign))
    if not words:
        return []
    style: Style = "source" if sign == "-" else "story"
    shown = words if paper.in_colour else f"[-{words}-]" if sign == "-" else f"{{+{words}+}}"
    return [(style, shown)]


def _shortened(words: str, is_first: bool, is_last: bool) -> str:
    """Unchanged words, of which only those beside a difference are shown."""
    parts = words.split()
    before, after = (0 if is_first else _KEPT), (0 if is_last else _KEPT)
    if len(parts) <= before + after + 1:
        return " ".join(parts)
    return " ".join([*parts[:before], "…", *(parts[-after:] if after else [])])


def _passage(quotation: CheckedQuotation, paper: Paper) -> Iterator[str]:
    """The place in the source, with the words around it."""
    passage = quotation.passage
    if passage is None:
        return
    words = passage.exact if quotation.blocking else _abridged(passage.exact)
    pieces: list[Piece] = [
        ("plain", f"{quotation.source}: " if quotation.source else ""),
        ("faint", _tail(passage.prefix)),
        ("plain", words if paper.in_colour else f"‹{words}›"),
        ("faint", _head(passage.suffix)),
    ]
    yield paper.set(
        pieces, first=_labelled("similar" if quotation.verdict is Verdict.NOT_FOUND else "source"), rest=_labelled("")
    )


def _labelled(label: str) -> str:
    return f"{_INDENT}{label:<9}"


def _abridged(words: str) -> str:
    """The words without line ends, and without the middle where they are many."""
    parts = words.split()
    return " ".join(parts if len(parts) <= 2 * _KEPT + 2 else [*parts[:_KEPT], "…", *parts[-_KEPT:]])


def _tail(prefix: str) -> str:
    """The last words before a passage, whole ones."""
    cut = prefix[-_AROUND:]
    return f"… {cut.partition(' ')[2]}" if len(prefix) > _AROUND else cut


def _head(suffix: str) -> str:
    """The first words after a passage, whole ones."""
    cut = suffix[:_AROUND]
    return f"{cut.rpartition(' ')[0]} …" if len(suffix) > _AROUND else cut


def _finding_of(quotation: CheckedQuotation, report: Report) -> Finding | None:
    """The one finding that a blocking quotation has."""
    if not quotation.blocking:
        return None
    same = (finding for finding in report.findings if finding.place == quotation.place)
    return next((finding for finding in same if finding.rule == quotation.verdict.value), None)


def _remarks(report: Report, paper: Paper) -> Iterator[str]:
    """What was noticed besides the quotations that stop the story."""
    told = {id(_finding_of(quotation, report)) for quotation in report.quotations}
    others = [finding for finding in report.findings if id(finding) not in told]
    if others:
        yield "\n".join(
            [paper.styled("faint", "Also noticed"), "\n\n".join(_remark(finding, report, paper) for finding in others)]
        )


def _remark(finding: Finding, report: Report, paper: Paper) -> str:
    sign, style = _remark_sign(finding)
    place = place_name(finding.place, report.document)
    reason = f" Cleared: {finding.clearance.reason}" if finding.clearance else ""
    words = printable(finding.text)
    shown = words if len(words) <= 90 else words[:90].rsplit(" ", 1)[0] + " …"
    lines = [
        paper.set(
            [("plain", f"“{shown}”"), ("faint", f" · {place} · {finding.rule}")],
            first=f"  {paper.styled(style, sign)}  ",
            rest=_INDENT,
        ),
        paper.set([("plain", f"{finding.message}{reason} {finding.suggestion}")], first=_INDENT),
    ]
    return "\n".join(lines)


def _remark_sign(finding: Finding) -> tuple[str, Style]:
    if finding.stops:
        return "✗", "stop"
    return ("?", "ask") if finding.severity == "warning" and not finding.clearance else ("·", "faint")


def _last_lines(report: Report, paper: Paper) -> str:
    """What was counted, and in a line of its own whether the story may be published."""
    speech = [quotation for quotation in report.quotations if quotation.verdict is not Verdict.NOT_SPEECH]
    traced = sum(not quotation.blocking for quotation in speech)
    asked = sum(finding.severity == "warning" and not finding.clearance for finding in report.findings)
    counts = f"{traced} of {_count(len(speech), 'quotation')} traced." if speech else "Nobody is quoted."
    questions = f" {_count(asked, 'question')} for the editor." if asked else ""
    count = len(report.stopping)
    stopped = f"Not to be published: {_count(count, 'finding')} stop{'s' if count == 1 else ''} it."
    verdict = paper.styled("good", "Ready to publish.") if report.cleared else paper.styled("stop", stopped)
    return paper.set([("plain", counts + questions)]) + "\n" + verdict


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

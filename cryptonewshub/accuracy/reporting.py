"""A report as the JSON object that `specs/check-report.md` describes: the keys, their order and their types are a
promise.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cryptonewshub.accuracy.report import CheckedQuotation, Finding, Report

VERSION = 1

# Line ends that JSON lets stand and that make two lines of one for some readers.
_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def report_json(report: Report, path: Path | str) -> dict[str, Any]:
    """The report on the story at `path`, as named by whoever asked."""
    document, policy = report.document, report.policy
    return {
        "version": VERSION,
        "story": {
            "path": str(path),
            "title": document.title,
            "words": document.words,
            "read_minutes": document.read_minutes,
        },
        "quotations": [_quotation(quotation) for quotation in report.quotations],
        "findings": [_finding(finding) for finding in report.findings],
        "cleared": report.cleared,
        "policy": {"name": policy.name, "version": policy.version, "sha256": policy.digest},
    }


def one_line(value: object) -> str:
    """JSON in one line, whatever a reader counts as a line's end; a half of a surrogate pair is escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_LINE_ENDS)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _quotation(quotation: CheckedQuotation) -> dict[str, Any]:
    place, passage = quotation.place, quotation.passage
    return {
        "where": place.where,
        "block": place.block,
        "start": place.start,
        "end": place.end,
        "text": quotation.text,
        "speaker": quotation.speaker,
        "cue": quotation.cue,
        "verdict": quotation.verdict.value,
        "blocking": quotation.blocking,
        "note": quotation.note,
        "source": quotation.source,
        "passage": None
        if passage is None
        else {
            "start": passage.start,
            "end": passage.end,
            "exact": passage.exact,
            "prefix": passage.prefix,
            "suffix": passage.suffix,
        },
        "diff": None if quotation.diff is None else [[sign, words] for sign, words in quotation.diff],
        "similarity": None if quotation.similarity is None else round(quotation.similarity, 4),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    """A finding that is cleared is a note, and its message gives the reason."""
    place, clearance = finding.place, finding.clearance
    return {
        "rule": finding.rule,
        "severity": "note" if clearance else finding.severity,
        "where": place.where,
        "block": place.block,
        "start": place.start,
        "end": place.end,
        "text": finding.text,
        "message": f"{finding.message} Cleared: {clearance.reason}" if clearance else finding.message,
        "suggestion": finding.suggestion,
    }

"""What the Desk panel's script is told, as JSON: the keys are those that `static/accuracy/desk/` reads."""

from __future__ import annotations

from typing import Any

from cryptonewshub.accuracy.gate import reason_to_stop
from cryptonewshub.accuracy.proof import Comparison, Entry, Proof, Spot, Traced
from cryptonewshub.articles.models import ArticlePage


def proof_answer(proof: Proof, page: ArticlePage) -> dict[str, Any]:
    """The whole proof, and the sources that the article attaches."""
    return {
        "stopping": proof.stopping,
        "sentence": proof.sentence,
        "isEmpty": not proof.entries and not proof.traced,
        "entries": [_entry(entry) for entry in proof.entries],
        "traced": [_traced(traced) for traced in proof.traced],
        "sources": [_source(attached) for attached in page.attached_sources.all()],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    finding = entry.finding
    return {
        "id": entry.id,
        "weight": entry.weight,
        "heading": entry.heading,
        "where": entry.where,
        "spot": _spot(entry.spot),
        "text": finding.text,
        "speaker": entry.speaker,
        "advice": entry.advice,
        "reason": reason_to_stop(finding),
        "comparison": _comparison(entry.comparison) if entry.comparison else None,
        "correction": entry.correction,
        "act": entry.act,
        "cleared": finding.clearance.reason if finding.clearance else None,
    }


def _spot(spot: Spot) -> dict[str, Any]:
    editor = spot.editor
    return {
        "field": spot.field,
        "path": list(editor.path) if editor else [],
        "line": editor.line if editor else None,
        "start": spot.start,
        "end": spot.end,
    }


def _comparison(comparison: Comparison) -> dict[str, Any]:
    return {
        "story": comparison.story,
        "source": comparison.source,
        "before": comparison.before,
        "after": comparison.after,
        "key": comparison.source_key,
        "isSimilar": comparison.is_similar,
    }


def _traced(traced: Traced) -> dict[str, Any]:
    quotation = traced.quotation
    return {
        "heading": traced.heading,
        "where": traced.where,
        "spot": _spot(traced.spot),
        "text": quotation.text,
        "speaker": quotation.speaker or "",
        "key": quotation.source or "",
        "note": quotation.note or "",
    }


def _source(attached: Any) -> dict[str, Any]:
    source = attached.source
    return {"key": attached.key, "id": source.pk, "title": source.title, "origin": origin_of(source)}


def origin_of(source: Any) -> str:
    """Whose document it is and of which day: 'Joe Biden, The White House, 24 September 2024'."""
    day = f"{source.published.day} {source.published:%B %Y}" if source.published else ""
    return ", ".join(part for part in (source.speaker, source.publisher, day) if part)

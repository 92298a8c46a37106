"""What the Desk panel's script is told, as JSON: the keys are those that `static/accuracy/desk/` reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from cryptonewshub.accuracy.clearing import Given
from cryptonewshub.accuracy.gate import reason_to_stop
from cryptonewshub.accuracy.proof import Comparison, Entry, Proof, Spot, Traced
from cryptonewshub.accuracy.sign_off import SignOff, given_for, sign_off_of, void_for
from cryptonewshub.articles.models import ArticlePage, ArticleSource
from cryptonewshub.sources.models import Source


def proof_answer(proof: Proof, page: ArticlePage, record: Sequence[Given], user: Any) -> dict[str, Any]:
    """The whole proof as this person may see it, and the sources that the article attaches."""
    sources = {attached.key: attached.source for attached in page.attached_sources.all()}
    return {
        "stopping": proof.stopping,
        "sentence": proof.sentence,
        "entries": [
            {
                **_entry(entry, sources),
                "signOff": None if entry.weight in ("note", "cleared") else _sign_off(entry, page, user),
                "given": _given(given_for(entry.finding, record)),
                "void": _given(void_for(entry.finding, record) if entry.weight != "cleared" else None),
            }
            for entry in proof.entries
        ],
        "traced": [_traced(traced, sources) for traced in proof.traced],
        "sources": [attached_answer(attached, user) for attached in page.attached_sources.all()],
    }


def attached_answer(attached: ArticleSource, user: Any) -> dict[str, Any]:
    """An attached source; of one that this person may not see, that it is there."""
    source = attached.source
    if source.may_be_seen_by(user):
        return source_answer(source, attached.key)
    return {
        "key": attached.key, "id": source.pk, "title": str(source), "origin": "", "speaker": "", "name": str(source),
    }  # fmt: skip


def source_answer(source: Source, key: str) -> dict[str, Any]:
    """A source as it is listed and chosen."""
    return {
        "key": key,
        "id": source.pk,
        "title": source.title,
        "origin": _origin(source),
        "speaker": source.speaker,
        "name": str(source),
    }


def _entry(entry: Entry, sources: Mapping[str, Source]) -> dict[str, Any]:
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
        "comparison": _comparison(entry.comparison, sources) if entry.comparison else None,
        "correction": entry.correction,
        "act": entry.act,
        "isSourceWanted": entry.is_source_wanted,
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


def _comparison(comparison: Comparison, sources: Mapping[str, Source]) -> dict[str, Any]:
    return {
        "story": comparison.story,
        "source": comparison.source,
        "before": comparison.before,
        "after": comparison.after,
        "key": comparison.source_key,
        "place": _place(sources, comparison.source_key, comparison.at),
        "isSimilar": comparison.is_similar,
    }


def _sign_off(entry: Entry, page: ArticlePage, user: Any) -> dict[str, Any]:
    made: SignOff = sign_off_of(user, entry.finding, page)
    return {
        "refusal": made.refusal,
        "reasons": made.reasons,
        "translators": [{"id": author.pk, "name": author.name} for author in made.translators],
    }


def _given(given: Given | None) -> dict[str, Any] | None:
    if given is None:
        return None
    clearance = given.clearance
    translator = f", translated by {clearance.translator.name}" if clearance.translator else ""
    return {
        "id": clearance.pk,
        "text": clearance.text,
        "reason": clearance.reason,
        "by": f"{clearance.name} ({clearance.role}){translator}, {_moment(clearance.made)}",
    }


def _moment(at: Any) -> str:
    local = timezone.localtime(at)
    return f"{local:%H:%M}, {local.day} {local:%B %Y}"


def _traced(traced: Traced, sources: Mapping[str, Source]) -> dict[str, Any]:
    quotation = traced.quotation
    return {
        "heading": traced.heading,
        "where": traced.where,
        "spot": _spot(traced.spot),
        "text": quotation.text,
        "speaker": quotation.speaker or "",
        "key": quotation.source or "",
        "place": _place(sources, quotation.source or "", quotation.passage.start) if quotation.passage else "",
        "note": quotation.note or "",
    }


def _place(sources: Mapping[str, Source], key: str, at: int) -> str:
    """Where in the source's document the passage is: 'page 3', '00:12:31', or ''."""
    return sources[key].place_of(at) if key in sources else ""


def _origin(source: Source) -> str:
    """Whose document it is and of which day: 'Joe Biden, The White House, 24 September 2024'."""
    day = f"{source.published.day} {source.published:%B %Y}" if source.published else ""
    return ", ".join(part for part in (source.speaker, source.publisher, day) if part)

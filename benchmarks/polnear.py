"""Read the annotated news articles that the quotation benchmarks measure on, and the rule by which spans are matched.

The rule: spans are split at line breaks, marks, white space and , . ; : are cut from both ends, and two spans match
whose characters overlap by at least 0.8 (Jaccard), best first, one to one. A person is right whose surname is among the
names of the annotated speaker, or the other way round.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from cryptonewshub.quotations.lexicon import FUNCTION_WORDS, TITLES, word_set

SHARED = Path(__file__).resolve().parents[2] / "shared"
OVERLAP = 0.8
_EDGES = "\"“”„«»‘’'`,.;:"
_NAME = re.compile(r"[^\W\d_][\w.'’-]*")
_HEAD = re.compile(r",| who | which | — | – | - ")
# What stands before a name and is no part of it.
_ROLES = TITLES | FUNCTION_WORDS | word_set("republican democratic democrat gop u.s us house white party")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class GoldQuotation:
    """An annotated quotation, within one line. `accepted` are the right persons; none where nobody can tell."""

    span: Span
    speaker: str
    speaker_type: str
    speaker_spans: tuple[Span, ...]
    cue: str
    accepted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An annotated article. `other` are marked spans that are no speech; what lies in `ignored` counts for nothing."""

    name: str
    text: str
    quotations: tuple[GoldQuotation, ...]
    other: tuple[Span, ...]
    ignored: tuple[Span, ...]

    @property
    def half(self) -> int:
        """0 or 1, from the name alone: one half to learn on, the other to watch."""
        return crc32(self.name.encode()) % 2


def read_articles(path: Path, resolved: Path | None = None) -> list[Article]:
    """Read articles and, where given, the persons meant by pronouns; raises FileNotFoundError."""
    meant = {(row["doc_id"], row["start"]): row for row in _rows(resolved)} if resolved else {}
    return [_article(row, meant) for row in _rows(path)]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _article(row: dict[str, Any], meant: dict[tuple[str, int], dict[str, Any]]) -> Article:
    text = row["text"]
    quotations = [
        _quotation(quote, span, meant.get((row["doc_id"], quote["start"])))
        for quote in row["quotes"]
        for span in split_span(text, quote["start"], quote["end"])
    ]
    other = tuple(strip_span(text, quote["start"], quote["end"]) for quote in row["other_quoted"])
    ignored = tuple((quote["start"], quote["end"]) for quote in row["ambiguous"])
    return Article(row["doc_id"], text, tuple(quotations), other, ignored)


def _quotation(quote: dict[str, Any], span: Span, meant: dict[str, Any] | None) -> GoldQuotation:
    accepted: list[str] = [quote["speaker"]] if quote["speaker_type"] == "named" else []
    if meant:
        accepted = [] if meant.get("skip") else meant.get("accept") or accepted
    spans = tuple((start, end) for start, end in quote["speaker_spans"])
    return GoldQuotation(
        span, quote["speaker"] or "", quote["speaker_type"], spans, quote.get("cue") or "", tuple(accepted)
    )


def split_span(text: str, start: int, end: int) -> list[Span]:
    """Return the parts of a span within single lines, edges cut, empty ones left out."""
    lines = re.finditer(r"[^\n]+", text[start:end])
    spans = [strip_span(text, start + line.start(), start + line.end()) for line in lines]
    return [span for span in spans if span[0] < span[1]]


def strip_span(text: str, start: int, end: int) -> Span:
    while start < end and (text[start].isspace() or text[start] in _EDGES):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _EDGES):
        end -= 1
    return start, end


def overlap(one: Span, other: Span) -> float:
    """Return the Jaccard overlap of two spans' characters, 0 to 1."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return 0.0 if shared <= 0 else shared / (max(one[1], other[1]) - min(one[0], other[0]))


def match_spans(found: list[Span], gold: list[Span]) -> dict[int, int]:
    """Return which gold span each found span matches, one to one, best overlap first."""
    pairs = sorted(
        ((overlap(one, other), i, j) for i, one in enumerate(found) for j, other in enumerate(gold)), reverse=True
    )
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for share, i, j in pairs:
        if share >= OVERLAP and i not in matched and j not in taken:
            matched[i] = j
            taken.add(j)
    return matched


def is_ignored(span: Span, article: Article) -> bool:
    half = (span[1] - span[0]) / 2
    return any(min(span[1], end) - max(span[0], start) >= half for start, end in article.ignored)


def is_same_person(answer: str, gold: str) -> bool:
    """Whether an answer and an annotated speaker share a surname."""
    ours, theirs = _names(answer), _names(gold)
    return bool(ours and theirs) and (ours[-1] in theirs or theirs[-1] in ours)


def _names(words: str) -> list[str]:
    plain = re.sub(r"['’]s\b", "", words)
    head = _HEAD.split(plain)[0] or plain
    names = [word.strip(".'’").lower() for word in _NAME.findall(head) if word[0].isupper()]
    return [name for name in names if name not in _ROLES] or names

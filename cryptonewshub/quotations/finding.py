"""Find every quotation of a news text, say whether it is speech, and who spoke."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cryptonewshub.quotations.marks import MarkedSpan, find_marked_spans
from cryptonewshub.quotations.paragraphs import split_paragraphs, trim
from cryptonewshub.quotations.vocabulary import Cue, Kind, Person, Quotation, Speaker

_VERBS = "said|says|told|wrote|tweeted|added|argued|warned|asked|called|insisted|vows|recalled"
_RIGHT = re.compile(rf"[”\"’'»“,.\s—]{{1,6}}(?:(?P<n1>(?:[A-Z][\w’'.-]+ ?){{1,4}}|[Hh]e|[Ss]he) ?(?P<v1>{_VERBS})|(?P<v2>{_VERBS}) (?P<n2>(?:[A-Z][\w’'.-]+ ?){{1,4}}|he|she))")
_LEFT = re.compile(rf"(?P<n>(?:[A-Z][\w’'.-]+ ?){{1,4}}|[Hh]e|[Ss]he),? (?:[a-z]+ ){{0,2}}(?P<v>{_VERBS})\b")


def find_quotations(
    text: str, *, people: Sequence[Person] = (), block_quotes: Sequence[tuple[int, int]] = ()
) -> list[Quotation]:
    """Return the quotations of `text` in order of their start."""
    paragraphs = [paragraph for paragraph in split_paragraphs(text) if not paragraph.is_block_quote]
    found = [_marked(text, i, span) for i, span in enumerate(find_marked_spans(text, paragraphs))]
    blocks = [*block_quotes, *((p.start, p.end) for p in split_paragraphs(text) if p.is_block_quote)]
    for start, end in blocks:
        start, end = trim(text, start, end)
        found = [q for q in found if q.end <= start or q.start >= end]
        found.append(Quotation(start, end, text[start:end], Kind.BLOCK, "a block quotation", "", len(found)))
    return sorted(found, key=lambda quotation: quotation.start)


def _marked(text: str, i: int, span: MarkedSpan) -> Quotation:
    words = text[span.start : span.end]
    speaker, cue = _speaker(text, span)
    is_title = len(words.split()) < 4 and cue is None
    kind = Kind.NOT_SPEECH if is_title else Kind.DIRECT if words[-1] in ".,!?" else Kind.PARTIAL
    return Quotation(span.start, span.end, words, kind, "", span.mark, i, speaker, cue, span.is_balanced)


def _speaker(text: str, span: MarkedSpan) -> tuple[Speaker | None, Cue | None]:
    found = _RIGHT.match(text, span.end, span.end + 120)
    if found is None:
        lefts = list(_LEFT.finditer(text, max(0, span.start - 150), span.start))
        if not lefts:
            return None, None
        return _named(lefts[-1], "n", "left"), _cue(lefts[-1], "v")
    which = "1" if found["n1"] else "2"
    return _named(found, "n" + which, "right"), _cue(found, "v" + which)


def _named(found: re.Match[str], group: str, rule: str) -> Speaker:
    name = found[group].strip()
    return Speaker(name, name, found.start(group), found.start(group) + len(name), 0.5, rule)


def _cue(found: re.Match[str], group: str) -> Cue:
    return Cue(found[group], found.start(group), found.end(group))

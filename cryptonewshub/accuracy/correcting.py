"""The words that would put an altered quotation right: the source's, set into the story's own punctuation.

A correction is offered only when the desk would pass it; a guess is never offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cryptonewshub.accuracy.report import CheckedQuotation, Place
from cryptonewshub.accuracy.tokens import has_word, take
from cryptonewshub.articles.document import Document
from cryptonewshub.quotations.matching import match_quotation
from cryptonewshub.quotations.policy import Policy
from cryptonewshub.quotations.vocabulary import DiffOp, SourceText, Verdict

_CORRECTABLE = frozenset({Verdict.ALTERED, Verdict.STITCHED})
_ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.")
_CLOSING = re.compile(r"[^\w\s]*\Z")
_LONGEST = 60  # words; a correction that puts in more than a sentence or two is another quotation


def correction_of(
    quotation: CheckedQuotation, document: Document, sources: Sequence[SourceText], policy: Policy
) -> str | None:
    """What a quotation of the document should say, or None where the desk cannot tell. Raises nothing."""
    source = next((source for source in sources if source.id == quotation.source), None)
    if quotation.verdict not in _CORRECTABLE or source is None or not quotation.diff:
        return None
    for candidate in dict.fromkeys(_candidates(quotation)):
        match = match_quotation(
            candidate,
            [source],
            kind=quotation.kind,
            language=document.language,
            policy=policy,
            lead=_lead(quotation.place, document),
        )
        if not match.is_blocking and candidate != quotation.text:
            return candidate
    return None


def _lead(place: Place, document: Document) -> str:
    """What the story says before the quotation in the same block or field."""
    if place.block is not None:
        return document.body[place.block].text[: place.start]
    return (document.title if place.where == "title" else document.standfirst)[: place.start]


def _candidates(quotation: CheckedQuotation) -> Iterator[str]:
    """Likely corrections, the one that keeps most of the story's own setting first."""
    assert quotation.diff is not None
    passage = quotation.passage.exact if quotation.passage else ""
    if sum(len(words.split()) for op, words in quotation.diff if op == "-") <= _LONGEST:
        woven = _Weave(quotation.text, passage).words(quotation.diff)
        if woven is not None:
            yield woven
    if passage and len(passage.split()) <= _LONGEST and not _ELLIPSIS.search(quotation.text):
        closing = _CLOSING.search(quotation.text)
        yield " ".join(passage.split()) + (closing[0] if closing else "")


@dataclass
class _Weave:
    """The story's words with the source's woven in, token by token; a token is what stands between two spaces."""

    text: str
    passage: str
    _out: list[str] = field(default_factory=list)

    def words(self, diff: Sequence[tuple[DiffOp, str]]) -> str | None:
        """The corrected words; None where the difference does not lead through the story's tokens word by word."""
        story, source = self.text.split(), self.passage.split()
        following = [op for op, _ in diff[1:]] + ["="]
        for (op, run), after in zip(diff, following, strict=True):
            count = len(run.split())
            taken = take(story, count) if op != "-" else []
            if taken is None:
                return None
            if op == "=":
                self._out += taken
                take(source, count)
            elif op == "+":
                self._close(_closing_of(taken[-1]))
            elif story and _ELLIPSIS.search(story[0]) and not has_word(story[0]):
                take(source, count)  # the story marks this cut
            else:
                self._out += take(source, count) or run.split()
                self._out += _marks(source) if after == "=" else []
        return " ".join([*self._out, *story])

    def _close(self, closing: str) -> None:
        """What replaced words ends with the punctuation of the words that it replaces."""
        if self._out and closing and not _closing_of(self._out[-1]):
            self._out[-1] += closing


def _marks(tokens: list[str]) -> list[str]:
    """The next tokens without a word, such as a dash."""
    taken: list[str] = []
    while tokens and not has_word(tokens[0]):
        taken.append(tokens.pop(0))
    return taken


def _closing_of(token: str) -> str:
    found = _CLOSING.search(token)
    return found[0] if found else ""

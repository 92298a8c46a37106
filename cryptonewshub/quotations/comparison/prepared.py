"""A source made ready to be searched: once for each text, because a story has many quotations."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from cryptonewshub.quotations.comparison.folding import Folded, fold
from cryptonewshub.quotations.comparison.furniture import furniture
from cryptonewshub.quotations.comparison.languages import detect_language
from cryptonewshub.quotations.comparison.legibility import Legibility
from cryptonewshub.quotations.comparison.turns import Turns, turns_of

_KEPT = 64


@dataclass(frozen=True)
class Prepared:
    """A source's text with everything that is worked out from it, each when it is first asked for."""

    text: str

    @cached_property
    def full(self) -> Folded:
        """Every word of the text."""
        return fold(self.text)

    @cached_property
    def body(self) -> Folded:
        """The words without page headers, addresses, stage directions and speakers' labels; `full` where there are
        none.
        """
        blank = sorted([*furniture(self.text), *self.turns.label_spans])
        return fold(self.text, _apart(blank)) if blank else self.full

    @cached_property
    def legibility(self) -> Legibility:
        return Legibility(self.full)

    @cached_property
    def turns(self) -> Turns:
        return turns_of(self.text)

    @cached_property
    def language(self) -> str | None:
        return detect_language(self.text)


@lru_cache(maxsize=_KEPT)
def prepare(text: str) -> Prepared:
    """The text made ready; the last few dozen texts are remembered."""
    return Prepared(text)


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    apart: list[tuple[int, int]] = []
    for start, end in spans:
        if apart and start < apart[-1][1]:
            start = apart[-1][1]
        if end > start:
            apart.append((start, end))
    return apart

"""The sentences of an article in order, and which of them a change touched. Plain Python, no Django."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from cryptonewshub.articles.document import Document
from cryptonewshub.editions.content import Place

_SENTENCE = re.compile(r"\S(?:.*?[.!?…][”’\"'»)\]]*(?=\s+(?![a-zà-ÿ])|\s*$)|.*\S|)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and where it stands."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Sentences that stand in one version in the place of others; `before` or `after` is empty where some were only
    added or cut.

    `at` is the place in the later version: its new words, or those that now stand where words were cut.
    """

    before: tuple[Sentence, ...]
    after: tuple[Sentence, ...]
    at: Place | None


def sentences_of(document: Document) -> tuple[Sentence, ...]:
    """Headline and standfirst first, then the body with its captions."""
    fields: list[tuple[str, int | None, str]] = [("title", None, document.title)]
    fields += [("standfirst", None, document.standfirst)]
    fields += [("body", index, block.text) for index, block in enumerate(document.body)]
    return tuple(sentence for where, block, text in fields for sentence in _cut(where, block, text))


def differences(before: Document, after: Document) -> tuple[Difference, ...]:
    """What changed from one version to the next, sentence by sentence, in the order of reading."""
    old, new = sentences_of(before), sentences_of(after)
    matcher = SequenceMatcher(None, [_words(one) for one in old], [_words(one) for one in new], autojunk=False)
    return tuple(
        Difference(old[i1:i2], new[j1:j2], _place_of(new, j1))
        for kind, i1, i2, j1, j2 in matcher.get_opcodes()
        if kind != "equal"
    )


def _cut(where: str, block: int | None, text: str) -> Iterator[Sentence]:
    for found in _SENTENCE.finditer(text):
        yield Sentence(Place(where, block, found.start(), found.end()), found.group())


def _words(sentence: Sentence) -> tuple[str, str]:
    """A sentence that moved to another paragraph is the same; one that left the headline for the text is not."""
    return sentence.place.where, " ".join(sentence.text.split())


def _place_of(sentences: tuple[Sentence, ...], index: int) -> Place | None:
    return sentences[min(index, len(sentences) - 1)].place if sentences else None

"""A story's sources as words: each text split once, and each distinct word looked at once, for all the rules.

The rules look up here what the story mentions; nothing is worked out that no rule asks for. The shelves of the last few
stories are remembered.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from cryptonewshub.quotations.facts.amounts import NUMBER_WORDS
from cryptonewshub.quotations.facts.figures import beginnings_of, stem
from cryptonewshub.quotations.facts.ledger import Ledger
from cryptonewshub.quotations.facts.neighbours import Roll, trimmed
from cryptonewshub.quotations.facts.spellings import plain


@dataclass(frozen=True)
class Shelf:
    """The texts of a story's sources, in the story's order."""

    texts: tuple[str, ...]

    @cached_property
    def words(self) -> tuple[list[str], ...]:
        """Each text's words, with the punctuation that touches them."""
        return tuple(text.split() for text in self.texts)

    @cached_property
    def vocabulary(self) -> set[str]:
        """The distinct words of all texts."""
        return set().union(*self.words)

    @cached_property
    def ledgers(self) -> tuple[Ledger, ...]:
        """Each text's figures."""
        numeric = (self.vocabulary & _NUMBER_FORMS) | {word for word in self._compound if _is_numeric(word)}
        return tuple(Ledger(words, numeric) for words in self.words)

    def rolls(self, keys: Collection[str]) -> tuple[Roll, ...]:
        """Each text's names, as far as their plain spelling is one of these."""
        forms = self._forms(keys)
        return tuple(Roll(text, forms, words) for text, words in zip(self.texts, self.words, strict=True))

    def _forms(self, keys: Collection[str]) -> dict[str, str]:
        """The plain spelling of each capitalised word that has one of these."""
        begin = {key[:2] for key in keys}
        likely = [word for word in self._capitalised if word[:2].lower() in begin]
        likely += [word for word in self._compound if not word[0].isalpha() and not word.islower()]
        likely += [word for word in self._capitalised if not word[:2].isascii()]
        cores = ((word, trimmed(word)) for word in likely)
        plainly = {word: plain(core) for word, core in cores if 2 < len(core) < 40 and core[0].isupper()}
        return {word: key for word, key in plainly.items() if key in keys}

    def words_with(self, stems: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """The words of the texts that have one of these stems, each with the stems it has."""
        begin = {beginning[:4] for stem in stems for beginning in beginnings_of(stem)}
        found: dict[str, tuple[str, ...]] = {}
        for word in self._near(begin):
            shared = tuple(_stems_of(word.lower(), begin).intersection(stems))
            if shared:
                found[word] = shared
        return found

    def _near(self, begin: Collection[str]) -> list[str]:
        """The words that begin with one of these, of four letters at most, or hold another word that may."""
        wide = {beginning[:3] for beginning in begin}
        narrow = {beginning for beginning in begin if len(beginning) < 3}
        found = [word for word in self.vocabulary if word[:3].lower() in wide]
        found = [word for word in found if word[:4].lower() in begin or word[:3].lower() in begin]
        found += [word for word in self.vocabulary if word[:2].lower() in narrow] if narrow else []
        found += [word for word in self._compound if not word[0].isalpha() and word[1:4].lower() in wide]
        return found + self._joined

    @cached_property
    def _capitalised(self) -> list[str]:
        """The words that are not in small letters throughout."""
        return [word for word in self.vocabulary if not word.islower()]

    @cached_property
    def _compound(self) -> list[str]:
        """The words that are not of letters alone."""
        return [word for word in self.vocabulary if not word.isalpha()]

    @cached_property
    def _joined(self) -> list[str]:
        """Those in which a mark joins words, or in which more than one mark stands before the word."""
        return [word for word in self._compound if _JOINED.search(word)]


@lru_cache(maxsize=4)
def shelve(texts: tuple[str, ...]) -> Shelf:
    """The shelf of these texts."""
    return Shelf(texts)


_JOINED = re.compile(r"[-‑–—/…(\[“‘\"'$€£]\w(?<!^.\w)")
_PIECE = re.compile(r"[^\W\d_][\w’'-]*")


def _stems_of(low: str, begin: Collection[str]) -> set[str]:
    """The stems of a word, and of what a hyphen joins in it, that begin so."""
    pieces = _PIECE.findall(low)
    parts = [part for piece in pieces if "-" in piece for part in piece.split("-")]
    return {stem(piece) for piece in pieces + parts if piece[:4] in begin or piece[:3] in begin or piece[:2] in begin}


_TELLING = NUMBER_WORDS - {"one", "zero"}
_NUMBER_FORMS = frozenset(form for word in _TELLING for form in (word, word.capitalize(), word.upper()))
_DIGIT = re.compile(r"\d")
_APART = re.compile(r"[^a-z]+")


def _is_numeric(word: str) -> bool:
    low = word.lower()
    bare = low.strip(".,;:!?()[]\"'“”‘’")
    if bare.isalpha():
        return bare in _TELLING
    return bool(_DIGIT.search(low)) or not _TELLING.isdisjoint(_APART.split(low))

"""How well a source can be read: what is a word in it, and how much of it recognition has spoilt.

A scan's text has letters misread ('|' for I, 'rn' for m), words run together ('anda') and words torn apart. The desk must
not call that an alteration, and must never take an alteration for it. So nothing is forgiven in a source that reads
cleanly but a form that is no word and that a well-known misreading explains; in one that is visibly spoilt, one letter
in about five is. A figure or a negation is never forgiven.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from cryptonewshub.quotations.lexicon import PLACES

_COMMON_FILE = Path(__file__).with_name(
    "common_words.txt"
)  # the words of the 2016 US presidential debates, a CC0 transcript
_SPOILT_SHARE = 0.03  # of the longer words: clean copy has up to 0.015, two wrong characters in a hundred give 0.07
_SAMPLE = 3_000
_ENDINGS = ("'s", "s", "es", "ed", "d", "ing", "ly", "er", "ers", "'")


@dataclass(frozen=True)
class Legibility:
    """What counts as a word in one source, by its words, as they stand and folded. Capitalised words, often names, tell nothing."""

    words: list[str]
    keys: list[str]

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(self.keys)

    def is_word(self, key: str) -> bool:
        """Whether this is known to be a word, and not a misread one: common English, a country, or in the source twice."""
        return self.counts[key] > 1 or is_common(key)

    @cached_property
    def is_spoilt(self) -> bool:
        """Whether so many words are one letter away from a common word that recognition must have spoilt the text."""
        longer = [word for word in self.words[:_SAMPLE] if len(word) > 4 and word.isalpha() and word.islower()]
        misread = sum(1 for key in longer if not self.is_word(key) and is_near_common(key))
        return misread > 2 and misread > _SPOILT_SHARE * len(longer)


@cache
def common_words() -> frozenset[str]:
    return frozenset(_COMMON_FILE.read_text(encoding="utf-8").split()) | {name.lower() for name in PLACES}


@cache
def is_common(key: str) -> bool:
    words = common_words()
    return key in words or any(key.endswith(ending) and _stems(key, ending) & words for ending in _ENDINGS)


def is_near_common(key: str) -> bool:
    """Whether a common word of more than four letters has one other, one more or one less letter inside: endings differ in good copy."""
    left_out = _one_left_out(key)
    words, blurred = common_words(), _blurred()
    return (
        key in blurred
        or any(form in words and len(form) > 4 for form in left_out)
        or any(form in blurred for form in _one_hidden(key))
    )


def _stems(key: str, ending: str) -> frozenset[str]:
    stem = key[: -len(ending)]
    return frozenset((stem, stem + "e")) if len(stem) > 2 else frozenset()


@cache
def _blurred() -> frozenset[str]:
    """The longer common words with any one letter hidden, and with any one left out."""
    longer = [word for word in common_words() if len(word) > 4]
    return frozenset(form for word in longer for form in (*_one_hidden(word), *_one_left_out(word)))


def _one_hidden(word: str) -> list[str]:
    return [f"{word[:i]}?{word[i + 1 :]}" for i in range(1, len(word) - 1)]


def _one_left_out(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(1, len(word) - 1)]

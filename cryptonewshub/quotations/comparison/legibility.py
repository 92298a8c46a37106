"""How well a source can be read: what is a word in it, and how much of it recognition has spoilt.

A scan's text has letters misread ('|' for I, 'rn' for m), words run together ('anda') and words torn apart. The desk
must not call that an alteration, and must never take an alteration for it. So nothing is forgiven in a source that
reads cleanly but a form that is no word and that a well-known misreading explains; in one that is visibly spoilt, one
letter in about five is. A figure or a negation is never forgiven.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from cryptonewshub.quotations.comparison.folding import Folded
from cryptonewshub.quotations.comparison.spelling import spelling_key
from cryptonewshub.quotations.lexicon import PLACES

# The words of the 2016 US presidential debates, a CC0 transcript.
_COMMON_FILE = Path(__file__).with_name("common_words.txt")
# Measured on news articles: half of clean copy has a share under 0.026, 95 % under the first bar, 99 % under the
# second.
# With two wrong characters in a hundred half have 0.155, and 95 % are over 0.075.
_SPOILT, _BADLY_SPOILT = 0.055, 0.085
_OTHER_LANGUAGE = 0.42  # the share of unknown words that no English text, clean or spoilt, has
_FEWEST_STRANGE = 6  # different words; a short clean text may have fewer, and one again is no more evidence
_SAMPLE = 3_000
_AFTER_E = ("ed", "ing", "er", "ers")
_ENDINGS = ("'s", "s", "es", "ed", "d", "ing", "ly", "er", "ers", "'")


@dataclass(frozen=True)
class Legibility:
    """What counts as a word in one source. Capitalised words, often names, tell nothing."""

    source: Folded

    @cached_property
    def words(self) -> list[str]:
        return self.source.words

    @cached_property
    def keys(self) -> list[str]:
        return self.source.keys

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(self.keys)

    def is_word(self, key: str) -> bool:
        """Whether this is known to be a word, and not a misread one: common English, a country, or often in the
        source.
        """
        return is_common(key) or self.counts[key] > 2 + len(self.keys) // 2_000

    @cached_property
    def spoilt_share(self) -> float:
        """How much is no word and looks like a misread one: the share that cannot be read, and the share that is one
        letter away from a common word. 0.0 for a text whose language the common words are not.
        """
        plain = [word for word in self.words[:_SAMPLE] if len(word) > 1 and word.isalpha() and word.islower()]
        unknown = [word for word in plain if not self.is_word(word) and not is_common(spelling_key(word))]
        if len(unknown) < 3 or len(unknown) > _OTHER_LANGUAGE * len(plain):
            return 0.0
        longer = sum(1 for word in plain if len(word) > 4)
        unreadable = [word for word in unknown if is_unreadable(word)]
        near = [word for word in unknown if len(word) > 4 and is_near_common(word)]
        if len({*unreadable, *near}) < _FEWEST_STRANGE:
            return 0.0
        return len(unreadable) / len(plain) + len(near) / max(1, longer)

    @property
    def is_spoilt(self) -> bool:
        """Whether recognition must have spoilt the text."""
        return self.spoilt_share > _SPOILT

    @property
    def is_badly_spoilt(self) -> bool:
        """Whether so much is spoilt that a misread word will often be another word: 'of' for 'or'."""
        return self.spoilt_share > _BADLY_SPOILT


@cache
def common_words() -> frozenset[str]:
    return frozenset(_COMMON_FILE.read_text(encoding="utf-8").split()) | {name.lower() for name in PLACES}


@cache
def is_common(key: str) -> bool:
    words = common_words()
    return key in words or any(key.endswith(ending) and _stems(key, ending) & words for ending in _ENDINGS)


@cache
def is_unreadable(key: str) -> bool:
    """Whether three letters stand together in it that stand together in no common word: 'jusl' can be no word."""
    return any(three not in _threes() for three in _in_threes(key))


@cache
def _threes() -> frozenset[str]:
    return frozenset(three for word in common_words() for three in _in_threes(word))


def _in_threes(word: str) -> list[str]:
    whole = f" {word} "
    return [whole[i : i + 3] for i in range(len(whole) - 2)]


def is_near_common(key: str) -> bool:
    """Whether a common word of more than four letters has one other, one more or one less letter inside: endings
    differ in good copy.
    """
    left_out = _one_left_out(key)
    words, blurred = common_words(), _blurred()
    return (
        key in blurred
        or any(form in words and len(form) > 4 for form in left_out)
        or any(form in blurred for form in _one_hidden(key))
    )


def _stems(key: str, ending: str) -> frozenset[str]:
    stem = key[: -len(ending)]
    return frozenset((stem, stem + "e") if ending in _AFTER_E else (stem,)) if len(stem) > 2 else frozenset()


@cache
def _blurred() -> frozenset[str]:
    """The longer common words with any one letter hidden, and with any one left out."""
    longer = [word for word in common_words() if len(word) > 4]
    return frozenset(form for word in longer for form in (*_one_hidden(word), *_one_left_out(word)))


def _one_hidden(word: str) -> list[str]:
    return [f"{word[:i]}?{word[i + 1 :]}" for i in range(1, len(word) - 1)]


def _one_left_out(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(1, len(word) - 1)]

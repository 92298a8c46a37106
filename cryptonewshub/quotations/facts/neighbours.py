"""A source's names, and the words that stand beside them: what tells whether two spellings mean one person.

Looks only for the names that it is asked for, and for all of them by plain spelling: 'MÜLLER' is found as 'muller'.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cryptonewshub.quotations.facts.spellings import plain

_REACH = 60  # code points on one side of a name in which three words stand


class Roll:
    """The names of a text among those that are looked for. `forms` has the plain spelling of words as they stand."""

    def __init__(self, text: str, forms: Mapping[str, str], words: Iterable[str]) -> None:
        self._text = text
        self._spellings: dict[str, set[str]] = {}
        for form in frozenset(forms).intersection(words):
            self._spellings.setdefault(forms[form], set()).add(trimmed(form))
        self._partners: dict[str, Mapping[str, str]] = {}
        self._followers: dict[str, frozenset[str]] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._spellings

    def partners(self, key: str) -> Mapping[str, str]:
        """The capitalised words up to three words before a name, by their plain spelling: given names, titles."""
        if key not in self._partners:
            before = (self._text[max(0, place - _REACH) : place].split()[-3:] for place, _ in self._places(key))
            found = sorted({word for words in before for word in words if word[:1].isupper()}, reverse=True)
            self._partners[key] = {plain(word): trimmed(word) for word in found}
        return self._partners[key]

    def followers(self, key: str) -> frozenset[str]:
        """The capitalised words up to three words after a name: surnames."""
        if key not in self._followers:
            after = (self._text[end : end + _REACH].split()[:3] for _, end in self._places(key))
            self._followers[key] = frozenset(trimmed(word) for words in after for word in words if word[:1].isupper())
        return self._followers[key]

    def _places(self, key: str) -> Iterator[tuple[int, int]]:
        for spelling in self._spellings.get(key, ()):
            place = self._text.find(spelling)
            while place >= 0:
                yield place, place + len(spelling)
                place = self._text.find(spelling, place + len(spelling))


def trimmed(word: str) -> str:
    """A word without the punctuation around it and without its possessive ending."""
    return word.strip('.,;:!?()[]“”"‘«»—–…').removesuffix("’s").removesuffix("'s").rstrip("’'")

"""A source's names, and the words that stand beside them: what tells whether two spellings mean one person.

Looks only for the names that it is asked for, and for all of them by plain spelling: 'MÜLLER' is found as 'muller'.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from .spellings import plain

_REACH = 60  # code points on one side of a name in which three words stand


class Roll:
    """The capitalised words of a text. `forms` has, by plain spelling, how words stand in this text or in others."""

    def __init__(self, text: str, vocabulary: Set[str], forms: Mapping[str, Sequence[str]]) -> None:
        self._text = text
        self._vocabulary = vocabulary
        self._forms = forms
        self._partners: dict[str, frozenset[str]] = {}
        self._followers: dict[str, frozenset[str]] = {}

    def __contains__(self, key: str) -> bool:
        return any(form in self._vocabulary for form in self._forms.get(key, ()))

    def spelling(self, key: str) -> str:
        """How the text writes a name: not in capitals, if it does both."""
        forms = [trimmed(form) for form in self._forms.get(key, ()) if form in self._vocabulary]
        return min(forms, key=lambda form: (form.isupper(), form), default=key)

    def partners(self, key: str) -> frozenset[str]:
        """Plain forms of the capitalised words up to three words before a name: given names, titles."""
        if key not in self._partners:
            before = (self._text[max(0, place - _REACH) : place].split()[-3:] for place, _ in self._places(key))
            self._partners[key] = frozenset(plain(word) for words in before for word in words if word[:1].isupper())
        return self._partners[key]

    def followers(self, key: str) -> frozenset[str]:
        """The capitalised words up to three words after a name: surnames."""
        if key not in self._followers:
            after = (self._text[end : end + _REACH].split()[:3] for _, end in self._places(key))
            self._followers[key] = frozenset(trimmed(word) for words in after for word in words if word[:1].isupper())
        return self._followers[key]

    def _places(self, key: str) -> Iterator[tuple[int, int]]:
        for spelling in {trimmed(form) for form in self._forms.get(key, ()) if form in self._vocabulary}:
            place = self._text.find(spelling)
            while place >= 0:
                yield place, place + len(spelling)
                place = self._text.find(spelling, place + len(spelling))


def trimmed(word: str) -> str:
    """A word without the punctuation around it and without its possessive ending."""
    return word.strip('.,;:!?()[]“”"‘«»—–…').removesuffix("’s").removesuffix("'s").rstrip("’'")

"""Fold typography away, and always know where in the original each word stands.

What is folded: the forms of quotation marks, dashes and spaces, ligatures and other compatibility forms (Unicode
NFKC), soft hyphens and zero-width characters, capitals, the stops in initials, the commas that group digits. What is
left is a row of words. A text is never changed: every word keeps its offsets, in code points of the text as it was
given.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, islice
from typing import overload

from cryptonewshub.quotations.comparison.letters import Letters

# One character for one character, so that offsets stand. Every mark that people use for an apostrophe is one.
_SAME_LENGTH = {
    "'": "‘’‚‛′ʼ´`＇",
    '"': "“”„‟″«»‹›＂",
    "-": "‐‑‒–—―−⁃﹘－",
    " ": "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
    ";": "…",
}
_BRACKETED_LETTER = re.compile(r"\[(?<![^\W_]\[)([^\W\d_])\](?=[^\W\d_])")  # [T]he: the capital is an editor's
_UNSEEN = "\u200b"  # as long as the bracket that it stands for, and folded away
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_CLUSTER = re.compile("[\x00-\x7f]+(?![\u0300-\u036f])|.[\u0300-\u036f\ufe00-\ufe0f]*", re.DOTALL)
_AHEAD = 64  # words
_LONGEST_WORD = 60  # characters
_LONGEST_EXPANSION = 4  # 'ffi' is three; a character that unfolds to a whole phrase is kept as it is

# Every sign of a currency in Unicode's category Sc.
_CURRENCY = "$¢£¤¥֏؋৲৳৻૱௹฿៛\u20a0-\u20c0﷼﹩＄￠￡￥￦"
# Vowel signs and the like of the scripts of India and South-East Asia: parts of a word that \w leaves out.
_SIGNS = "".join(
    chr(code)
    for low, high in ((0x0900, 0x1100), (0x1700, 0x1C50), (0xA800, 0xAC00))
    for code in range(low, high)
    if unicodedata.category(chr(code)) in ("Mc", "Mn")
)
_LETTERS_AND_SIGNS = rf"[^\W_]+(?:[{_SIGNS}]+[^\W_]*)*"
_WORD = re.compile(
    r"[^\W\d_](?:\.[^\W\d_])+\b\.?"  # initials: U.N., e.g.
    r"|(?:(?<![^\s(\[\"'])-)?\d+(?:[.,:/]\d+)*[^\W\d_]*"  # 1,200  3.5  9/11  20th  1990s  -5 but not 20-25
    rf"|{_LETTERS_AND_SIGNS}(?:'{_LETTERS_AND_SIGNS})*"  # words, with what follows an apostrophe
    rf"|[{_CURRENCY}%&|]"  # signs that are read aloud, and the bar that recognition makes of I
)
# What is looked for comes first and what must stand before it second: the pattern is found several times faster.
_INITIALS_STOP = re.compile(r"\.(?<=[^\W\d]\.)")
_GROUPING_COMMA = re.compile(r",(?<=\d,)(?=\d\d\d(?!\d))")


@dataclass(frozen=True)
class Folded:
    """A text as a row of words. `keys[i]` is word i folded, `words[i]` keeps its capitals, `spans[i]` is its place in
    `text`.
    """

    text: str
    plain: str
    origin: Sequence[int] | None = None

    @cached_property
    def words(self) -> list[str]:
        return _WORD.findall(self.plain)

    @cached_property
    def line(self) -> str:
        """All keys in one string, a space before and after each: a phrase is found with str.find."""
        return f" {fold_words(' '.join(self.words))} "

    @cached_property
    def keys(self) -> list[str]:
        return self.line.split()

    @cached_property
    def spans(self) -> Sequence[tuple[int, int]]:
        return _Spans(self)

    @cached_property
    def squeezed(self) -> str:
        """The line without spaces and apostrophes: word division does not matter in it."""
        return squeeze(self.line)

    @cached_property
    def squeezed_ends(self) -> list[int]:
        """Where each word ends in `squeezed`."""
        return list(accumulate(map(len, self.line.replace("'", "").split())))

    @cached_property
    def letters(self) -> Letters:
        """The letters alone, to find words before they are told apart."""
        return Letters(self.plain)

    def part(self, start: int, end: int) -> Folded:
        """The words of `plain[start:end]` alone, in the same text; the whole where that is nearly all."""
        start, end = self._at_space(max(0, start), -1), self._at_space(min(len(self.plain), end), 1)
        if end - start > 0.8 * len(self.plain):
            return self
        origin = range(start, end + 1) if self.origin is None else self.origin[start : end + 1]
        return Folded(self.text, self.plain[start:end], origin)

    def _at_space(self, offset: int, step: int) -> int:
        """The nearest place, backward or forward, where no word and no figure is cut; not far."""
        for _ in range(_LONGEST_WORD):
            if not 0 < offset < len(self.plain) or self.plain[offset].isspace():
                break
            offset += step
        return offset

    def word_at(self, offset: int) -> int:
        """The word to which the character at this offset of `squeezed` belongs."""
        return bisect_right(self.squeezed_ends, offset)

    def places_of(self, keys: Sequence[str], limit: int = 40) -> Iterator[int]:
        """The words at which this row of keys begins, first to last, at most `limit`."""
        phrase = f" {' '.join(keys)} "
        position, index, counted = self.line.find(phrase), 0, 0
        while position >= 0 and limit > 0:
            index += self.line.count(" ", counted, position)
            counted = position
            yield index
            limit -= 1
            position = self.line.find(phrase, position + 1)

    def text_of(self, first: int, end: int) -> str:
        """The original text of words `first` to `end`, with what stands between them."""
        first, end = max(0, first), min(end, len(self.spans))
        return self.text[self.spans[first][0] : self.spans[end - 1][1]] if end > first else ""

    def between(self, left: int, right: int) -> str:
        """The original text between two words; before the first word and after the last, up to the text's end."""
        start = self.spans[left][1] if left >= 0 else 0
        end = self.spans[right][0] if right < len(self.spans) else len(self.text)
        return self.text[start:end]


class _Spans(Sequence[tuple[int, int]]):
    """The words' places, worked out from the beginning as far as they are asked for."""

    def __init__(self, folded: Folded) -> None:
        self._length = len(folded.words)
        self._origin = folded.origin
        self._coming = _WORD.finditer(folded.plain)
        self._known: list[tuple[int, int]] = []

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> tuple[int, int]: ...
    @overload
    def __getitem__(self, index: slice) -> list[tuple[int, int]]: ...
    def __getitem__(self, index: int | slice) -> tuple[int, int] | list[tuple[int, int]]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self._length))]
        wanted = index + self._length if index < 0 else index
        if not 0 <= wanted < self._length:
            raise IndexError(index)
        if wanted >= len(self._known):
            self._work_out(wanted + _AHEAD - len(self._known))
        return self._known[wanted]

    def _work_out(self, more: int) -> None:
        spans = [match.span() for match in islice(self._coming, more)]
        origin = self._origin
        self._known += spans if origin is None else [(origin[start], origin[end]) for start, end in spans]


def fold(text: str, blank: Iterable[tuple[int, int]] = ()) -> Folded:
    """The text as a row of words; what stands in the `blank` ranges (page headers, say) is passed over."""
    shown = _blanked(text, blank)
    if "[" in shown:
        shown = _BRACKETED_LETTER.sub(f"{_UNSEEN}\\1{_UNSEEN}", shown)
    plain, origin = _compose(shown)
    return Folded(text, plain, origin)


def fold_words(line: str) -> str:
    """Words joined by spaces, folded: as many words as before."""
    line = line.lower()
    if "." in line:
        line = _INITIALS_STOP.sub("", line)
    if "," in line:
        line = _GROUPING_COMMA.sub("", line)
    return line.replace("&", "and").replace("|", "i")


def squeeze(line: str) -> str:
    return line.replace(" ", "").replace("'", "")


def without_marks(word: str) -> str:
    """The word without its diacritics: Milošević, Milosevic."""
    if word.isascii():
        return word
    plain = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return plain.translate(_LETTERS)


_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "æ": "ae", "Æ": "Ae", "đ": "d", "Đ": "D", "ı": "i", "œ": "oe"}
)


def _blanked(text: str, blank: Iterable[tuple[int, int]]) -> str:
    parts, last = [], 0
    for start, end in blank:
        parts += [text[last:start], " " * (end - start)]
        last = end
    return "".join([*parts, text[last:]]) if parts else text


def _compose(text: str) -> tuple[str, list[int] | None]:
    """The text in one Unicode form with one form of each mark, and for each of its characters the offset it comes
    from.
    """
    if text.isascii():
        return text.replace("`", "'"), None
    for form, others in _SAME_LENGTH.items():
        for other in others:
            text = text.replace(other, form)
    if unicodedata.is_normalized("NFKC", text) and not _HIDDEN.search(text):
        return text, None
    return _recompose(text)


def _recompose(text: str) -> tuple[str, list[int]]:
    parts: list[str] = []
    origin: list[int] = []
    for match in _CLUSTER.finditer(text):
        cluster, start = match.group(), match.start()
        if cluster.isascii():
            parts.append(cluster)
            origin.extend(range(start, match.end()))
        elif not _HIDDEN.match(cluster):
            form = _form(cluster)
            parts.append(form)
            origin.extend([start] * len(form))
    origin.append(len(text))
    return "".join(parts), origin


@lru_cache(maxsize=4_000)
def _form(cluster: str) -> str:
    form = unicodedata.normalize("NFKC", cluster)
    if unicodedata.category(cluster[0]) == "No":  # an exponent or a fraction is no further digit: 10⁶, 5½
        form = f" {form}".replace("⁄", "/")
    return form if len(form) <= _LONGEST_EXPANSION else cluster[0]

"""When two spellings may be one name: a slip of the hand ('Qulil') or another way of writing its sounds ('Kowalskij').

Pure string work. Likeness is never proof: who uses it must have a reason to think that one person is meant.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=16384)
def plain(name: str) -> str:
    """Lower case, without diacritics, hyphens and apostrophes; 'Ø' and its like spelt with the plain letter."""
    if name.isascii() and name.isalpha():
        return name.lower()
    low = name.casefold().translate(_LETTERS)
    return "".join(letter for letter in unicodedata.normalize("NFD", low) if letter.isalnum())


_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})


@lru_cache(maxsize=4096)
def sounds(name: str) -> str:
    """What is left of a name when the usual choices of transliteration are undone: 'koralski' for Koralskyy."""
    letters = plain(name)
    for pattern, plainer in _CHOICES:
        letters = pattern.sub(plainer, letters)
    return letters


_CHOICES = tuple(
    (re.compile(pattern), plainer)
    for pattern, plainer in (
        (r"ph", "f"),
        (r"x", "ks"), (r"tch|tsch", "ch"), (r"(?:ck|kh|q|c(?!h))", "k"), (r"w", "v"), (r"z", "s"), (r"[yj]", "i"),
        (r"(?<=[bdgklmnprstv])h", ""), (r"(.)\1+", r"\1"),
        (r"i?ev$", "iov"), (r"ou", "u"), (r"i+$", "i"), (r"ei$", "i"),
    )
)  # fmt: skip


@lru_cache(maxsize=16384)
def may_be_same(one: str, other: str) -> bool:
    """Whether two different surnames are near enough to be slips of each other: first letter, length and letters."""
    mine, theirs = plain(one), plain(other)
    if mine == theirs:
        return one.casefold() != other.casefold()
    if not mine or not theirs or is_inflected(mine, theirs) or not _begin_alike(mine, theirs):
        return False
    shorter = min(len(mine), len(theirs))
    if sounds(one) == sounds(other):
        return shorter >= 4
    limit = 0 if max(len(mine), len(theirs)) < 5 else 1 if shorter < 7 else 2
    return is_within(mine, theirs, limit)


def is_mistyped(one: str, other: str) -> bool:
    """Whether a letter is doubled, dropped or swapped with its neighbour; one put for another may be another name."""
    mine, theirs = plain(one), plain(other)
    return (
        min(len(mine), len(theirs)) >= 4
        and is_within(mine, theirs, 1)
        and (len(mine) != len(theirs) or sorted(mine) == sorted(theirs))
    )


def is_inflected(one: str, other: str) -> bool:
    """Whether one plain spelling is the other with an ending of grammar: 'Quills' are the Quill family, no slip."""
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(shorter) and longer[len(shorter) :] in {
        "s",
        "es",
        "an",
        "n",
        "ian",
        "ite",
        "ist",
        "ism",
        "ns",
        "ish",
    }


def _begin_alike(one: str, other: str) -> bool:
    return one[0] == other[0] or {one[0], other[0]} in _SAME_START


_SAME_START = tuple({first, second} for first, second in ("kc", "kq", "cq", "yj", "yi", "ji", "vw", "zs", "gq", "fp"))


def is_within(one: str, other: str, limit: int) -> bool:
    """Whether at most `limit` letters are added, dropped, changed or swapped with a neighbour (Damerau, 1964)."""
    if abs(len(one) - len(other)) > limit:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        following = [i]
        for j, rival in enumerate(other, 1):
            cost = min(row[j] + 1, following[j - 1] + 1, row[j - 1] + (letter != rival))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == rival:
                cost = min(cost, before[j - 2] + 1)
            following.append(cost)
        if min(following) > limit:
            return False
        before, row = row, following
    return row[-1] <= limit

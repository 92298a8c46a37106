"""Tell a word that recognition misread from a word that an editor changed.

Only what a source does to itself is forgiven: the source's form is no word, or the whole source is visibly spoilt and
one letter or so is wrong. The caller has made sure that no figure and no negation differs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cryptonewshub.quotations.legibility import Legibility, is_common
from cryptonewshub.quotations.lexicon import PLACES
from cryptonewshub.quotations.word_sets import word_set

_LOOKALIKES = (
    ("rn", "m"),
    ("vv", "w"),
    ("cl", "d"),
    ("li", "h"),
    ("0", "o"),
    ("1", "l"),
    ("i", "l"),
    ("5", "s"),
    ("8", "b"),
    ("6", "b"),
    ("c", "e"),
    ("q", "g"),
)
_FORMS_OF_I = word_set("i l 1 t")
_WEIGHTY = word_set(
    "i you he she we they me him her us them my your his our their its could would should must may might can will shall"
    " all any some none many few more less most least more now new old one both each every and or but if"
)
_DIVIDED_OTHERWISE = word_set(
    "notable nowhere nothing apart everyday always maybe anyone everyone someone another intolerance into onto also"
    " already altogether sometime anyway together however"
)
_NO_DIGITS_ALONE = re.compile(r"\d+")


def is_misread(there: Sequence[str], here: Sequence[str], legibility: Legibility, *, has_name: bool) -> bool:
    """Whether the source's words `there` are the story's words `here`, misread."""
    left, right = "".join(there).replace("'", ""), "".join(here).replace("'", "")
    if here == ("i",):
        return left in _FORMS_OF_I
    if _NO_DIGITS_ALONE.fullmatch(left) or _NO_DIGITS_ALONE.fullmatch(right):
        return False
    is_whole = all(is_common(word) for word in there) if len(there) > 1 else legibility.is_word(there[0])
    if is_whole and (len(there) != len(here) or has_name):
        return False
    if not is_whole and looks_alike(left, right):
        return True
    if legibility.is_spoilt:
        return _is_near(left, right, there, here, has_name)
    return not is_whole and not has_name and _is_slip(left, right, here)


def is_misread_division(there: Sequence[str], here: Sequence[str], legibility: Legibility) -> bool:
    """Whether words with the same letters are divided otherwise by recognition and not by meaning: 'anda day'."""
    one = there if len(there) == 1 else here if len(here) == 1 else ()
    if any(word in _DIVIDED_OTHERWISE for word in one):
        return False
    if len(there) < len(here):
        return not all(is_common(word) for word in there)
    return not all(is_common(word) for word in there if len(word) > 1) or legibility.is_spoilt


def looks_alike(left: str, right: str) -> bool:
    """Whether two words are one word to a recogniser: 'modem' and 'modern'."""
    return _likeness(left) == _likeness(right)


def _likeness(word: str) -> str:
    for seen, meant in _LOOKALIKES:
        word = word.replace(seen, meant)
    return word


def _is_near(left: str, right: str, there: Sequence[str], here: Sequence[str], has_name: bool) -> bool:
    """In a spoilt source: about one letter in five is wrong, and no two words of weight stand for each other."""
    from rapidfuzz.distance import Levenshtein

    if len(there) == len(here) == 1 and (there[0] in _WEIGHTY and here[0] in _WEIGHTY):
        return False
    if has_name and any(word in PLACES for word in there):
        return False
    most = max(1, len(right) // 5)
    return Levenshtein.distance(left, right, score_cutoff=most) <= most


def _is_slip(left: str, right: str, here: Sequence[str]) -> bool:
    """In a clean source: a slip of one letter inside a longer word that is none, for a word that is one."""
    from rapidfuzz.distance import Levenshtein

    if len(right) < 6 or not all(is_common(word) for word in here) or left[-1] != right[-1]:
        return False
    return Levenshtein.distance(left, right, score_cutoff=1) <= 1

"""Tell a word that recognition misread from a word that an editor changed.

Only what a source does to itself is forgiven: the source's form is no word, or the whole source is visibly spoilt and
one letter or so is wrong. The caller has made sure that no figure and no negation differs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate

from cryptonewshub.quotations.comparison.legibility import Legibility, is_common, is_unreadable
from cryptonewshub.quotations.comparison.numerals import is_currency, is_figure
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
# Letters of one length that are taken for each other only where much else is misread too.
_BLURRED = str.maketrans("tbuanci1|0q", "lhvomelllog")
_NEGATED = re.compile(r"n'[^\Wsdm]$|'t$")  # "doesn'l": what is left of the ending still negates
_DIGITS = re.compile(r"\d+")
_FIGURE = re.compile(r"[\d.,:/]+(?:st|nd|rd|th|s|m|bn|k|am|pm|kg|km|g|a|b|c)?|[a-z]{1,2}\d*[2-9]\d*")
_LETTER_FOR_DIGIT = str.maketrans("01568", "olsbb")
_NO_UNITS = frozenset("acdefijloqruvwxyz")
NEGATIONS = word_set(
    "not no never none nobody nothing neither nor nowhere cannot without hardly scarcely barely noone seldom rarely"
    " unless except"
)
_SMALL = word_set(
    "a an the and or of to in on at by for with from as that this it is was were are be has have had will would i you"
    " he she we they"
)
_BEFORE_WORDS = word_set("a an in on no non un over under out up for be by with fore")  # they also begin words
_VOWEL = re.compile("[^b-df-hj-np-tv-xz]")  # or a letter of another alphabet
_FORMS_OF_I = word_set("i l 1 t")
_WEIGHTY = word_set(
    "i you he she we they me him her us them my your his our their its could would should must may might can will"
    " shall all any some none many few more less most least more now new old one both each every and or but if"
)
_DIVIDED_OTHERWISE = word_set(
    "notable nowhere nothing apart everyday always maybe anyone everyone someone another intolerance into onto also"
    " already altogether sometime anyway together however"
)


def negates(word: str) -> bool:
    """Whether a folded word negates, also where recognition has run it together with the next: "don'tremember"."""
    return word in NEGATIONS or "n't" in word or word == "cant" or _NEGATED.search(word) is not None


def is_misread(
    there: Sequence[str],
    here: Sequence[str],
    legibility: Legibility,
    *,
    has_name: bool = False,
    misread_nearby: int = 0,
) -> bool:
    """Whether the source's words `there` are the story's words `here`, misread: one for one, or run together or torn.

    `has_name`: there is a name among the story's words. `misread_nearby`: how many words of the passage surely are
    misread.
    """
    if min(len(there), len(here)) != 1:
        return False
    there = _without_specks(there, legibility, misread_nearby)
    left, right, is_spoilt = _letters(there), _letters(here), legibility.is_spoilt or misread_nearby > 1
    if tuple(here) == ("i",):
        return left in _FORMS_OF_I or (is_spoilt and len(left) < 3 and (len(left) == 1 or "i" in left))
    if _turns_sense(there, here, legibility) or _changes_figure(there, here, legibility):
        return False
    is_word = legibility.is_word(there[0]) if len(there) == 1 else all(is_common(word) for word in there)
    if is_word and (len(there) != len(here) or has_name):
        return False
    if not is_spoilt:
        return not (is_word or has_name) and _is_plainly_misread(there, here)
    if not is_word and looks_alike(left, right):
        return True
    if not is_word:
        return _is_near(there, here, _letters_of_name if has_name else _letters_forgiven)
    if legibility.is_badly_spoilt or misread_nearby:
        return _is_near(there, here, _one_letter) and not (there[0] in _WEIGHTY and here[0] in _WEIGHTY)
    return False


def _without_specks(there: Sequence[str], legibility: Legibility, misread_nearby: int) -> Sequence[str]:
    """The words without single letters that are marks misread: 'wrote,m' for 'wrote,'."""
    if len(there) == 1:
        return there
    kept = [word for word in there if not is_speck((word,), legibility, misread_nearby=misread_nearby)]
    return kept or there


def is_speck(there: Sequence[str], legibility: Legibility, *, misread_nearby: int = 0) -> bool:
    """Whether one letter that is no word stands in the source where recognition saw a mark."""
    return (
        len(there) == 1
        and len(there[0]) == 1
        and there[0] not in "ai0123456789%"
        and not is_currency(there[0])
        and (legibility.is_spoilt or misread_nearby > 1)
    )


def _letters_forgiven(word: str) -> int:
    return 1 if len(word) < 4 else 2 if len(word) < 9 else 3


def _letters_of_name(word: str) -> int:
    return 1 if len(word) < 8 else 2


def _one_letter(word: str) -> int:
    return 1


def _letters(words: Sequence[str]) -> str:
    return "".join(words).replace("'", "")


def _turns_sense(there: Sequence[str], here: Sequence[str], legibility: Legibility) -> bool:
    """Whether a negation stands on one side only. One on the story's side may be a misread one in the source: 'nct'."""
    ours, theirs = [word for word in here if negates(word)], [word for word in there if negates(word)]
    if not ours and not theirs:
        return False
    if len(there) == len(here) == 1 and ours:
        return legibility.is_word(there[0]) or not _is_same_negation(there[0], here[0])
    return len(theirs) > len(ours) or not all(_letters((word,)) in _letters(there) for word in ours)


def _is_same_negation(there: str, here: str) -> bool:
    left, right = _letters((_with_letters(there),)), _letters((here,))
    nearest = min(_distance(left, right), _distance(likeness(left), likeness(right)))
    return nearest <= 1


def _changes_figure(there: Sequence[str], here: Sequence[str], legibility: Legibility) -> bool:
    """Whether a figure differs. A number in words may be misread like any word; a digit never."""
    if not any(character.isdigit() for word in here for character in word):
        there = [_with_letters(word) for word in there]
    ours, theirs = [word for word in here if is_figure(word)], [word for word in there if is_figure(word)]
    if ours == theirs:
        return False
    if len(there) == len(here) == 1:
        if _has_stray_letter(there[0], here[0]) and legibility.is_spoilt:
            return False
        if not here[0].isalpha() or theirs or legibility.is_word(there[0]):
            return True
        return (
            min(_distance(there[0], here[0]), _distance(likeness(there[0]), likeness(here[0]))) > 1 + len(here[0]) // 8
        )
    left, right = _letters(there), _letters(here)
    is_kept = all(word in left for word in ours) and all(word in right for word in theirs if word.isalpha())
    return _DIGITS.findall(left) != _DIGITS.findall(right) or not is_kept


def _has_stray_letter(there: str, here: str) -> bool:
    """Whether one letter too many stands in or after a figure, '9/11d', and is no unit: every digit is there."""
    if len(there) != len(here) + 1 or not any(map(str.isdigit, here)):
        return False
    rests = ((letter, there[:i] + there[i + 1 :]) for i, letter in enumerate(there) if not i or letter in _NO_UNITS)
    return any(letter.isalpha() and rest == here for letter, rest in rests)


def _with_letters(word: str) -> str:
    """A word in which recognition put digits for letters, 'techno1ogy', with letters; a figure as it is."""
    if word.isalpha() or _FIGURE.fullmatch(word):
        return word
    changed = word.translate(_LETTER_FOR_DIGIT)
    return changed if changed.replace("'", "").isalpha() else word


def is_misread_division(there: Sequence[str], here: Sequence[str], legibility: Legibility) -> bool:
    """Whether words with the same letters are divided otherwise by recognition and not by meaning: 'anda day'."""
    one = there if len(there) == 1 else here if len(here) == 1 else ()
    if any(word in _DIVIDED_OTHERWISE for word in one):
        return False
    if not legibility.is_spoilt:
        return _is_run_together(there, here) if len(there) < len(here) else _is_torn(there, here)
    return len(there) > len(here) or not all(is_common(word) for word in there)


def _is_run_together(there: Sequence[str], here: Sequence[str]) -> bool:
    """In a clean source: 'anda' and 'oneofthe' are no words, where 'atypical' and 'amoral' are."""
    strange = [word for word in there if not is_common(word)]
    known = all(is_common(word) for word in here)
    small = all(word in _SMALL for word in here)
    return bool(strange) and known and (small or (here[0] not in _BEFORE_WORDS and any(map(is_unreadable, strange))))


def _is_torn(there: Sequence[str], here: Sequence[str]) -> bool:
    """In a clean source: 'to gether' has a piece that is no word and makes a common one, 'a typical' does not."""
    torn = any(not is_common(word) for word in there if word not in ("a", "i"))
    return torn and there[0] not in _BEFORE_WORDS and all(is_common(word) for word in here)


def looks_alike(left: str, right: str) -> bool:
    """Whether two words are one word to a recogniser: 'modem' and 'modern'."""
    return likeness(left) == likeness(right)


def likeness(word: str) -> str:
    """The word with letters that recognition confuses made one: equal for two words that look alike."""
    for seen, meant in _LOOKALIKES:
        word = word.replace(seen, meant)
    return word


def _is_near(there: Sequence[str], here: Sequence[str], forgiven: Callable[[str], int]) -> bool:
    """Whether each word of the story has few letters wrong, and no word on either side is simply not on the other."""
    left, right = likeness(_letters(there)), likeness(_letters(here))
    if len(there) == len(here) == 1:
        most = forgiven(here[0])
        if _distance(there[0], here[0]) <= most:
            return True
        if forgiven is _one_letter or len(here[0]) < 3:
            return False
        if forgiven is _letters_forgiven and _distance(left, right) <= most:
            return True
        return _is_near_in_a_blur(there[0], here[0])
    wrong = _wrong_letters(_letters(there), here)
    if forgiven is _letters_forgiven:
        blurred = _wrong_letters(_letters(there).translate(_BLURRED), [word.translate(_BLURRED) for word in here])
        wrong = min(wrong, blurred, key=sum)
    if any(count > forgiven(word) for word, count in zip(here, wrong, strict=True)):
        return False
    shorter = [_distance(_letters(there), _letters(rest)) for rest in _one_left_out(here)]
    shorter += [_distance(_letters(rest), _letters(here)) for rest in _one_left_out(there)]
    return all(each > sum(wrong) for each in shorter)


def _is_near_in_a_blur(there: str, here: str) -> bool:
    """Whether one letter at most is wrong beside those that a recogniser takes for each other, and no small word is as
    near.
    """
    meant = _distance(there.translate(_BLURRED), here.translate(_BLURRED))
    if meant > 1:
        return False
    return all(_distance(there.translate(_BLURRED), word.translate(_BLURRED)) > meant for word in _WEIGHTY - {here})


def _wrong_letters(left: str, here: Sequence[str]) -> list[int]:
    """How many letters of each word have to be changed, by the cheapest way to change the whole.

    One letter between two words is a space misread, and neither's.
    """
    from rapidfuzz.distance import Levenshtein

    words = [_letters((word,)) for word in here]
    ends = list(accumulate(len(word) for word in words))
    wrong = [0] * len(words)
    spaces = set(ends[:-1])
    for operation in Levenshtein.editops(left, "".join(words)):
        if operation.tag == "delete" and operation.dest_pos in spaces:
            spaces.discard(operation.dest_pos)
            continue
        wrong[min(bisect_right(ends, operation.dest_pos), len(words) - 1)] += 1
    return wrong


def _one_left_out(words: Sequence[str]) -> list[Sequence[str]]:
    return [[*words[:i], *words[i + 1 :]] for i in range(len(words))] if len(words) > 1 else []


def _is_plainly_misread(there: Sequence[str], here: Sequence[str]) -> bool:
    """In a clean source: a form that can be no word, for a common word that is one letter or one likeness from it.

    A word that is merely unknown may be another word: 'ejected' is not 'elected' misread.
    """
    left, right = _letters(there), _letters(here)
    if not all(is_common(word) for word in here):
        return False
    if len(there) != len(here):
        return is_unreadable(left) and looks_alike(left, right)
    if len(left) > 4 and left.replace("m", "rn") == right.replace("m", "rn") and right.count("rn") > left.count("rn"):
        return True
    if any(map(str.isdigit, left)):
        return _with_letters(there[0]).replace("l", "i") == right.replace("l", "i")
    return len(left) > 2 and not _VOWEL.search(left) and _distance(left, right) == 1


def _distance(left: str, right: str) -> int:
    from rapidfuzz.distance import Levenshtein

    return int(Levenshtein.distance(left, right))

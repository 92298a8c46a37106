"""What stands in the source where an editor set an ellipsis or a bracket, and whether the mark hides or adds what it
must not: a figure, or a negation of words that are kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cryptonewshub.quotations.comparison.differences import is_opposite, weight
from cryptonewshub.quotations.comparison.folding import Folded, fold
from cryptonewshub.quotations.comparison.legibility import Legibility
from cryptonewshub.quotations.comparison.misreading import is_misread, negates
from cryptonewshub.quotations.comparison.segments import Joint
from cryptonewshub.quotations.vocabulary import Grade
from cryptonewshub.quotations.word_sets import word_set

_STRONG = re.compile(r"[.!?;:()—–\"“”«»]|\n\s*\n|\s-+\s")
_CLAUSE = word_set(
    "and but or because which who whom whose that if when while since although though as so where before after until"
    " what how why"
)
_AUXILIARIES = word_set(
    "do does did is are was were am be been being will would can could shall should must may might have has had i'm"
    " i've i'd i'll we're we've we'd we'll you're you've you'd you'll he's he'd he'll she's she'd she'll it's it'll"
    " they're they've they'd they'll that's there's"
)
_OF_A_NOUN = word_set("no none nobody nothing nowhere noone without neither nor")
_TURNING = word_set("unless except")
_BEFORE_TURNING_NO = word_set("under in at by on")  # by no means, at no time
_REMARK = 4  # words
_NO_NEGATION_BEFORE = word_set("matter doubt wonder")
_YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Gap:
    """The source's words between two runs, where the story has an ellipsis or a bracket: word `start` to `end`.

    `inserted` are the editor's words there, and `hidden` says how grave it is that the mark stands there.
    """

    start: int
    end: int
    kind: str
    hidden: Grade | None = None
    inserted: str = ""


def gap_between(source: Folded, legibility: Legibility, joint: Joint | None, start: int, end: int) -> Gap:
    """The gap at a mark between two runs that were found."""
    kind, inserted = (joint.kind, joint.text) if joint else ("cut", "")
    words, given = source.keys[start:end], fold(inserted).keys
    if kind == "insertion" and "[" in source.text_of(start - 1, end + 1):  # the source's own bracket
        return Gap(start, end, kind, _unlike(words, given, legibility), inserted)
    if kind == "cut":
        is_grave = _governs(source, start, end) or (bool(given) and _adds(words, given))
    else:
        is_grave = _replaces(words, given) or _adds(words, given)
    return Gap(start, end, kind, Grade.GRAVE if is_grave else None, inserted)


def gap_at_end(source: Folded, joint: Joint | None, at: int, most: int, *, leads: bool) -> Gap | None:
    """The bracket before the first run or after the last: what it adds must stand in the source's sentence there."""
    if joint is None or not (given := fold(joint.text).keys):
        return None
    step = -1 if leads else 1
    here = at
    while abs(here - at) < most and 0 < here < len(source.keys) and not _ends_sentence(source, here):
        here += step
    words = source.keys[here:at] if leads else source.keys[at:here]
    figures, negations = weight(given)
    is_figure_added = len(given) < _REMARK and not set(figures) <= set(weight(words)[0])
    is_grave = negations > weight(words)[1] or is_figure_added
    return Gap(at, at, joint.kind, Grade.GRAVE if is_grave else None, joint.text)


def _ends_sentence(source: Folded, i: int) -> bool:
    return any(mark in source.between(i - 1, i) for mark in (".", "!", "?", "\n\n"))


def _adds(words: Sequence[str], given: Sequence[str]) -> bool:
    """Whether the inserted words have a negation or a figure that the words in their place have not.

    A year may explain words that it replaces, '[2019]' for 'that year', and a longer remark is plainly the editor's.
    """
    ours, theirs = weight(given), weight(words)
    added = [figure for figure in ours[0] if figure not in theirs[0]]
    if theirs[0] or len(given) >= _REMARK:
        added = []  # a figure for another is judged as replaced
    return ours[1] > theirs[1] or any(not (words and _YEAR.fullmatch(figure)) for figure in added)


def _replaces(words: Sequence[str], given: Sequence[str]) -> bool:
    """Whether a bracket takes a negation away, changes a figure, or turns a word round: '[un]able'."""
    if not words:
        return False
    ours, theirs = weight(given), weight(words)
    turned = len(words) == len(given) == 1 and is_opposite(words, given)
    return ours[1] != theirs[1] or bool(theirs[0] and ours[0] and theirs[0] != ours[0]) or turned


def _unlike(words: Sequence[str], inserted: Sequence[str], legibility: Legibility) -> Grade | None:
    if list(words) == list(inserted):
        return None
    if words and inserted and _is_misread_bracket(words, inserted, legibility):
        return None
    return Grade.GRAVE if weight(words) != weight(inserted) else Grade.CONTENT


def _is_misread_bracket(words: Sequence[str], inserted: Sequence[str], legibility: Legibility) -> bool:
    pairs = zip(words, inserted, strict=False)
    return len(words) == len(inserted) and all(a == b or is_misread((a,), (b,), legibility) for a, b in pairs)


def _governs(source: Folded, start: int, end: int) -> bool:
    """Whether a cut takes out a negation of words that are kept: nothing else, or one that no clause shuts off."""
    words = source.keys[start:end]
    negations = [i for i in range(start, end) if negates(source.keys[i]) and not _is_idiom(source.keys, i)]
    if not negations:
        return False
    if all(negates(word) or word in _AUXILIARIES for word in words):
        return True
    return any(_governs_kept(source, start, end, at) for at in negations)


def _is_idiom(keys: Sequence[str], at: int) -> bool:
    """'no matter', 'no doubt': they negate nothing."""
    return keys[at] == "no" and at + 1 < len(keys) and keys[at + 1] in _NO_NEGATION_BEFORE


def _governs_kept(source: Folded, start: int, end: int, at: int) -> bool:
    """Whether the negation at this word of the cut negates what stands before the cut or after it.

    It does not where a clause of its own begins before it and ends after it: 'The quay, which nobody had cleared, is
    open'. A comma is not enough after an auxiliary, whose verb comes later: 'We have, never once, lied'.
    """
    keys, word = source.keys, source.keys[at]
    follows_auxiliary = start > 0 and keys[start - 1] in _AUXILIARIES
    turns = word in _TURNING or (word == "no" and keys[at - 1] in _BEFORE_TURNING_NO)
    parted_before = _parted(source, start, at) or (start > 0 and keys[start - 1] in _CLAUSE)
    comma_before = _has_comma(source, start, at)
    parted_after, comma_after = _parted(source, at + 1, end), _has_comma(source, at + 1, end)
    is_shut_off = parted_before or (comma_before and not follows_auxiliary and not turns)
    is_over = parted_after or (comma_after and (parted_before or comma_before))
    if (is_shut_off and is_over) or "but" in keys[at + 1 : end]:
        return False
    has_own_verb = "n't" in word or word == "cannot" or (at > start and keys[at - 1] in _AUXILIARIES)
    is_of_a_noun = word in _OF_A_NOUN and at > start and not turns
    return not (parted_after and not follows_auxiliary and (has_own_verb or is_of_a_noun))


def _parted(source: Folded, first: int, last: int) -> bool:
    """Whether a clause or a sentence begins at one of the words `first` to `last`."""
    return any(
        source.keys[i] in _CLAUSE or _STRONG.search(source.between(i - 1, i))
        for i in range(max(first, 1), min(last + 1, len(source.keys)))
    )


def _has_comma(source: Folded, first: int, last: int) -> bool:
    return any("," in source.between(i - 1, i) for i in range(max(first, 1), min(last + 1, len(source.keys))))

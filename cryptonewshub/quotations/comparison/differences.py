"""What a difference between a source's words and the story's is worth: nothing, house style, or an alteration and how
grave.

Every difference is looked at by itself. No share of equal words, however high, makes a difference vanish.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from cryptonewshub.quotations.comparison.folding import Folded, without_marks
from cryptonewshub.quotations.comparison.legibility import Legibility, is_common
from cryptonewshub.quotations.comparison.locating import Pair
from cryptonewshub.quotations.comparison.misreading import is_misread, is_misread_division, is_speck, negates
from cryptonewshub.quotations.comparison.numerals import is_figure, one_form
from cryptonewshub.quotations.comparison.spelling import contracted_forms, is_compound, is_same_spelling
from cryptonewshub.quotations.policy import Policy
from cryptonewshub.quotations.vocabulary import Grade
from cryptonewshub.quotations.word_sets import word_set


class Change(StrEnum):
    """What a difference is. The first four do not alter a quotation, the next are house style, the last two alter
    it.
    """

    TYPOGRAPHY = "typography"
    NOISE = "noise"
    CAPITAL = "capital"
    PUNCTUATION = "punctuation"
    SPELLING = "spelling"
    NUMBER = "number"
    FILLER = "filler"
    BRACKET = "bracket"
    ELLIPSIS = "ellipsis"
    PROFANITY = "profanity"
    CONTRACTION = "contraction"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: the pair of word ranges, the words as they stand on either side, and what it is."""

    pair: Pair
    change: Change
    source: str
    story: str
    grade: Grade | None = None

    @property
    def alters(self) -> bool:
        return self.grade is not None


FUNCTION_WORDS = word_set(
    "a an the and or of to in on at by for with from as that this these those there here it its is are was were be"
    " been being am do does did has have had will would shall should can could may might must i you he she we they me"
    " him her us them my your his our their mine yours ours theirs who whom whose which what when where why how so too"
    " also just very really then than into onto over under up down out off about after before if but because while"
    " until again more most some any all both each every own same such only even now well yes oh like s t d ll re ve m"
)
_GRAVITY = {Grade.GRAVE: 0, Grade.CONTENT: 1, Grade.FUNCTION: 2, Grade.CONTRACTION: 3}
_OPPOSING = re.compile(r"(?:un|in|im|il|ir|dis|non|mis|anti|de)(?=\w{3})|less$|ful$")
_DASHED_OUT = re.compile(r"(?<![\w])([^\W\d_])[^\W\d_]?(?:[-*_–—]{2,}|[*]+)[^\W\d_]{0,4}")


_DIGITS = re.compile(r"\d+")
_NEARBY = 12  # words
_GERMAN = word_set("die das und ist nicht dem eine wir auch sind")
_OTHER_WITHOUT_APOSTROPHE = word_set("were well hell shell ill id wed shed")
# With a hyphen these mean to do again: 're-sign'.
_OTHER_WITH_HYPHEN = re.compile(
    r"re(?:sign|cover|creat|form|mark|sent|leas|serv|sort|lay|present|collect|count|dress|fus|press|sound|strain|turn"
    r"|treat|pose)|coops?$"
)


def gravest(differences: Sequence[Difference]) -> Grade | None:
    """The grade of the gravest alteration, or None where nothing is altered."""
    grades = [difference.grade for difference in differences if difference.grade is not None]
    return min(grades, key=_GRAVITY.__getitem__) if grades else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The two texts that are compared, how well the source can be read, and the rules."""

    source: Folded
    story: Folded
    legibility: Legibility
    policy: Policy
    misread_nearby: int = 0

    def differences(self, pairs: Sequence[Pair]) -> list[Difference]:
        """Every difference in word between the two sides, in order."""
        found = [each for pair in pairs if not pair.is_same for each in self._judge(pair)]
        misread = sum(1 for each in found if each.change is Change.NOISE)
        if misread and any(each.alters for each in found):
            among = replace(self, misread_nearby=misread)
            return [each for pair in pairs if not pair.is_same for each in among._judge(pair)]
        return found

    def _judge(self, pair: Pair) -> Iterator[Difference]:
        whole = self._allowed(pair)
        if whole is not None:
            yield self._difference(pair, whole)
            return
        for part in self._split(pair):
            if part.is_same:
                continue
            change = self._allowed(part)
            yield self._difference(part, change) if change else self._alteration(part)

    def _difference(self, pair: Pair, change: Change, grade: Grade | None = None) -> Difference:
        there = self.source.text_of(pair.source, pair.source_end) if pair.source_end > pair.source else ""
        here = self.story.text_of(pair.story, pair.story_end) if pair.story_end > pair.story else ""
        return Difference(pair, change, there, here, grade)

    def _alteration(self, pair: Pair) -> Difference:
        there, here = self._keys(pair)
        if contracted_forms(there) & contracted_forms(here):
            allowed = self.policy.contractions_may_change
            return self._difference(pair, Change.CONTRACTION, None if allowed else Grade.CONTRACTION)
        return self._difference(pair, Change.WORDS, self._grade(pair))

    def _keys(self, pair: Pair) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return tuple(self.source.keys[pair.source : pair.source_end]), tuple(
            self.story.keys[pair.story : pair.story_end]
        )

    def _allowed(self, pair: Pair) -> Change | None:
        """What the difference is, if it does not alter the words."""
        there, here = self._keys(pair)
        if not here:
            return self._left_out(there)
        if not there:
            return Change.NOISE if self._is_lost_letter(pair, here) else None
        if "".join(there).replace("'", "") == "".join(here).replace("'", ""):
            return self._division(pair, there, here)
        if self.policy.house_spelling and (change := self._house_style(pair, there, here)):
            return change
        if self.policy.profanity_dashes and self._is_dashed_out(pair, there):
            return Change.PROFANITY
        return Change.NOISE if self._is_noise(pair, there, here) else None

    def _left_out(self, there: tuple[str, ...]) -> Change | None:
        if self.policy.fillers_may_be_left_out and all(word in self.policy.fillers for word in there):
            return Change.FILLER
        return Change.NOISE if is_speck(there, self.legibility, misread_nearby=self.misread_nearby) else None

    def _is_lost_letter(self, pair: Pair, here: tuple[str, ...]) -> bool:
        """An I that recognition has made a mark of, 'And! want', or a word of one letter lost among misread ones."""
        if here in (("i",), ("a",)) and self.legibility.is_spoilt and self.misread_nearby:
            return True
        return here == ("i",) and any(mark in "!|[]/\\" for mark in self.source.between(pair.source - 1, pair.source))

    def _division(self, pair: Pair, there: tuple[str, ...], here: tuple[str, ...]) -> Change | None:
        """The letters are the same and the words are divided otherwise, or have an apostrophe on one side."""
        if _DIGITS.findall(" ".join(there)) != _DIGITS.findall(" ".join(here)):
            return None
        if len(there) == len(here):
            if all(a.replace("'", "") == b.replace("'", "") for a, b in zip(there, here, strict=True)):
                return None if _is_other_word(there, here) else Change.TYPOGRAPHY
        elif self._is_hyphenated(pair) and weight(there)[1] == weight(here)[1]:
            return Change.TYPOGRAPHY
        if self.policy.house_spelling and is_compound("".join(there)):
            return Change.SPELLING
        return Change.NOISE if is_misread_division(there, here, self.legibility) else None

    def _is_hyphenated(self, pair: Pair) -> bool:
        """Whether only hyphens or apostrophes divide the words on the longer side, and the word stays itself."""
        source, story = range(pair.source, pair.source_end), range(pair.story, pair.story_end)
        longer, places = (self.source, source) if len(source) > len(story) else (self.story, story)
        if min(len(source), len(story)) != 1 and longer is self.story:
            return False
        gaps = [longer.between(i, i + 1) for i in places[:-1]]
        if any("\n" not in gap for gap in gaps) and _OTHER_WITH_HYPHEN.match("".join(longer.keys[i] for i in places)):
            return False
        return all("-" in gap or "\u00ad" in gap or gap.strip("’'‐‑–-") != gap or gap in "-‐‑–" for gap in gaps)

    def _house_style(self, pair: Pair, there: tuple[str, ...], here: tuple[str, ...]) -> Change | None:
        if one_form(there) == one_form(here):
            return Change.NUMBER
        if len(there) != len(here):
            return None
        marks_matter = not (" ".join(there) + " ".join(here)).isascii() and self._marks_matter(pair)
        same = all(is_same_spelling(a, b, marks_matter=marks_matter) for a, b in zip(there, here, strict=True))
        return Change.SPELLING if same else None

    def _marks_matter(self, pair: Pair) -> bool:
        """Whether a diacritic makes another word: outside English ('før', 'for'), but for a name in a language where
        other nouns have no capital.
        """
        around = self.source.keys[max(0, pair.source - _NEARBY) : pair.source_end + _NEARBY]
        if sum(map(is_common, around)) * 2 >= len(around):
            return False
        capitals = (self.source.words[i][:1].isupper() for i in range(max(1, pair.source), pair.source_end))
        begins = any(mark in self.source.between(pair.source - 1, pair.source) for mark in '.?!:"“„«\n')
        return begins or pair.source == 0 or not all(capitals) or not _GERMAN.isdisjoint(around)

    def _is_dashed_out(self, pair: Pair, there: tuple[str, ...]) -> bool:
        start, end = self.story.spans[pair.story][0], self.story.spans[pair.story_end - 1][1]
        shown = self.story.text[start : end + 4].split(" ")[0]
        match = _DASHED_OUT.match(shown)
        return len(there) == 1 and match is not None and there[0].startswith(match[1].lower()) and len(there[0]) > 3

    def _is_noise(self, pair: Pair, there: tuple[str, ...], here: tuple[str, ...]) -> bool:
        has_name = any(_is_name(self.story, i) for i in range(pair.story, pair.story_end))
        nearby = self.misread_nearby
        return is_misread(there, here, self.legibility, has_name=has_name, misread_nearby=nearby)

    def _grade(self, pair: Pair) -> Grade:
        there, here = self._keys(pair)
        if weight(there) != weight(here) or is_opposite(there, here) or self._has_name(pair):
            return Grade.GRAVE
        return Grade.FUNCTION if all(word in FUNCTION_WORDS for word in (*there, *here)) else Grade.CONTENT

    def _has_name(self, pair: Pair) -> bool:
        there, here = self._keys(pair)
        ours = (i for i in range(pair.story, pair.story_end) if self.story.keys[i] not in there)
        theirs = (i for i in range(pair.source, pair.source_end) if self.source.keys[i] not in here)
        return any(_is_name(self.story, i) for i in ours) or any(_is_name(self.source, i) for i in theirs)

    def _split(self, pair: Pair) -> Iterator[Pair]:
        """A replaced range in its smallest parts: word beside the word that it is likest to."""
        yield from split_pair(self.source.keys, self.story.keys, pair)


def weight(keys: Sequence[str]) -> tuple[tuple[str, ...], int]:
    """What must never differ: the figures in their order, and how often the words negate."""
    figures = tuple(form for form in one_form(keys) if is_figure(form))
    return figures, sum(1 for key in keys if negates(key))


def split_pair(there: Sequence[str], here: Sequence[str], pair: Pair) -> Iterator[Pair]:
    """The cheapest way to lay a few words beside a few others: alike beside alike, two beside one, or one left over.

    Ranges of more than twelve words are not split. The cost is the share of letters to change (Levenshtein).
    """
    rows, columns = pair.source_end - pair.source, pair.story_end - pair.story
    if rows == 0 or columns == 0 or rows > 12 or columns > 12:
        yield pair
        return
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(rows + 1):
        for j in range(columns + 1):
            if (i, j) == (0, 0):
                continue
            best[i, j] = min(
                (
                    best[i - a, j - b][0]
                    + _cost(there[pair.source + i - a : pair.source + i], here[pair.story + j - b : pair.story + j]),
                    (a, b),
                )
                for a, b in _MOVES
                if a <= i and b <= j
            )
    yield from reversed(list(_walk_back(best, pair, rows, columns)))


_MOVES = ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2))


def _walk_back(
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]], pair: Pair, i: int, j: int
) -> Iterator[Pair]:
    while i or j:
        a, b = best[i, j][1]
        there, here = pair.source + i, pair.story + j
        yield Pair(there - a, there, here - b, here)
        i, j = i - a, j - b


def _cost(there: Sequence[str], here: Sequence[str]) -> float:
    from rapidfuzz.distance import Levenshtein

    if not there or not here:
        return 0.6
    left, right = "".join(there), "".join(here)
    if left == right:
        return 0.01 * (len(there) + len(here))
    if len(there) == len(here) == 2:
        return 0.1 if one_form(there) == one_form(here) else 3.0
    share = float(Levenshtein.normalized_distance(left, right))
    if len(there) == len(here) == 1:
        return share
    if one_form(there) == one_form(here) or contracted_forms(tuple(there)) & contracted_forms(tuple(here)):
        return 0.1
    return share + 0.45 if share <= 0.5 else 3.0


def _is_other_word(there: Sequence[str], here: Sequence[str]) -> bool:
    """Whether an apostrophe makes another word: 'we're' and 'were'."""
    return any(a != b and _OTHER_WITHOUT_APOSTROPHE & {a, b} for a, b in zip(there, here, strict=True))


def is_opposite(there: Sequence[str], here: Sequence[str]) -> bool:
    """'able' and 'unable': one word with and without a prefix or ending that turns it."""
    if len(there) != 1 or len(here) != 1:
        return False
    left, right = there[0], here[0]
    return left != right and (_OPPOSING.sub("", left) == right or _OPPOSING.sub("", right) == left)


def _is_name(folded: Folded, i: int) -> bool:
    """Whether a word has a capital that the beginning of a sentence does not explain, and is not 'I' or all
    capitals.
    """
    word = folded.words[i]
    if not word[:1].isupper() or folded.keys[i] in ("i", "i'm", "i've", "i'll", "i'd"):
        return False
    begins = i == 0 or any(mark in folded.between(i - 1, i) for mark in '.?!:“‘"\n')
    return not begins or not is_common(without_marks(folded.keys[i]))

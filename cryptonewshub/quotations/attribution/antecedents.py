"""Whom a pronoun or a description means: the likeliest person named before it.

Looks back over a few paragraphs only; weighs distance, place in the sentence, gender, and who spoke last.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from cryptonewshub.quotations.attribution.mentions import NAME, PRONOUN, Mention
from cryptonewshub.quotations.attribution.persons import Entry
from cryptonewshub.quotations.attribution.words import Stream
from cryptonewshub.quotations.lexicon import FEMALE_WORDS, MALE_WORDS, PEOPLE_WORDS, PEOPLES, word_set

_BACK = 60  # names that are looked at
_DESCRIPTION = 9  # words before an apposed name
_ARTICLES = word_set("the a an its his her their")
_PARAGRAPHS = 4
_PREPOSITIONS = word_set("of for to from with at by in on under against about")
_GENDERS = {"he": "m", "she": "f"}
_NAMELESS = word_set(
    "spokesman spokeswoman spokesperson official officials source aide adviser advisor witness analyst expert"
    " reporter resident voter supporter critic lawyer staffer operative consultant narrator woman man boy girl"
    " person"
)


class Antecedents:
    """Resolves mentions of one stream; told about each speaker as they are decided."""

    def __init__(self, stream: Stream, mentions: list[Mention]) -> None:
        self.stream = stream
        self.names = [mention for mention in mentions if mention.kind == NAME and mention.entry is not None]
        self.firsts = [mention.first for mention in self.names]
        self.speaker: Entry | None = None
        self.speaker_paragraph = -9
        self.counts = _counts(self.names)
        self.found: dict[int, Entry | None] = {}
        self.called: dict[int, str] = {}

    def note(self, entry: Entry | None, paragraph: int) -> None:
        if entry is not None:
            self.speaker, self.speaker_paragraph = entry, paragraph

    def of(self, mention: Mention) -> Entry | None:
        """The person that a mention means, or None where it cannot be told."""
        if mention.kind == NAME:
            return mention.entry
        if id(mention) not in self.found:
            self.found[id(mention)] = self._resolve(mention)
        return self.found[id(mention)]

    def _resolve(self, mention: Mention) -> Entry | None:
        if mention.kind == PRONOUN:
            if mention.word == "who":
                return self._just_before(mention)
            if mention.word == "it":
                return self._body(mention)
            return self._he_or_she(mention, _GENDERS[mention.word]) if mention.word in _GENDERS else None
        return self._described(mention)

    def _he_or_she(self, mention: Mention, gender: str) -> Entry | None:
        """The likeliest person; whoever was 'she' once is hardly 'he' the next time."""
        entry = self._best(mention, gender)
        if entry is not None:
            self.called.setdefault(id(entry), gender)
        return entry

    def _just_before(self, mention: Mention) -> Entry | None:
        before = self._before(mention, 1)
        gap = mention.first - before[-1].last if before else 99
        return before[-1].entry if gap == 0 or (gap == 1 and self.stream.words[mention.first - 1] == ",") else None

    def _before(self, mention: Mention, most: int) -> list[Mention]:
        return self._before_item(mention.first, most)

    def _before_item(self, item: int, most: int) -> list[Mention]:
        end = bisect_left(self.firsts, item)
        return self.names[max(0, end - most) : end]

    def _described(self, mention: Mention) -> Entry | None:
        words = self.stream.words[mention.first : mention.last]
        apposed = self._apposed(mention)
        if apposed is not None:
            return apposed
        inner = self._before_item(mention.last, 1)
        if inner and inner[-1].last == mention.last and inner[-1].first >= mention.first:
            entry = inner[-1].entry
            return entry if entry is not None and entry.is_person and not self._hangs(mention, inner[-1]) else None
        if mention.word.endswith("-year-old"):
            return self._of_age(mention, mention.word.split("-")[0])
        if words[0] != "the" or mention.word not in PEOPLE_WORDS or mention.word in _NAMELESS:
            return None
        entry = self._office_holder(mention) or self._only_subject(mention)
        if entry is None and mention.last - mention.first == 2:
            gender = "m" if mention.word in MALE_WORDS else "f" if mention.word in FEMALE_WORDS else ""
            return self._best(mention, gender, mention.word)
        return entry

    def _of_age(self, mention: Mention, age: str) -> Entry | None:
        """The person whose name was followed by their age: 'Ida Holm, 66, runs the ferry'."""
        words = self.stream.words
        for name in reversed(self._before(mention, _BACK)):
            if words[name.last : name.last + 2] == [",", age]:
                return name.entry
        return None

    def _hangs(self, mention: Mention, name: Mention) -> bool:
        """Whether a name inside a description hangs on a preposition there ('an aide to Ida Holm')."""
        return any(word in _PREPOSITIONS for word in self.stream.words[mention.first : name.outer])

    def _office_holder(self, mention: Mention) -> Entry | None:
        """The one person near whose title has the description's noun and no other people's name."""
        peoples = _peoples(self.stream.words[mention.first : mention.last])
        holders: list[Entry] = []
        for name in reversed(self._before(mention, _BACK)):
            entry = name.entry
            if entry is None or entry in holders or not any(mention.word in title.split() for title in entry.titles):
                continue
            if _fits(entry, mention.word, peoples):
                holders.append(entry)
        return holders[0] if len(holders) == 1 else None

    def _only_subject(self, mention: Mention) -> Entry | None:
        """The one person whom the paragraph has named, as a sentence's subject, unless an office speaks against it."""
        stream = self.stream
        paragraph = stream.paragraphs[mention.first]
        named = [name for name in self._before(mention, 12) if stream.paragraphs[name.first] == paragraph]
        peoples = _peoples(stream.words[mention.first : mention.last])
        named = [name for name in named if name.entry is not None and _fits(name.entry, mention.word, peoples)]
        if len({id(name.entry) for name in named}) != 1:
            return None
        name = named[0]
        if not self._starts_sentence(name) or stream.owners[name.last - 1] or name.entry is None:
            return None
        return name.entry

    def _starts_sentence(self, name: Mention) -> bool:
        return name.outer == 0 or self.stream.sentences[name.outer - 1] != self.stream.sentences[name.outer]

    def _is_apposed_subject(self, name: Mention) -> bool:
        """Whether the sentence starts with a description of the name: 'The port's director, Ida Holm, said'."""
        words, sentences, comma = self.stream.words, self.stream.sentences, name.outer - 1
        if comma < 1 or words[comma] != "," or name.last >= len(words) or words[name.last] != ",":
            return False
        start = bisect_left(sentences, sentences[comma], max(0, comma - _DESCRIPTION), comma)
        starts = start == 0 or sentences[start - 1] != sentences[comma]
        return starts and words[start] in _ARTICLES

    def _body(self, mention: Mention) -> Entry | None:
        """The body that the sentence (or the one before) starts with, for 'it'."""
        near = self.stream.paragraphs[mention.first] - self.speaker_paragraph
        if self.speaker is not None and not self.speaker.is_person and near <= 1:
            return self.speaker
        for name in reversed(self._before(mention, 8)):
            far = self.stream.sentences[mention.first] - self.stream.sentences[name.first]
            if far > 1:
                return None
            if self._starts_sentence(name) or (name.outer and self.stream.words[name.outer - 1] == "the"):
                return name.entry if name.entry and not name.entry.is_person else None
        return None

    def _apposed(self, mention: Mention) -> Entry | None:
        """The name right behind a description, between commas ('the port's director, Ida Holm, said')."""
        at = bisect_left(self.firsts, mention.last + 1)
        if mention.last >= len(self.stream) or self.stream.words[mention.last] != "," or at >= len(self.names):
            return None
        name = self.names[at]
        is_next = name.outer == mention.last + 1 and name.last < len(self.stream)
        return name.entry if is_next and self.stream.words[name.last] == "," else None

    def _best(self, mention: Mention, gender: str, role: str = "") -> Entry | None:
        best, best_score = None, -99.0
        paragraph = self.stream.paragraphs[mention.first]
        for name in self._before(mention, _BACK):
            entry = name.entry
            if (
                entry is None
                or entry.is_body
                or len(entry.full) < 3
                or (gender and entry.gender and entry.gender != gender)
            ):
                continue
            if role and not _may_be(entry, role):
                continue
            if paragraph - self.stream.paragraphs[name.first] > _PARAGRAPHS:
                continue
            score = self._score(mention, name, entry)
            if gender and self.called.get(id(entry), gender) != gender:
                score -= 2.0
            if score >= best_score:
                best, best_score = entry, score
        return best

    def _score(self, mention: Mention, name: Mention, entry: Entry) -> float:
        stream = self.stream
        paragraph = stream.paragraphs[mention.first] - stream.paragraphs[name.first]
        sentences = stream.sentences[mention.first] - stream.sentences[name.first]
        score = -0.45 * min(sentences, 8) - 0.35 * paragraph
        is_apposed = self._is_apposed_subject(name)
        is_subject = self._starts_sentence(name) or is_apposed
        score += 1.5 * is_subject + 0.8 * (is_apposed or name.relation in ("NV", "N,V", "QVN", "QVwN", "acc"))
        score += 0.6 * (is_subject and paragraph == 0 and sentences == 1)
        score -= 0.8 * stream.owners[name.last - 1]
        score += (1.5 if entry.gender else 0.9 if entry.first_name else 0.0) + (0.0 if entry.is_person else -1.5)
        score += 0.08 * min(self.counts[id(entry)], 10)
        if entry is self.speaker:
            score += 1.6 if self.speaker_paragraph == stream.paragraphs[mention.first] else 1.0
        return score


def _fits(entry: Entry, role: str, peoples: set[str]) -> bool:
    """Whether a description's noun and its people's names ('the Swedish minister') can be this person's."""
    theirs = _peoples(word for title in entry.titles for word in title.split())
    return entry.is_person and _may_be(entry, role) and (not peoples or not theirs or bool(peoples & theirs))


def _may_be(entry: Entry, role: str) -> bool:
    """Whether no office that the text gives a person speaks against a description."""
    titles = {word for title in entry.titles for word in title.split() if word in PEOPLE_WORDS}
    return not titles or role in titles


def _peoples(words: Iterable[str]) -> set[str]:
    return {word for word in words if word in PEOPLES}


def _counts(names: list[Mention]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for name in names:
        counts[id(name.entry)] = counts.get(id(name.entry), 0) + 1
    return counts

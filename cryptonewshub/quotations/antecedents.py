"""Whom a pronoun or a description means: the likeliest person named before it.

Looks back over a few paragraphs only; weighs distance, place in the sentence, gender, and who spoke last.
"""

from __future__ import annotations

from cryptonewshub.quotations.lexicon import FEMALE_WORDS, MALE_WORDS, PEOPLE_WORDS
from cryptonewshub.quotations.mentions import DESCRIPTION, NAME, PRONOUN, Mention
from cryptonewshub.quotations.persons import Entry
from cryptonewshub.quotations.words import Stream

_BACK = 60  # names that are looked at
_PARAGRAPHS = 4
_GENDERS = {"he": "m", "she": "f"}
_NAMELESS = frozenset(
    "spokesman spokeswoman spokesperson official officials source aide adviser advisor witness analyst expert reporter"
    " resident voter supporter critic lawyer staffer operative consultant narrator woman man boy girl person".split()
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
            if mention.word not in _GENDERS:
                return None
            return self._best(mention, _GENDERS[mention.word], "")
        return self._described(mention)

    def _just_before(self, mention: Mention) -> Entry | None:
        before = self._before(mention, 1)
        return before[-1].entry if before else None

    def _before(self, mention: Mention, most: int) -> list[Mention]:
        from bisect import bisect_left

        end = bisect_left(self.firsts, mention.first)
        return self.names[max(0, end - most) : end]

    def _described(self, mention: Mention) -> Entry | None:
        words = self.stream.words[mention.first : mention.last]
        inner = [name for name in self.names if mention.first <= name.first and name.last <= mention.last]
        if inner and inner[-1].last == mention.last:
            return inner[-1].entry
        if words[0] != "the" or mention.word not in PEOPLE_WORDS:
            return None
        gender = "m" if mention.word in MALE_WORDS else "f" if mention.word in FEMALE_WORDS else ""
        if mention.word in _NAMELESS:
            return None
        return self._best(mention, gender, mention.word)

    def _best(self, mention: Mention, gender: str, role: str) -> Entry | None:
        best, best_score = None, -99.0
        paragraph = self.stream.paragraphs[mention.first]
        for name in self._before(mention, _BACK):
            entry = name.entry
            if entry is None or entry.is_body or (gender and entry.gender and entry.gender != gender):
                continue
            if paragraph - self.stream.paragraphs[name.first] > _PARAGRAPHS:
                continue
            score = self._score(mention, name, entry, gender, role)
            if score >= best_score:
                best, best_score = entry, score
        return best

    def _score(self, mention: Mention, name: Mention, entry: Entry, gender: str, role: str) -> float:
        stream = self.stream
        paragraph = stream.paragraphs[mention.first] - stream.paragraphs[name.first]
        sentences = stream.sentences[mention.first] - stream.sentences[name.first]
        starts = name.outer == 0 or stream.sentences[name.outer - 1] != stream.sentences[name.outer]
        score = -0.45 * min(sentences, 8) - 0.35 * paragraph
        score += 1.5 * starts + 0.8 * (name.relation in ("NV", "N,V", "QVN", "QVwN", "acc"))
        score -= 0.8 * stream.owners[name.last - 1]
        score += (1.5 if entry.gender and gender else 0.0) + (0.0 if entry.is_person else -1.5)
        score += 0.08 * min(self.counts[id(entry)], 10)
        if entry is self.speaker:
            score += 1.6 if self.speaker_paragraph == stream.paragraphs[mention.first] else 1.0
        if role:
            score += 4.0 * any(role in title.split() for title in entry.titles)
        return score


def _counts(names: list[Mention]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for name in names:
        counts[id(name.entry)] = counts.get(id(name.entry), 0) + 1
    return counts


__all__ = ["DESCRIPTION", "Antecedents"]

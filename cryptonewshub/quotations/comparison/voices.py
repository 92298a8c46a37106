"""To whom a source gives the words at a place: the turn's speaker, the one whom the source quotes, or its only
speaker.

It claims that somebody else spoke only where the source names that person; a role, an institution or a pronoun claims
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cryptonewshub.quotations.comparison.folding import without_marks
from cryptonewshub.quotations.comparison.legibility import is_common
from cryptonewshub.quotations.comparison.misreading import likeness
from cryptonewshub.quotations.comparison.prepared import Prepared
from cryptonewshub.quotations.comparison.same_person import (
    ROLE_WORDS,
    has_title,
    is_same_person,
    name_parts,
    outlet_words,
)
from cryptonewshub.quotations.vocabulary import SourceText

_CUE = (
    r"(?:said|says|say|saying|told|tells|tell|added|adds|wrote|writes|argued|argues|warned|warns|asked|asks|declared"
    r"|declares|stated|states|noted|notes|insisted|insists|claimed|claims|explained|explains|tweeted|replied|responded"
    r"|remarked|called|continued|continues|reported|reports|concluded|urged|urges|wondered|joked|indicated|recalled"
    r"|put it|taught|once said|reminded|described|quoted|announced)"
)
_CAPITALS = r"(?:[A-Z][\w’'-]*\.?[ \n]){0,5}[A-Z][\w’'-]+"
_NAME = rf"{_CAPITALS}(?:[ \n](?:[a-z-]+[ \n]){{0,2}}(?:{'|'.join(sorted(ROLE_WORDS))})[ \n]{_CAPITALS})?"
_CUE_NAME = rf"(?:[a-z]+\s)?{_CUE}\s(?:[a-z-]+\s){{0,3}}(?P<after>{_NAME})"
_NAME_CUE = rf"(?:[a-z-]+\s){{0,3}}(?P<before>{_NAME})(?:,[^,“”\"]{{1,60}},)?\s(?:[a-z]+\s){{0,3}}{_CUE}\b"
_CLOSED = re.compile(rf"^[\"”’»][,.]?\s{{0,2}}(?:{_CUE_NAME}|{_NAME_CUE})")
_OPENED = (
    re.compile(rf"(?:{_NAME_CUE})[^.“”\"]{{0,60}}[:,]?\s*$"),
    re.compile(rf"[,?!][\"”]\s?(?:{_CUE_NAME}|{_NAME_CUE})[^“”\"]{{0,80}}[.,:]?\s*$"),
)
_CUES = (
    "said", "says", "told", "added", "wrote", "asked", "writes", "warned", "argued", "stated", "replied", "continued",
    "declared", "explained", "tweeted", "announced", "responded",
)  # fmt: skip
_LOWER = re.compile(r"\b[a-z0-9|]{3,12}\b")
_SPECK = re.compile(r"(?<=[\"”’»])[\"'’.,;a-z](?=\s)|(?<=[\"”’»])[a-z](?=[A-Z])")
_CLOSING = re.compile(r"[,.?!]{0,2}[\"”»]")
_REACH = 200
_BESIDE = 100  # characters
_MARKS = 3  # characters: those that close a quotation
_SENTENCE_END = re.compile(r"[.?!][ \n\xa0]|[\n“\"]")
_NAMED_WITHIN = 1_500  # 99.8 % of 3,733 annotated quotations have their speaker's name within a third of this
_LETTERS = re.compile(r"[^\W_]{3,}")
_CAPITALISED = re.compile(r"[A-Z][\w’'-]{2,}")
_LONGEST = 1_500  # characters from a passage to the marks around it
_PARAGRAPH = re.compile(r"\n\n\s*([^\n]{1,20})")
_UNNAMED = "a questioner"


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks at a place: `name` as the source has it, and whom the source quotes there, if it quotes somebody."""

    name: str | None
    quoted: str | None
    is_inside_quotation: bool
    is_asker: bool = False
    start: int = 0
    end: int = 0


def voice_at(source: SourceText, prepared: Prepared, start: int, end: int) -> Voice:
    """Whose words stand from `start` to `end` of the source's text."""
    inside = _is_inside_quotation(source.text, start)
    if not inside and _is_closed_at(source.text, end):
        inside = prepared.legibility.is_spoilt  # the opening mark may have been misread
    quoted = _quoted_person(source.text, start, end) if inside else None
    if inside and quoted is None and prepared.legibility.is_spoilt:
        quoted = _quoted_person(source.text, start, end, is_spoilt=True)
    turn = prepared.turns.at(start) if prepared.turns else None
    if turn is None:
        return Voice(source.speaker, quoted, inside, start=start, end=end)
    begun = _PARAGRAPH.findall(source.text, turn.start, start)
    if prepared.legibility.is_spoilt and any(map(_may_be_spoilt_label, begun)):
        return Voice(None, quoted, is_inside_quotation=False)  # a label was lost in between
    if turn.is_asker:
        return Voice(_UNNAMED, quoted, inside, is_asker=True)
    return Voice(_in_full(turn.label, source, prepared), quoted, inside, start=start, end=end)


def _may_be_spoilt_label(beginning: str) -> bool:
    """Whether a paragraph begins like a label that cannot be read: with capitals, or with a colon after a word."""
    return sum(map(str.isupper, beginning[:7])) > 2 or ":" in beginning


def is_somebody_else(speaker: str, voice: Voice, source: SourceText, prepared: Prepared) -> bool:
    """Whether the source gives the words to another person than the story does."""
    if _is_absent_outlet(speaker, voice, source, prepared):
        return True
    if voice.quoted is not None and (same := _is_same(speaker, voice.quoted, prepared)) is not None:
        if same or (voice.name and is_same_person(speaker, voice.name)):
            return False
        return not (prepared.legibility.is_spoilt and _is_named_beside(speaker, voice, source.text))
    if voice.is_asker:
        return is_known_answerer(speaker, source, prepared)
    if voice.name is not None:
        return _is_same(speaker, voice.name, prepared) is False
    return voice.is_inside_quotation and _is_named_nowhere_near(speaker, source, prepared, voice.start)


def _is_named_beside(speaker: str, voice: Voice, text: str) -> bool:
    """Whether the speaker's name follows the passage in its sentence, though another seems to be given the words."""
    beside = _SENTENCE_END.split(text[voice.end + _MARKS : voice.end + _BESIDE])[0]
    return name_parts(speaker)[-1] in without_marks(beside).lower()


def _is_absent_outlet(speaker: str, voice: Voice, source: SourceText, prepared: Prepared) -> bool:
    """Whether the story names a news outlet that the source, which names a person, does not mention near.

    A ministry may have said what its minister did; an outlet only carries words.
    """
    telling = outlet_words(speaker) if voice.quoted or voice.name else frozenset()
    if not telling:
        return False
    initials = "".join(word[0] for word in speaker.split() if word[0].isupper())
    around = source.text[max(0, voice.start - _NAMED_WITHIN) : voice.end + _NAMED_WITHIN]
    shown = f"{source.title} {source.publisher} {source.speaker or ''} {around}"
    if re.search(rf"\b{re.escape(initials)}\b", shown) and len(initials) > 1:
        return False
    mentioned = set(_LETTERS.findall(without_marks(shown).lower()))
    return not telling & mentioned and not (
        prepared.legibility.is_spoilt and any(_is_misread_name(word, mentioned) for word in telling if len(word) > 4)
    )


def _is_same(speaker: str, recorded: str, prepared: Prepared) -> bool | None:
    """Whether two names are one person's, allowing for a misread letter where the source is spoilt."""
    same = is_same_person(speaker, recorded)
    if (
        same is False
        and prepared.legibility.is_spoilt
        and _is_misread_name(name_parts(speaker)[-1], name_parts(recorded))
    ):
        return None
    return same


def _is_misread_name(name: str, others: Iterable[str]) -> bool:
    """Whether one of these words may be this name, misread or run together with its neighbour; a word of English is
    not.
    """
    from rapidfuzz.distance import Levenshtein

    seen, most = likeness(name), max(1, len(name) // 3)
    unread = (likeness(other) for other in others if other == name or not is_common(other))
    return any(seen in other or Levenshtein.distance(seen, other) <= most for other in unread)


def is_known_answerer(speaker: str, source: SourceText, prepared: Prepared) -> bool:
    """Whether this person has a label of their own in the transcript, so that a nameless question is not theirs."""
    labels = {turn.label.title() for turn in prepared.turns.turns if not turn.is_asker}
    return any(is_same_person(speaker, label) for label in labels) or bool(
        source.speaker and is_same_person(speaker, source.speaker)
    )


def _in_full(label: str, source: SourceText, prepared: Prepared) -> str | None:
    """The label's person by the longest label that means the same; the source's speaker where the label is an
    office.
    """
    shown = label.title() if label.isupper() else label
    if not name_parts(shown):
        return source.speaker if has_title(shown) else None
    if source.speaker and is_same_person(shown, source.speaker):
        return source.speaker
    longer = {turn.label.title() if turn.label.isupper() else turn.label for turn in prepared.turns.turns}
    return max(
        (each for each in longer if is_same_person(shown, each)), key=lambda each: len(name_parts(each)), default=shown
    )


def _is_inside_quotation(text: str, start: int) -> bool:
    """Whether an opening mark in the same paragraph is still open here."""
    paragraph = max(text.rfind("\n\n", 0, start), start - 4_000, 0)
    before = text[paragraph:start]
    opened, closed = max(before.rfind(mark) for mark in "“«„"), max(before.rfind(mark) for mark in "”»")
    if opened >= 0 or closed >= 0:
        return opened > closed or before.endswith("‘")
    return before.count('"') % 2 == 1 or before.endswith("‘")


def _is_closed_at(text: str, end: int) -> bool:
    """Whether a closing mark follows the words."""
    return _CLOSING.match(text, end) is not None


def _quoted_person(text: str, start: int, end: int, *, is_spoilt: bool = False) -> str | None:
    """The person named beside the quotation marks, with a verb of saying: after them, else before them."""
    close = min((at for at in (text.find(mark, end, end + _LONGEST) for mark in '”"»') if at >= 0), default=-1)
    if close > 0 and text[close - 1] not in ".…":  # after a full stop the next sentence begins, perhaps another's
        after = text[close : close + _REACH].split("\n\n")[0]
        if name := _named(_CLOSED.search(_mended(after) if is_spoilt else after)):
            return name
    opening = max(text.rfind(mark, max(0, start - _LONGEST), start) for mark in '“"«')
    before = _before_quotation(text[max(0, opening - _REACH) : max(0, opening)])
    before = _mended(before) if is_spoilt else before
    return next((name for pattern in _OPENED if (name := _named(pattern.search(before)))), None)


def _before_quotation(before: str) -> str:
    """What leads up to a quotation in its paragraph, or the paragraph before, where that ends with a colon."""
    paragraphs = before.split("\n\n")
    led = len(paragraphs) > 1 and not paragraphs[-1].strip() and paragraphs[-2].rstrip().endswith(":")
    return paragraphs[-2] if led else paragraphs[-1]


def _mended(beside: str) -> str:
    """The words beside a quotation with misread verbs of saying set right, and no speck after the mark."""
    return _LOWER.sub(lambda match: _as_cue(match.group()), _SPECK.sub("", beside, count=1))


def _as_cue(word: str) -> str:
    from rapidfuzz.distance import Levenshtein

    if word in _CUES or is_common(word):
        return word
    if begun := next((cue for cue in _CUES if word.startswith(cue)), None):
        return begun  # run together with the next word
    return next((cue for cue in _CUES if Levenshtein.distance(word, cue) <= (1 if len(cue) < 6 else 2)), word)


def _named(match: re.Match[str] | None) -> str | None:
    name = match and (match["before"] or match.groupdict().get("after"))
    return " ".join(name.split()) if name and name_parts(name) else None


def _is_named_nowhere_near(speaker: str, source: SourceText, prepared: Prepared, start: int) -> bool:
    """Whether the words around a quotation, far enough for any report to have named its speaker, never name this
    person.
    """
    parts = name_parts(speaker)
    if not parts or any(is_same_person(speaker, each) for each in (source.title, source.publisher) if each):
        return False
    around = source.text[max(0, start - _NAMED_WITHIN) : start + _NAMED_WITHIN]
    if any(is_same_person(parts[-1].title(), word) for word in set(_CAPITALISED.findall(around))):
        return False
    return not (prepared.legibility.is_spoilt and _is_misread_name(parts[-1], set(_LETTERS.findall(around.lower()))))

"""To whom a source gives the words at a place: the turn's speaker, the one whom the source quotes, or its only speaker.

It claims that somebody else spoke only where the source names that person; a role, an institution or a pronoun claims
nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cryptonewshub.quotations.folding import without_marks
from cryptonewshub.quotations.prepared import Prepared
from cryptonewshub.quotations.same_person import has_title, is_same_person, name_parts
from cryptonewshub.quotations.vocabulary import SourceText

_CUE = (
    r"(?:said|says|say|saying|told|tells|tell|added|adds|wrote|writes|argued|argues|warned|warns|asked|asks|declared|declares|stated|states|noted|notes"
    r"|insisted|insists|claimed|claims|explained|explains|tweeted|replied|responded|remarked|called|put it|taught|once said|reminded|described|quoted|announced)"
)
_NAME = r"(?P<name>(?:[A-Z][\w’'-]*\.?[ \n]){0,5}[A-Z][\w’'-]+)"
_AFTER = (
    re.compile(rf"^[,.?!]?[\"”’']?[,.]?\s{{0,2}}(?:[a-z]+\s)?{_CUE}\s(?:[a-z-]+\s){{0,3}}{_NAME}"),
    re.compile(
        rf"^[,.?!]?[\"”’'][,.]?\s{{0,2}}(?:[a-z-]+\s){{0,3}}{_NAME}(?:,[^,“”\"]{{1,60}},)?\s(?:[a-z]+\s){{0,2}}{_CUE}\b"
    ),
)
_BEFORE = re.compile(rf"{_NAME}(?:,[^,“”\"]{{1,60}},)?\s(?:[a-z]+\s){{0,3}}{_CUE}\b[^.“”\"]{{0,60}}[:,]?\s*$")
_REACH = 200
_UNNAMED = "a questioner"


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks at a place: `name` as the source has it, and whom the source quotes there, if it quotes somebody."""

    name: str | None
    quoted: str | None
    is_inside_quotation: bool
    is_asker: bool = False


def voice_at(source: SourceText, prepared: Prepared, start: int, end: int) -> Voice:
    """Whose words stand from `start` to `end` of the source's text."""
    inside = _is_inside_quotation(source.text, start)
    quoted = _quoted_person(source.text, start, end) if inside else None
    turn = prepared.turns.at(start) if prepared.turns else None
    if turn is None:
        return Voice(source.speaker, quoted, inside)
    if turn.is_asker:
        return Voice(_UNNAMED, quoted, inside, is_asker=True)
    return Voice(_in_full(turn.label, source, prepared), quoted, inside)


def is_somebody_else(speaker: str, voice: Voice, source: SourceText, prepared: Prepared) -> bool:
    """Whether the source gives the words to another person than the story does."""
    if voice.quoted is not None and (same := is_same_person(speaker, voice.quoted)) is not None:
        return not same and not (voice.name and is_same_person(speaker, voice.name))
    if voice.is_asker:
        return is_known_answerer(speaker, source, prepared)
    if voice.name is not None:
        return is_same_person(speaker, voice.name) is False
    return voice.is_inside_quotation and _is_never_named(speaker, source, prepared)


def is_known_answerer(speaker: str, source: SourceText, prepared: Prepared) -> bool:
    """Whether this person has a label of their own in the transcript, so that a nameless question is not theirs."""
    labels = {turn.label.title() for turn in prepared.turns.turns if not turn.is_asker}
    return any(is_same_person(speaker, label) for label in labels) or bool(
        source.speaker and is_same_person(speaker, source.speaker)
    )


def _in_full(label: str, source: SourceText, prepared: Prepared) -> str | None:
    """The label's person by the longest label that means the same; the source's speaker where the label is an office."""
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
    paragraph = max(text.rfind("\n\n", 0, start), start - 4_000, 0)
    before = text[paragraph:start]
    opened, closed = (
        max(before.rfind("“"), before.rfind("«"), before.rfind("„")),
        max(before.rfind("”"), before.rfind("»")),
    )
    if opened >= 0 or closed >= 0:
        return opened > closed
    return before.count('"') % 2 == 1


def _quoted_person(text: str, start: int, end: int) -> str | None:
    """The person named beside the quotation marks, with a verb of saying."""
    close = min((at for at in (text.find(mark, end, end + 1_500) for mark in '”"»') if at >= 0), default=-1)
    if close >= 0:
        after = text[close : close + _REACH].split("\n\n")[0]
        for pattern in _AFTER:
            if (match := pattern.search(after)) and name_parts(match["name"]):
                return " ".join(match["name"].split())
    opening = max(text.rfind(mark, max(0, start - 1_500), start) for mark in '“"«')
    if opening > 0:
        before = text[max(0, opening - _REACH) : opening].split("\n\n")[-1]
        match = _BEFORE.search(before)
        if match and name_parts(match["name"]):
            return " ".join(match["name"].split())
    return None


def _is_never_named(speaker: str, source: SourceText, prepared: Prepared) -> bool:
    parts = name_parts(speaker)
    if not parts:
        return False
    named = f" {source.title} {source.publisher} ".lower()
    known = {without_marks(key).removesuffix("'s") for key in prepared.full.keys}
    return (
        parts[-1] not in known
        and parts[-1] not in named
        and not any(is_same_person(parts[-1].title(), key.title()) for key in known if key[:1] == parts[-1][0])
    )

"""Whether a quotation's sense turns where it was cut from its source: what stands directly before and after the words.

Only the same sentence counts, and only up to a quotation mark: words that the source itself quotes were cut there by
the source, not by the story. Each rule looks at words that turn what follows or precedes them, never at likeness.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from cryptonewshub.quotations.comparison.folding import Folded

TurnKind = Literal["negated", "conditional", "denied", "limited", "asked", "another's"]

_OPENING = '“„«‹"‘'
_CLOSING = '”»›"“'
_REACH = 160
_STOPS = re.compile(r"[.!?;:\n]\s*\n|[.!?](?=[\s\"”’)]|$)|[;:]")
_BEFORE_WORDS = 9
_NEGATING = r"(?:not|never|cannot|can't|\w{2,10}n't|without|neither|nor|hardly|scarcely|barely|no longer|nobody|no one)"
_SOFTENER = r"(?:\s(?:really|ever|even|simply|necessarily|yet|always|just|at all))?"
_OPINION = (
    r"(?:think|believe|say|said|saying|agree|accept|mean|know|suggest|claim|pretend|expect|feel|hope|want|mean to say"
    r"|suppose|imagine)"
)
_NOT_OPINED = (
    r"(?:do not|don't|did not|didn't|does not|doesn't|cannot|can't|won't|will not|never|wouldn't|would not)\s"
    rf"{_OPINION}(?:\sthat|\sto you|\sto you that|\sfor a moment that|\sfor one moment that)?"
)
_UNTRUE = (
    r"(?:false|untrue|wrong|nonsense|absurd|ridiculous|a lie|a myth|not true|not the case|impossible|unthinkable"
    r"|incorrect|mistaken)(?:\sto (?:say|claim|suggest|think|believe))?(?:\sthat)?"
)
_DENIED = (
    r"(?:deny|denied|denies|denying|doubt|doubts|doubted|reject the idea|reject the claim|reject the notion)(?:\sthat)?"
)
_NOBODY = (
    r"(?:nobody|no one|none of us|none of them|few)\s(?:\w+\s)?(?:says|said|thinks|believes|claims|argues|say|think"
    r"|believe|claim|argue)(?:\sthat)?"
)
_IF = r"(?:if|unless|whether|as if|as though|suppose|supposing|provided|assuming|lest|pretend|imagine)(?:\sthat)?"
_BEFORE: tuple[tuple[TurnKind, re.Pattern[str]], ...] = (
    ("denied", re.compile(rf"(?:^|\s)(?:{_NOT_OPINED}|{_UNTRUE}|{_DENIED}|{_NOBODY})$")),
    ("negated", re.compile(rf"(?:^|\s){_NEGATING}{_SOFTENER}$")),
    ("conditional", re.compile(rf"(?:^|\s){_IF}$")),
)
_REPORTING = re.compile(
    r"(?:^|\s)(?P<who>(?:\w+[’']?\w*\s){0,3}?\w+)\s(?:(?:will|would|may|might|always|often|also|once|has|have|had)\s)?(?:say|says|said|saying|claim|claims|claimed|argue|argues|argued|insist|insists"
    r"|insisted|tell us|tells us|told us|tell me|told me|told you|allege|alleges|alleged|wrote|writes|believe"
    r"|believes|think|thinks|accuse us of)(?:\sthat)?$"
)
_OWN = re.compile(r"\b(?:i|we|i've|we've|i'd|let me|you)\b")
_AFTER = re.compile(
    r"^(?:but|unless|except|only if|provided|providing|if and only if|on condition|as long as it|were it not"
    r"|had it not)\b"
)
_NOT_TURNED = re.compile(r"\b(?:not|n't|nothing|anything|no one|nobody|all|none|never|only|just|merely|rather)\b|n't\b")
_ASKING = re.compile(
    r"^(?:(?:and|but|so|then|well)\s)?(?:(?:why|how|when|where)\s)?(?:what makes you think that|(?:is|was"
    r"|isn't) it (?:true |right |not true )?that|(?:do|don't) you (?:really )?(?:think|believe)(?: that)?"
    r"|do|does|did|is|are|was|were|will|would|can|could|should|shall|have|has|had|isn't|aren't|won't|don't|doesn't|didn't|must)$"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Turned:
    """Why the sense turns: the kind, and the source's words that turn it."""

    kind: TurnKind
    words: str


def sense_turned(source: Folded, start: int, end: int, *, is_question: bool, lead: str = "") -> Turned | None:
    """What turns the sense of words `start`:`end` of the source; None where nothing does.

    `is_question` says whether the story shows them as a question; `lead` is the story's own text before the quotation:
    where it has the turning words itself, nothing was cut off.
    """
    before = _words_before(source, start)
    for kind, pattern in _BEFORE:
        match = pattern.search(before)
        if match and not _has(lead, match.group()):
            return Turned(kind, match.group().strip())
    return _asked(source, start, end, is_question) or _limited(source, start, end)


def reported_words(source: Folded, start: int) -> str | None:
    """Who says the words, where the speaker reports them as somebody else's without quotation marks: 'some say that
    …'.
    """
    match = _REPORTING.search(_words_before(source, start))
    if match is None or _OWN.search(match["who"]):
        return None
    return match.group().strip()


def _words_before(source: Folded, start: int) -> str:
    """The words directly before, folded, back to a stop, a comma or a quotation mark, at most nine."""
    first = start
    while first > 0 and start - first < _BEFORE_WORDS and _runs_on(source.between(first - 1, first)):
        first -= 1
    return " ".join(source.keys[first:start])


def _runs_on(gap: str) -> bool:
    return (
        len(gap) < 12
        and not any(mark in gap for mark in ".!?;:,()—–" + _OPENING + _CLOSING)
        and "\n\n" not in gap
        and " - " not in gap
    )


def _limited(source: Folded, start: int, end: int) -> Turned | None:
    """'but', 'unless' or 'except' directly after, in the same sentence."""
    if end >= len(source.keys) or end - start < 4:
        return None
    gap = source.between(end - 1, end)
    if any(mark in gap for mark in ".!?;:()" + _CLOSING + _OPENING) or "\n\n" in gap:
        return None
    match = _AFTER.match(" ".join(source.keys[end : end + 4]))
    if match is None or (match.group() == "but" and _NOT_TURNED.search(" ".join(source.keys[start:end]))):
        return None
    return Turned("limited", match.group())


def _asked(source: Folded, start: int, end: int, is_question: bool) -> Turned | None:
    """A question's words given as a statement: the auxiliary and the question mark were cut off."""
    if is_question or end - start < 4 or not _ends_as_question(source, end):
        return None
    first = start
    while first > 0 and start - first < 8 and _same_sentence(source.between(first - 1, first)):
        first -= 1
    opening = " ".join(source.keys[first:start])
    if not opening or start - first >= 8 or not _ASKING.match(opening):
        return None
    return Turned("asked", opening)


def _ends_as_question(source: Folded, end: int) -> bool:
    gap = source.between(end - 1, end) if end < len(source.keys) else source.text[source.spans[end - 1][1] :]
    return gap[:3].strip("\"”’'» ").startswith("?")


def _same_sentence(gap: str) -> bool:
    return not any(mark in gap for mark in ".!?" + _OPENING + _CLOSING) and "\n\n" not in gap


def _has(lead: str, words: str) -> bool:
    return bool(lead) and words.split()[-1] in lead.lower().replace("’", "'").split()[-6:]

"""The words of the quotation engine: what a quotation, a speaker, a source and a verdict are.

Every shape here is frozen and typed. All offsets are code points of the text that they claim to cut, end exclusive, and
never include the quotation marks. Nothing in this package imports Django, reads a file or looks at a clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal


class Kind(StrEnum):
    """What stands between the marks."""

    DIRECT = "direct"
    PARTIAL = "partial"
    BLOCK = "block"
    NOT_SPEECH = "not-speech"


class Verdict(StrEnum):
    """What the desk says of a quotation; the words of the check report, the screens and the public page."""

    EXACT = "exact"
    EDITED = "edited"
    ALTERED = "altered"
    OUT_OF_CONTEXT = "out-of-context"
    STITCHED = "stitched"
    OTHER_SPEAKER = "other-speaker"
    TRANSLATED = "translated"
    NOT_FOUND = "not-found"
    UNSOURCED = "unsourced"
    SHORT = "short"
    NOT_SPEECH = "not-speech"


class Grade(StrEnum):
    """How much an alteration weighs: a negation, figure or name; a content word; a function word; a contraction."""

    GRAVE = "grave"
    CONTENT = "content"
    FUNCTION = "function"
    CONTRACTION = "contraction"


@dataclass(frozen=True, slots=True)
class Office:
    """An office that somebody held: 'Minister of Foreign Affairs', of what or of which country, from when to when.

    Both days count; None means 'not known' for `since` and 'still' for `until`.
    """

    title: str
    institution: str = ""
    country: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the newsroom has registered, with the other spellings and short forms that mean the same person."""

    name: str
    aliases: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who the story says spoke.

    `name` is the fullest name that the text (or the register) has for the person, or the description itself
    ('the ministry', 'a spokesman') where there is no name; it is never invented. `mention` is what stands at
    `start`:`end`, such as 'he'. `confidence` is 0 to 1, measured for `rule`, the rule that decided.
    """

    name: str
    mention: str
    start: int
    end: int
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that say that somebody spoke: 'said', 'told NRK', 'according to'."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks (or in a block quotation), within one paragraph.

    `mark` is the opening mark ('' for a block quotation). Quotations with the same `utterance` are one utterance that
    is broken by its attribution or runs over several paragraphs. `reason` says in a few words why the kind was chosen.
    `is_balanced` is False when the closing mark is missing.
    """

    start: int
    end: int
    text: str
    kind: Kind
    reason: str
    mark: str
    utterance: int
    speaker: Speaker | None = None
    cue: Cue | None = None
    is_balanced: bool = True


@dataclass(frozen=True, slots=True)
class SourceText:
    """A document's text as the desk extracted it. `speaker` is who speaks in it throughout, where one person does."""

    id: str
    text: str
    language: str = "en"
    speaker: str | None = None
    title: str = ""
    publisher: str = ""
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a source's text (W3C TextQuoteSelector): the words there, and up to 80 characters on either side."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


DiffOp = Literal["=", "-", "+"]


@dataclass(frozen=True, slots=True)
class Match:
    """What became of one quotation when it was looked for in the sources.

    `diff` runs from the source's words to the story's: '-' stands only in the source, '+' only in the story.
    `similarity` is the share of words in common, 0 to 1: it is shown, and never decides. `note` is a full sentence for
    the editor. `recorded_speaker` is whom the source gives the words to, where it tells.
    """

    verdict: Verdict
    is_blocking: bool
    note: str | None = None
    source: str | None = None
    passage: Passage | None = None
    diff: tuple[tuple[DiffOp, str], ...] | None = None
    similarity: float | None = None
    grade: Grade | None = None
    recorded_speaker: str | None = None


Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing noticed besides the quotations' verdicts: rule, severity, place, and two sentences for the editor."""

    rule: str
    severity: Severity
    start: int
    end: int
    text: str
    message: str
    suggestion: str = ""

"""What a verdict is called when readers read it, and which sign stands for it. Never the machine's own word.

The signs say how much of the words is the source's: a filled ring all of it, a half ring all but marked edits, T our
own translation, a dot true but too few words to prove much, an open ring words that a person let stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from cryptonewshub.editions.content import CheckedQuotation
from cryptonewshub.quotations.vocabulary import Verdict


class Sign(StrEnum):
    """The small mark after a quotation; the value is the name of its drawing in the templates."""

    FULL = "full"
    HALF = "half"
    LETTER = "letter"
    DOT = "dot"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a quotation stands: `label` completes '7 …' and stands alone ('word for word'), `sentence` explains it."""

    sign: Sign
    label: str
    sentence: str


_ELLIPSIS = re.compile(r"…|\.(?:\s?\.){2,}")

TRACED = (Verdict.EXACT, Verdict.EDITED, Verdict.TRANSLATED, Verdict.SHORT)

_EXACT = Standing(Sign.FULL, "word for word", "The words stand in the source exactly as quoted.")
_SHORT = Standing(
    Sign.DOT, "word for word but short", "The words stand in the source; so few of them prove little on their own."
)
_TRANSLATED = Standing(Sign.LETTER, "translated by us", "The source is in another language. The translation is ours.")
_CUTS = Standing(
    Sign.HALF, "with marked cuts", "The words are the source’s. Where we left some out, an ellipsis says so."
)
_INSERTIONS = Standing(
    Sign.HALF, "with marked insertions", "The words are the source’s. What we added stands in square brackets."
)
_STYLE = Standing(
    Sign.HALF,
    "in our house style",
    "The words are the source’s. Only spelling, capitals or the like follow our house style.",
)
_LET_STAND = {
    Verdict.ALTERED: Standing(
        Sign.OPEN, "not in the source’s exact words", "The source says it in other words. A person let it stand."
    ),
    Verdict.OUT_OF_CONTEXT: Standing(
        Sign.OPEN, "cut from a longer sentence", "The words around these matter. A person let them stand."
    ),
    Verdict.STITCHED: Standing(
        Sign.OPEN, "joined from places apart", "These words stand apart in the source. A person let them stand."
    ),
    Verdict.OTHER_SPEAKER: Standing(
        Sign.OPEN,
        "with another speaker in the source",
        "The source gives these words to somebody else. A person let them stand.",
    ),
    Verdict.NOT_FOUND: Standing(
        Sign.OPEN, "not found in a source", "We could not find these words in a source. A person let them stand."
    ),
    Verdict.UNSOURCED: Standing(
        Sign.OPEN, "without an archived source", "No archived source holds these words. A person answers for them."
    ),
}


def is_counted(quotation: CheckedQuotation) -> bool:
    """Whether it is somebody's words at all: titles and terms carry no sign and are not counted."""
    return quotation.verdict is not Verdict.NOT_SPEECH


def standing(quotation: CheckedQuotation) -> Standing:
    """The reader's words and sign for a quotation that is counted."""
    match quotation.verdict:
        case Verdict.EXACT:
            return _EXACT
        case Verdict.SHORT:
            return _SHORT
        case Verdict.TRANSLATED:
            return _TRANSLATED
        case Verdict.EDITED:
            return _edit(quotation)
    return _LET_STAND[quotation.verdict]


def _edit(quotation: CheckedQuotation) -> Standing:
    """Which edit it is. An ellipsis or bracket that the source has itself marks no edit of ours."""
    there = quotation.passage.exact if quotation.passage else ""
    if _ellipses(quotation.text) > _ellipses(there):
        return _CUTS
    return _INSERTIONS if quotation.text.count("[") > there.count("[") else _STYLE


def _ellipses(text: str) -> int:
    return len(_ELLIPSIS.findall(text))

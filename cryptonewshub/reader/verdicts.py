"""What a verdict is called when readers read it, and which sign stands for it. Never the machine's own word.

The signs say how much of the words is the source's: a filled ring all of it, a half ring all but marked edits, T our
own translation, a dot true but too few words to prove much, an open ring words that a person let stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cryptonewshub.editions.content import CheckedQuotation
from cryptonewshub.languages.wording import N_, Wording
from cryptonewshub.quotations.vocabulary import Verdict
from cryptonewshub.verifier.sealed import standing_word


class Sign(StrEnum):
    """The small mark after a quotation; the value is the name of its drawing in the templates."""

    FULL = "full"
    HALF = "half"
    LETTER = "letter"
    DOT = "dot"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a quotation stands: `word` is its key, `label` completes '7 …' and stands alone ('word for word'), `sentence`
    explains it.
    """

    word: str
    sign: Sign
    label: str
    sentence: str


TRACED = (Verdict.EXACT, Verdict.EDITED, Verdict.TRANSLATED, Verdict.SHORT)

_EXACT = Standing("exact", Sign.FULL, N_("word for word"), N_("The words stand in the source exactly as quoted."))
_SHORT = Standing(
    "short",
    Sign.DOT,
    N_("word for word but short"),
    N_("The words stand in the source; so few of them prove little on their own."),
)
_TRANSLATED = Standing(
    "translated", Sign.LETTER, N_("translated by us"), N_("The source is in another language. The translation is ours.")
)
_CUTS = Standing(
    "cuts",
    Sign.HALF,
    N_("with marked cuts"),
    N_("The words are the source’s. Where we left some out, an ellipsis says so."),
)
_INSERTIONS = Standing(
    "insertions",
    Sign.HALF,
    N_("with marked insertions"),
    N_("The words are the source’s. What we added stands in square brackets."),
)
_STYLE = Standing(
    "style",
    Sign.HALF,
    N_("in our house style"),
    N_("The words are the source’s. Only spelling, capitals or the like follow our house style."),
)
_EDITS = {one.word: one for one in (_CUTS, _INSERTIONS, _STYLE)}
_LET_STAND = {
    Verdict.ALTERED: Standing(
        "altered",
        Sign.OPEN,
        N_("not in the source’s exact words"),
        N_("The source says it in other words. A person let it stand."),
    ),
    Verdict.OUT_OF_CONTEXT: Standing(
        "out-of-context",
        Sign.OPEN,
        N_("cut from a longer sentence"),
        N_("The words around these matter. A person let them stand."),
    ),
    Verdict.STITCHED: Standing(
        "stitched",
        Sign.OPEN,
        N_("joined from places apart"),
        N_("These words stand apart in the source. A person let them stand."),
    ),
    Verdict.OTHER_SPEAKER: Standing(
        "other-speaker",
        Sign.OPEN,
        N_("with another speaker in the source"),
        N_("The source gives these words to somebody else. A person let them stand."),
    ),
    Verdict.NOT_FOUND: Standing(
        "not-found",
        Sign.OPEN,
        N_("not found in a source"),
        N_("We could not find these words in a source. A person let them stand."),
    ),
    Verdict.UNSOURCED: Standing(
        "unsourced",
        Sign.OPEN,
        N_("without an archived source"),
        N_("No archived source holds these words. A person answers for them."),
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
            return _EDITS[standing_word(quotation.verdict, quotation.text, _there(quotation))]
    return _LET_STAND[quotation.verdict]


def _there(quotation: CheckedQuotation) -> str:
    return quotation.passage.exact if quotation.passage else ""


def forms(words: Wording) -> dict[str, list[str]]:
    """Everything that a page may say of a quotation that stands so, by the standing's word."""
    known = (_EXACT, _SHORT, _TRANSLATED, *_EDITS.values(), *_LET_STAND.values())
    said = {one.word: (words.say(one.label), words.say(one.sentence)) for one in known}
    return {word: [label, label[0].upper() + label[1:], sentence] for word, (label, sentence) in said.items()}

"""What a finding is called on the desk's screens: a few plain words for each verdict and rule."""

from __future__ import annotations

from cryptonewshub.accuracy.report import CheckedQuotation, Finding
from cryptonewshub.quotations.vocabulary import Verdict

VERDICTS = {
    Verdict.EXACT: "Word for word",
    Verdict.EDITED: "Edited as house policy allows",
    Verdict.ALTERED: "Altered",
    Verdict.OUT_OF_CONTEXT: "Out of context",
    Verdict.STITCHED: "Stitched together",
    Verdict.OTHER_SPEAKER: "Said by somebody else",
    Verdict.TRANSLATED: "Translated, not yet signed off",
    Verdict.NOT_FOUND: "Not found",
    Verdict.UNSOURCED: "No source",
    Verdict.SHORT: "Word for word, but short",
    Verdict.NOT_SPEECH: "Not speech",
}
RULES = {
    "anonymous-attribution": "Nobody is named",
    "doubtful-speaker": "Who said it?",
    "figure": "A figure to check",
    "headline-quotation": "Quoted only above the story",
    "inconsistent-quotation": "Two versions of one quotation",
    "name-spelling": "Two spellings of a name",
    "relative-day": "Which day?",
    "title": "An office to check",
    "unbalanced-marks": "A quotation mark is missing",
    "unsourced-paragraph": "A paragraph without a source",
}


def heading_of(finding: Finding) -> str:
    """'Altered', 'A figure to check' and so on."""
    if finding.rule in RULES:
        return RULES[finding.rule]
    try:
        return VERDICTS[Verdict(finding.rule)]
    except ValueError:
        return finding.rule.replace("-", " ").capitalize()


def verdict_heading(quotation: CheckedQuotation) -> str:
    """The verdict in plain words; a translation that is not stopped has been signed off."""
    if quotation.verdict is Verdict.TRANSLATED and not quotation.blocking:
        return "Translated, signed off"
    return VERDICTS[quotation.verdict]

"""What the Desk panel shows about signing a finding off: whether this person may, who else, with which sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from cryptonewshub.accuracy.clearing import Given, may_clear
from cryptonewshub.accuracy.gate import as_signed
from cryptonewshub.accuracy.languages import language_name
from cryptonewshub.accuracy.report import Finding
from cryptonewshub.accuracy.rights import translators_of
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.people.models import Author
from cryptonewshub.quotations.vocabulary import Verdict

# The house's own sentences, to be taken as they are or written on.
_REASONS: dict[str, tuple[str, ...]] = {
    Verdict.ALTERED: (
        "The source’s text was read wrongly by a machine; the words were compared with the original.",
        "The speaker put the words right in writing; the letter is with the desk.",
    ),
    Verdict.NOT_FOUND: (
        "Said to our reporter; the notes are with the desk.",
        "Heard on the broadcast, of which there is no transcript.",
    ),
    Verdict.UNSOURCED: (
        "Said to our reporter; the notes are with the desk.",
        "Heard on the broadcast, of which there is no transcript.",
    ),
    Verdict.OTHER_SPEAKER: ("The source quotes the speaker whom the story names.",),
    Verdict.OUT_OF_CONTEXT: ("The words around it were read; the sense is the same.",),
    Verdict.STITCHED: ("The parts were said in one breath; the source leaves out what stood between.",),
}
_QUESTION_REASONS = ("Checked by telephone.", "Looked at, and left as it is on purpose.")
_SAME_WORDS = 0.6  # a share of characters in common above which a void clearance was about an earlier form of the words


@dataclass(frozen=True, slots=True)
class SignOff:
    """How a finding may be signed off. `refusal` is why not by this person, None where they may."""

    refusal: str | None
    reasons: tuple[str, ...]
    translators: tuple[Author, ...]


def sign_off_of(user: Any, finding: Finding, page: ArticlePage) -> SignOff:
    """How this person may sign a finding off. A translator who is still to be named is no refusal."""
    is_translation = finding.rule == Verdict.TRANSLATED
    translators = tuple(translators_of(finding.language)) if is_translation else ()
    named = next(iter(translators), None)
    refusal = may_clear(user, finding, page, translator=named)
    return SignOff(refusal.sentence if refusal else None, reasons_for(finding), translators)


def reasons_for(finding: Finding) -> tuple[str, ...]:
    """The ready-made sentences for a finding."""
    if finding.rule == Verdict.TRANSLATED:
        language = language_name(finding.language) if finding.language else "the source’s language"
        return (f"Translated by our staff from {language}.",)
    return _REASONS.get(finding.rule, _QUESTION_REASONS if finding.severity != "error" else ())


def given_for(finding: Finding, record: Iterable[Given]) -> Given | None:
    """The clearance on the record that lets this finding stand."""
    return next(
        (given for given in record if given.state == "holds" and as_signed(given.clearance).fits(finding)), None
    )


def void_for(finding: Finding, record: Iterable[Given]) -> Given | None:
    """The clearance that was given for an earlier form of these words, if there is one."""
    void = (given for given in record if given.state == "void" and given.clearance.rule == finding.rule)
    return next((given for given in void if _likeness(given.clearance.text, finding.text) > _SAME_WORDS), None)


def _likeness(left: str, right: str) -> float:
    return SequenceMatcher(None, left, right, autojunk=False).ratio()

"""The house policy in plain sentences: for the form in which it is set, and for the page on which readers find it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cryptonewshub.quotations.policy import Policy
from cryptonewshub.quotations.vocabulary import Verdict

# The verdicts that a house decides on, the gravest first; 'exact' and 'not-speech' pass everywhere.
VERDICTS = {
    Verdict.ALTERED: "the words differ from the source’s",
    Verdict.OUT_OF_CONTEXT: "the words are cut so that their sense turns",
    Verdict.STITCHED: "parts that stand apart in the source are joined as one",
    Verdict.OTHER_SPEAKER: "the source gives the words to somebody else",
    Verdict.NOT_FOUND: "the words are in none of the story’s sources",
    Verdict.UNSOURCED: "the story has no source that could hold the words",
    Verdict.TRANSLATED: "the words are a translation",
    Verdict.SHORT: "so few words are quoted that they prove little",
    Verdict.EDITED: "the words are edited as the house allows",
}
ADVICE = {
    "figure": "figures that the sources do not bear out",
    "name-spelling": "names that are spelt in two ways",
    "title": "offices that the sources or the register give otherwise",
    "anonymous-attribution": "statements that are given to nobody in particular",
    "unsourced-paragraph": "paragraphs with figures or dates and no source",
    "relative-day": "days of the week that do not fit the date",
    "inconsistent-quotation": "one quotation in two versions",
    "headline-quotation": "quotations that stand above the story only",
    "doubtful-speaker": "quotations whose speaker is not plain",
    "unbalanced-marks": "quotation marks that are not closed",
}
# What may be done to somebody's words: as a rule that allows it, and as one that does not.
EDITS = {
    "first_capital": ("the first letter may become a capital or a small one", "the first letter stays as it was"),
    "emphasis_capitals_may_be_set_plain": (
        "words in capitals may be set in small letters",
        "words in capitals stay in capitals",
    ),
    "house_spelling": (
        "spelling may follow the house, such as “organise” for “organize”",
        "spelling stays as it was",
    ),
    "contractions_may_change": (
        "“do not” may become “don’t”, and the other way round",
        "“do not” never becomes “don’t”, nor the other way round",
    ),
    "fillers_may_be_left_out": ("sounds such as “um” may be left out", "sounds such as “um” are not left out"),
    "grammar_may_be_mended": ("small slips of grammar may be mended", "slips of grammar are not mended"),
    "profanity_dashes": ("the letters of an oath may be dashes", "an oath is printed in full"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the policy: a heading, a sentence, points below it, and what is said after them."""

    heading: str
    lead: str
    points: tuple[str, ...] = ()
    rest: str = ""


def parts_of(policy: Policy) -> tuple[Part, ...]:
    """The whole policy, for readers."""
    return (
        Part(
            "What stops a story",
            "Every quotation is compared with the sources that we have archived. No story goes out in which",
            tuple(words for verdict, words in VERDICTS.items() if verdict in policy.blocks),
            "unless somebody of the newsroom lets it stand, by name and with a reason.",
        ),
        Part("What an editor is asked about", "These stop nothing by themselves:", tuple(_asked(policy))),
        Part("What may be done to somebody’s words", "This, and nothing else:", tuple(_edits(policy))),
        _who(policy),
        Part("What readers are told", _told(policy)),
    )


def _asked(policy: Policy) -> Iterator[str]:
    yield from (words for verdict, words in VERDICTS.items() if verdict in policy.warns)
    yield from (words for rule, words in ADVICE.items() if rule not in policy.quiet)


def _edits(policy: Policy) -> Iterator[str]:
    yield f"an ellipsis may stand for up to {policy.ellipsis_gap_words} words of one passage"
    yield f"up to {policy.bracket_words} words in square brackets may explain a quotation"
    yield f"fewer than {policy.short_words} words are quoted exactly or not at all"
    yield from (may if getattr(policy, field) else may_not for field, (may, may_not) in EDITS.items())


def _who(policy: Policy) -> Part:
    heading, who = "Who may let words stand", "Somebody of the desk or an editor"
    if not policy.four_eyes:
        return Part(heading, f"{who}.", rest=_people(policy))
    own = tuple(words for verdict, words in VERDICTS.items() if verdict in policy.four_eyes)
    return Part(heading, f"{who}; but never one of the story’s own authors where", own, _people(policy))


def _people(policy: Policy) -> str:
    said = []
    if policy.named_translator:
        said.append("A translation is signed off in the name of somebody on the staff who reads the language.")
    if policy.approval_first:
        said.append("Nothing is published that was not approved, word for word, as it goes out.")
    return " ".join(said)


def _told(policy: Policy) -> str:
    always = "Who signed a quotation off is always named by role."
    public = [words for verdict, words in VERDICTS.items() if verdict in policy.public_reasons]
    return f"{always} The reason is given too where {'; or where '.join(public)}." if public else always

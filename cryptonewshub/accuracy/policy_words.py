"""The house policy in plain sentences: for the form in which it is set, and for the page on which readers find it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cryptonewshub.languages.wording import N_, Wording, wording
from cryptonewshub.quotations.policy import Policy
from cryptonewshub.quotations.vocabulary import Verdict

ENGLISH = wording("en")
# The verdicts that a house decides on, the gravest first; 'exact' and 'not-speech' pass everywhere.
VERDICTS = {
    Verdict.ALTERED: N_("the words differ from the source’s"),
    Verdict.OUT_OF_CONTEXT: N_("the words are cut so that their sense turns"),
    Verdict.STITCHED: N_("parts that stand apart in the source are joined as one"),
    Verdict.OTHER_SPEAKER: N_("the source gives the words to somebody else"),
    Verdict.NOT_FOUND: N_("the words are in none of the story’s sources"),
    Verdict.UNSOURCED: N_("the story has no source that could hold the words"),
    Verdict.TRANSLATED: N_("the words are a translation"),
    Verdict.SHORT: N_("so few words are quoted that they prove little"),
    Verdict.EDITED: N_("the words are edited as the house allows"),
}
ADVICE = {
    "figure": N_("figures that the sources do not bear out"),
    "name-spelling": N_("names that are spelt in two ways"),
    "title": N_("offices that the sources or the register give otherwise"),
    "anonymous-attribution": N_("statements that are given to nobody in particular"),
    "unsourced-paragraph": N_("paragraphs with figures or dates and no source"),
    "relative-day": N_("days of the week that do not fit the date"),
    "inconsistent-quotation": N_("one quotation in two versions"),
    "headline-quotation": N_("quotations that stand above the story only"),
    "doubtful-speaker": N_("quotations whose speaker is not plain"),
    "unbalanced-marks": N_("quotation marks that are not closed"),
}
# What may be done to somebody's words: as a rule that allows it, and as one that does not.
EDITS = {
    "first_capital": (
        N_("the first letter may become a capital or a small one"),
        N_("the first letter stays as it was"),
    ),
    "emphasis_capitals_may_be_set_plain": (
        N_("words in capitals may be set in small letters"),
        N_("words in capitals stay in capitals"),
    ),
    "house_spelling": (
        N_("spelling may follow the house, such as “organise” for “organize”"),
        N_("spelling stays as it was"),
    ),
    "contractions_may_change": (
        N_("“do not” may become “don’t”, and the other way round"),
        N_("“do not” never becomes “don’t”, nor the other way round"),
    ),
    "fillers_may_be_left_out": (N_("sounds such as “um” may be left out"), N_("sounds such as “um” are not left out")),
    "grammar_may_be_mended": (N_("small slips of grammar may be mended"), N_("slips of grammar are not mended")),
    "profanity_dashes": (N_("the letters of an oath may be dashes"), N_("an oath is printed in full")),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the policy: a heading, a sentence, points below it, and what is said after them."""

    heading: str
    lead: str
    points: tuple[str, ...] = ()
    rest: str = ""


def parts_of(policy: Policy, words: Wording = ENGLISH) -> tuple[Part, ...]:
    """The whole policy, for readers."""
    say = words.say
    return (
        Part(
            say("What stops a story"),
            say("Every quotation is compared with the sources that we have archived. No story goes out in which"),
            tuple(say(told) for verdict, told in VERDICTS.items() if verdict in policy.blocks),
            say("unless somebody of the newsroom lets it stand, by name and with a reason."),
        ),
        Part(
            say("What an editor is asked about"), say("These stop nothing by themselves:"), tuple(_asked(policy, words))
        ),
        Part(say("What may be done to somebody’s words"), say("This, and nothing else:"), tuple(_edits(policy, words))),
        _who(policy, words),
        Part(say("What readers are told"), _told(policy, words)),
    )


def _asked(policy: Policy, words: Wording) -> Iterator[str]:
    yield from (words.say(told) for verdict, told in VERDICTS.items() if verdict in policy.warns)
    yield from (words.say(told) for rule, told in ADVICE.items() if rule not in policy.quiet)


def _edits(policy: Policy, words: Wording) -> Iterator[str]:
    yield words.count(
        "an ellipsis may stand for up to %(num)s word of one passage",
        "an ellipsis may stand for up to %(num)s words of one passage",
        policy.ellipsis_gap_words,
    )
    yield words.count(
        "up to %(num)s word in square brackets may explain a quotation",
        "up to %(num)s words in square brackets may explain a quotation",
        policy.bracket_words,
    )
    yield words.count(
        "fewer than %(num)s word is quoted exactly or not at all",
        "fewer than %(num)s words are quoted exactly or not at all",
        policy.short_words,
    )
    yield from (words.say(may if getattr(policy, field) else may_not) for field, (may, may_not) in EDITS.items())


def _who(policy: Policy, words: Wording) -> Part:
    heading, rest = words.say("Who may let words stand"), _people(policy, words)
    if not policy.four_eyes:
        return Part(heading, words.say("Somebody of the desk or an editor."), rest=rest)
    own = tuple(words.say(told) for verdict, told in VERDICTS.items() if verdict in policy.four_eyes)
    lead = words.say("Somebody of the desk or an editor; but never one of the story’s own authors where")
    return Part(heading, lead, own, rest)


def _people(policy: Policy, words: Wording) -> str:
    said = []
    if policy.named_translator:
        said.append(
            words.say("A translation is signed off in the name of somebody on the staff who reads the language.")
        )
    if policy.approval_first:
        said.append(words.say("Nothing is published that was not approved, word for word, as it goes out."))
    return " ".join(said)


def _told(policy: Policy, words: Wording) -> str:
    always = words.say("Who signed a quotation off is always named by role.")
    public = [words.say(told) for verdict, told in VERDICTS.items() if verdict in policy.public_reasons]
    if not public:
        return always
    cases = words.say("; or where ").join(public)
    return f"{always} {words.say('The reason is given too where %(cases)s.', cases=cases)}"

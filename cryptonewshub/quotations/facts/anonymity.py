"""Statements that the story gives to nobody in particular, and whether it says why the person may not be named.

A reader cannot check what nobody has said. The rule never judges whether a reason is good. Words inside a quotation are
left alone: their speaker is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cryptonewshub.quotations.facts.scanning import matches, words
from cryptonewshub.quotations.facts.story import Span, Story
from cryptonewshub.quotations.facts.unnamed import Anonymous, find_anonymous
from cryptonewshub.quotations.vocabulary import Remark

RULE = "anonymous-attribution"


def anonymity_remarks(story: Story) -> Iterator[Remark]:
    """One remark for each phrase that gives a statement to nobody; a note where the story gives the reason for it."""
    phrases = _without_overlaps(sorted(find_anonymous(story.prose), key=lambda one: (one.start, -one.end)))
    covered = {story.sentence_at(phrase.start) for phrase in phrases}
    for phrase in phrases:
        yield _remark(story, phrase)
    for promise in matches(_PROMISE, story.prose, _PROMISE_OPENINGS):
        if not {story.sentence_at(promise.start()), _previous_sentence(story, promise.start())} & covered:
            yield _remark(story, Anonymous(promise.start(), promise.end(), "promise"))


_PROMISE_OPENINGS = words(
    "on under asked asking requested requesting wished wishing preferred preferring wanted insisted insisting "
    "declined refused did didn was were granted spoke speaking not"
)
_PROMISE = re.compile(
    r"(?:(?:on|under) (?:the )?condition (?:of anonymity|that (?:he|she|they|[\w ]{1,20}) not be (?:named|identified))|"
    r"(?:asked|asking|requested|requesting|wished|wishing|preferred|preferring|wanted|insisted|"
    r"insisting)(?: for anonymity| anonymity|"
    r" to remain anonymous| (?:not|on not) (?:to be|being|be) (?:named|identified)| that (?:his|her|"
    r"their) names? not be used)|"
    r"(?:declined|refused|did not want|didn[’']t want) to be (?:named|identified)|"
    r"(?:was|were) (?:granted|given|promised) anonymity|granted anonymity|spoke anonymously|"
    r"speaking anonymously|not for attribution)",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|since (?:he|she|they)|as (?:he|she|they|the)|for fear|fearing|afraid|citing|owing to|due to|"
    r"out of concern|"
    r"given (?:the|his|her|their)|in order to|so as to|"
    r"to (?:discuss|reveal|give|provide|offer|disclose|recount|explain|voice|comment|"
    r"describe|speak|talk|avoid|protect|share|"
    r"detail|relay|be able)|"
    r"so that)\b|\bnot (?:been )?(?:authori[sz]ed|allowed|permitted|cleared|empowered) to\b|"
    r"n[’']t (?:authori[sz]ed|allowed|permitted) to\b",
    re.IGNORECASE,
)
_BARRED = re.compile(
    r"\b(?:not|n[’']t) (?:been )?(?:authori[sz]ed|allowed|permitted|cleared) to (?:speak|talk|comment|discuss|brief)\b",
    re.IGNORECASE,
)


def _remark(story: Story, phrase: Anonymous) -> Remark:
    words = story.text[phrase.start : phrase.end]
    near = _near(story, phrase.start)
    promise, barred = _PROMISE.search(near), _BARRED.search(near)
    if barred or (promise and _REASON.search(near, promise.end(), promise.end() + 160)):
        return Remark(
            RULE,
            "note",
            phrase.start,
            phrase.end,
            words,
            f"“{words}” names nobody; the story gives the reason.",
            "Make sure that an editor knows who it is and accepts the reason.",
        )
    if promise:
        return Remark(
            RULE,
            "warning",
            phrase.start,
            phrase.end,
            words,
            f"“{words}” names nobody: the story grants anonymity and does not say why.",
            "Say in the story why the person may not be named, or name the person.",
        )
    return Remark(RULE, "warning", phrase.start, phrase.end, words, _plain(phrase.kind, words), _ADVICE)


_ADVICE = "Name who says so, or say why the person cannot be named and what the person is in a position to know."


def _plain(kind: str, words: str) -> str:
    if kind == "impersonal":
        return f"“{words}” does not say who holds this, so a reader cannot check it."
    return f"“{words}” names nobody, so a reader cannot check who holds this."


def _near(story: Story, offset: int) -> str:
    """The phrase's sentence and the next one in its paragraph: where a reason would stand."""
    sentence, paragraph = story.sentence_at(offset), story.paragraph_at(offset)
    following = story.sentence_at(min(sentence.end + 1, max(paragraph.end - 1, sentence.start)))
    return story.prose[sentence.start : max(sentence.end, following.end)]


def _previous_sentence(story: Story, offset: int) -> Span:
    sentence = story.sentence_at(offset)
    return story.sentence_at(max(0, sentence.start - 1))


def _without_overlaps(phrases: list[Anonymous]) -> list[Anonymous]:
    kept: list[Anonymous] = []
    for phrase in phrases:
        if not kept or phrase.start >= kept[-1].end:
            kept.append(phrase)
    return kept

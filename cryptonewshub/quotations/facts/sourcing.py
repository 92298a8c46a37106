"""Paragraphs of checkable fact that cite nothing, name nobody who says so and quote nothing.

Advice for a story that cites its sources elsewhere; a lead, a subhead and a paragraph of the desk's own reasoning are
left alone. A story that cites nothing at all hears nothing here: its quotations say it already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cryptonewshub.quotations.facts.figures import Figure, find_figures
from cryptonewshub.quotations.facts.rolls import names_in
from cryptonewshub.quotations.facts.story import Span, Story
from cryptonewshub.quotations.vocabulary import Remark

RULE = "unsourced-paragraph"
SHORTEST = 18
"""Words; a shorter paragraph is a bridge."""


def sourcing_remarks(story: Story) -> Iterator[Remark]:
    """One note for each paragraph of fact that leans on nothing."""
    if not story.citations:
        return
    leaning = _leaning(story)
    for paragraph in story.paragraphs[_lead(story) + 1 :]:
        if paragraph not in leaning and _is_long_enough(story, paragraph) and not _says_who(story, paragraph):
            fact = _fact(story, paragraph)
            if fact:
                yield _remark(story, paragraph, fact)


def _leaning(story: Story) -> set[Span]:
    """The paragraphs that cite or quote."""
    places = [*story.citations, *(quotation.start for quotation in story.quotations)]
    return {story.paragraph_at(place) for place in places}


def _lead(story: Story) -> int:
    """The index of the paragraph that sums the story up."""
    return next((index for index, one in enumerate(story.paragraphs) if _is_prose(story, one)), 0)


def _is_prose(story: Story, paragraph: Span) -> bool:
    words = story.text[paragraph.start : paragraph.end].rstrip("*_ ")
    return words.endswith((".", "!", "?", "”", '"', "’", "»", ":", ")")) and len(words.split()) >= 8


def _is_long_enough(story: Story, paragraph: Span) -> bool:
    return _is_prose(story, paragraph) and len(story.text[paragraph.start : paragraph.end].split()) >= SHORTEST


def _says_who(story: Story, paragraph: Span) -> bool:
    return bool(_ATTRIBUTION.search(story.prose, paragraph.start, paragraph.end))


_ATTRIBUTION = re.compile(
    r"\b(?:according to|said|says|say|told|tells|argue[sd]?|claim(?:s|ed)?|warn(?:s|ed)?|wrote|writes|added|"
    r"adds|insist(?:s|ed)?|"
    r"stated|announced|announces|report(?:s|ed)|tweeted|posted|testified|confirmed|denied|denies|acknowledged|admitted|"
    r"maintain(?:s|ed)?|noted|notes|explained|asked|replied|declared|estimate[sd]?|found that|shows? that|"
    r"showed|suggests?|"
    r"urged|remark(?:s|ed)|critici[sz]e[sd]?|denounce[sd]?|praise[sd]?|condemn(?:s|ed)?|agreed|expects?|hopes?|"
    r"called (?:on|for)|promised|pledged|vowed|accused|believes?|believed|alleged|"
    r"in (?:a|an|his|her|its|their) (?:statement|speech|letter|report|address|interview|post|remarks|briefing|"
    r"testimony|filing)|"
    r"(?:statement|speech|report|study|survey|poll|data|figures|documents|records|minutes|transcript) (?:by|"
    r"from|of)|understood to)\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\b(?:was|were|had|has been|have been|began|became|came|took|gave|left|met|held|won|lost|fell|rose|grew|"
    r"broke|fought|sent|"
    r"killed|signed|voted|adopted|[a-z]{3,14}ed)\b"
)


_DAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:yesterday|last (?:night|week|month|year))\b")


def _fact(story: Story, paragraph: Span) -> str:
    """What in the paragraph can be checked, in words; empty where nothing can."""
    prose = story.prose[paragraph.start : paragraph.end]
    weighty = next((figure for figure in find_figures(prose) if _is_weighty(figure)), None)
    if weighty is not None:
        return f"the figure “{weighty.text}”"
    name = next((name for name in names_in(prose) if name.given and name.is_person), None)
    if name is not None and _DAY.search(prose) and _HAPPENED.search(prose):
        return f"news of “{name.given} {name.surname}”"
    return ""


def _is_weighty(figure: Figure) -> bool:
    if figure.is_loose or figure.kind in {"age", "ordinal"}:
        return False
    return figure.kind != "count" or figure.value > 2


def _remark(story: Story, paragraph: Span, fact: str) -> Remark:
    words = " ".join(story.text[paragraph.start : paragraph.end].split()[:6])
    return Remark(
        RULE, "note", paragraph.start, paragraph.end, words,
        f"The paragraph that begins “{words}” has {fact} and names no source.",
        "Cite the source, or say who says so.",
    )  # fmt: skip

"""What the desk notices in a story besides the verdicts on its quotations: the public door to every rule of that kind.

Each rule lives in a file of its own and is a plain function from a `Story` to remarks. A remark never blocks by itself;
it is advice, in two sentences, for an editor who decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from cryptonewshub.quotations.facts.anonymity import anonymity_remarks
from cryptonewshub.quotations.facts.balance import balance_remarks
from cryptonewshub.quotations.facts.days import day_remarks
from cryptonewshub.quotations.facts.names import name_remarks
from cryptonewshub.quotations.facts.offices import title_remarks
from cryptonewshub.quotations.facts.reckoning import figure_remarks
from cryptonewshub.quotations.facts.sourcing import sourcing_remarks
from cryptonewshub.quotations.facts.story import Story, read_story
from cryptonewshub.quotations.vocabulary import Person, Quotation, Remark, SourceText

RULES: tuple[Callable[[Story], Iterator[Remark]], ...] = (
    balance_remarks,
    anonymity_remarks,
    figure_remarks,
    name_remarks,
    title_remarks,
    day_remarks,
    sourcing_remarks,
)


def remarks_on(
    text: str,
    *,
    quotations: Sequence[Quotation] = (),
    sources: Sequence[SourceText] = (),
    people: Sequence[Person] = (),
    published: date | None = None,
    citations: Sequence[int] = (),
) -> list[Remark]:
    """Every remark on a story's body, by place.

    `text` is the body, paragraphs separated by line breaks; offsets are code points of it. `citations` are the
    offsets at which the story cites a source. `published` is the day of publication, by the
    newsroom's own clock. Raises nothing.
    """
    story = read_story(
        text, quotations=quotations, sources=sources, people=people, published=published, citations=citations
    )
    found = [remark for rule in RULES for remark in rule(story)]
    return sorted(found, key=lambda remark: (remark.start, remark.end, remark.rule))

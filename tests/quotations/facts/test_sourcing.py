"""Paragraphs of fact with no source: a note, never for a lead, a bridge or a paragraph that leans on somebody."""

from __future__ import annotations

import pytest

from cryptonewshub.quotations.finding import find_quotations
from cryptonewshub.quotations.remarks import remarks_on
from cryptonewshub.quotations.vocabulary import Remark

LEAD = "The harbour of Tarn will stay open through the winter, the town council decided this week after a long debate."
FACT = (
    "The council spent 4.3 million crowns on the harbour between 2027 and 2030, and the work was finished two years "
    "late after the first builder went bankrupt."
)
HOPE = (
    "Harbours like this one live by the weather, by the patience of those who work in them and by hope, as they have "
    "always done and always will."
)
CITED = "“We will keep it open,” said Ada Quill, who leads the council and has sat on it for most of her life."


def unsourced_in(story: str, *, citations: tuple[int, ...]) -> list[Remark]:
    remarks = remarks_on(story, quotations=find_quotations(story), citations=citations)
    return [remark for remark in remarks if remark.rule == "unsourced-paragraph"]


def test_a_paragraph_of_fact_that_leans_on_nothing_gets_a_note():
    story = "\n\n".join([LEAD, CITED, FACT])
    (remark,) = unsourced_in(story, citations=(len(LEAD) + 2 + len(CITED),))
    assert remark.severity == "note"
    assert story[remark.start : remark.end] == FACT
    assert "The council spent 4.3 million crowns" in remark.message


def test_a_citation_in_the_paragraph_is_enough():
    story = "\n\n".join([LEAD, FACT])
    assert unsourced_in(story, citations=(len(story),)) == []


def test_a_story_that_cites_nothing_hears_nothing():
    assert unsourced_in("\n\n".join([LEAD, CITED, FACT]), citations=()) == []


@pytest.mark.parametrize(
    "paragraph",
    [
        "What happens next is hard to tell.",
        "According to the council, " + FACT[0].lower() + FACT[1:],
        FACT.replace("The council spent", "The auditors reported that the council spent"),
        HOPE,
        "A harbour in figures: 4.3 million crowns",
        CITED,
    ],
)
def test_bridges_subheads_and_attributed_paragraphs_are_left_alone(paragraph):
    assert unsourced_in("\n\n".join([LEAD, paragraph]), citations=(10,)) == []


def test_the_lead_is_left_alone():
    assert unsourced_in("\n\n".join([FACT, CITED]), citations=(len(FACT) + 10,)) == []

"""What a change that is called minor is asked about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cryptonewshub.articles.document import Block, Byline
from cryptonewshub.editions.content import Content
from cryptonewshub.editions.minor_changes import meaning_changes
from tests.reader.cast import FIRST


def _says(*paragraphs: str) -> Content:
    document = replace(FIRST.document, body=tuple(Block("p", text) for text in paragraphs))
    return replace(FIRST, document=document, quotations=())


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("It carries 12 cars.", "It carries 21 cars.", ["a figure changed from 12 to 21"]),
        ("It carries twelve cars.", "It carries eleven cars.", ["a figure changed from twelve to eleven"]),
        ("It cost 4.5 million.", "It cost 4.5 million crowns in 2024.", ["the figure 2024 was added"]),
        ("He did sign.", "He did not sign.", ["the word “not” was added"]),
        ("He didn’t sign.", "He did sign.", ["the word “didn’t” was taken out"]),
        ("On Monday Lind spoke.", "On Monday Lund spoke.", ["a name changed from Lind to Lund"]),
        ("The ferry sailed.  It was late.", "The ferry sailed. It was late.", []),
        ("The ferrry sailed.", "The ferry sailed.", []),
        ("The Minister spoke.", "The minister spoke.", []),
        ("It rained. It snowed.", "It snowed. It rained.", []),
    ],
)
def test_a_change_of_words_is_read_for_meaning(before: str, after: str, said: list[str]) -> None:
    assert meaning_changes(_says(before), _says(after)) == said


def test_a_changed_quotation_is_asked_about() -> None:
    changed = replace(FIRST.quotations[1], text="We will keep the strait shut, in winter and in war")
    after = replace(FIRST, quotations=(FIRST.quotations[0], changed, *FIRST.quotations[2:]))
    (said,) = meaning_changes(FIRST, after)
    assert said.startswith("a quotation changed from “We will keep the strait open")


def test_other_quotation_marks_are_a_matter_of_style() -> None:
    quotation = replace(FIRST.quotations[1], text="We ‘will’ keep")
    same = replace(quotation, text="We 'will' keep")
    assert meaning_changes(replace(FIRST, quotations=(quotation,)), replace(FIRST, quotations=(same,))) == []


def test_a_changed_byline_is_asked_about() -> None:
    after = replace(FIRST, document=replace(FIRST.document, bylines=(Byline("Ben Okoro"),)))
    assert meaning_changes(FIRST, after) == ["the byline changed from Ada Berg and Staff to Ben Okoro"]

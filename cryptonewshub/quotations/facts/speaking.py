"""Whose words a sentence tells: the dated sources whose speaker it names beside a verb of saying."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cryptonewshub.quotations.facts.story import Story
from cryptonewshub.quotations.vocabulary import SourceText

_SAYS = re.compile(
    r"\b(?:said|says|told|tells|added|adds|warned|warns|argued|argues|insisted|called|asked|announced|declared|promised|"
    r"urged|stated|accused|address(?:ed)?|spoke|speaking|statement|speech)\b"
)


_LONGEST = 400  # code points on either side that a sentence can have


def sources_speaking_at(story: Story, offset: int) -> Iterator[SourceText]:
    """The dated sources whose speaker the sentence at `offset` names, if it tells what was said."""
    sentence = story.sentence_at(offset)
    prose = story.prose[max(sentence.start, offset - _LONGEST) : min(sentence.end, offset + _LONGEST)]
    if _SAYS.search(prose):
        yield from (source for source in story.sources if source.published and _names(prose, source.speaker))


def _names(prose: str, speaker: str | None) -> bool:
    surname = (speaker or "").split()[-1:]
    return bool(surname) and len(surname[0]) > 2 and re.search(rf"\b{re.escape(surname[0])}\b", prose) is not None

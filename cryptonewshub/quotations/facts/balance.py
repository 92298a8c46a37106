"""A quotation whose closing mark is missing: nobody can tell where the speaker's words end and the story's begin."""

from __future__ import annotations

from collections.abc import Iterator

from cryptonewshub.quotations.facts.story import Story
from cryptonewshub.quotations.vocabulary import Quotation, Remark


def balance_remarks(story: Story) -> Iterator[Remark]:
    """One remark for each utterance that is never closed."""
    for quotation in story.quotations:
        if not quotation.is_balanced:
            yield _remark(quotation)


def _remark(quotation: Quotation) -> Remark:
    words = " ".join(quotation.text.split()[:6])
    return Remark(
        "unbalanced-marks",
        "warning",
        quotation.start,
        quotation.end,
        words,
        f"The quotation that begins “{words}” is opened with {quotation.mark or 'a mark'} and never closed.",
        "Put the closing mark where the speaker's words end.",
    )

"""Which quotations are parts of one utterance: broken by its attribution, or running over several paragraphs."""

from __future__ import annotations

from cryptonewshub.quotations.attribution.cues import CUE_VERBS
from cryptonewshub.quotations.attribution.marks import MarkedSpan
from cryptonewshub.quotations.attribution.speech import Judgement
from cryptonewshub.quotations.attribution.words import Stream

_LONGEST_BREAK = 24  # items of attribution between two parts


def number_utterances(stream: Stream, spans: list[MarkedSpan], judgements: list[Judgement]) -> list[int]:
    """Return the number of each span's utterance, counted from 0 in the text's order."""
    numbers: list[int] = []
    for i, span in enumerate(spans):
        if i and (span.continues or _is_broken_by_attribution(stream, judgements, i)):
            numbers.append(numbers[-1])
        else:
            numbers.append(numbers[-1] + 1 if numbers else 0)
    return numbers


def _is_broken_by_attribution(stream: Stream, judgements: list[Judgement], i: int) -> bool:
    """“We,” he said, “will not.”: a comma inside, a verb of saying, a comma or dash, and on in the same sentence."""
    first, second = stream.place[i - 1], stream.place[i]
    if not (judgements[i - 1].is_speech and judgements[i].is_speech) or not 1 < second - first < _LONGEST_BREAK:
        return False
    if stream.sentences[first] != stream.sentences[second] or stream.words[second - 1] not in (",", "—"):
        return False
    if stream.text[stream.ends[first] - 1] not in ",-–—" and stream.words[first + 1] not in (",", "—"):
        return False
    return any(word in CUE_VERBS for word in stream.words[first + 1 : second])

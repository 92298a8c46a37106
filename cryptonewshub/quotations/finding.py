"""Find every quotation of a news text, say whether it is speech, and who spoke.

The front door of the finding half. It reads marks, words, persons and verbs of saying, and two small tables of weights;
it asks no network, no clock and no model. It never raises on a string, and takes time linear in the text.

Quotations inside quotations are not returned on their own: they are the outer speaker's words. Two apostrophes in a row
are no quotation mark here, but where they close what two backticks opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cryptonewshub.quotations.attribution.candidates import Scene, set_scene
from cryptonewshub.quotations.attribution.marks import MarkedSpan, find_marked_spans
from cryptonewshub.quotations.attribution.mentions import Mention, find_mentions
from cryptonewshub.quotations.attribution.paragraphs import Paragraph, split_paragraphs, trim
from cryptonewshub.quotations.attribution.persons import Inventory, find_names
from cryptonewshub.quotations.attribution.speakers import (
    Choice,
    choose_speakers,
    cue_of,
    share_speakers,
    speaker_by_label,
    speaker_of,
)
from cryptonewshub.quotations.attribution.speech import Judgement, judge_speech
from cryptonewshub.quotations.attribution.utterances import number_utterances
from cryptonewshub.quotations.attribution.weights import Weights, load_weights
from cryptonewshub.quotations.attribution.words import Stream, read_stream
from cryptonewshub.quotations.vocabulary import Kind, Person, Quotation


def find_quotations(
    text: str, *, people: Sequence[Person] = (), block_quotes: Sequence[tuple[int, int]] = ()
) -> list[Quotation]:
    """Return the quotations of `text` in order of their start; offsets are code points, marks outside.

    `people` are the newsroom's registered persons. `block_quotes` are spans (start, end) that are block quotations by
    their structure; lines that start with '>' are so by themselves. What is not speech is returned too, as
    Kind.NOT_SPEECH with a reason.
    """
    return find_with_weights(text, None, people=people, block_quotes=block_quotes)


def find_with_weights(
    text: str,
    weights: Weights | None,
    *,
    people: Sequence[Person] = (),
    block_quotes: Sequence[tuple[int, int]] = (),
) -> list[Quotation]:
    """The same with other weights than the stored ones, for measuring; None means the stored ones."""
    paragraphs = split_paragraphs(text)
    spans = _spans(text, paragraphs, block_quotes)
    if not spans:
        return []
    weights = weights or load_weights()
    stream = read_stream(text, paragraphs, spans)
    mentions = _mentions(stream, people)
    judgements = judge_speech(stream, spans, mentions, weights)
    scene = set_scene(stream, mentions, [judgement.is_speech for judgement in judgements])
    utterances = number_utterances(stream, spans, judgements)
    choices = choose_speakers(scene, [i for i, judgement in enumerate(judgements) if judgement.is_speech], weights)
    choices = share_speakers(choices, utterances)
    reader = _Reader(scene, spans, judgements, utterances, choices, weights)
    return [reader.quotation(i) for i in range(len(spans))]


def _spans(text: str, paragraphs: list[Paragraph], block_quotes: Sequence[tuple[int, int]]) -> list[MarkedSpan]:
    blocks = [paragraph for paragraph in paragraphs if paragraph.is_block_quote or _lies_in(paragraph, block_quotes)]
    kept = set(blocks)
    marked = find_marked_spans(text, [paragraph for paragraph in paragraphs if paragraph not in kept])
    whole = [_block(text, block, before) for before, block in zip([None, *blocks], blocks, strict=False)]
    return sorted(marked + whole, key=lambda span: span.start)


def _lies_in(paragraph: Paragraph, block_quotes: Sequence[tuple[int, int]]) -> bool:
    return any(start <= paragraph.start and paragraph.end <= end for start, end in block_quotes)


def _block(text: str, block: Paragraph, before: Paragraph | None) -> MarkedSpan:
    """A block quotation's line as a span, without marks around the whole; it may go on from the line above."""
    continues = before is not None and not text[before.end : block.start].strip(">\n\r \t")
    start, end = block.start, block.end
    if text[start] in '"“„«‘' and text[end - 1] in '"”“»’' and end - start > 2:
        start, end = trim(text, start + 1, end - 1)
    return MarkedSpan(start, end, "", continues=continues)


def _mentions(stream: Stream, people: Sequence[Person]) -> list[Mention]:
    inventory = Inventory(people)
    names = find_names(stream)
    for name in names:
        inventory.add(name)
    return find_mentions(stream, names)


@dataclass(frozen=True, slots=True)
class _Reader:
    """What was made out about every span of a text, put together one quotation at a time."""

    scene: Scene
    spans: list[MarkedSpan]
    judgements: list[Judgement]
    utterances: list[int]
    choices: dict[int, Choice]
    weights: Weights

    def quotation(self, i: int) -> Quotation:
        span, judgement, choice = self.spans[i], self.judgements[i], self.choices.get(i)
        choice = choice if judgement.is_speech else None
        words = self.scene.stream.text[span.start : span.end]
        speaker = speaker_of(self.scene, choice, self.weights) if choice else None
        speaker = (speaker_by_label(self.scene, i) if judgement.is_speech else None) or speaker
        cue = cue_of(self.scene, i, choice, self._opening(i)) if choice else None
        return Quotation(
            span.start,
            span.end,
            words,
            _kind(words, span, judgement),
            judgement.reason,
            span.mark,
            self.utterances[i],
            speaker,
            cue,
            span.is_balanced,
        )

    def _opening(self, i: int) -> int:
        """The first quotation of the utterance."""
        while i and self.utterances[i - 1] == self.utterances[i]:
            i -= 1
        return i


def _kind(words: str, span: MarkedSpan, judgement: Judgement) -> Kind:
    if not judgement.is_speech:
        return Kind.NOT_SPEECH
    if not span.mark:
        return Kind.BLOCK
    is_whole = words[0].isupper() and words[-1] in ".,!?…" and len(words.split()) > 3
    return Kind.DIRECT if is_whole else Kind.PARTIAL

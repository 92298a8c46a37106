"""Whether a story's quotations agree with each other: the same words twice, and the headline's words in the body.

Two utterances that are merely alike are left alone: what is flagged claims to be words that the story gives elsewhere,
and is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from cryptonewshub.quotations.comparison.differences import FUNCTION_WORDS
from cryptonewshub.quotations.comparison.folding import Folded, fold
from cryptonewshub.quotations.comparison.locating import Pair
from cryptonewshub.quotations.comparison.prepared import Prepared
from cryptonewshub.quotations.comparison.same_person import is_same_person
from cryptonewshub.quotations.comparison.segments import Quoted, cut_at_marks
from cryptonewshub.quotations.comparison.tracing import Trace, exact_traces, near_places, traces
from cryptonewshub.quotations.policy import HOUSE_POLICY
from cryptonewshub.quotations.vocabulary import Remark
from cryptonewshub.quotations.word_sets import word_set

_ABOVE_THE_STORY = ("title", "standfirst")
_CLAUSE_WORDS = word_set(
    "i we they he she it you is are was were am be will would can could should must may might has have had do does"
    " did i'm we're they're he's she's it's you're i've we've they've i'll we'll they'll don't doesn't didn't won't"
    " can't isn't"
)
_LONGEST_FRAGMENT = 12
_MOST_COMPARED = 150  # every quotation is compared with every other
_SHOWN = 6  # words on either side of what is compared


@dataclass(frozen=True, slots=True)
class QuotedWords:
    """A quotation of a story: where it stands, its words, at which offset of its field or block, who spoke."""

    where: Literal["title", "standfirst", "body", "caption"]
    text: str
    start: int
    speaker: str | None = None
    is_speech: bool = True


def inconsistencies(quotations: Sequence[QuotedWords]) -> list[tuple[int, Remark]]:
    """What does not agree, as (index of the quotation, remark), in the quotations' order.

    Rule `inconsistent-quotation`: words that the story gives elsewhere otherwise. Rule `headline-quotation`: words in
    the title or standfirst that no quotation of the body has.
    """
    speech = [(i, each) for i, each in enumerate(quotations) if each.is_speech and each.text.strip()][:_MOST_COMPARED]
    return sorted([*_unlike_elsewhere(speech), *_only_above(speech)], key=lambda found: found[0])


def _unlike_elsewhere(speech: Sequence[tuple[int, QuotedWords]]) -> Iterator[tuple[int, Remark]]:
    below = [(i, each) for i, each in speech if each.where not in _ABOVE_THE_STORY]
    for position, (i, words) in enumerate(below):
        for j, other in below[position + 1 :]:
            if _may_be_one_speaker(words, other) and _differ(words, other):
                shorter, longer = (i, j) if len(words.text) <= len(other.text) else (j, i)
                texts = {i: words, j: other}
                if not _stands_elsewhere(texts[shorter], [each for k, each in below if k != shorter]):
                    yield shorter, _inconsistent(texts[shorter], texts[longer])


def _only_above(speech: Sequence[tuple[int, QuotedWords]]) -> Iterator[tuple[int, Remark]]:
    below = [each for _, each in speech if each.where not in _ABOVE_THE_STORY]
    for i, words in speech:
        if words.where in _ABOVE_THE_STORY and not _stands_elsewhere(words, below):
            near = next((each for each in below if _differ(words, each)), None)
            yield i, _headline(words, near)


def _may_be_one_speaker(left: QuotedWords, right: QuotedWords) -> bool:
    return not left.speaker or not right.speaker or is_same_person(left.speaker, right.speaker) is not False


def _stands_elsewhere(words: QuotedWords, others: Sequence[QuotedWords]) -> bool:
    """Whether another quotation, or neighbouring ones broken by their attribution, have these words."""
    whole = "\n".join(each.text for each in others)
    return any(not trace.alters for trace in _traces(words.text, whole))


def _differ(left: QuotedWords, right: QuotedWords) -> bool:
    """Whether the shorter of two quotations claims words of the longer and differs from them."""
    shorter, longer = sorted((left.text, right.text), key=len)
    if not _share_content(shorter, longer):
        return False
    quoted, prepared = cut_at_marks(shorter), Prepared(longer)
    if not _may_be_alike(quoted, prepared):
        return False
    found = list(traces(quoted, prepared, HOUSE_POLICY))
    if not found or any(not trace.alters for trace in found):
        return False
    return any(
        (trace.share >= 0.7 and _is_one_utterance(trace.story, trace.pairs))
        or _is_fragment_of(trace.story, trace.pairs)
        for trace in found
    )


def _may_be_alike(quoted: Quoted, prepared: Prepared) -> bool:
    """Whether any place is near enough, before anybody says how it differs: that takes long, and most are not."""
    if len(quoted.runs) != 1 or any(exact_traces(quoted, prepared, HOUSE_POLICY)):
        return True
    return any(
        _is_one_utterance(quoted.folded, placed.pairs) or _is_fragment_of(quoted.folded, placed.pairs)
        for _, placed in near_places(quoted, prepared, HOUSE_POLICY)
    )


def _traces(text: str, whole: str) -> Iterator[Trace]:
    return traces(cut_at_marks(text), Prepared(whole), HOUSE_POLICY)


def _share_content(left: str, right: str) -> bool:
    """Whether two quotations have two content words in common: what is cheap to ask first."""
    return len(set(_content(fold(left).keys)) & set(_content(fold(right).keys))) >= 2


def _is_one_utterance(words: Folded, pairs: Sequence[Pair]) -> bool:
    """The same sentence with other words in it: most content words agree, in a long run."""
    content, kept = _content(words.keys), _content(_common(words, pairs))
    return len(kept) >= 3 and len(kept) >= 0.6 * len(content) and len(_longest(words, pairs)) >= 3


def _is_fragment_of(words: Folded, pairs: Sequence[Pair]) -> bool:
    """A phrase without a verb that shares its most telling words, in one run, with a fuller quotation."""
    keys = words.keys
    if len(keys) > _LONGEST_FRAGMENT or any(key in _CLAUSE_WORDS for key in keys):
        return False
    run, content = _content(_longest(words, pairs)), _content(keys)
    return len(run) >= 2 and len(run) >= 0.5 * len(content) and len(_longest(words, pairs)) >= 3


def _common(words: Folded, pairs: Sequence[Pair]) -> list[str]:
    return [words.keys[i] for pair in pairs if pair.is_same for i in range(pair.story, pair.story_end)]


def _longest(words: Folded, pairs: Sequence[Pair]) -> list[str]:
    same = [pair for pair in pairs if pair.is_same]
    longest = max(same, key=lambda pair: pair.story_end - pair.story, default=None)
    return words.keys[longest.story : longest.story_end] if longest else []


def _content(keys: Sequence[str]) -> list[str]:
    return [key for key in keys if key not in FUNCTION_WORDS]


def _inconsistent(words: QuotedWords, other: QuotedWords) -> Remark:
    message = f"“{words.text}” and “{_beside(words, other)}” are given as the same words and differ."
    return _remark(
        "inconsistent-quotation", words, message, "Quote the words as they were said, the same in both places."
    )


def _beside(words: QuotedWords, other: QuotedWords) -> str:
    """As much of the other quotation as is compared, with a few words around it."""
    trace = next(iter(_traces(words.text, other.text)), None) if len(other.text) > len(words.text) else None
    if trace is None:
        return other.text
    start, end = max(0, trace.start - _SHOWN), min(len(trace.source.keys), trace.end + _SHOWN)
    shown = trace.source.text_of(start, end)
    return f"{'… ' if start else ''}{shown}{' …' if end < len(trace.source.keys) else ''}"


def _headline(words: QuotedWords, near: QuotedWords | None) -> Remark:
    where = "title" if words.where == "title" else "standfirst"
    but = f" The nearest is “{_beside(words, near)}”." if near else ""
    message = f"The {where} quotes “{words.text}”, and no quotation in the story has these words.{but}"
    return _remark(
        "headline-quotation",
        words,
        message,
        "Quote the words in the story too, with their source, or take the marks off.",
    )


def _remark(rule: str, words: QuotedWords, message: str, suggestion: str) -> Remark:
    return Remark(rule, "warning", words.start, words.start + len(words.text), words.text, message, suggestion)

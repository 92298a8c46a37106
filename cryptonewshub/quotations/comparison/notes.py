"""The sentences that tell an editor what was found: what, in which words, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable

from cryptonewshub.quotations.comparison.context import Turned
from cryptonewshub.quotations.comparison.differences import Change, Difference
from cryptonewshub.quotations.comparison.letters import letters_of
from cryptonewshub.quotations.comparison.tracing import Trace
from cryptonewshub.quotations.vocabulary import Grade, Verdict

_MOST_SHOWN = 3
_SAID = {
    Change.NOISE: "the source's text recognition reads {pairs}",
    Change.CAPITAL: "capitals differ ({pairs})",
    Change.PUNCTUATION: "punctuation between words differs",
    Change.SPELLING: "the spelling is the house's ({pairs})",
    Change.NUMBER: "a number is written otherwise ({pairs})",
    Change.FILLER: "fillers are left out",
    Change.PROFANITY: "a profanity is dashed out",
}
_GRADES = {
    Grade.GRAVE: "a figure, a name or a negation differs",
    Grade.CONTENT: "the words differ",
    Grade.FUNCTION: "small words differ",
    Grade.CONTRACTION: "a contraction was changed",
}
_TURNED = {
    "negated": "The source has “{words}” directly before these words, and without it they say the opposite.",
    "conditional": "In the source these words follow “{words}”: they are a condition, not a statement.",
    "denied": "The source has “{words}” directly before these words: the speaker denies them.",
    "limited": "The source goes on with “{words}” directly after these words, which limits what they say.",
    "asked": "The source asks this as a question (“{words} …?”); here it reads as a statement.",
    "another's": "The speaker reports these words as somebody else's (“{words}”).",
}


def editing_note(trace: Trace, verdict: Verdict) -> str | None:
    """What was allowed, in one sentence; None for nothing."""
    said = list(_gaps(trace)) + [_said(change, trace.differences) for change in _SAID if _of(change, trace.differences)]
    if _skips_furniture(trace):
        said.append("a page header or address in the source was passed over")
    sentences = [_sentence(said)] if said else []
    if verdict is Verdict.SHORT:
        sentences.append(
            f"These {_count(len(trace.story.keys))} are too few to prove much: make sure that they were meant."
        )
    return " ".join(sentences) or None


def alteration_note(trace: Trace, source: str, grade: Grade) -> str:
    """Which words differ, from the source's to the story's, and what to do."""
    altering = [difference for difference in trace.differences if difference.alters]
    if altering and all(not difference.story for difference in altering):
        left_out = ", ".join(f"“{_one_line(d.source)}”" for d in altering[:_MOST_SHOWN])
        what = f"The quotation leaves out {left_out} without an ellipsis: {_GRADES[grade]}."
        return f"{what} Put the words back, or mark the cut."
    shown = "; ".join(_reads(difference) for difference in altering[:_MOST_SHOWN])
    more = f" (and {len(altering) - _MOST_SHOWN} more)" if len(altering) > _MOST_SHOWN else ""
    what = f"The quotation is not what the source “{source}” has: {shown}{more}; {_GRADES[grade]}."
    return f"{what} Correct the words or attach another source."


def gap_note(trace: Trace) -> str:
    """What an ellipsis or a bracket hides or adds."""
    gap = next(gap for gap in trace.gaps if gap.hidden)
    if gap.start == gap.end:
        return f"The bracket adds “{gap.inserted}”, and with that the words say something else. Take it out."
    words = " ".join(trace.source.words[gap.start : gap.end])
    mark = "The ellipsis" if gap.kind == "cut" else "The bracket"
    return f"{mark} stands for “{words}”, and without that the words say something else. Put the words back."


def turned_note(turned: Turned) -> str:
    return f"{_TURNED[turned.kind].format(words=turned.words)} Quote enough for the sense to stand."


def _gaps(trace: Trace) -> Iterable[str]:
    cut = [gap for gap in trace.gaps if gap.kind == "cut"]
    if any(gap.end > gap.start for gap in cut):
        yield f"an ellipsis stands for {_count(sum(gap.end - gap.start for gap in cut))} of the source"
    if any(gap.kind == "insertion" for gap in trace.gaps):
        yield "a bracket stands for words of the source or adds to them"


def _said(change: Change, differences: Iterable[Difference]) -> str:
    pairs = [f"“{_one_line(d.source)}” for “{_one_line(d.story)}”" for d in _of(change, differences)]
    return _SAID[change].format(pairs=", ".join(dict.fromkeys(pairs[:_MOST_SHOWN])))


def _of(change: Change, differences: Iterable[Difference]) -> list[Difference]:
    return [difference for difference in differences if difference.change is change]


def _reads(difference: Difference) -> str:
    there, here = _one_line(difference.source), _one_line(difference.story)
    if not there:
        return f"“{here}” is not there"
    return f"“{there}” there reads “{here}” here" if here else f"“{there}” is left out here"


def _skips_furniture(trace: Trace) -> bool:
    """Whether the source's text has more letters at this place than its words."""
    source = trace.source
    return any(
        len(letters_of(source.text_of(placed.start, placed.end)))
        > len(letters_of(" ".join(source.words[placed.start : placed.end])))
        for placed in trace.placed
    )


def _sentence(parts: list[str]) -> str:
    joined = "; ".join(parts)
    return f"{joined[:1].upper()}{joined[1:]}."


def _count(words: int) -> str:
    return "one word" if words == 1 else f"{words} words"


def _one_line(text: str) -> str:
    return " ".join(text.split())

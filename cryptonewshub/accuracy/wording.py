"""What the desk tells an editor about a quotation that stops publication: what happened, to what, what to do next."""

from __future__ import annotations

from cryptonewshub.accuracy.languages import language_name
from cryptonewshub.accuracy.report import CheckedQuotation, Place
from cryptonewshub.articles.document import Document
from cryptonewshub.quotations.vocabulary import SourceText, Verdict

_SHOWN = 300  # code points of a source's words that a suggestion repeats


def place_name(place: Place, document: Document) -> str:
    """'the title', 'paragraph 4' (paragraphs and block quotations counted from 1), 'the fact box' and so on."""
    if place.where != "body" or place.block is None:
        return "a caption" if place.where == "caption" else f"the {place.where}"
    kind = document.body[place.block].kind
    if kind in ("p", "quote"):
        return f"paragraph {sum(block.kind in ('p', 'quote') for block in document.body[: place.block + 1])}"
    return {"h": "a subhead", "ul": "a list", "ol": "a list"}.get(kind, "the fact box")


def message_for(quotation: CheckedQuotation, document: Document, sources: dict[str, SourceText]) -> str:
    """The sentences about a blocking quotation; each verdict has its own."""
    subject = f"The quotation in {place_name(quotation.place, document)}"
    title = _title(quotation.source, sources)
    match quotation.verdict:
        case Verdict.ALTERED:
            return f"{subject} is not in {title} as it stands: {_differences(quotation)}. {_MEND}"
        case Verdict.NOT_FOUND:
            return _joined(f"{subject} is in no attached source.", quotation.note, _MEND)
        case Verdict.UNSOURCED:
            return f"{subject} has no source that could hold it. Attach the document that it was taken from."
        case Verdict.OTHER_SPEAKER:
            told = f"{subject} is given to {quotation.speaker}, {_recorded(quotation, title)}."
            return f"{told} Correct the speaker or attach another source."
        case Verdict.OUT_OF_CONTEXT:
            return _joined(
                f"{subject} is cut so that its sense turns.", quotation.note, "Quote what stands around it too."
            )
        case Verdict.STITCHED:
            advice = "Quote the parts apart from each other."
            return _joined(f"{subject} joins parts that stand apart in {title}.", quotation.note, advice)
        case Verdict.TRANSLATED:
            told = f"{subject} is a translation: {title} is in {_language(quotation.source, sources)}."
            return f"{told} Have somebody who reads the language sign it off."
        case _:
            return _joined(
                f"House policy stops the quotation in {place_name(quotation.place, document)}.", quotation.note, ""
            )


def suggestion_for(quotation: CheckedQuotation) -> str:
    """The source's own words, where a passage was found."""
    if quotation.passage is None:
        return ""
    words = " ".join(quotation.passage.exact.split())
    return f"The source’s words: “{words if len(words) <= _SHOWN else words[:_SHOWN].rsplit(' ', 1)[0] + ' …'}”."


_MEND = "Correct the words or attach another source."


def _title(source: str | None, sources: dict[str, SourceText]) -> str:
    if source is None or source not in sources:
        return "the source"
    return f"the source “{source}”"


def _recorded(quotation: CheckedQuotation, title: str) -> str:
    if quotation.recorded_speaker:
        return f"but {title} gives it to {quotation.recorded_speaker}"
    return f"but {title} gives it to somebody else"


def _language(source: str | None, sources: dict[str, SourceText]) -> str:
    return language_name(sources[source].language) if source in sources else "another language"


def _differences(quotation: CheckedQuotation) -> str:
    """'“will not” there reads “cannot”', for the first three places that differ."""
    changes = _changes(quotation.diff or ())
    if not changes:
        return "its words differ"
    told = [_difference(there, here) for there, here in changes[:3]]
    more = f", and {len(changes) - 3} more" if len(changes) > 3 else ""
    return "; ".join(told) + more


def _difference(there: str, here: str) -> str:
    if here and there:
        return f"“{here}” there reads “{there}”"
    return f"“{here}” is not there" if here else f"“{there}” stands there too, and no ellipsis marks the cut"


def _changes(diff: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """The differing stretches as pairs: the source's words, the story's words."""
    changes: list[tuple[str, str]] = []
    there = here = ""
    for sign, words in [*diff, ("=", " .")]:
        if sign == "=" and words.strip():
            if there.strip() or here.strip():
                changes.append((" ".join(there.split()), " ".join(here.split())))
            there = here = ""
        else:
            there += words if sign in "-=" else ""
            here += words if sign in "+=" else ""
    return changes


def _joined(*sentences: str | None) -> str:
    return " ".join(sentence for sentence in sentences if sentence)

"""What the desk tells an editor about a quotation that stops publication: what happened, to what, what to do next."""

from __future__ import annotations

from collections.abc import Mapping

from cryptonewshub.accuracy.languages import language_name
from cryptonewshub.accuracy.report import CheckedQuotation, Place
from cryptonewshub.articles.document import Document
from cryptonewshub.quotations.comparison.prepared import prepare
from cryptonewshub.quotations.comparison.translation import spoken_language
from cryptonewshub.quotations.vocabulary import SourceText, Verdict

_SUBJECT = "The quotation"
_SHOWN = 300  # code points of a source's words that a suggestion repeats


def place_name(place: Place, document: Document) -> str:
    """'the title', 'paragraph 4' (paragraphs and block quotations counted from 1), 'the fact box' and so on."""
    if place.where != "body" or place.block is None:
        return "a caption" if place.where == "caption" else f"the {place.where}"
    kind = document.body[place.block].kind
    if kind in ("p", "quote"):
        return f"paragraph {sum(block.kind in ('p', 'quote') for block in document.body[: place.block + 1])}"
    return {"h": "a subhead", "ul": "a list", "ol": "a list"}.get(kind, "the fact box")


def message_for(quotation: CheckedQuotation, document: Document, sources: Mapping[str, SourceText]) -> str:
    """The sentences about a blocking quotation; each verdict has its own, and the match's note tells the rest."""
    subject = f"The quotation in {place_name(quotation.place, document)}"
    title = f"the source “{quotation.source}”" if quotation.source else "the source"
    is_unread = bool(quotation.cited) and not any(name in sources for name in quotation.cited)
    match quotation.verdict:
        case Verdict.NOT_FOUND | Verdict.UNSOURCED if is_unread:
            return f"{subject} cites “{quotation.cited[0]}”, of which the desk has no text. Attach its file."
        case Verdict.ALTERED:
            return _told(subject, f"is not in {title} as it stands.", quotation.note)
        case Verdict.NOT_FOUND:
            return _told(subject, "was not found.", quotation.note)
        case Verdict.UNSOURCED:
            return f"{subject} has no source that could hold it. Attach the document that it was taken from."
        case Verdict.OTHER_SPEAKER:
            recorded = quotation.recorded_speaker or "somebody else"
            told = f"{subject} is given to {quotation.speaker}, but {title} gives it to {recorded}."
            return f"{told} Correct the speaker or attach another source."
        case Verdict.OUT_OF_CONTEXT:
            return _told(subject, "is taken out of its context.", quotation.note)
        case Verdict.STITCHED:
            return _told(subject, f"joins parts that stand apart in {title}.", quotation.note)
        case Verdict.TRANSLATED:
            told = f"{subject} is a translation: {title} is in {_language(quotation.source, sources)}."
            return f"{told} Have somebody who reads the language sign it off."
        case _ if quotation.blocking:
            return _told(subject, "is stopped by house policy.", quotation.note)
        case _:
            return _told(subject, f"is “{quotation.verdict}”, which the house wants to be asked about.", quotation.note)


def doubt_about(quotation: CheckedQuotation, document: Document) -> str:
    """The question about a speaker whom the desk is not sure of."""
    given = f"The story seems to give the quotation in {place_name(quotation.place, document)} to {quotation.speaker}"
    recorded = quotation.recorded_speaker or "somebody else"
    source = f"the source “{quotation.source}”" if quotation.source else "the source"
    return f"{given}, and {source} gives it to {recorded}. Say beside the quotation who spoke."


def language_of(quotation: CheckedQuotation, sources: Mapping[str, SourceText]) -> str | None:
    """The language that a translated quotation was spoken in, as a code; None for any other quotation."""
    found = sources.get(quotation.source or "")
    return spoken_language(found, prepare(found.text)) if found and quotation.verdict is Verdict.TRANSLATED else None


def suggestion_for(quotation: CheckedQuotation) -> str:
    """The source's own words, where a passage was found."""
    if quotation.passage is None:
        return ""
    words = " ".join(quotation.passage.exact.split())
    return f"The source’s words: “{words if len(words) <= _SHOWN else words[:_SHOWN].rsplit(' ', 1)[0] + ' …'}”."


def _told(subject: str, base: str, note: str | None) -> str:
    """The base sentence and the note, or the note alone where it begins with the quotation itself."""
    if note is None:
        return f"{subject} {base} Correct the words or attach another source."
    if note.startswith(_SUBJECT):
        return subject + note[len(_SUBJECT) :]
    return f"{subject} {base} {note}"


def _language(source: str | None, sources: Mapping[str, SourceText]) -> str:
    """The language that the source's text is seen to be in, whatever the story says of it."""
    found = sources.get(source or "")
    return language_name(spoken_language(found, prepare(found.text))) if found else "another language"

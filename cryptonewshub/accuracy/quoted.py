"""The quotations of a document: where each one stands, who speaks, and which sources are cited there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cryptonewshub.accuracy.report import Place, Where
from cryptonewshub.accuracy.text_of import BodyText, sources_cited_at
from cryptonewshub.articles.document import Document
from cryptonewshub.quotations.finding import find_quotations
from cryptonewshub.quotations.vocabulary import Kind, Person, Quotation

_TELLING = 3  # words; fewer may stand in two people's mouths


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation and its place. `speaker` is the fullest name that the document has; nobody speaks what is no speech.

    A headline's 'the minister' or 'Russia' is nobody whom a source could contradict: there `is_named` is False.
    """

    quotation: Quotation
    place: Place
    speaker: str | None
    cited: tuple[str, ...] = ()
    is_named: bool = True


def quotations_of(document: Document, body: BodyText, people: Sequence[Person]) -> list[Quoted]:
    """Every quotation in reading order: title, standfirst, body with its captions."""
    below = _in_body(body, people)
    above = [
        *_in_field("title", document.title, body, below, people),
        *_in_field("standfirst", document.standfirst, body, below, people),
    ]
    return [*above, *below]


def _in_body(body: BodyText, people: Sequence[Person]) -> list[Quoted]:
    """The body's quotations; the parts of an utterance that cite nothing share what its other parts cite."""
    found = [
        _placed(body, quotation)
        for quotation in find_quotations(body.text, people=people, block_quotes=body.block_quotes)
    ]
    shared = {quoted.quotation.utterance: quoted.cited for quoted in reversed(found) if quoted.cited}
    return [quoted if quoted.cited else replace(quoted, cited=_cited_with(quoted, shared)) for quoted in found]


def _cited_with(quoted: Quoted, shared: dict[int, tuple[str, ...]]) -> tuple[str, ...]:
    return shared.get(quoted.quotation.utterance, ())


def _placed(body: BodyText, quotation: Quotation) -> Quoted:
    place = body.place(quotation.start, quotation.end)
    block = body.blocks[body.index(quotation.start)]
    # An attribution under a block quotation is the story's own word on who spoke; what follows its comma describes.
    attributed = block.speaker.partition(",")[0].strip() if block.kind == "quote" and block.speaker else ""
    return Quoted(quotation, place, attributed or _speaker_name(quotation), sources_cited_at(block, place.end))


def _in_field(
    where: Where, text: str, body: BodyText, below: Sequence[Quoted], people: Sequence[Person]
) -> list[Quoted]:
    found = list[Quoted]()
    for quotation in find_quotations(text, people=people):
        name = _named_below(quotation, below) or _speaker_name(quotation)
        is_named = name is not None and _last_word(name) in body.text
        place = Place(where, None, quotation.start, quotation.end)
        found.append(Quoted(quotation, place, name, is_named=is_named))
    return found


def _named_below(quotation: Quotation, below: Sequence[Quoted]) -> str | None:
    """Who says these words in the body, or else the speaker there with the same last name."""
    if quotation.kind is Kind.NOT_SPEECH:
        return None
    words, name = _plain(quotation.text), _speaker_name(quotation)
    speakers = [quoted.speaker for quoted in below if quoted.speaker and words in _plain(quoted.quotation.text)]
    if speakers and len(words.split()) >= _TELLING:
        return speakers[0]
    namesakes = (quoted.speaker for quoted in below if quoted.speaker and name)
    return next((other for other in namesakes if name and _last_word(other) == _last_word(name)), None)


def _plain(text: str) -> str:
    """The words alone in small letters, each with a space on either side."""
    words = "".join(character if character.isalnum() else " " for character in text.lower()).split()
    return f" {' '.join(words)} "


def _last_word(name: str) -> str:
    return (name.split() or [""])[-1]


def _speaker_name(quotation: Quotation) -> str | None:
    return quotation.speaker.name if quotation.speaker and quotation.kind is not Kind.NOT_SPEECH else None

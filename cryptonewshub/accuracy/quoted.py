"""The quotations of a document: where each one stands, who speaks, and which sources are cited there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cryptonewshub.accuracy.report import Place, Where
from cryptonewshub.accuracy.speakers import Names, Naming, last_word, names_in
from cryptonewshub.accuracy.text_of import BodyText, sources_cited_at
from cryptonewshub.articles.document import Document
from cryptonewshub.quotations.finding import find_quotations
from cryptonewshub.quotations.vocabulary import Kind, Person, Quotation, SourceText

_GENDERS = {"he": "m", "she": "f"}
_LEAD = 200  # code points
_OPENING = " “‘„‚«‹\"'"
_TELLING = 3  # words; fewer may stand in two people's mouths


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation and its place. `speaker` is the fullest name that the document has; nobody speaks what is no speech.

    `confidence` is how sure the speaker is, 0 to 1, and `naming` how plainly the story names that speaker. `lead` is
    what stands before the quotation in its block or field. `is_cited` says that the cited source told who is meant.
    """

    quotation: Quotation
    place: Place
    speaker: str | None
    cited: tuple[str, ...] = ()
    confidence: float = 1.0
    naming: Naming = Naming.PERSON
    lead: str = ""
    is_cited: bool = False

    @property
    def is_by_name(self) -> bool:
        """Whether the story itself names the speaker: by a name beside the quotation or by the source that it cites."""
        speaker = self.quotation.speaker
        return speaker is None or self.is_cited or last_word(speaker.name) in speaker.mention

    @property
    def is_by_pronoun(self) -> bool:
        """Whether the story says only 'he', 'she' or 'they' of the speaker."""
        speaker = self.quotation.speaker
        return speaker is not None and speaker.mention.lower() in ("he", "she", "they")


def quotations_of(
    document: Document, body: BodyText, sources: Sequence[SourceText], people: Sequence[Person]
) -> list[Quoted]:
    """Every quotation in reading order: title, standfirst, body with its captions."""
    below = _in_body(body, people)
    above = [
        *_in_field("title", document.title, below, people),
        *_in_field("standfirst", document.standfirst, below, people),
    ]
    names = names_in(body, sources, people)
    meant = [_meant_by_citation(quoted, names, sources) for quoted in (*above, *below)]
    return [replace(quoted, naming=names.naming(quoted.speaker)) for quoted in meant]


def _meant_by_citation(quoted: Quoted, names: Names, sources: Sequence[SourceText]) -> Quoted:
    """'She' and 'the judge' are the speaker of the source that the story cites there, if it speaks of that person."""
    speaker = quoted.quotation.speaker
    cited = {source.speaker for source in sources if source.id in quoted.cited}
    if speaker is None or quoted.is_by_name or len(cited) != 1 or not (recorded := cited.pop()):
        return quoted
    person = names.person(recorded)
    if person is None or person.gender not in ("", _GENDERS.get(speaker.mention.lower(), person.gender)):
        return quoted
    return replace(quoted, speaker=person.name, confidence=1.0, is_cited=True)


def _in_body(body: BodyText, people: Sequence[Person]) -> list[Quoted]:
    """The body's quotations; the parts of an utterance that cite nothing share what its other parts cite."""
    found = [
        _placed(body, quotation)
        for quotation in find_quotations(body.text, people=people, block_quotes=body.block_quotes)
    ]
    shared = {quoted.quotation.utterance: quoted.cited for quoted in reversed(found) if quoted.cited}
    return [replace(quoted, cited=quoted.cited or shared.get(quoted.quotation.utterance, ())) for quoted in found]


def _placed(body: BodyText, quotation: Quotation) -> Quoted:
    place = body.place(quotation.start, quotation.end)
    block = body.blocks[body.index(quotation.start)]
    cited = sources_cited_at(block, place.end)
    if block.kind == "quote" and block.speaker:
        # An attribution under a block quotation is the story's own word on who spoke; after its comma it describes.
        return Quoted(quotation, place, block.speaker.partition(",")[0].strip(), cited)
    lead = _lead(block.text, place.start)
    return Quoted(quotation, place, _speaker_name(quotation), cited, _confidence(quotation), lead=lead)


def _in_field(where: Where, text: str, below: Sequence[Quoted], people: Sequence[Person]) -> list[Quoted]:
    found = list[Quoted]()
    for quotation in find_quotations(text, people=people):
        place = Place(where, None, quotation.start, quotation.end)
        same = _named_below(quotation, below)
        speaker, confidence = (
            (same.speaker, same.confidence) if same else (_speaker_name(quotation), _confidence(quotation))
        )
        lead = _lead(text, quotation.start)
        found.append(Quoted(quotation, place, speaker, confidence=confidence, lead=lead))
    return found


def _named_below(quotation: Quotation, below: Sequence[Quoted]) -> Quoted | None:
    """The body's quotation that has these words, or else one by a speaker with the same last name."""
    if quotation.kind is Kind.NOT_SPEECH:
        return None
    words, name = _plain(quotation.text), last_word(_speaker_name(quotation) or "")
    named = [quoted for quoted in below if quoted.speaker]
    same_words = [quoted for quoted in named if words in _plain(quoted.quotation.text)]
    if same_words and len(words.split()) >= _TELLING:
        return same_words[0]
    return next((quoted for quoted in named if name and last_word(quoted.speaker or "") == name), None)


def _lead(text: str, start: int) -> str:
    return text[:start].rstrip(_OPENING)[-_LEAD:]


def _plain(text: str) -> str:
    """The words alone in small letters, each with a space on either side."""
    words = "".join(character if character.isalnum() else " " for character in text.lower()).split()
    return f" {' '.join(words)} "


def _speaker_name(quotation: Quotation) -> str | None:
    return quotation.speaker.name if quotation.speaker and quotation.kind is not Kind.NOT_SPEECH else None


def _confidence(quotation: Quotation) -> float:
    return quotation.speaker.confidence if quotation.speaker else 1.0

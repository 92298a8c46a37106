"""How plainly a story names a speaker: what the desk may conclude when the source names somebody else.

News gives words to 'Moscow', 'the president' or 'the ministry' for whoever spoke. No source contradicts that; a source
contradicts a person's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from cryptonewshub.accuracy.text_of import BodyText
from cryptonewshub.quotations.attribution.persons import NamedPerson, find_persons
from cryptonewshub.quotations.vocabulary import Person, SourceText


class Naming(Enum):
    """A person's name; a bare name that may be a person's or a place's; an office, a pronoun or nobody."""

    PERSON = "person"
    UNCLEAR = "unclear"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Names:
    """Whom the story's body names and whom the sources have as speakers, last names in small letters."""

    by_name: Mapping[str, NamedPerson]
    surnames: frozenset[str]

    def person(self, name: str) -> NamedPerson | None:
        """The person of the story who has this last name, if there is one and no other."""
        last = last_word(name).casefold()
        found = [person for person in self.by_name.values() if last_word(person.name).casefold() == last]
        return found[0] if len(found) == 1 else None

    def naming(self, name: str | None) -> Naming:
        """How plainly a speaker is named."""
        if not name or not name.strip():
            return Naming.NOBODY
        if last_word(name).casefold() in self.surnames:
            return Naming.PERSON
        if name in self.by_name:
            return Naming.UNCLEAR
        capitalised = [word for word in name.split() if word[:1].isupper()]
        return Naming.PERSON if len(capitalised) == len(name.split()) > 1 else Naming.NOBODY


def names_in(body: BodyText, sources: Iterable[SourceText], people: Sequence[Person]) -> Names:
    """The names of a story's body and its sources' speakers."""
    found = find_persons(body.text, people)
    speakers = [source.speaker for source in sources if source.speaker]
    known = [person.name for person in found if person.is_person] + speakers
    return Names({person.name: person for person in found}, frozenset(last_word(name).casefold() for name in known))


def last_word(name: str) -> str:
    """'Orne' of 'Tobias Orne', '' of ''."""
    return (name.split() or [""])[-1]

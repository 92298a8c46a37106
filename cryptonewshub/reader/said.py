"""What was said: traced quotations of the stories in a list, each with who said it, when, and the story that has it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from cryptonewshub.editions.content import Content
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.sourcing import Note, notes
from cryptonewshub.reader.teasers import Teaser, teaser
from cryptonewshub.reader.verdicts import Sign

_SHOWN = 9
_OF_A_STORY = 3
_LEAST_WORDS = 5  # fewer are a turn of phrase and no statement
_TRACED = (Sign.FULL, Sign.HALF, Sign.LETTER)


@dataclass(frozen=True, slots=True)
class Quoted:
    """One quotation: its words, the key under which they were sealed, and its place in the story."""

    key: str
    words: str
    note: Note
    path: str


@dataclass(frozen=True, slots=True)
class Said:
    """What one story quotes."""

    story: Teaser
    quoted: tuple[Quoted, ...]


def said_in(site: Site, stories: Sequence[Content], *, by: Container[str] | None = None) -> tuple[Said, ...]:
    """What was said in these stories, in their order; of one story not more than a few. `by` are a speaker's names.

    A story that the newsroom no longer stands by is not asked, and what two stories quote stands once.
    """
    seen, found = set[tuple[str, str]](), list[Said]()
    room = _SHOWN
    for story in stories:
        if quoted := tuple(islice(_fresh(site, story, by, seen), min(room, _OF_A_STORY))):
            found.append(Said(teaser(site, story), quoted))
            room -= len(quoted)
    return tuple(found)


def all_said_on(topic: str) -> str:
    """Where a reader finds everything that was said on a topic, by its slug."""
    return f"/search/?kind=statement&topic={topic}"


def all_said_by(person: str) -> str:
    """Where a reader finds everything that was said by a person in the news, by their slug."""
    return f"/search/?kind=statement&person={person}"


def _fresh(site: Site, story: Content, by: Container[str] | None, seen: set[tuple[str, str]]) -> Iterator[Quoted]:
    for note in notes(story, site) if not story.is_retracted else ():
        quoted = _quoted(story, note)
        said = note.speaker, quoted.words.strip(" ,.")
        if _is_statement(note) and (by is None or note.speaker in by) and said not in seen:
            seen.add(said)
            yield quoted


def _is_statement(note: Note) -> bool:
    """Whether the story quotes somebody at length; headlines take their words from what stands below them."""
    is_long = len(note.text.split()) >= _LEAST_WORDS
    return bool(note.speaker) and note.block is not None and note.sign in _TRACED and is_long


def _quoted(story: Content, note: Note) -> Quoted:
    """Of what is word for word, the source's words: the story's end in a comma where its sentence goes on."""
    path = f"{story.path}#{note.id}"
    if note.sign is Sign.FULL and note.passage:
        return Quoted(f"{note.key}.passage", "".join(words.text for words in note.passage.words), note, path)
    return Quoted(f"{note.key}.text", note.text, note, path)

"""The inventory of persons (and bodies) of a text: every name, who is meant by it, and where it stands.

A surname after a full name means the same person; so does a small variant of its spelling, and an alias of the
register. It never makes a name up: every name was in the text or in the register.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cryptonewshub.quotations.attribution.paragraphs import split_paragraphs
from cryptonewshub.quotations.attribution.words import CAPITAL, PUNCTUATION, QUOTED, WORD, Stream, read_stream
from cryptonewshub.quotations.lexicon import (
    BODIES,
    DAYS_AND_MONTHS,
    FEMALE_NAMES,
    FEMALE_WORDS,
    FUNCTION_WORDS,
    MALE_NAMES,
    MALE_WORDS,
    NAME_SUFFIXES,
    PARTICLES,
    PEOPLES,
    PLACES,
    TITLES,
    word_set,
)
from cryptonewshub.quotations.vocabulary import Person

_MOST_ALIKE = 30  # persons of one surname that are looked at, so that no text takes more than linear time
_HONORIFICS = word_set("mr mrs ms miss mr. mrs. ms. dr dr. sir sen. rep. gov. lady lord")


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name as it stands at `start`:`end` (code points), without title and possessive ending."""

    start: int
    end: int
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody (or some body) whom a text names. `name` is the fullest name, `gender` 'm', 'f' or ''.

    `titles` are the words before the name ('Prime Minister'), `is_registered` whether the newsroom's register has it.
    """

    name: str
    surname: str
    gender: str
    titles: tuple[str, ...]
    mentions: tuple[NameMention, ...]
    is_person: bool
    is_registered: bool = False


def find_persons(text: str, people: Sequence[Person] = ()) -> list[NamedPerson]:
    """Return the persons and bodies that `text` names, inside and outside quotation marks, by first mention."""
    stream = read_stream(text, split_paragraphs(text), [])
    inventory = Inventory(people)
    for name in find_names(stream):
        inventory.add(name)
    return [entry.public(text) for entry in inventory.entries if entry.mentions]


@dataclass(slots=True, eq=False)
class Name:
    """A run of capitalised words: items `first`:`last` of the stream are the name, the words of `title` come before."""

    first: int
    last: int
    start: int
    end: int
    parts: tuple[str, ...]
    text: str
    title: tuple[str, ...] = ()
    entry: Entry | None = None


@dataclass(slots=True, eq=False)
class Entry:
    """One person of the inventory while it grows."""

    number: int
    full: str
    first_name: str
    surname: str
    titles: list[str] = field(default_factory=list)
    mentions: list[Name] = field(default_factory=list)
    gender: str = ""
    registered: str = ""
    is_body: bool = False
    spellings: Counter[str] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """The fullest name, with the spelling of the surname that the text prefers."""
        if self.registered:
            return self.registered
        if len(self.spellings) > 1 and self.first_name:
            return f"{self.full[: self.full.rfind(' ')]} {self.spellings.most_common(1)[0][0]}"
        return self.full

    @property
    def is_person(self) -> bool:
        return not self.is_body and bool(self.gender or self.first_name or self.titles or self.registered)

    def public(self, text: str) -> NamedPerson:
        mentions = tuple(NameMention(m.start, m.end, text[m.start : m.end], " ".join(m.title)) for m in self.mentions)
        titles = tuple(dict.fromkeys(self.titles))
        return NamedPerson(
            self.name, self.surname, self.gender, titles, mentions, self.is_person, bool(self.registered)
        )


def find_names(stream: Stream) -> list[Name]:
    """Return the names of a stream in order: runs of capitalised words that are no function word, day or month."""
    lower = {word for word, kind in zip(stream.words, stream.kinds, strict=True) if kind == WORD}
    names = _names(stream, lower, set())
    odd = {name.parts[-1] for name in names if len(name.parts) > 1 and name.parts[-1] in FUNCTION_WORDS | TITLES}
    return _names(stream, lower, odd) if odd else names


def _names(stream: Stream, lower: set[str], known: set[str]) -> list[Name]:
    """`known` are the function words that are a surname in this text."""
    names: list[Name] = []
    i = 0
    while i < len(stream):
        if stream.kinds[i] != CAPITAL:
            i += 1
            continue
        end = _run_end(stream, i)
        name = _name_of(stream, i, end, lower, known)
        if name is not None:
            names.append(name)
        i = end
    return names


def _run_end(stream: Stream, i: int) -> int:
    """The end of the run of capitalised words from `i`; particles and a nickname between marks may stand inside."""
    end = i + 1
    while end < len(stream) and end - i < 12:
        if stream.owners[end - 1] or stream.sentences[end] != stream.sentences[end - 1] or not _touch(stream, end):
            break
        kind = stream.kinds[end]
        if kind == CAPITAL:
            end += 1
        elif end + 1 < len(stream) and stream.kinds[end + 1] == CAPITAL and _joins(stream, end):
            end += 2
        else:
            break
    return end


def _touch(stream: Stream, i: int) -> bool:
    """Whether nothing but space (or the marks of a quotation) stands between an item and the one before."""
    if QUOTED in (stream.kinds[i], stream.kinds[i - 1]):
        return True
    return stream.text[stream.ends[i - 1] : stream.starts[i]].isspace()


def _joins(stream: Stream, i: int) -> bool:
    if stream.kinds[i] == WORD:
        return stream.words[i] in PARTICLES
    if stream.kinds[i] == QUOTED:
        return (
            len(stream.text_of(i).split()) <= 2
            and stream.text_of(i)[:1].isupper()
            and stream.text_of(i)[-1:] not in ".,!?"
        )
    return False


def _name_of(stream: Stream, first: int, last: int, lower: set[str], known: set[str]) -> Name | None:
    first, last = _without_edges(stream, first, last, lower, known)
    if first >= last:
        return None
    if _is_role(stream, first, last, known):
        return None
    title_end = _title_end(stream, first, last)
    title = tuple(stream.words[k] for k in range(first, title_end))
    parts = tuple(stream.words[k] for k in range(title_end, last) if stream.kinds[k] in (CAPITAL, WORD))
    start, end = stream.starts[title_end], stream.ends[last - 1]
    return Name(title_end, last, start, end, parts, stream.text[start:end], title)


def _is_role(stream: Stream, first: int, last: int, known: set[str]) -> bool:
    """Whether a run is an office without a name ('Prime Minister', 'the President')."""
    word = stream.words[last - 1]
    if word.rstrip(".") not in TITLES or word in known:
        return False
    return last - first == 1 or not (_gender_of_given(stream.words[last - 2]) or stream.words[last - 2] in _HONORIFICS)


def _title_end(stream: Stream, first: int, last: int) -> int:
    """Where the name starts: after the last title that something follows ('Flint Mayor', 'Attorney General')."""
    for k in range(last - 2, first - 1, -1):
        if stream.words[k].rstrip(".") in TITLES and stream.words[k + 1] not in BODIES:
            return k + 1
    return first


def _without_edges(stream: Stream, first: int, last: int, lower: set[str], known: set[str]) -> tuple[int, int]:
    """Drop words at both ends that only the sentence's start or the calendar gave a capital."""
    while first < last and _is_no_name(stream.words[first]) and stream.words[first] not in known:
        first += 1
    while (
        last > first
        and _is_no_name(stream.words[last - 1])
        and not (stream.words[last - 1] in known or _is_after_given(stream, first, last - 1))
    ):
        last -= 1
    if first < last and _starts_sentence(stream, first) and stream.words[first] in lower:
        is_title = stream.words[first] in TITLES
        if not is_title or last - first == 1:
            first += 1
    return first, last


def _is_after_given(stream: Stream, first: int, i: int) -> bool:
    """Whether a function word stands where a surname would ('George Will')."""
    return (
        i > first
        and stream.kinds[i] == CAPITAL
        and (bool(_gender_of_given(stream.words[i - 1])) or (i - 1 > first and len(stream.words[i - 1]) == 1))
    )


def _is_no_name(word: str) -> bool:
    return word in FUNCTION_WORDS or word in DAYS_AND_MONTHS


def _starts_sentence(stream: Stream, i: int) -> bool:
    return (
        i == 0
        or stream.sentences[i - 1] != stream.sentences[i]
        or (stream.kinds[i - 1] in (QUOTED,) or (stream.kinds[i - 1] == PUNCTUATION and stream.words[i - 1] in ":—•*#"))
    )


class Inventory:
    """Persons by their names; adding a name says who is meant by it."""

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self.entries: list[Entry] = []
        self._by_last: dict[str, list[Entry]] = {}
        self._by_first: dict[str, list[Entry]] = {}
        self._by_alias: dict[tuple[str, ...], Entry] = {}
        self._by_stem: dict[str, list[Entry]] = {}
        for person in people:
            self._register(person)

    def _register(self, person: Person) -> None:
        parts = _parts(person.name)
        if not parts:
            return
        entry = self._new(parts, person.name)
        entry.registered = person.name
        for name in (person.name, *person.aliases):
            self._by_alias.setdefault(_parts(name), entry)

    def add(self, name: Name) -> Entry:
        """Enter a name; return (and note on it) the person it means."""
        parts = tuple(part for part in name.parts if part not in NAME_SUFFIXES) or name.parts
        entry = self._find(parts, name) or self._new(parts, name.text)
        entry.mentions.append(name)
        name.entry = entry
        self._learn(entry, parts, name)
        return entry

    def _find(self, parts: tuple[str, ...], name: Name) -> Entry | None:
        alias = self._by_alias.get(parts)
        if alias is not None:
            return alias
        gender = _gender_of_words(name.title)
        if len(parts) > 1:
            return self._find_full(parts, name)
        alike = [e for e in self._last(parts[0]) if _agree(e.gender, gender)]
        if alike:
            return max(alike, key=_latest)
        by_first = [e for e in self._by_first.get(parts[0], [])[-_MOST_ALIKE:] if _agree(e.gender, gender)]
        if by_first:
            return max(by_first, key=_latest)
        return self._variant(parts[0], "")

    def _last(self, surname: str) -> list[Entry]:
        return self._by_last.get(surname, [])[-_MOST_ALIKE:]

    def _find_full(self, parts: tuple[str, ...], name: Name) -> Entry | None:
        for entry in self._last(parts[-1]):
            if _same_given(entry.first_name, parts[0]):
                return entry
        for entry in self._last(parts[-1]):
            if not entry.first_name and not entry.is_body:
                self._upgrade(entry, parts, name)
                return entry
        for entry in self._last(parts[0]):
            if not entry.first_name and not entry.is_body and _gender_of_given(parts[0]):
                self._upgrade(entry, parts, name)
                entry.surname = parts[-1]
                self._by_last.setdefault(parts[-1], []).append(entry)
                return entry
        return self._variant(parts[-1], parts[0])

    def _variant(self, surname: str, given: str) -> Entry | None:
        """Somebody whose surname differs by a letter or two at its end ('Zelensky', 'Zelenskyy')."""
        if len(surname) < 6:
            return None
        for entry in self._by_stem.get(surname[:5], [])[-_MOST_ALIKE:]:
            if (
                entry.surname != surname
                and _is_variant(entry.surname, surname)
                and _compatible(entry.first_name, given)
            ):
                self._by_last.setdefault(surname, []).append(entry)
                return entry
        return None

    def _upgrade(self, entry: Entry, parts: tuple[str, ...], name: Name) -> None:
        entry.full, entry.first_name = name.text, parts[0]
        self._by_first.setdefault(parts[0], []).append(entry)

    def _new(self, parts: tuple[str, ...], text: str) -> Entry:
        entry = Entry(len(self.entries), text, parts[0] if len(parts) > 1 else "", parts[-1])
        entry.is_body = _is_body(parts)
        self.entries.append(entry)
        self._by_last.setdefault(parts[-1], []).append(entry)
        self._by_stem.setdefault(parts[-1][:5], []).append(entry)
        if len(parts) > 1:
            self._by_first.setdefault(parts[0], []).append(entry)
        return entry

    def _learn(self, entry: Entry, parts: tuple[str, ...], name: Name) -> None:
        if parts[-1] == entry.surname or _is_variant(parts[-1], entry.surname):
            entry.spellings[name.text[name.text.rfind(" ") + 1 :]] += 1
        if name.title:
            entry.titles.append(" ".join(name.title))
        if len(parts) > 1 and len(name.text) > len(entry.full) and not entry.registered:
            entry.full = name.text
        if not entry.gender:
            entry.gender = _gender_of_words(name.title) or (_gender_of_given(parts[0]) if len(parts) > 1 else "")


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part.strip(".,").lower() for part in name.split() if part.strip(".,"))


def _latest(entry: Entry) -> int:
    return entry.mentions[-1].start if entry.mentions else -1


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other


def _same_given(one: str, other: str) -> bool:
    return (
        one == other
        or (bool(one) and len(other.strip(".")) == 1 and one[0] == other[0])
        or (len(one.strip(".")) == 1 and one[:1] == other[:1])
    )


def _compatible(one: str, other: str) -> bool:
    return not one or not other or _same_given(one, other)


def _is_variant(one: str, other: str) -> bool:
    """Whether two surnames are equal but for at most two letters near their ends."""
    shared = 0
    while shared < min(len(one), len(other)) and one[shared] == other[shared]:
        shared += 1
    return shared >= 5 and max(len(one), len(other)) - shared <= 2 and shared >= max(len(one), len(other)) * 0.7


def _is_body(parts: tuple[str, ...]) -> bool:
    if any(part in BODIES for part in parts):
        return True
    return all(part in PEOPLES or part in PLACES for part in parts)


def _gender_of_words(words: Iterable[str]) -> str:
    for word in words:
        if word.rstrip(".") in MALE_WORDS:
            return "m"
        if word.rstrip(".") in FEMALE_WORDS:
            return "f"
    return ""


def _gender_of_given(name: str) -> str:
    if name in MALE_NAMES:
        return "" if name in FEMALE_NAMES else "m"
    return "f" if name in FEMALE_NAMES else ""

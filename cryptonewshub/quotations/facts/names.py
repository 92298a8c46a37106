"""One person, two spellings: within the story, or in the story and its sources, or in the story and the register.

Likeness of letters is not enough: the same given name, or a surname that nobody in the story is introduced by, must say
that one person is meant. Barker and Parker stay two people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from cryptonewshub.quotations.facts.neighbours import Roll
from cryptonewshub.quotations.facts.rolls import NameInText, bare, names_in
from cryptonewshub.quotations.facts.shelf import shelve
from cryptonewshub.quotations.facts.spellings import is_inflected, is_mistyped, is_within, may_be_same, plain, sounds
from cryptonewshub.quotations.facts.story import Story
from cryptonewshub.quotations.lexicon import FEMALE_NAMES, MALE_NAMES
from cryptonewshub.quotations.vocabulary import Person, Remark, SourceText

RULE = "name-spelling"
_GIVEN_NAMES = MALE_NAMES | FEMALE_NAMES
MOST = 600
"""Names that are looked at in one story: more of them are a list."""


@dataclass(frozen=True, slots=True)
class Known:
    """A name that has authority: `given` may be '', `where` says in words who writes it so."""

    given: str
    surname: str
    where: str
    is_registered: bool = False


def name_remarks(story: Story) -> Iterator[Remark]:
    """One remark for each wrong spelling, where it first stands."""
    names = list(islice(names_in(story.text), MOST))
    if not names:
        return
    roster = Roster(story, names)
    told: set[tuple[str, str]] = set()
    for name in {(name.given, name.surname, name.is_person): name for name in reversed(names)}.values():
        slip = roster.slip_in(name)
        if slip is not None and (slip.wrong, slip.right) not in told:
            told.add((slip.wrong, slip.right))
            yield _remark(story, slip, names)


@dataclass(frozen=True, slots=True)
class Slip:
    """A spelling that should be another: where it stands, what it should be, and who says so."""

    start: int
    end: int
    wrong: str
    right: str
    where: str


class Roster:
    """Everybody whose name the story, its sources and the register spell."""

    def __init__(self, story: Story, names: Sequence[NameInText]) -> None:
        self.full = [name for name in names if name.given]
        self.counts = Counter(name.surname for name in names)
        self.introduced = {plain(name.surname) for name in self.full}
        self.registered = list(_registered(story.people))
        self.speakers = list(_speakers(story.sources))
        keys = frozenset(plain(word) for name in names for word in (name.given, name.surname) if word)
        rolls = shelve(tuple(source.text for source in story.sources)).rolls(keys)
        self.rolls = [(source, roll) for source, roll in zip(story.sources, rolls, strict=True) if _is_latin(source)]

    def slip_in(self, name: NameInText) -> Slip | None:
        """What is wrong with one name; register before sources before the story's own majority."""
        if self._is_registered_so(name):
            return None
        known = self._from_people(name, self.registered)
        if known is None and not self._is_sourced_so(name):
            known = self._from_people(name, self.speakers) or self._from_rolls(name)
        known = known or self._from_story(name)
        return _slip(name, known) if known else None

    def _is_registered_so(self, name: NameInText) -> bool:
        return any(
            known.surname == name.surname and (not name.given or not known.given or known.given == name.given)
            for known in self.registered
        )

    def _is_sourced_so(self, name: NameInText) -> bool:
        """Whether a source or its speaker writes the surname just so, with this given name where it has one."""
        if any(known.surname == name.surname and known.given in {name.given, ""} for known in self.speakers):
            return True
        rolls = [roll for _, roll in self.rolls if plain(name.surname) in roll]
        if not name.given or not rolls:
            return bool(rolls)
        return any(_stands_with(roll, name) for roll in rolls) or not self._is_given_like(name, rolls)

    def _is_given_like(self, name: NameInText, rolls: Sequence[Roll]) -> bool:
        return any(
            _is_slip_of_given(name.given, partner) for roll in rolls for partner in roll.partners(plain(name.surname))
        )

    def _from_people(self, name: NameInText, people: Iterable[Known]) -> Known | None:
        """Somebody of the register, or a source's speaker, whom the name nearly spells."""
        for known in people:
            if self._is_nearly(name, known):
                return known
        return None

    def _is_nearly(self, name: NameInText, known: Known) -> bool:
        is_same_surname = plain(name.surname) == plain(known.surname)
        if not name.given:
            return not is_same_surname and self._is_alone(name) and may_be_same(name.surname, known.surname)
        if is_same_surname:
            return bool(known.given) and _is_slip_of_given(name.given, known.given)
        return plain(name.given) == plain(known.given) and may_be_same(name.surname, known.surname)

    def _is_alone(self, name: NameInText) -> bool:
        """A person's surname that no full name in the story introduces."""
        return name.is_person and plain(name.surname) not in self.introduced

    def _from_rolls(self, name: NameInText) -> Known | None:
        """A name in a source's text that this one nearly spells: the given name beside it must be the same."""
        if not name.given:
            return None
        for source, roll in self.rolls:
            surname = _surname_like(name, roll)
            if surname:
                return Known(name.given, surname, _titled(source))
            given = _given_like(name, roll)
            if given:
                return Known(given, name.surname, _titled(source))
        return None

    def _from_story(self, name: NameInText) -> Known | None:
        """Another spelling in the story itself that is better borne out."""
        for other in self.full:
            if (
                self._is_same_person(name, other)
                and self._is_better(other, name)
                and not self._are_both_known(name, other)
            ):
                where = "elsewhere in the story" + ("" if not self._is_sourced_so(other) else " and in the sources")
                return Known(other.given, other.surname, where)
        return self._from_alone(name)

    def _are_both_known(self, name: NameInText, other: NameInText) -> bool:
        """Two names that sound different and are both in the sources are two persons."""
        differ = sounds(name.surname) != sounds(other.surname) or plain(name.given) != plain(other.given)
        return bool(name.given) and differ and self._is_sourced_so(name) and self._is_sourced_so(other)

    def _from_alone(self, name: NameInText) -> Known | None:
        """A full name whose lone surname is spelt otherwise, and better, in the rest of the story."""
        for surname in self.counts:
            lone = NameInText("", surname, 0, 0)
            if surname.lower() in _GIVEN_NAMES:
                continue
            if (
                name.given
                and plain(surname) not in self.introduced
                and may_be_same(name.surname, surname)
                and self._is_better(lone, name)
            ):
                return Known(
                    "", surname, "elsewhere in the story" + (" and in the sources" if self._is_sourced_so(lone) else "")
                )
        return None

    def _is_same_person(self, name: NameInText, other: NameInText) -> bool:
        if name.given:
            if plain(name.surname) == plain(other.surname) and may_be_same(name.surname, other.surname):
                return plain(name.given) == plain(other.given)
            return self._is_nearly(name, Known(other.given, other.surname, ""))
        if name.surname == other.surname or not may_be_same(name.surname, other.surname):
            return False
        return self._is_alone(name) or self._is_slip_of_the_hand(name, other)

    def _is_slip_of_the_hand(self, name: NameInText, other: NameInText) -> bool:
        """A capitalised word that stands once, where a name that stands often has a letter more, less or swapped."""
        is_rare = self.counts[name.surname] == 1 and self.counts[other.surname] >= 3
        return is_rare and plain(name.surname) not in self.introduced and is_mistyped(name.surname, other.surname)

    def _is_better(self, one: NameInText, other: NameInText) -> bool:
        return self._rank(one) > self._rank(other)

    def _rank(self, name: NameInText) -> tuple[bool, bool, int, bool, str]:
        known = self._is_registered_so(name)
        return known, self._is_sourced_so(name), self.counts[name.surname], bool(name.given), name.surname


def _registered(people: Sequence[Person]) -> Iterator[Known]:
    for person in people:
        for written in (person.name, *person.aliases):
            words = written.split()
            if words:
                yield Known(
                    words[0] if len(words) > 1 else "", words[-1], "in the newsroom's register", is_registered=True
                )


def _speakers(sources: Sequence[SourceText]) -> Iterator[Known]:
    for source in sources:
        words = (source.speaker or "").split()
        if len(words) > 1:
            yield Known(words[0], words[-1], _titled(source))


def _is_latin(source: SourceText) -> bool:
    sample = source.text[:2000]
    return 2 * len(sample.encode("ascii", "ignore")) >= len(sample)


def _stands_with(roll: Roll, name: NameInText) -> bool:
    return plain(name.given) in roll.partners(plain(name.surname))


def _is_slip_of_given(one: str, other: str) -> bool:
    """'Kier' for 'Keir'; not 'Ivan' for 'Ivana', not 'Jo' for 'Joe'."""
    mine, theirs = plain(one), plain(other)
    if mine == theirs or min(len(mine), len(theirs)) < 4 or mine[0] != theirs[0]:
        return False
    if sounds(one) == sounds(other):
        return True
    if is_inflected(mine, theirs) or mine[:-1] == theirs[:-1] or mine + "a" == theirs or theirs + "a" == mine:
        return False
    return is_within(mine, theirs, 1)


def _surname_like(name: NameInText, roll: Roll) -> str:
    """The surname that the roll has after this given name, nearly as the story spells it; '' for none."""
    for follower in sorted(roll.followers(plain(name.given))):
        is_near = plain(follower)[:1] == plain(name.surname)[:1] and abs(len(name.surname) - len(follower)) <= 3
        if is_near and 2 < len(follower) < 40 and may_be_same(name.surname, follower):
            return _set_plain(follower)
    return ""


def _given_like(name: NameInText, roll: Roll) -> str:
    """The given name that the roll has before this surname, nearly as the story spells it; '' for none."""
    partners = roll.partners(plain(name.surname))
    return next((_set_plain(partners[key]) for key in sorted(partners) if _is_slip_of_given(name.given, key)), "")


def _set_plain(spelling: str) -> str:
    return spelling.capitalize() if spelling.isupper() else spelling


def _titled(source: SourceText) -> str:
    return f"in “{source.title}” ({source.id})" if source.title else f"in the source {source.id}"


def _slip(name: NameInText, known: Known) -> Slip:
    if plain(name.surname) == plain(known.surname) and name.surname == known.surname:
        return Slip(name.given_start, name.given_start + len(name.given), name.given, known.given, known.where)
    return Slip(name.start, name.end, name.surname, bare(known.surname), known.where)


def _remark(story: Story, slip: Slip, names: Sequence[NameInText]) -> Remark:
    times = sum(slip.wrong in (name.surname, name.given) for name in names)
    often = f" ({times} times)" if times > 1 else ""
    return Remark(
        RULE, "warning", slip.start, slip.end, story.text[slip.start : slip.end],
        f"The name is spelt “{slip.wrong}” here{often} and “{slip.right}” {slip.where}.",
        f"Write “{slip.right}” throughout, unless these are two people.",
    )  # fmt: skip

"""Offices that the story gives to people, against what the sources call them and what the newsroom's register holds.

A remark needs a clear case: a source calls the same person by another office and no source by this one, or the register
has the day on which the office began or ended. What a source leaves out proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from cryptonewshub.quotations.facts.rolls import is_title
from cryptonewshub.quotations.facts.spellings import plain
from cryptonewshub.quotations.facts.story import Story
from cryptonewshub.quotations.facts.titles import Titled, find_titled, office_of
from cryptonewshub.quotations.lexicon import FUNCTION_WORDS
from cryptonewshub.quotations.vocabulary import Office, Person, Remark, SourceText

RULE = "title"
MOST = 200
"""Titled persons that are looked at in one story: more of them are a list."""


def title_remarks(story: Story) -> Iterator[Remark]:
    """One remark for each person and office that the register or the sources contradict."""
    seen: set[tuple[str, str, bool]] = set()
    for titled in islice(find_titled(story.prose), MOST):
        key = (titled.surname, titled.office, titled.is_former)
        remark = None if key in seen else _against_register(story, titled) or _against_sources(story, titled)
        seen.add(key)
        if remark is not None:
            yield remark


def _against_register(story: Story, titled: Titled) -> Remark | None:
    """What the register knows of the office on the day of publication."""
    person = next((person for person in story.people if _is_named(person, titled)), None)
    day = story.published
    if person is None or not person.offices or day is None:
        return None
    same = [office for office in person.offices if _is_same(office_of(office.title), titled.office)]
    held = [office for office in person.offices if _is_held(office, day)]
    if titled.is_former:
        return _still_in_office(story, titled, person, [office for office in same if office in held])
    if any(office in held for office in same):
        return None
    if same:
        return _out_of_time(story, titled, person, same[-1], day)
    rivals = [office for office in held if _is_rival(office_of(office.title), titled.office)]
    return _registered_otherwise(story, titled, person, rivals[0]) if rivals else None


def _is_named(person: Person, titled: Titled) -> bool:
    for written in (person.name, *person.aliases):
        words = [plain(word) for word in written.split()]
        if words and words[-1] == plain(titled.surname) and (not titled.given or plain(titled.given) == words[0]):
            return True
    return False


def _is_held(office: Office, day: date) -> bool:
    return (office.since is None or office.since <= day) and (office.until is None or day <= office.until)


def _still_in_office(story: Story, titled: Titled, person: Person, held: Sequence[Office]) -> Remark | None:
    if not held:
        return None
    return _remark(
        story, titled,
        f"The register has {person.name} as {_worded(held[0])} on the day of publication, not formerly.",
        "Take out “former”, or correct the register.",
    )  # fmt: skip


def _out_of_time(story: Story, titled: Titled, person: Person, office: Office, day: date) -> Remark:
    if office.until is not None and office.until < day:
        return _remark(
            story, titled,
            f"The register has {person.name} as {_worded(office)} only until {_day(office.until)}.",
            f"Write “former {titled.title}” or the present office, or correct the register.",
        )  # fmt: skip
    began = _day(office.since) if office.since else "later"
    return _remark(
        story, titled,
        f"The register has {person.name} as {_worded(office)} only from {began} on.",
        "Write the office held on the day of publication, or correct the register.",
    )  # fmt: skip


def _registered_otherwise(story: Story, titled: Titled, person: Person, office: Office) -> Remark:
    return _remark(
        story, titled,
        f"The register has {person.name} as {_worded(office)} on the day of publication, not as {titled.title}.",
        f"Write “{office.title}”, or correct the register.",
    )  # fmt: skip


def _worded(office: Office) -> str:
    return office.title + (
        f" of {office.institution or office.country}" if office.institution or office.country else ""
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


@dataclass(frozen=True, slots=True)
class Called:
    """What a source calls the person."""

    source: SourceText
    titled: Titled


def _against_sources(story: Story, titled: Titled) -> Remark | None:
    """Another office in a source, and in none of them this one."""
    called: list[Called] = []
    for source in story.sources:
        for found in _called(source, titled):
            if _is_same(found.office, titled.office) and found.is_former == titled.is_former:
                return None
            called.append(Called(source, found))
    ended = next((one for one in called if _is_same(one.titled.office, titled.office)), None)
    if ended is not None:
        is_over = ended.titled.is_former and not ended.titled.title.lower().startswith("then")
        return _former_in_source(story, titled, ended) if is_over else None
    rival = next(
        (one for one in called if not one.titled.is_former and _is_rival(one.titled.office, titled.office)), None
    )
    if rival is None or titled.is_former or _is_shared(story, titled):
        return None
    return _remark(
        story, titled,
        f"{_named(rival.source)} calls {titled.surname} “{rival.titled.title}”, and no source says “{titled.title}”.",
        f"Write “{rival.titled.title}”, or attach the source that says “{titled.title}”.",
    )  # fmt: skip


def _is_shared(story: Story, titled: Titled) -> bool:
    """Whether a surname without a given name may be two persons': father and son, husband and wife."""
    if titled.given:
        return False
    named = re.compile(rf"(\w+)\s+(?:[A-Z]\.\s+)?{re.escape(titled.surname)}(?!\w)")
    texts = [story.text, *(source.text for source in story.sources)]
    givens = {match[1].lower() for text in texts for match in named.finditer(text) if match[1][0].isupper()}
    return len({given for given in givens if not is_title(given) and given not in FUNCTION_WORDS}) > 1


def _former_in_source(story: Story, titled: Titled, ended: Called) -> Remark:
    return _remark(
        story, titled,
        f"{_named(ended.source)} calls {titled.surname} “{ended.titled.title}”.",
        f"Write “former {titled.title}”, or attach the source that has the office as still held.",
    )  # fmt: skip


def _called(source: SourceText, titled: Titled) -> Iterator[Titled]:
    """How a source calls the same person: the surname must be there, and no other given name beside it."""
    for text in (source.title, source.text):
        for found in _titles_of(text, titled.surname):
            if (
                not (found.given and titled.given)
                or plain(found.given) == plain(titled.given)
                or _is_tail(found, titled)
            ):
                yield found


def _is_tail(one: Titled, other: Titled) -> bool:
    """'Minister Barth Eide' where the story has 'Espen Barth Eide'."""
    return len(plain(one.given)) < 2 or len(plain(other.given)) < 2


def _titles_of(text: str, surname: str) -> Iterator[Titled]:
    """The offices that `text` gives to whoever bears `surname`, near the first hundred places where it stands."""
    done = 0
    for place in islice(_places(text, surname), 100):
        window = text[max(done, place - 160) : place + len(surname) + 120]
        if place >= done and _CORES.search(window):
            yield from (borne for titled in find_titled(window) if (borne := _borne_by(surname, titled)))
            done = place + len(surname)


def _borne_by(surname: str, titled: Titled) -> Titled | None:
    """The same, read for this surname: a heading runs on in capitals after it ('President Quill Visits Tarn')."""
    parts = [plain(part) for part in titled.name.split()]
    if plain(surname) not in parts:
        return None
    given = titled.name.split()[0] if parts[0] != plain(surname) else ""
    return replace(titled, given=given, surname=surname)


def _places(text: str, surname: str) -> Iterator[int]:
    for spelling in (surname, surname.upper()):
        place = text.find(spelling)
        while place >= 0:
            yield place
            place = text.find(spelling, place + len(spelling))


_CORES = re.compile(
    "minister|Minister|MINISTER|president|President|PRESIDENT|secretary|Secretary|SECRETARY|premier|Premier|PM|chancellor|"
    "Chancellor|CHANCELLOR|governor|Governor|senator|Senator|ambassador|Ambassador|mayor|Mayor|king|King|queen|Queen|"
    "chief|Chief|pope|Pope|attorney|Attorney"
)
_GENERIC = {"minister", "secretary"}
_POWERS = re.compile(
    r"(?:minister|president|chancellor|secretary-general|governor|senator|mayor|ambassador|king|queen|pope)(?:-elect)?$"
)


def _is_same(one: str, other: str) -> bool:
    """One office; a plain 'minister' may be any minister."""
    if one == other:
        return True
    return any(a in _GENERIC and b.endswith("minister") for a, b in ((one, other), (other, one)))


def _is_rival(one: str, other: str) -> bool:
    """Two offices that one sentence cannot mean both."""
    return bool(_POWERS.search(one) and _POWERS.search(other)) and not _is_same(one, other)


def _named(source: SourceText) -> str:
    return f"“{source.title}” ({source.id})" if source.title else f"The source {source.id}"


def _remark(story: Story, titled: Titled, message: str, suggestion: str) -> Remark:
    return Remark(RULE, "warning", titled.start, titled.end, story.text[titled.start : titled.end], message, suggestion)

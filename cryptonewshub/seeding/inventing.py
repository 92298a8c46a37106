"""Inventing an archive: the story of each number, its sources and what was said in them. Always the same ones.

Plain Python. Every quotation stands word for word in a briefing, so that the desk, if it is asked, finds each of them
where the story says. Times run up to `NEWEST`, 28 stories a day; so a larger archive is a longer one.
"""

from __future__ import annotations

import random
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from hashlib import sha256

from cryptonewshub.articles.document import Block, Byline, CitedSource, Document, Mark, Named
from cryptonewshub.editions.content import CheckedQuotation, Correction, FoundBy, Place
from cryptonewshub.quotations.vocabulary import Passage, Verdict
from cryptonewshub.seeding import words
from cryptonewshub.tlog.manifests import Change

NEWEST = datetime(2026, 11, 1, tzinfo=UTC)
A_DAY = 28
STORIES_ON_A_BRIEFING = 20
CORRECTED = 25
"""One story in so many has a correction."""

_CONTEXT = 80  # characters of a source that are sealed before and after what was quoted
_NAMESPACE = uuid.UUID("5b0f7f3a-1f0e-4c57-9a53-8f2e3a1d6c11")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody in the news: one office in one institution."""

    name: str
    slug: str
    office: str
    house: str
    place: str

    @property
    def surname(self) -> str:
        return self.name.rpartition(" ")[2]


@dataclass(frozen=True, slots=True)
class Author:
    name: str
    slug: str
    role: str


@dataclass(frozen=True, slots=True)
class Briefing:
    """A document in the archive: what one person said on one day about one subject, a sentence a statement."""

    number: int
    speaker: Speaker
    subject: tuple[str, str, str]
    day: date
    statements: tuple[str, ...]
    text: str

    @property
    def title(self) -> str:
        return f"Briefing on {self.subject[2].removeprefix('the ')}"

    @property
    def file_name(self) -> str:
        return f"briefing-{self.number}.txt"

    @property
    def original(self) -> bytes:
        return self.text.encode()

    @property
    def sha256(self) -> str:
        return sha256(self.original).hexdigest()

    @property
    def captured(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 5, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Invented:
    """A story as it stands now, with its quotations where they are; and, if it was corrected, as it was before."""

    number: int
    article: uuid.UUID
    document: Document
    quotations: tuple[CheckedQuotation, ...]
    briefing: Briefing
    correction: Correction | None = None
    before: Document | None = None


def article_id(number: int) -> uuid.UUID:
    """The name of a story for ever."""
    return uuid.uuid5(_NAMESPACE, f"story {number}")


def salt(number: int, version: int) -> bytes:
    """32 bytes: an invented archive has nothing to hide, and is the same each time."""
    return sha256(f"salt {number} {version}".encode()).digest()


@cache
def speakers() -> tuple[Speaker, ...]:
    """Everybody in the news, each with a surname of their own kind of house and place."""
    dice = random.Random("people")
    names = dice.sample([f"{given} {family}" for family in words.FAMILY for given in words.GIVEN], 150)
    return tuple(_speaker(name, dice) for name in names)


def _speaker(name: str, dice: random.Random) -> Speaker:
    place = dice.choice(words.PLACES)
    house = f"{dice.choice(words.HOUSES)} of {place}"
    return Speaker(name, slug_of(name), dice.choice(words.OFFICES), house, place)


@cache
def authors() -> tuple[Author, ...]:
    """Who writes for the newsroom."""
    dice = random.Random("authors")
    taken = {speaker.name for speaker in speakers()}
    free = [name for family in words.FAMILY for given in words.GIVEN if (name := f"{given} {family}") not in taken]
    return tuple(Author(name, slug_of(name), dice.choice(words.ROLES)) for name in dice.sample(free, 24))


@cache
def topics() -> tuple[Named, ...]:
    return tuple(Named(name, slug_of(name)) for name, _, _ in words.SUBJECTS)


@cache
def sections() -> dict[str, Named]:
    return {slug: Named(name, slug) for name, slug, _ in words.SECTIONS}


def slug_of(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def published(number: int, total: int) -> datetime:
    """When the story of that number was published: 28 a day, from morning to night, the last one before NEWEST."""
    days, place = divmod(number, A_DAY)
    first = NEWEST - timedelta(days=-(-total // A_DAY))
    return first + timedelta(days=days, hours=5, minutes=35 * place + number % 7)


@lru_cache(maxsize=512)
def briefing(number: int, total: int) -> Briefing:
    """The document that the stories from `number * STORIES_ON_A_BRIEFING` on quote."""
    dice = random.Random(f"briefing {number}")
    speaker, subject = dice.choice(speakers()), dice.choice(words.SUBJECTS)
    slots = _slots(speaker, subject, dice)
    statements = tuple(_filled(said, slots) for said in dice.sample(words.SAID, 18))
    paragraphs = [". ".join(statements[start : start + 3]) + "." for start in range(0, len(statements), 3)]
    day = published(number * STORIES_ON_A_BRIEFING, total).date()
    head = f"{speaker.house}. Briefing number {number + 1}, {day:%d %B %Y}. {speaker.name}, {speaker.office}."
    return Briefing(number, speaker, subject, day, statements, "\n\n".join([head, *paragraphs]) + "\n")


def invent(number: int, total: int) -> Invented:
    """The story of that number in an archive of so many stories."""
    dice = random.Random(f"story {number}")
    source = briefing(number // STORIES_ON_A_BRIEFING, total)
    slots = _slots(source.speaker, source.subject, dice)
    weeks, wrong = dice.sample(words.WEEKS, 2)
    text, quotations = _body(source, slots | {"weeks": weeks}, dice)
    when = published(number, total)
    document = _document(number, source, slots, text, when, dice)
    story = Invented(number, article_id(number), document, quotations, source)
    return _corrected(story, wrong, weeks, slots) if number % CORRECTED == 7 else story


def _slots(speaker: Speaker, subject: tuple[str, str, str], dice: random.Random) -> dict[str, str]:
    far, other = dice.sample([place for place in words.PLACES if place != speaker.place], 2)
    return {
        "thing": subject[2],
        "place": speaker.place,
        "house": f"the {speaker.house}",
        "other": f"the {dice.choice(words.HOUSES)} of {other}",
        "far": far,
        "name": speaker.name,
        "surname": speaker.surname,
    }


def _filled(template: str, slots: dict[str, str]) -> str:
    text = template.format_map(slots)
    return text[0].upper() + text[1:]


def _document(
    number: int, source: Briefing, slots: dict[str, str], body: Sequence[Block], when: datetime, dice: random.Random
) -> Document:
    title = _filled(dice.choice(words.HEADLINES), slots)
    own = Named(source.subject[0], slug_of(source.subject[0]))
    further = dice.choice(topics())
    writer = authors()[dice.randrange(len(authors()))]
    return Document(
        title=title,
        slug=f"{slug_of(title)[:80].rstrip('-')}-{number + 1}",
        standfirst=_filled(dice.choice(words.STANDFIRSTS), slots),
        section=sections()[source.subject[1]],
        bylines=(Byline(writer.name, writer.role, writer.slug),),
        topics=tuple(sorted({own, further}, key=lambda topic: topic.name)),
        published=when,
        body=tuple(body),
        sources=(cited(source),),
    )


def cited(source: Briefing) -> CitedSource:
    """The briefing as stories name it."""
    return CitedSource(
        id="briefing",
        title=source.title,
        speaker=source.speaker.name,
        publisher=source.speaker.house,
        published=source.day,
        language="en",
        sha256=source.sha256,
        captured=source.captured,
    )


def _body(
    source: Briefing, slots: dict[str, str], dice: random.Random
) -> tuple[list[Block], tuple[CheckedQuotation, ...]]:
    """Some 400 words, with six quotations in four of their places."""
    one, two, three, four, five, six = dice.sample(source.statements, 6)
    speaker = source.speaker
    background = [_filled(text, slots) for text in dice.sample(words.BACKGROUND, 6)]
    paragraphs = [
        _paragraph(_filled(dice.choice(words.LEDES), slots)),
        _spoken(f"“{one},” {speaker.name}, the {speaker.office} of the house, said.", [one], source),
        _paragraph(background[0]),
        _paragraph(_filled(dice.choice(words.SURVEYS), slots)),
        _spoken(f"“{two},” {speaker.surname} said. “{three}.”", [two, three], source),
        _paragraph(background[1]),
        _paragraph(background[2]),
        _spoken(f"{speaker.surname} said: “{four}.”", [four], source),
        _paragraph(background[3]),
        _set_apart(six, source),
        _paragraph(background[4]),
        _spoken(f"“{five},” {speaker.surname} said.", [five], source),
        _paragraph(background[5]),
        _paragraph(_filled(dice.choice(words.CLOSINGS), slots)),
    ]
    found = [replace(spoken, block=index) for index, (_, said) in enumerate(paragraphs) for spoken in said]
    return [block for block, _ in paragraphs], tuple(
        replace(spoken, id=f"q{number}") for number, spoken in enumerate(found, start=1)
    )


Written = tuple[Block, list[CheckedQuotation]]


def _paragraph(text: str) -> Written:
    return Block("p", text), []


def _spoken(text: str, statements: Sequence[str], source: Briefing) -> Written:
    """A paragraph that quotes, with the reference to the briefing at its end."""
    block = Block("p", text, (Mark(len(text), len(text), "source", "briefing"),))
    return block, [_quotation(text, said, source) for said in statements]


def _set_apart(said: str, source: Briefing) -> Written:
    block = Block("quote", f"{said}.", speaker=source.speaker.name, source="briefing")
    return block, [_quotation(block.text, said, source)]


def _quotation(text: str, said: str, source: Briefing) -> CheckedQuotation:
    """What the desk finds of it: the words with the mark that ends them, and where they stand in the briefing."""
    start, there = text.index(said), source.text.index(said)
    end, over = start + len(said) + 1, there + len(said)
    return CheckedQuotation(
        id="",
        where="body",
        block=None,
        start=start,
        end=end,
        text=text[start:end],
        verdict=Verdict.EXACT,
        speaker=source.speaker.name,
        source="briefing",
        passage=Passage(
            start=there,
            end=over,
            exact=said,
            prefix=source.text[max(0, there - _CONTEXT) : there],
            suffix=source.text[over : over + _CONTEXT],
        ),
    )


def _corrected(story: Invented, wrong: str, right: str, slots: dict[str, str]) -> Invented:
    """The story with its correction: the number of weeks was another one before."""
    assert story.document.published
    index, block = next((at, block) for at, block in enumerate(story.document.body) if f"{right} weeks" in block.text)
    at = block.text.index(f"{right} weeks")
    made = story.document.published + timedelta(hours=3 + story.number % 30)
    before = replace(block, text=block.text.replace(f"{right} weeks", f"{wrong} weeks"))
    correction = Correction(
        change=Change.CORRECTION,
        note="",
        wrong=f"An earlier version said that the work in {slots['place']} would take {wrong} weeks.",
        right=f"It is to take {right} weeks.",
        found_by=FoundBy.READER if story.number % 2 else FoundBy.STAFF,
        made=made,
        version=2,
        corrects=1,
        since=story.document.published,
        passage=Place("body", index, at, at + len(f"{right} weeks")),
    )
    body = (*story.document.body[:index], before, *story.document.body[index + 1 :])
    return replace(
        story,
        document=replace(story.document, updated=made),
        correction=correction,
        before=replace(story.document, body=body),
    )

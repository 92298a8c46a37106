"""What can be found: every story, every checked quotation in it as a statement, and every person who spoke.

Plain values, made from sealed content alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from cryptonewshub.articles.slugs import slug_of
from cryptonewshub.editions.content import CheckedQuotation, Content
from cryptonewshub.reader.verdicts import is_counted

_ABOVE = ("title", "standfirst")  # what is quoted there has no place of its own on the page


class Kind(StrEnum):
    """What a thing found is. The values stand in addresses, so they stay."""

    STORY = "story"
    STATEMENT = "statement"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Findable:
    """One thing that can be found. `id` names it for ever; `owner` is what it goes away with: an article or a register.

    `title` weighs more than `text`. `persons` are slugs of those who speak in it; `published` is aware.
    """

    id: str
    owner: str
    kind: Kind
    path: str
    title: str
    text: str
    language: str
    published: datetime
    section: str = ""
    section_name: str = ""
    topics: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    standing: str = ""


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person in the news as the register has them: other spellings and offices help to find them."""

    name: str
    path: str
    words: str = ""


def findables_of(content: Content) -> list[Findable]:
    """The story and its statements. An article's newest edition takes the place of its earlier ones."""
    return [_story(content), *_statements(content)]


def findable_people(people: Iterable[KnownPerson]) -> Iterator[Findable]:
    """The register of people, to be put in whole each time."""
    for person in people:
        yield Findable(
            id=f"person:{slug_of(person.name)}",
            owner="people",
            kind=Kind.PERSON,
            path=person.path,
            title=person.name,
            text=person.words,
            language="",
            published=datetime.min.replace(tzinfo=UTC, year=1970),
            persons=(slug_of(person.name),),
        )


def _story(content: Content) -> Findable:
    document = content.document
    assert document.published is not None
    return Findable(
        id=f"story:{content.article}",
        owner=str(content.article),
        kind=Kind.STORY,
        path=content.path,
        title=document.title,
        text="\n".join(part for part in (document.standfirst, *_body_lines(content)) if part),
        language=document.language,
        published=document.published,
        section=document.section.slug if document.section else "",
        section_name=document.section.name if document.section else "",
        topics=tuple(topic.slug for topic in document.topics),
        persons=tuple(dict.fromkeys(slug_of(q.speaker) for q in content.quotations if q.speaker)),
    )


def _body_lines(content: Content) -> Iterator[str]:
    for block in content.document.body:
        yield f"{block.text} ({block.speaker})" if block.speaker else block.text


def _statements(content: Content) -> Iterator[Findable]:
    """One for each quotation that is somebody's words. Its address is the place in the story."""
    story = _story(content)
    counted = [quotation for quotation in content.quotations if is_counted(quotation)]
    for number, quotation in enumerate(counted, start=1):
        if quotation.speaker and len(quotation.text.split()) > 2:
            yield _statement(story, quotation, number)


def _statement(story: Findable, quotation: CheckedQuotation, number: int) -> Findable:
    return replace(
        story,
        id=f"statement:{story.owner}:{number}",
        kind=Kind.STATEMENT,
        path=story.path if quotation.where in _ABOVE else f"{story.path}#q{number}",
        title=quotation.speaker,
        text=quotation.text,
        persons=(slug_of(quotation.speaker),),
        standing=story.title,
    )

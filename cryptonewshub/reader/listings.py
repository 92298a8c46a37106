"""Pages that list stories: of a section, on a topic, in a series, by an author."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cryptonewshub.editions.content import Content
from cryptonewshub.reader.affected import author_address, section_address, series_address, topic_address
from cryptonewshub.reader.engine import render
from cryptonewshub.reader.frames import Frame, frame_of
from cryptonewshub.reader.linked_data import list_facts, person_facts
from cryptonewshub.reader.machines import feeds_of
from cryptonewshub.reader.paging import WHOLE, Paging, numbered_title
from cryptonewshub.reader.said import Said, all_said_on, said_in
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.teasers import teaser, teasers


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section and, in a sentence, what it covers."""

    name: str
    slug: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic and, in a sentence, what it is about."""

    name: str
    slug: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class SeriesView:
    """A series and, in a sentence, what holds it together."""

    name: str
    slug: str
    description: str = ""


Subject = SectionView | TopicView | SeriesView


@dataclass(frozen=True, slots=True)
class Photo:
    """The picture of an author: a square. `alt` says what it shows."""

    url: str
    size: int
    alt: str = ""


@dataclass(frozen=True, slots=True)
class AuthorView:
    """A reporter or editor as readers meet them. `biography` is plain text; blank lines part its paragraphs."""

    name: str
    slug: str
    role: str = ""
    biography: str = ""
    expertise: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    email: str = ""
    contact: str = ""
    photo: Photo | None = None


def section_page(site: Site, section: SectionView, stories: Sequence[Content], pages: Paging = WHOLE) -> str:
    """The stories of one section in the order given; on its front the first one leads."""
    path = section_address(section.slug)
    frame = _list_frame(site, section, path, stories, pages, here=path)
    leads = not pages.number and bool(stories)
    return render(
        site.language,
        "pages/list.html",
        frame=frame,
        subject=section,
        label=site.words.say("Section"),
        lead=teaser(site, stories[0], with_image=True) if leads else None,
        stories=teasers(site, stories[1:] if leads else stories),
        said=(),
        pages=pages,
    )


def topic_page(site: Site, topic: TopicView, stories: Sequence[Content], pages: Paging = WHOLE) -> str:
    """The stories on one topic in the order given, and what was said in them."""
    frame = _list_frame(site, topic, topic_address(topic.slug), stories, pages)
    return _list(site, frame, topic, site.words.say("Topic"), stories, pages, said_in(site, stories))


def series_page(site: Site, series: SeriesView, stories: Sequence[Content], pages: Paging = WHOLE) -> str:
    """The parts of a series in the order given."""
    frame = _list_frame(site, series, series_address(series.slug), stories, pages, feeds=False)
    return _list(site, frame, series, site.words.say("Series"), stories, pages)


def author_page(site: Site, author: AuthorView, stories: Sequence[Content], pages: Paging = WHOLE) -> str:
    """Who an author is, how to reach them, and their stories in the order given."""
    path = author_address(author.slug)
    facts = person_facts(
        site, name=author.name, path=path, role=author.role, expertise=author.expertise, email=author.email
    )
    frame = frame_of(
        site,
        title=numbered_title(site.words, author.name, pages),
        description=author.role,
        path=pages.here(path),
        stories=stories,
        facts=facts,
        feeds=feeds_of(path),
    )
    paragraphs = [part.strip() for part in author.biography.split("\n\n") if part.strip()]
    return render(
        site.language,
        "pages/author.html",
        frame=frame,
        author=author,
        paragraphs=paragraphs,
        stories=teasers(site, stories),
        pages=pages,
    )


def _list(
    site: Site,
    frame: Frame,
    subject: Subject,
    label: str,
    stories: Sequence[Content],
    pages: Paging,
    said: Sequence[Said] = (),
) -> str:
    return render(
        site.language,
        "pages/list.html",
        frame=frame,
        subject=subject,
        label=label,
        lead=None,
        stories=teasers(site, stories),
        said=said,
        all_said=all_said_on(subject.slug),
        pages=pages,
    )


def _list_frame(
    site: Site,
    subject: Subject,
    path: str,
    stories: Sequence[Content],
    pages: Paging,
    *,
    feeds: bool = True,
    here: str = "",
) -> Frame:
    name, description = subject.name, subject.description
    return frame_of(
        site,
        title=numbered_title(site.words, name, pages),
        description=description,
        path=pages.here(path),
        stories=stories,
        here=here,
        facts=list_facts(site, name=name, path=pages.here(path), description=description, stories=stories),
        feeds=feeds_of(path) if feeds else (),
    )

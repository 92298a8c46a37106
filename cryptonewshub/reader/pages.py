"""The pages: each function takes sealed content and returns the whole HTML of one page, the same for the same values.

Nothing here asks a clock, a database or the network; a page that says a date says one that is sealed in its stories.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cryptonewshub.articles.document import Named
from cryptonewshub.editions.content import Content
from cryptonewshub.reader.affected import author_address, edition_address, section_address, topic_address
from cryptonewshub.reader.beside import NOTHING_BESIDE, Beside
from cryptonewshub.reader.engine import render
from cryptonewshub.reader.frames import Frame, frame_of
from cryptonewshub.reader.linked_data import article_facts, front_facts, list_facts, person_facts
from cryptonewshub.reader.logged import NONE_YET, Entries
from cryptonewshub.reader.machines import card_address, feeds_of
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.stories import story_view
from cryptonewshub.reader.teasers import Teaser, teaser
from cryptonewshub.reader.times import weekday_date

_SECONDS = 2


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
class AuthorView:
    """A reporter or editor as readers meet them. `biography` is plain text; blank lines part its paragraphs."""

    name: str
    slug: str
    role: str = ""
    biography: str = ""
    expertise: tuple[str, ...] = ()
    email: str = ""


def article_page(
    site: Site,
    content: Content,
    *,
    editions: Sequence[Content],
    is_preview: bool = False,
    newest: bool = True,
    entries: Entries = NONE_YET,
    beside: Beside = NOTHING_BESIDE,
) -> str:
    """One edition of a story. `editions` are all published versions, oldest first; `newest=False` is an earlier one."""
    story = story_view(site, content, editions, newest=newest, entries=entries, beside=beside)
    frame = frame_of(
        site,
        title=content.document.title,
        description=content.document.standfirst,
        path="" if is_preview else content.path if newest else edition_address(content.path, content.version),
        stories=[content],
        here=story.section_path,
        is_indexed=newest and not is_preview,
        facts=None if is_preview else article_facts(site, content, newest=newest),
        card=card_address(content.path) if newest and not is_preview else "",
    )
    return render("pages/article.html", frame=frame, story=story, is_preview=is_preview, is_newest=newest)


def front_page(site: Site, stories: Sequence[Content]) -> str:
    """The front: the first story leads, two stand beside it, the others follow under their sections."""
    frame = frame_of(
        site,
        title="",
        description=site.promise,
        path="/",
        stories=stories,
        facts=front_facts(site),
        feeds=feeds_of("/"),
    )
    return render(
        "pages/front.html",
        frame=frame,
        date=_edition_date(site, stories),
        lead=teaser(site, stories[0], with_image=True) if stories else None,
        seconds=_teasers(site, stories[1 : 1 + _SECONDS]),
        sections=_by_section(site, stories[1 + _SECONDS :]),
    )


def section_page(site: Site, section: SectionView, stories: Sequence[Content]) -> str:
    """The stories of one section in the order given."""
    path = section_address(section.slug)
    frame = _list_frame(site, section, path, stories, here=path)
    return render("pages/list.html", frame=frame, subject=section, label="Section", stories=_teasers(site, stories))


def topic_page(site: Site, topic: TopicView, stories: Sequence[Content]) -> str:
    """The stories on one topic in the order given."""
    path = topic_address(topic.slug)
    frame = _list_frame(site, topic, path, stories)
    return render("pages/list.html", frame=frame, subject=topic, label="Topic", stories=_teasers(site, stories))


def author_page(site: Site, author: AuthorView, stories: Sequence[Content]) -> str:
    """Who an author is, how to reach them, and their stories in the order given."""
    path = author_address(author.slug)
    frame = frame_of(
        site,
        title=author.name,
        description=author.role,
        path=path,
        stories=stories,
        facts=person_facts(
            site, name=author.name, path=path, role=author.role, expertise=author.expertise, email=author.email
        ),
        feeds=feeds_of(path),
    )
    paragraphs = [part.strip() for part in author.biography.split("\n\n") if part.strip()]
    return render(
        "pages/author.html", frame=frame, author=author, paragraphs=paragraphs, stories=_teasers(site, stories)
    )


def moved_page(site: Site, content: Content) -> str:
    """What stands at an address that a story had before: the way to the one that it has now."""
    frame = frame_of(site, title="Moved", description="", path=content.path, stories=(content,), is_indexed=False)
    return render("pages/moved.html", frame=frame, path=content.path, headline=content.document.title)


def not_found_page(site: Site) -> str:
    """What stands at an address where nothing is."""
    frame = frame_of(site, title="Nothing is here", description="", path="", stories=(), is_indexed=False)
    return render("pages/not_found.html", frame=frame)


def _list_frame(
    site: Site, subject: SectionView | TopicView, path: str, stories: Sequence[Content], here: str = ""
) -> Frame:
    name, description = subject.name, subject.description
    return frame_of(
        site,
        title=name,
        description=description,
        path=path,
        stories=stories,
        here=here,
        facts=list_facts(site, name=name, path=path, description=description, stories=stories),
        feeds=feeds_of(path),
    )


def _teasers(site: Site, stories: Sequence[Content]) -> tuple[Teaser, ...]:
    return tuple(teaser(site, content) for content in stories)


def _edition_date(site: Site, stories: Sequence[Content]) -> str:
    """The date under the wordmark: the day of the newest publication or update, since a baked page has no clock."""
    times = [when for s in stories for when in (s.document.published, s.document.updated) if when]
    return weekday_date(max(times), site.zone, site.language) if times else ""


def _by_section(site: Site, stories: Sequence[Content]) -> tuple[tuple[Named, str, tuple[Teaser, ...]], ...]:
    """The stories under the site's sections, in the site's order; those of no known section come last, as 'More'."""
    known = {section.slug for section in site.sections}
    parts = [
        (section, section_address(section.slug), [s for s in stories if _slug(s) == section.slug])
        for section in site.sections
    ]
    parts.append((Named("More", ""), "", [s for s in stories if _slug(s) not in known]))
    return tuple((section, path, _teasers(site, part)) for section, path, part in parts if part)


def _slug(content: Content) -> str:
    return content.document.section.slug if content.document.section else ""

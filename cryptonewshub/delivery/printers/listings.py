"""Pages that list stories: by section, topic and author."""

from __future__ import annotations

from cryptonewshub.articles.models import SectionPage, Topic
from cryptonewshub.delivery.kinds import page_kind
from cryptonewshub.editions.content import Content
from cryptonewshub.editions.models import Edition
from cryptonewshub.people.models import Author
from cryptonewshub.reader import affected, pages
from cryptonewshub.reader.site import Site

STORIES_ON_A_PAGE = 100


def section_page(site: Site, slug: str) -> str | None:
    section = SectionPage.objects.live().filter(slug=slug).first()
    if section is None:
        return None
    view = pages.SectionView(section.title, section.slug, section.description)
    return pages.section_page(site, view, _newest(section=slug))


def topic_page(site: Site, slug: str) -> str | None:
    topic = Topic.objects.filter(slug=slug).first()
    if topic is None:
        return None
    return pages.topic_page(
        site, pages.TopicView(topic.name, topic.slug, topic.description), _newest(topics__slug=slug)
    )


def author_page(site: Site, slug: str) -> str | None:
    author = Author.objects.filter(slug=slug).first()
    if author is None:
        return None
    view = pages.AuthorView(
        name=author.name,
        slug=author.slug,
        role=author.role,
        biography=author.biography,
        expertise=tuple(author.subjects),
        email=author.email,
    )
    return pages.author_page(site, view, _newest(authors__slug=slug))


def _newest(**of: str) -> list[Content]:
    return [edition.read() for edition in Edition.objects.newest().filter(**of)[:STORIES_ON_A_PAGE]]


KINDS = (
    page_kind(
        affected.section_address("<slug>"),
        section_page,
        lambda: map(affected.section_address, SectionPage.objects.live().values_list("slug", flat=True)),
    ),
    page_kind(
        affected.topic_address("<slug>"),
        topic_page,
        lambda: map(affected.topic_address, Topic.objects.values_list("slug", flat=True)),
    ),
    page_kind(
        affected.author_address("<slug>"),
        author_page,
        lambda: map(affected.author_address, Author.objects.values_list("slug", flat=True)),
    ),
)

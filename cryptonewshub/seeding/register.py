"""What an invented archive hangs on: its sections, topics, authors and the people in its news."""

from __future__ import annotations

from cryptonewshub.articles.models import FrontPage, SectionPage, Topic
from cryptonewshub.people.models import Author, NewsPerson, Office
from cryptonewshub.seeding import inventing, words


def sections() -> dict[str, SectionPage]:
    """The sections by slug; those that are missing are made, and so are topics and authors."""
    front = FrontPage.objects.get()
    for name, slug, description in words.SECTIONS:
        if not SectionPage.objects.filter(slug=slug).exists():
            front.add_child(instance=SectionPage(title=name, slug=slug, description=description))
            front.refresh_from_db()
    return {section.slug: section for section in SectionPage.objects.all()}


def topics() -> dict[str, Topic]:
    for topic in inventing.topics():
        Topic.objects.get_or_create(slug=topic.slug, defaults={"name": topic.name})
    return {topic.slug: topic for topic in Topic.objects.all()}


def authors() -> dict[str, Author]:
    for author in inventing.authors():
        Author.objects.get_or_create(slug=author.slug, defaults={"name": author.name, "role": author.role})
    return {author.slug: author for author in Author.objects.all()}


def register_people() -> None:
    """Everybody who speaks, each with an office."""
    for speaker in inventing.speakers():
        person, is_new = NewsPerson.objects.get_or_create(name=speaker.name, defaults={"slug": speaker.slug})
        if is_new:
            Office.objects.create(person=person, title=speaker.office.capitalize(), institution=speaker.house)

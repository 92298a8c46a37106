"""What an outsider needs to verify us: the list of the theme's own words."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from cryptonewshub.articles.models import FrontPage, SectionPage, Series, Topic
from cryptonewshub.delivery.kinds import fixed_page
from cryptonewshub.delivery.photos import photo_of
from cryptonewshub.delivery.printers import archive, corrections, fronts, listings, policies, withdrawals
from cryptonewshub.people.models import Author, NewsPerson, Office
from cryptonewshub.reader import affected
from cryptonewshub.reader.languages import language_name
from cryptonewshub.reader.said import all_said_by, all_said_on
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.verification import verify_page
from cryptonewshub.reader.words import words_document


def words_list(site: Site) -> str:
    return words_document(site, house=_house_texts(site), links=_house_links())


def _house_texts(site: Site) -> Iterator[str]:
    """What the newsroom says of itself, its lists, its authors and the people in the news, and seals nowhere."""
    for section in SectionPage.in_order():
        yield from (section.title, section.description)
    for model in (Topic, Series, NewsPerson):
        for name, description in model.objects.values_list("name", "description"):
            yield from (name, description)
    for office in Office.objects.all():
        yield from (office.title, office.institution, office.country)
    for author in Author.objects.all():
        yield from (
            author.name,
            author.role,
            author.email,
            author.contact,
            author.biography,
            author.photo_alt,
            ", ".join(author.subjects),
        )
        yield ", ".join(language_name(code, site.language) for code in author.codes)
    yield from FrontPage.objects.values_list("breaking_words", flat=True)
    yield from (notice.what for notice in withdrawals.notices())


def _house_links() -> Iterator[str]:
    """The lists of stories, and how to write to the authors."""
    for kind in (*fronts.KINDS, *corrections.KINDS, *policies.KINDS):
        yield from kind.addresses()
    yield from listings.list_addresses()
    yield from archive.list_addresses()
    yield from map(all_said_on, Topic.objects.values_list("slug", flat=True))
    yield from map(all_said_by, NewsPerson.objects.values_list("slug", flat=True))
    for notice in withdrawals.notices():
        yield from (notice.path, f"/log/proof/{notice.entry}.tlog-proof")
    for author in Author.objects.all():
        photo = photo_of(author)
        yield from ([photo.url] if photo else [])
        yield f"mailto:{quote(author.email)}"


KINDS = (
    fixed_page(affected.VERIFY, verify_page),
    fixed_page(affected.WORDS, words_list),
)

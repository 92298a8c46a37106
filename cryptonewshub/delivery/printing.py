"""Printing: the bytes of the page at an address, made from sealed editions alone. It writes nothing.

`KINDS` is the table of everything that the site has: a new kind of page is a module in `printers/` and a line here.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from cryptonewshub.articles.document import Named
from cryptonewshub.articles.models import Newsroom, SectionPage
from cryptonewshub.delivery.entries import LoggedEditions
from cryptonewshub.delivery.kept import once
from cryptonewshub.delivery.kinds import PageKind
from cryptonewshub.delivery.printers import (
    accuracy_policy,
    archive,
    copies,
    corrections,
    fronts,
    histories,
    listings,
    machines,
    policies,
    stories,
    threads,
    verifying,
    withdrawals,
)
from cryptonewshub.delivery.printers.fronts import NOT_FOUND
from cryptonewshub.reader import affected, assets
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.verification import verifier_file
from cryptonewshub.verifier.single_file import single_file

__all__ = ["KINDS", "NOT_FOUND", "asset_files", "current_site", "every_address", "page_at"]

# Asked in this order: fixed addresses first, stories last, since a story may stand at nearly any address.
KINDS: tuple[PageKind, ...] = (
    *fronts.KINDS,
    *accuracy_policy.KINDS,
    *corrections.KINDS,
    *machines.KINDS,
    *archive.KINDS,
    *copies.KINDS,
    *policies.KINDS,
    *verifying.KINDS,
    *listings.KINDS,
    *withdrawals.KINDS,
    *histories.KINDS,
    *threads.KINDS,
    *stories.KINDS,
)


@once
def current_site() -> Site:
    """What the newsroom is called now, and its sections in their order."""
    newsroom = Newsroom.objects.first() or Newsroom()  # printing writes nothing, not even a first row
    return Site(
        name=newsroom.name,
        promise=newsroom.promise,
        base_url=settings.CNH_BASE_URL,
        zone=settings.TIME_ZONE,
        language=settings.CNH_LANGUAGE,
        staff_byline=newsroom.staff_byline,
        rights=newsroom.rights,
        entries=LoggedEditions(),
        sections=tuple(Named(section.title, section.slug) for section in SectionPage.in_order()),
        hub=settings.CNH_WEBSUB_HUB,
        security_contact=settings.CNH_SECURITY_CONTACT,
        policies=("accuracy", *policies.written_slugs()),
    )


def page_at(address: str, site: Site) -> bytes | None:
    """The page at the address, or None when there is none."""
    pages = (kind.page_at(address, site) for kind in KINDS)
    return next((page for page in pages if page is not None), None)


def every_address() -> Iterator[str]:
    """All addresses of the site, fixed ones first."""
    for kind in KINDS:
        yield from kind.addresses()


def asset_files() -> dict[str, bytes]:
    """The files that come with the software, by address: what pages load, under names that change with their content,
    and the verifier as one file, once for Python and once for browsers.
    """
    files = {f"/{name}": data for name, data in assets.assets().items()}
    verifiers = {affected.VERIFIER: single_file(), affected.VERIFIER_PAGE: verifier_file(settings.CNH_LANGUAGE)}
    return {**files, **{address: text.encode() for address, text in verifiers.items()}}

"""The front page, and the page for addresses where nothing is."""

from __future__ import annotations

from django.conf import settings

from cryptonewshub.delivery.kinds import fixed_page
from cryptonewshub.editions.models import Edition
from cryptonewshub.reader import affected, pages
from cryptonewshub.reader.site import Site

NOT_FOUND = "/404.html"


def front_page(site: Site) -> str:
    newest = Edition.objects.newest().standing()[: settings.CNH_STORIES_ON_FRONT]
    return pages.front_page(site, [edition.read() for edition in newest])


KINDS = (
    fixed_page(affected.FRONT, front_page),
    fixed_page(NOT_FOUND, pages.not_found_page),
)

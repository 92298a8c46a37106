"""Answering searches: a dynamic address that needs the index alone. It sets no cookie and never asks the database
for words; when the database is away, the masthead is the one that was last known.
"""

from __future__ import annotations

import logging
from dataclasses import replace

from django.conf import settings
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cryptonewshub.delivery.headers import PAGE_HEADERS
from cryptonewshub.delivery.indexing import newsroom_index
from cryptonewshub.delivery.printing import current_site
from cryptonewshub.reader.search.index import Answer, IndexUnavailable
from cryptonewshub.reader.search.questions import Question, read_question
from cryptonewshub.reader.search.results import search_page
from cryptonewshub.reader.site import Site

logger = logging.getLogger(__name__)

_known: dict[str, Site] = {}


@transaction.non_atomic_requests
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The search page. 503 while the index cannot be asked; the page says so, and leads on."""
    question = read_question(request.GET.dict())
    site = _site()
    answer = _answer(question, site.zone)
    response = HttpResponse(search_page(site, question, answer), status=503 if answer is None else 200)
    for name, value in PAGE_HEADERS:
        response.headers[name.decode()] = value.decode()
    response.headers["Cache-Control"] = "no-store" if answer is None else "public, max-age=60"
    return response


def _answer(question: Question, zone: str) -> Answer | None:
    if question.is_empty:
        return Answer((), 0)
    try:
        return newsroom_index().ask(question, zone=zone)
    except IndexUnavailable as error:
        logger.error("A search was not answered. %s", error)
        return None


def _site() -> Site:
    """The newsroom as it is, or as it was when the database last answered."""
    try:
        _known["site"] = current_site()
    except DatabaseError:
        logger.warning("The database is away; searches are answered with the sections that were last known.")
    return _known.get("site") or replace(_nameless(), sections=())


def _nameless() -> Site:
    return Site(
        name=settings.WAGTAIL_SITE_NAME,
        promise="",
        base_url=settings.CNH_BASE_URL,
        zone=settings.TIME_ZONE,
        language=settings.CNH_LANGUAGE,
        staff_byline="",
    )

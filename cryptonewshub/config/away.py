"""What is said of a dynamic page while the database is away: at once, and that the stories are all there."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cryptonewshub.config.database import is_away
from cryptonewshub.delivery.behind import away_page
from cryptonewshub.languages.wording import wording


class ExplainAbsence:
    """503 with a page of ours in the place of an error; the next request asks the database again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not is_away(exception):
            return None
        logging.getLogger(__name__).error("A request was not answered: the database is away.")
        page = away_page(wording(settings.CNH_LANGUAGE))
        return HttpResponse(page, status=503, headers={"Retry-After": "10", "Cache-Control": "no-store"})

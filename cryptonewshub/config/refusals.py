"""Where the desk's refusal meets a screen that does not know of it: nothing is published, and the reasons are shown.

They are kept too: the transaction that the refusal undid is over by then.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from cryptonewshub.accuracy.holding import keep_reasons
from cryptonewshub.articles.doors import PublishBlocked


class ExplainRefusals:
    """Bulk actions and workflows publish without asking the article's form. Their transaction is undone by then."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, PublishBlocked):
            return None
        keep_reasons(exception)
        if request.path.startswith(reverse("wagtailadmin_home") + "api/"):
            return JsonResponse(
                {"message": "Nothing was published.", "reasons": str(exception).split("\n")}, status=409
            )
        messages.error(request, "Nothing was published. The desk has these reasons:")
        for reason in str(exception).split("\n"):
            messages.error(request, reason)
        return redirect(_where_they_came_from(request))


def _where_they_came_from(request: HttpRequest) -> str:
    came_from = request.META.get("HTTP_REFERER", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return came_from if is_ours else "wagtailadmin_home"

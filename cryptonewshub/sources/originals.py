"""Beyond a source's page: its original, a new capture of it, and what changed since the one before."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe
from wagtail.permissions import policy_registry

from cryptonewshub.sources.adding import forbidden
from cryptonewshub.sources.capturing import AlreadyArchived, capture_again
from cryptonewshub.sources.comparing import changes
from cryptonewshub.sources.destinations import FetchRefused
from cryptonewshub.sources.extracted import ExtractionError
from cryptonewshub.sources.models import Source

PAGE = "wagtailsnippets_sources_source:inspect"
# Strangers made these bytes: a browser keeps them as a file and does nothing else with them.
INERT = {
    "Content-Type": "application/octet-stream",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def _of_a_source(right: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Gives a view the source that is asked for, if this person has the right and may see it."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def asked(request: HttpRequest, pk: int) -> HttpResponse:
            source = get_object_or_404(Source, pk=pk)
            policy: Any = policy_registry.get_by_type(Source)
            if not policy.user_has_any_permission_for_instance(request.user, [right, "change"], source):
                return forbidden(request)
            return view(request, source)

        return asked

    return decorate


@require_safe
@_of_a_source("view")
def original(request: HttpRequest, source: Source) -> HttpResponse:
    """The original as it was captured, to be kept as a file."""
    try:
        content = source.original_bytes()
    except (FileNotFoundError, ValueError) as error:
        messages.error(request, str(error) if isinstance(error, ValueError) else "The original is not in the archive.")
        return redirect(PAGE, source.pk)
    disposition = (
        content_disposition_header(as_attachment=True, filename=source.file_name or "original") or "attachment"
    )
    return HttpResponse(content, headers={**INERT, "Content-Disposition": disposition})


@transaction.non_atomic_requests
@require_POST
@_of_a_source("add")
def again(request: HttpRequest, source: Source) -> HttpResponse:
    """Captures what stands at the source's address now."""
    try:
        latest = capture_again(source, user=request.user)
    except AlreadyArchived as known:
        latest = known.source
    except (FetchRefused, ExtractionError) as refused:
        messages.error(request, str(refused))
        return redirect(PAGE, source.pk)
    if latest == source:
        messages.success(request, "Nothing has changed: the very same page stands there.")
        return redirect(PAGE, source.pk)
    messages.success(request, "The page has changed. What stands there now is in the archive as a source of its own.")
    return redirect("source_changes", latest.pk)


@require_safe
@_of_a_source("view")
def what_changed(request: HttpRequest, source: Source) -> HttpResponse:
    """The difference between a source and the capture before it, word by word."""
    earlier = source.earlier
    if earlier is None:
        return redirect(PAGE, source.pk)
    return render(
        request,
        "sources/changes.html",
        {"source": source, "earlier": earlier, "stretches": changes(earlier.text, source.text)},
    )

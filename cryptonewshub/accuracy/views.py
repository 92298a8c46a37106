"""What the Desk panel asks the server, by scripts only: the proof of an article's newest draft, and acts about it.

Every act is about a finding of the newest draft, by the name that the proof gave it: words that have changed since have
no such finding any more, and the act is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST

from cryptonewshub.accuracy.attaching import capture_for
from cryptonewshub.accuracy.clearing import ClearanceRefused, clear_finding, clearances_for, withdraw_clearance
from cryptonewshub.accuracy.desk_answers import proof_answer, source_answer
from cryptonewshub.accuracy.gate import examine
from cryptonewshub.accuracy.models import Clearance
from cryptonewshub.accuracy.proof import proof_of
from cryptonewshub.accuracy.report import Finding
from cryptonewshub.accuracy.veiling import veiled, veiled_keys
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.articles.reading import editor_places, source_texts_of
from cryptonewshub.articles.source_keys import key_for
from cryptonewshub.people.models import Author
from cryptonewshub.sources.destinations import FetchRefused
from cryptonewshub.sources.extracted import ExtractionError
from cryptonewshub.sources.models import Source
from cryptonewshub.sources.searching import NewsroomArchive

_LISTED = 20
_NOT_THEIRS = "Your account may not edit this story, so the desk does not show it."
_CHANGED = "The words have changed since the desk read them. Look at the finding as it is now."

StoryView = Callable[Concatenate[HttpRequest, ArticlePage, ...], JsonResponse]


def _of_a_story(view: StoryView) -> Callable[..., JsonResponse]:
    """Gives a view the newest draft of the article that is asked for, if this person may edit it."""

    @wraps(view)
    def asked(request: HttpRequest, page_id: int, **named: Any) -> JsonResponse:
        page: ArticlePage = get_object_or_404(ArticlePage, pk=page_id)
        if not page.permissions_for_user(request.user).can_edit():
            return _refusal(_NOT_THEIRS, status=403)
        return view(request, page.get_latest_revision_as_object(), **named)

    return asked


# A reading needs no transaction, and one would keep the editor's own saving waiting for its end.
@transaction.non_atomic_requests
@require_GET
@_of_a_story
def proof(request: HttpRequest, page: ArticlePage) -> JsonResponse:
    """The proof of the newest draft."""
    report = veiled(examine(page), veiled_keys(page, request.user))
    made = proof_of(report, editor_places(page), source_texts_of(page))
    return JsonResponse(proof_answer(made, page, clearances_for(page, report), request.user))


@require_POST
@_of_a_story
def clear(request: HttpRequest, page: ArticlePage) -> JsonResponse:
    """Signs one finding off: `finding`, `reason`, and for a translation `translator`."""
    finding = _finding(page, request.POST.get("finding", ""))
    if finding is None:
        return _refusal(_CHANGED, status=409)
    translator = Author.objects.filter(pk=_number(request.POST.get("translator"))).first()
    reason = request.POST.get("reason", "")
    try:
        clear_finding(page, finding, user=request.user, reason=reason, translator=translator)
    except ClearanceRefused as refused:
        return _refusal(str(refused), status=400)
    return JsonResponse({})


@require_POST
@_of_a_story
def take_back(request: HttpRequest, page: ArticlePage) -> JsonResponse:
    """Takes a clearance back: `clearance`, `reason`."""
    clearance = get_object_or_404(Clearance, pk=_number(request.POST.get("clearance")), article_id=page.pk)
    try:
        withdraw_clearance(clearance, user=request.user, reason=request.POST.get("reason", ""))
    except ClearanceRefused as refused:
        return _refusal(str(refused), status=400)
    return JsonResponse({})


@transaction.non_atomic_requests
@require_GET
@_of_a_story
def archive(request: HttpRequest, page: ArticlePage) -> JsonResponse:
    """Archived sources to attach: those with `q` in what is known of them, after the one that has the `words`."""
    asked, words = request.GET.get("q", "").strip(), request.GET.get("words", "").strip()
    attached = {source.source_id for source in page.attached_sources.all()}
    free = Source.objects.visible_to(request.user).exclude(pk__in=attached)
    mentioned = free.filter(*(_mentions(word) for word in asked.split()))
    closest = NewsroomArchive().closest(words) if words and not asked else None
    likely = free.open().filter(pk=_number(closest.id)).first() if closest else None
    others = [source_answer(source, key_for(source)) for source in mentioned[:_LISTED] if source != likely]
    return JsonResponse({"likely": source_answer(likely, key_for(likely)) if likely else None, "others": others})


@transaction.non_atomic_requests
@require_POST
@_of_a_story
def capture(request: HttpRequest, page: ArticlePage) -> JsonResponse:
    """Takes a document into the archive, to be attached: `way` and what it needs, and what is known of the document.

    Outside a transaction, for a fetch can take half a minute; what is kept is kept whole by the archive itself.
    """
    if not request.user.has_perm("sources.add_source"):
        return _refusal("Your account may not take documents into the archive. Ask an editor to do it.", status=403)
    try:
        source = capture_for(request)
    except (FetchRefused, ExtractionError) as refused:
        return _refusal(str(refused), status=400)
    return JsonResponse(source_answer(source, key_for(source)))


def _mentions(word: str) -> Q:
    return Q(title__icontains=word) | Q(speaker__icontains=word) | Q(publisher__icontains=word)


def _finding(page: ArticlePage, name: str) -> Finding | None:
    entries = proof_of(examine(page), editor_places(page), ()).entries
    return next((entry.finding for entry in entries if entry.id == name and entry.weight != "cleared"), None)


def _number(text: str | None) -> int:
    """A row's number, 0 for what is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else 0


def _refusal(sentence: str, *, status: int) -> JsonResponse:
    """Wagtail would answer a PermissionDenied with a page to go to; a script wants the sentence."""
    return JsonResponse({"refusal": sentence}, status=status)

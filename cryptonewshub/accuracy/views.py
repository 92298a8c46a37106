"""What the Desk panel asks the server, by scripts only: the proof of an article's newest draft."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from cryptonewshub.accuracy.desk_answers import proof_answer
from cryptonewshub.accuracy.gate import examine
from cryptonewshub.accuracy.proof import proof_of
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.articles.reading import editor_places, source_texts_of


# A reading needs no transaction, and one would keep the editor's own saving waiting for its end.
@transaction.non_atomic_requests
@require_GET
def proof(request: HttpRequest, page_id: int) -> JsonResponse:
    """The proof of the newest draft, for those who may edit the article."""
    page = _draft(request, page_id)
    if page is None:
        return _refusal("Your account may not edit this story, so the desk does not show it.", status=403)
    made = proof_of(examine(page), editor_places(page), source_texts_of(page))
    return JsonResponse(proof_answer(made, page))


def _draft(request: HttpRequest, page_id: int) -> ArticlePage | None:
    """The article's newest draft, None where the account may not edit it."""
    page: ArticlePage = get_object_or_404(ArticlePage, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        return None
    newest: ArticlePage = page.get_latest_revision_as_object()
    return newest


def _refusal(sentence: str, *, status: int) -> JsonResponse:
    """Wagtail would answer a PermissionDenied with a page to go to; a script wants the sentence."""
    return JsonResponse({"refusal": sentence}, status=status)

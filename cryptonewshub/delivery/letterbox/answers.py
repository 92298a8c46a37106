"""What the letterbox's views have in common: who asks, in which form, and how they are answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.comments.language import say
from cryptonewshub.comments.threads import Conversation, conversation_of
from cryptonewshub.delivery.printing import current_site
from cryptonewshub.reader.letterbox import said_page

View = Callable[..., HttpResponse]


def letterbox_view(*methods: str) -> Callable[[View], View]:
    """A view of the letterbox: for these methods only. The turnstile has refused other sites by then, so no token of
    Django's is needed, and no reader gets a cookie for it.
    """

    def decorate(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in methods:
                return _not_allowed(methods)
            try:
                return view(request, *args, **kwargs)
            except Http404:
                return said(
                    say("Nothing is here"), say("The address may be misspelt, or what stood here is gone."), status=404
                )

        return checked

    return decorate


def said(title: str, *sentences: str, status: int = 200, **more: Any) -> HttpResponse:
    """A page of a few sentences."""
    return HttpResponse(said_page(current_site(), title, *sentences, **more), status=status)


def told(request: HttpRequest, sentence: str, *, status: int = 200, **more: Any) -> HttpResponse | None:
    """The same for a script, in JSON; None when a person asks."""
    if not wants_json(request):
        return None
    return JsonResponse({"sentence": sentence, **more}, status=status)


def wrong(request: HttpRequest, errors: dict[str, str], page: Callable[[], str], status: int = 400) -> HttpResponse:
    """What is wrong with a form, for a script or on a page that has what was written."""
    if wants_json(request):
        return JsonResponse({"errors": errors}, status=status)
    return HttpResponse(page(), status=status)


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("accept", "").startswith("application/json")


def article_of(identifier: UUID) -> tuple[ArticlePage, Conversation]:
    """A published story and its conversation. Raises Http404 for another identifier."""
    article = ArticlePage.objects.filter(article_id=identifier).first()
    conversation = conversation_of(article) if article else None
    if article is None or conversation is None:
        raise Http404
    return article, conversation


def sender_of(request: HttpRequest) -> str:
    """The address of the computer that asks, as the turnstile knows it. It is used at once, and never kept."""
    return str(request.META.get("REMOTE_ADDR", ""))


def sentences_of(form: forms.Form) -> dict[str, str]:
    """The first sentence about each field; '' is the form as a whole."""
    return {"" if name == "__all__" else name: str(errors[0]) for name, errors in form.errors.items()}


def written(request: HttpRequest) -> dict[str, str]:
    """What was written into a form, to be shown again."""
    return {name: request.POST[name] for name in request.POST if name not in ("proof", "website")}


def _not_allowed(methods: tuple[str, ...]) -> HttpResponse:
    response = said(say("Not here"), say("This address takes something else. Go back and use the form."), status=405)
    response["Allow"] = ", ".join(methods)
    return response

"""Who may moderate what. A group that has sections moderates those; a group without any moderates all of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.comments.models import Beat

MODERATE = "comments.moderate_comment"
ANSWER = "comments.answer_errorreport"

View = Callable[..., HttpResponse]


def needs(right: str) -> Callable[[View], View]:
    """A view for those who have the right; what belongs to a section that is not theirs is refused inside."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perm(right):
                return _refused(request)
            try:
                return view(request, *args, **kwargs)
            except PermissionDenied:
                return _refused(request)

        return checked

    return decorate


def articles_for(user: Any) -> QuerySet[ArticlePage]:
    """The stories whose comments and reports are this person's business."""
    sections = _sections_of(user)
    if sections is None:
        return ArticlePage.objects.all()
    under = Q(pk__in=())
    for path in sections:
        under |= Q(path__startswith=path)
    return ArticlePage.objects.filter(under)


def theirs_or_refuse(user: Any, article: ArticlePage) -> None:
    """Raises PermissionDenied for a story of another section."""
    if not articles_for(user).filter(pk=article.pk).exists():
        raise PermissionDenied


def _sections_of(user: Any) -> list[str] | None:
    """The tree paths of the person's sections; None for all of them."""
    if user.is_superuser:
        return None
    groups = user.groups.filter(permissions__codename__in=("moderate_comment", "answer_errorreport")).distinct()
    beats = list(Beat.objects.filter(group__in=groups).select_related("section"))
    if groups.exclude(pk__in=[beat.group_id for beat in beats]).exists() or not groups.exists():
        return None
    return [beat.section.path for beat in beats]


def _refused(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "comments/refused.html", status=403)

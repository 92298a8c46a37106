"""Readers' reports of errors: each is a case, with the passage, and ends with an answer."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cryptonewshub.comments.models import ErrorReport, Outcome
from cryptonewshub.comments.moderation.access import ANSWER, articles_for, needs, theirs_or_refuse
from cryptonewshub.comments.reports import begin_correction, close_report
from cryptonewshub.editions.models import Edition


@needs(ANSWER)
@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    show = "answered" if request.GET.get("show") == "answered" else "open"
    found = ErrorReport.objects.filter(article__in=articles_for(request.user)).select_related("article", "edition")
    found = found.filter(outcome=Outcome.OPEN) if show == "open" else found.exclude(outcome=Outcome.OPEN).reverse()
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    return TemplateResponse(request, "comments/reports.html", {"page": page, "show": show, "place": "reports"})


@needs(ANSWER)
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, number: int) -> HttpResponse:
    case = get_object_or_404(ErrorReport.objects.select_related("article", "address", "edition", "user"), pk=number)
    theirs_or_refuse(request.user, case.article)
    later = Edition.objects.of(case.article).filter(version__gt=case.version).defer("content")
    if request.method == "POST":
        outcome, version = request.POST.get("outcome", ""), request.POST.get("version", "")
        edition = later.filter(version=version).first() if version.isascii() and version.isdigit() else None
        try:
            if outcome not in (Outcome.CORRECTED, Outcome.RIGHT, Outcome.OTHER):
                raise ValueError("Choose what became of the report.")
            answer = request.POST.get("answer", "").strip()[:2_000]
            close_report(case, Outcome(outcome), answer=answer, user=request.user, now=timezone.now(), edition=edition)
        except ValueError as error:
            messages.error(request, str(error))
            return redirect("comments_report", number)
        messages.success(request, "The report is answered.")
        return redirect("comments_reports")
    context = {
        "case": case,
        "story": _story(case),
        "later": later,
        "outcomes": [(value, label) for value, label in Outcome.choices if value != Outcome.OPEN],
        "place": "reports",
    }
    return TemplateResponse(request, "comments/report.html", context)


@needs(ANSWER)
@require_POST
def correct(request: HttpRequest, number: int) -> HttpResponse:
    """To the editor, where the draft is a correction found by this reader now."""
    case = get_object_or_404(ErrorReport.objects.select_related("article"), pk=number)
    theirs_or_refuse(request.user, case.article)
    if not case.article.permissions_for_user(request.user).can_edit():
        messages.error(request, "Your account may not edit this story. Ask somebody who may.")
        return redirect("comments_report", number)
    begin_correction(case, user=request.user)
    messages.success(request, "The draft is a correction found by a reader. Say what was wrong and what is right.")
    return redirect("wagtailadmin_pages:edit", case.article_id)


def waiting_reports(user: object) -> int:
    return ErrorReport.objects.filter(outcome=Outcome.OPEN, article__in=articles_for(user)).count()


def _story(case: ErrorReport) -> list[tuple[str, str, str, str]]:
    """The story as the reader had it, as (kind, before, passage, after)."""
    edition = Edition.objects.readable().of(case.article).filter(version=case.version).first()
    if edition is None:
        return []
    document = edition.read().document
    blocks = [("standfirst", document.standfirst), *((block.kind, block.text) for block in document.body)]
    passage = case.passage
    return [(kind, *(text.partition(passage) if passage else (text, "", ""))) for kind, text in blocks if text]

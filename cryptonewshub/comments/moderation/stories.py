"""Stories and their threads: how many comments each has, whether it is open, and the figures of the last month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from django.core.paginator import Paginator
from django.db.models import Count, Max, Min, Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.comments.models import Act, Comment, CommentPolicy, Decision, Reason, State, Thread
from cryptonewshub.comments.moderation.access import MODERATE, articles_for, needs
from cryptonewshub.comments.screening import SUSPICIOUS

DAYS = 30


@dataclass(frozen=True, slots=True)
class Figures:
    """The last thirty days in numbers. `wait` is the median time until a person decided, '' before that."""

    received: int
    by_act: tuple[tuple[str, int], ...]
    by_reason: tuple[tuple[str, int], ...]
    by_person: tuple[tuple[str, int], ...]
    wait: str
    scored: int
    agreed: int


@needs(MODERATE)
@require_GET
def stories(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    found = (
        articles_for(request.user)
        .filter(live=True)
        .annotate(
            shown=Count("comments", filter=Q(comments__state=State.APPROVED), distinct=True),
            waiting=Count("comments", filter=Q(comments__state=State.WAITING), distinct=True),
            latest=Max("comments__made"),
            began=Min("editions__published"),  # from then on the days until a thread closes are counted
        )
        .order_by("-latest", "-first_published_at")
    )
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    policy = CommentPolicy.load()
    rows = [(story, thread, thread.is_open(now, story.began, policy)) for story, thread in _threads(page)]
    return TemplateResponse(request, "comments/stories.html", {"page": page, "rows": rows, "place": "stories"})


@needs(MODERATE)
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    context = {"figures": figures_of(request.user), "days": DAYS, "place": "figures"}
    return TemplateResponse(request, "comments/figures.html", context)


def figures_of(user: object) -> Figures:
    since = timezone.now() - timedelta(days=DAYS)
    articles = articles_for(user)
    decisions = Decision.objects.filter(made__gt=since, comment__article__in=articles)
    by_people = list(decisions.filter(user__isnull=False).exclude(act=Act.NOTE).select_related("comment"))
    waits = [(decision.made - decision.comment.made).total_seconds() / 60 for decision in by_people]
    scored = [decision for decision in by_people if decision.comment.score is not None]
    refused = {State.REJECTED, State.HIDDEN}
    agreed = [d for d in scored if ((d.comment.score or 0) >= SUSPICIOUS) == (State(d.after) in refused)]
    return Figures(
        received=Comment.objects.filter(made__gt=since, article__in=articles).count(),
        by_act=_counted(Act(decision.act).label for decision in by_people),
        by_reason=_counted(Reason(decision.reason).label for decision in by_people if decision.reason),
        by_person=_counted(decision.who for decision in by_people),
        wait=_span(round(median(waits))) if waits else "",
        scored=len(scored),
        agreed=len(agreed),
    )


def _span(minutes: int) -> str:
    """'1 minute', '5 hours', '12 days': in the largest unit of which there are two."""
    number, unit = next(
        (minutes // size, unit)
        for size, unit in ((24 * 60, "day"), (60, "hour"), (1, "minute"))
        if minutes >= 2 * size or size == 1
    )
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _counted(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(names).most_common())


def _threads(page: Iterable[ArticlePage]) -> list[tuple[ArticlePage, Thread]]:
    return [(story, Thread.of(story)) for story in page]

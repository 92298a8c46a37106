"""The queue: comments in lists to choose from, to search, and to decide about several of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cryptonewshub.comments.deciding import Who, decide_many
from cryptonewshub.comments.models import Act, Comment, Reason, State
from cryptonewshub.comments.models.comment import CommentQuerySet
from cryptonewshub.comments.moderation.access import MODERATE, articles_for, needs, theirs_or_refuse

ON_A_PAGE = 50
LISTS = {
    "waiting": "Waiting",
    "flagged": "Flagged by readers",
    "appeals": "Objections",
    "approved": "Shown",
    "refused": "Refused",
    "all": "All",
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which list a moderator is going through, and the words they look for; it stays with them from page to page."""

    show: str
    words: str

    @classmethod
    def of(cls, request: HttpRequest) -> Chosen:
        values = request.GET if request.method == "GET" else request.POST
        show = values.get("show", "")
        return cls(show if show in LISTS else "waiting", values.get("q", "").strip()[:100])

    @property
    def query(self) -> str:
        return urlencode({"show": self.show, **({"q": self.words} if self.words else {})})

    def comments(self, user: Any) -> CommentQuerySet:
        """The list, in the order in which one works through it: oldest first for work, newest first for looking."""
        found = Comment.objects.filter(article__in=articles_for(user))
        found = found.matching(self.words) if self.words else found
        match self.show:
            case "waiting":
                return found.filter(state=State.WAITING).order_by("made", "pk")
            case "flagged":
                return found.filter(flags__is_settled=False).distinct().order_by("made", "pk")
            case "appeals":
                return found.filter(appeals__answered__isnull=True, appeals__isnull=False).order_by("made", "pk")
            case "approved":
                found = found.filter(state=State.APPROVED)
            case "refused":
                found = found.filter(state__in=(State.REJECTED, State.HIDDEN))
        return found.order_by("-made", "-pk")


@needs(MODERATE)
@require_http_methods(["GET", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    chosen = Chosen.of(request)
    if request.method == "POST":
        return _decide_in_bulk(request, chosen)
    found = (
        chosen.comments(request.user)
        .select_related("article")
        .annotate(open_flags=Count("flags", filter=Q(flags__is_settled=False)))
    )
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "chosen": chosen,
        "lists": [(name, label, _count(name, request.user)) for name, label in LISTS.items()],
        "page": page,
        "reasons": Reason.choices,
        "place": "queue",
    }
    return TemplateResponse(request, "comments/queue.html", context)


def waiting_for(user: Any) -> int:
    """How many comments wait for this person."""
    return Chosen("waiting", "").comments(user).count()


def _count(name: str, user: Any) -> int | None:
    return Chosen(name, "").comments(user).count() if name in ("waiting", "flagged", "appeals") else None


def _decide_in_bulk(request: HttpRequest, chosen: Chosen) -> HttpResponse:
    """Each box sends the comment's number and the number of decisions that the moderator saw: '12.1'."""
    seen = [_numbers(value) for value in request.POST.getlist("comment")]
    act = request.POST.get("act", "")
    if not seen or None in seen or act not in (Act.APPROVE, Act.REJECT, Act.HIDE, Act.HOLD):
        messages.error(request, "Choose comments, and what to do with them.")
        return _back(chosen)
    pairs = [pair for pair in seen if pair]
    for comment in Comment.objects.filter(pk__in=[number for number, _ in pairs]).select_related("article"):
        theirs_or_refuse(request.user, comment.article)
    decided, refused = decide_many(
        pairs,
        Act(act),
        who=Who.staff(request.user),
        now=timezone.now(),
        reason=request.POST.get("reason", ""),
        words=request.POST.get("words", "").strip()[:1_000],
    )
    if decided:
        count = len(decided)
        messages.success(request, f"{count} comment{'' if count == 1 else 's'} {Act(act).label}.")
    for sentence in dict.fromkeys(refused):
        messages.error(request, sentence)
    return _back(chosen)


def _numbers(value: str) -> tuple[int, int] | None:
    number, _, seen = value.partition(".")
    is_right = all(part.isascii() and part.isdigit() and len(part) < 18 for part in (number, seen))
    return (int(number), int(seen)) if is_right else None


def _back(chosen: Chosen) -> HttpResponseRedirect:
    return redirect(f"{reverse('comments_queue')}?{chosen.query}")

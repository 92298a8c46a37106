"""One comment with the story beside it: read, decide, note, ban, and go on to the next."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from cryptonewshub.comments.appealing import answer
from cryptonewshub.comments.banning import BAN_DAYS, ban_writer
from cryptonewshub.comments.deciding import NotDecided, Who, add_note, decide
from cryptonewshub.comments.models import Act, Appeal, Ban, Comment, Reason, State, Thread
from cryptonewshub.comments.moderation.access import MODERATE, needs, theirs_or_refuse
from cryptonewshub.comments.moderation.queue import Chosen
from cryptonewshub.comments.plain_words import paragraphs
from cryptonewshub.comments.threads import mark_changed
from cryptonewshub.editions.models import Edition

_POSSIBLE = {
    State.WAITING: (Act.APPROVE, Act.REJECT),
    State.APPROVED: (Act.HIDE, Act.HOLD),
    State.REJECTED: (Act.APPROVE, Act.HOLD),
    State.HIDDEN: (Act.APPROVE, Act.HOLD),
    State.WITHDRAWN: (),
}


def _possible(comment: Comment) -> tuple[Act, ...]:
    """What can be decided; a comment that readers flagged can also be left as it is."""
    is_flagged = comment.is_shown and comment.flags.filter(is_settled=False).exists()
    return (*((Act.APPROVE,) if is_flagged else ()), *_POSSIBLE[State(comment.state)])


@needs(MODERATE)
@require_GET
def look(request: HttpRequest, number: int) -> HttpResponse:
    comment = _comment(request, number)
    chosen = Chosen.of(request)
    before, after = _neighbours(chosen, request.user, comment)
    context = {
        "comment": comment,
        "paragraphs": paragraphs(comment.body),
        "possible": _possible(comment),
        "reasons": Reason.choices,
        "history": comment.decisions.all(),
        "flags": comment.flags.filter(is_settled=False),
        "appeal": comment.appeals.filter(answered__isnull=True).first(),
        "edition": Edition.objects.of(comment.article).filter(version=comment.version).first(),
        "story": _story(comment),
        "thread": Thread.of(comment.article),
        "is_known": Comment.objects.shown().filter(name__iexact=comment.name).exclude(pk=comment.pk).count(),
        "ban_days": BAN_DAYS,
        "ban_kinds": _ban_kinds(comment),
        "chosen": chosen,
        "before": before,
        "after": after,
        "place": "queue",
    }
    return TemplateResponse(request, "comments/comment.html", context)


@needs(MODERATE)
@require_POST
def decide_one(request: HttpRequest, number: int) -> HttpResponse:
    comment = _comment(request, number)
    chosen = Chosen.of(request)
    _, after = _neighbours(chosen, request.user, comment)
    act, seen = request.POST.get("act", ""), request.POST.get("seen", "")
    try:
        decision = decide(
            number,
            Act(act) if act in Act.values else Act.NOTE,
            who=Who.staff(request.user),
            now=timezone.now(),
            seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else None,
            reason=request.POST.get("reason", ""),
            words=request.POST.get("words", "").strip()[:1_000],
        )
    except NotDecided as error:
        messages.error(request, str(error))
        return _to(number, chosen)
    messages.success(request, f"Comment {number} was {decision.get_act_display()}.")
    return _to(after, chosen) if after else redirect(f"{reverse('comments_queue')}?{chosen.query}")


@needs(MODERATE)
@require_POST
def note(request: HttpRequest, number: int) -> HttpResponse:
    _comment(request, number)
    text = request.POST.get("note", "").strip()[:2_000]
    if text:
        add_note(number, text, who=Who.staff(request.user), now=timezone.now())
    else:
        messages.error(request, "Write a note first.")
    return _to(number, Chosen.of(request))


@needs(MODERATE)
@require_POST
def ban(request: HttpRequest, number: int) -> HttpResponse:
    """Bans the writer of a comment, by what the moderator chose."""
    comment = _comment(request, number)
    kind, days, reason = (request.POST.get(name, "").strip() for name in ("kind", "days", "reason"))
    try:
        made = ban_writer(comment, kind, days=days, reason=reason, user=request.user, now=timezone.now())
    except ValueError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, f"Banned {made.get_kind_display().lower()} until {timezone.localtime(made.until):%d %B %Y}."
        )
    return _to(number, Chosen.of(request))


@needs(MODERATE)
@require_POST
def answer_appeal(request: HttpRequest, number: int) -> HttpResponse:
    appeal = get_object_or_404(Appeal.objects.select_related("comment__article"), pk=number)
    theirs_or_refuse(request.user, appeal.comment.article)
    is_upheld = request.POST.get("outcome") == "upheld"
    words = request.POST.get("words", "").strip()[:2_000]
    if not is_upheld and not words:
        messages.error(request, "Say why the decision stands: the writer reads it.")
        return _to(appeal.comment_id, Chosen.of(request))
    try:
        answer(number, is_upheld=is_upheld, words=words, user=request.user, now=timezone.now())
    except NotDecided as error:
        messages.error(request, str(error))
    return _to(appeal.comment_id, Chosen.of(request))


@needs(MODERATE)
@require_POST
def open_or_close(request: HttpRequest, number: int) -> HttpResponse:
    """Opens or closes the thread of a story, at once and by hand."""
    thread = get_object_or_404(Thread.objects.select_related("article"), pk=number)
    theirs_or_refuse(request.user, thread.article)
    thread.is_closed = request.POST.get("do") == "close"
    thread.stays_open = not thread.is_closed
    thread.save(update_fields=["is_closed", "stays_open"])
    mark_changed(thread.article)
    done = "closed" if thread.is_closed else "open"
    messages.success(request, f"The comments on “{thread.article.title}” are {done} now.")
    came_from = request.POST.get("comment", "")
    if came_from.isascii() and came_from.isdigit() and len(came_from) < 18:
        return _to(int(came_from), Chosen.of(request))
    return redirect("comments_stories")


def _comment(request: HttpRequest, number: int) -> Comment:
    comment = get_object_or_404(Comment.objects.select_related("article", "parent", "address"), pk=number)
    theirs_or_refuse(request.user, comment.article)
    return comment


def _neighbours(chosen: Chosen, user: Any, comment: Comment) -> tuple[int | None, int | None]:
    """The numbers of the comments before and after this one in the moderator's list."""
    numbers = list(chosen.comments(user).values_list("pk", flat=True)[:2_000])
    if comment.pk not in numbers:
        return None, next(iter(numbers), None)
    at = numbers.index(comment.pk)
    return (numbers[at - 1] if at else None), (numbers[at + 1] if at + 1 < len(numbers) else None)


def _story(comment: Comment) -> list[tuple[str, str, str, str]]:
    """The story's blocks as (kind, before, quoted, after): the words that the comment quotes stand out."""
    edition = Edition.objects.readable().of(comment.article).filter(version=comment.version).first()
    if edition is None:
        return []
    document = edition.read().document
    blocks = [("standfirst", document.standfirst), *((block.kind, block.text) for block in document.body)]
    return [(kind, *_parted(text, comment.quote)) for kind, text in blocks if text]


def _parted(text: str, quote: str) -> tuple[str, str, str]:
    before, found, after = text.partition(quote) if quote else (text, "", "")
    return before, found, after


def _ban_kinds(comment: Comment) -> list[tuple[str, str]]:
    kinds = [(Ban.Kind.NAME, f"By the name “{comment.name}”")]
    if comment.address:
        kinds.append((Ban.Kind.EMAIL, "By the e-mail address"))
    if comment.network and comment.made > timezone.now() - timedelta(days=7):
        kinds.append((Ban.Kind.NETWORK, f"By the network, until {_network_end(comment.made):%d %B} at most"))
    return [(str(kind), label) for kind, label in kinds]


def _network_end(made: datetime) -> datetime:
    return timezone.localtime(made + timedelta(days=7))


def _to(number: int, chosen: Chosen) -> HttpResponse:
    return redirect(f"{reverse('comments_comment', args=[number])}?{chosen.query}")

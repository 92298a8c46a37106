"""A writer's own comment, at the address that only they have: where it stands, change it, delete it, object."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from cryptonewshub.comments.addresses import mine_address, thread_address
from cryptonewshub.comments.appealing import appeal, may_appeal
from cryptonewshub.comments.deciding import REFUSALS, NotDecided
from cryptonewshub.comments.forms import AppealForm, EditForm
from cryptonewshub.comments.language import count, say
from cryptonewshub.comments.letters import statement_of_reasons
from cryptonewshub.comments.limits import Refused
from cryptonewshub.comments.models import Comment, State
from cryptonewshub.comments.models.comment import EDIT_MINUTES
from cryptonewshub.comments.plain_words import paragraphs
from cryptonewshub.comments.threads import conversation_of
from cryptonewshub.comments.writing import edit, withdraw
from cryptonewshub.delivery.letterbox.answers import letterbox_view, said, sentences_of
from cryptonewshub.delivery.printing import current_site
from cryptonewshub.languages.wording import N_
from cryptonewshub.reader.conversations import FormView
from cryptonewshub.reader.letterbox import Button, MineView, mine_page


@letterbox_view("GET", "POST")
def mine(request: HttpRequest, token: str) -> HttpResponse:
    comment = Comment.objects.written_by(token).select_related("article").first()
    if comment is None:
        raise Http404
    if request.method == "GET":
        return HttpResponse(_page(comment, token, {}))
    try:
        errors = _do(request, comment)
    except (Refused, NotDecided) as refused:
        return said(
            say("Nothing was changed"), str(refused), status=409, onward=(mine_address(token), say("Your comment"))
        )
    if errors:
        return HttpResponse(_page(comment, token, errors), status=400)
    if request.POST.get("do") == "withdraw":
        return said(say("Deleted"), say("Your comment is gone."))
    return HttpResponseRedirect(mine_address(token), status=303)


def _do(request: HttpRequest, comment: Comment) -> dict[str, str]:
    """Does what the form says. Returns what is wrong with it."""
    now = timezone.now()
    match request.POST.get("do"):
        case "edit":
            changed = EditForm(request.POST)
            if changed.is_valid():
                edit(comment, changed.cleaned_data["body"], now=now)
            return sentences_of(changed)
        case "withdraw":
            withdraw(comment, now=now)
            return {}
        case "appeal":
            objection = AppealForm(request.POST)
            if objection.is_valid():
                appeal(comment, objection.cleaned_data["words"], now=now)
            return sentences_of(objection)
    return {"body": say("Choose what to do.")}


def _page(comment: Comment, token: str, errors: dict[str, str]) -> str:
    conversation = conversation_of(comment.article)
    assert conversation is not None
    address = mine_address(token)
    is_open = comment.may_be_edited(timezone.now())
    return mine_page(
        current_site(),
        MineView(
            name=comment.name,
            paragraphs=paragraphs(comment.body),
            quote=comment.quote,
            standing=_standing(comment, is_open=is_open),
            story=conversation.headline,
            thread=thread_address(conversation.path),
            edit=FormView(address, values={"body": comment.body}, errors=errors) if is_open else None,
            withdraw=Button(say("Delete the comment"), address, "plain") if is_open else None,
            appeal=FormView(address, errors=errors) if may_appeal(comment) else None,
        ),
    )


def _standing(comment: Comment, *, is_open: bool) -> tuple[str, ...]:
    sentences = [say(_SAYS[State(comment.state)])]
    if comment.state in (State.REJECTED, State.HIDDEN):
        refusal = comment.decisions.filter(act__in=REFUSALS).last()
        if refusal:
            sentences = [statement_of_reasons(comment, refusal)]
        if (last := comment.appeals.last()) is not None:
            sentences.append(
                say("You objected; the answer: %(answer)s", answer=last.answer or say("the decision stands."))
                if last.answered
                else say(_OBJECTED)
            )
    if is_open:
        sentences.append(
            count(
                "Keep the address of this page: only you have it. For %(num)s minute you can change or delete the "
                "comment here.",
                "Keep the address of this page: only you have it. For %(num)s minutes you can change or delete the "
                "comment here.",
                EDIT_MINUTES,
            )
        )
    return tuple(sentences)


_OBJECTED = N_("You objected. Somebody will look at it again; the answer will stand here.")
_SAYS = {
    State.WAITING: N_("Your comment waits for a moderator."),
    State.APPROVED: N_("Your comment is shown."),
    State.REJECTED: N_("Your comment is not shown."),
    State.HIDDEN: N_("Your comment is no longer shown."),
    State.WITHDRAWN: N_("You deleted this comment."),
}

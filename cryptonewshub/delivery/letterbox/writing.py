"""Writing: a comment, a report of an error, a word to the moderators."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils import timezone

from cryptonewshub.comments.addresses import error_address, flag_address, mine_address, thread_address
from cryptonewshub.comments.deciding import flag
from cryptonewshub.comments.forms import CommentForm, ErrorForm, FlagForm
from cryptonewshub.comments.language import say
from cryptonewshub.comments.limits import Refused
from cryptonewshub.comments.models import Comment, CommentPolicy, Reason
from cryptonewshub.comments.networks import hash_network
from cryptonewshub.comments.plain_words import paragraphs
from cryptonewshub.comments.proof import new_challenge
from cryptonewshub.comments.reports import report_error as take_report
from cryptonewshub.comments.threads import Conversation, conversation_of
from cryptonewshub.comments.writing import write as take_comment
from cryptonewshub.delivery.letterbox.answers import (
    article_of,
    letterbox_view,
    said,
    sender_of,
    sentences_of,
    told,
    written,
    wrong,
)
from cryptonewshub.delivery.printing import current_site
from cryptonewshub.languages.wording import N_
from cryptonewshub.reader.conversations import page_of
from cryptonewshub.reader.letterbox import flag_page, report_page, write_page

WAITS = N_("Thank you. Your comment waits for a moderator.")
SHOWN = N_("Thank you. Your comment is shown.")


@letterbox_view("GET")
def challenge(request: HttpRequest) -> HttpResponse:
    """A sum for the browser of somebody who begins to write."""
    return JsonResponse(new_challenge(timezone.now()))


@letterbox_view("GET", "POST")
def write(request: HttpRequest, article: UUID) -> HttpResponse:
    story, conversation = article_of(article)
    if request.method == "GET":
        return HttpResponse(_form_again(request, conversation, {}))
    form = CommentForm(request.POST)
    if not form.is_valid():
        errors = sentences_of(form)
        return wrong(request, errors, lambda: _form_again(request, conversation, errors))
    try:
        taken = take_comment(story, form.cleaned_data, sender=sender_of(request), now=timezone.now())
    except Refused as refused:
        about = {"": str(refused)}
        return wrong(request, about, lambda: _form_again(request, conversation, about), refused.status)
    sentence = say(SHOWN if taken.comment.is_shown else WAITS)
    mine = mine_address(taken.token)
    return told(request, sentence, status=201, mine=mine) or HttpResponseRedirect(mine, status=303)


@letterbox_view("GET", "POST")
def report_error(request: HttpRequest, article: UUID) -> HttpResponse:
    story, conversation = article_of(article)

    def again(errors: dict[str, str]) -> str:
        action = error_address(conversation.article)
        return report_page(current_site(), conversation, action, values=written(request), errors=errors)

    if request.method == "GET":
        return HttpResponse(again({}))
    form = ErrorForm(request.POST)
    if not form.is_valid():
        return wrong(request, sentences_of(form), lambda: again(sentences_of(form)))
    try:
        report = take_report(story, form.cleaned_data, sender=sender_of(request), now=timezone.now())
    except Refused as refused:
        about = {"": str(refused)}
        return wrong(request, about, lambda: again(about), refused.status)
    sentence = say("Thank you. The desk will look at it.")
    if report.address_id:
        sentence = f"{sentence} {say('You will get an answer.')}"
    return told(request, sentence, status=201) or said(
        say("Your report has arrived"), sentence, onward=(conversation.path, say("Back to the story"))
    )


@letterbox_view("GET", "POST")
def flag_comment(request: HttpRequest, number: int) -> HttpResponse:
    comment = Comment.objects.shown().filter(pk=number).first()
    if comment is None:
        raise Http404
    form = FlagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        if not form.cleaned_data["website"]:
            flag(
                number,
                reason=form.cleaned_data["reason"],
                words=form.cleaned_data["words"],
                network=hash_network(sender_of(request), now),
                limit=CommentPolicy.load().flags_to_hide,
                now=now,
            )
        return said(say("Thank you"), say("The moderators will look at the comment."))
    page = flag_page(
        current_site(),
        action=flag_address(number),
        name=comment.name,
        paragraphs=paragraphs(comment.body),
        reasons=[(value, say(label)) for value, label in Reason.choices],
        errors=sentences_of(form),
    )
    return HttpResponse(page, status=400 if form.errors else 200)


@letterbox_view("GET")
def find_comment(request: HttpRequest, number: int) -> HttpResponse:
    """The way to one comment, whichever page of its thread it stands on."""
    comment = Comment.objects.filter(pk=number).select_related("article").first()
    conversation = conversation_of(comment.article) if comment else None
    page = page_of(current_site(), conversation, number) if conversation else None
    if conversation is None or page is None:
        raise Http404
    return HttpResponseRedirect(f"{thread_address(conversation.path, page)}#c{number}")


def _form_again(request: HttpRequest, conversation: Conversation, errors: dict[str, str]) -> str:
    """The form with what was written; from `?to=` or the hidden field it knows what is answered."""
    asked = request.POST.get("parent") or request.GET.get("to") or ""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 18 else 0
    spoken = next((comment for comment in conversation.comments if comment.number == number and not comment.gone), None)
    parent = (spoken.number, spoken.name) if spoken else (0, "")
    values = written(request)
    if request.method == "POST":
        values.setdefault("wants_replies", "no")
    return write_page(current_site(), conversation, values=values, errors=errors, parent=parent)

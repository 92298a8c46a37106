"""Where the links in letters lead, and where a reader asks for letters. A link shows first; only its button acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from cryptonewshub.comments.addresses import DATA, follow_address, post_address, thread_address
from cryptonewshub.comments.appealing import appeal, may_appeal
from cryptonewshub.comments.deciding import NotDecided
from cryptonewshub.comments.forms import AddressForm, AppealForm
from cryptonewshub.comments.language import say
from cryptonewshub.comments.letters import follow, leave_address, send_data_link
from cryptonewshub.comments.limits import Refused, refuse_crowded_letters
from cryptonewshub.comments.links import read_link
from cryptonewshub.comments.models import Address, Comment, Following
from cryptonewshub.comments.personal_data import erase, kept_about
from cryptonewshub.delivery.letterbox.answers import article_of, letterbox_view, said, sender_of, sentences_of
from cryptonewshub.delivery.printing import current_site
from cryptonewshub.languages.wording import N_
from cryptonewshub.reader.conversations import FormView
from cryptonewshub.reader.letterbox import Button, address_page, kept_page

Row = TypeVar("Row", Address, Comment)

_ASKED = N_("If the address is right, a letter is on its way to it.")


@letterbox_view("GET", "POST")
def follow_thread(request: HttpRequest, article: UUID) -> HttpResponse:
    """Letters for each new comment under a story."""
    story, conversation = article_of(article)
    sentence = say("A letter for each new comment on “%(headline)s”.", headline=conversation.headline)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not form.cleaned_data["website"]:
            now = timezone.now()
            try:
                refuse_crowded_letters(sender_of(request), now)
            except Refused as refused:
                return said(say("Not now"), str(refused), status=429)
            follow(leave_address(form.cleaned_data["email"], now), story, now)
        onward = (thread_address(conversation.path), say("Back to the comments"))
        return said(
            say("You follow the comments"), say(_ASKED), say("Nothing else comes before you confirm it."), onward=onward
        )
    return _address_form(say("Follow the comments"), sentence, follow_address(article), say("Follow by e-mail"), form)


@letterbox_view("GET", "POST")
def ask_for_data(request: HttpRequest) -> HttpResponse:
    """The way to what is kept about an address, by a letter to it. The answer is the same whether it is known."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            refuse_crowded_letters(sender_of(request), now)
        except Refused as refused:
            return said(say("Not now"), str(refused), status=429)
        known = Address.objects.filter(email=form.cleaned_data["email"]).first()
        if known and not form.cleaned_data["website"]:
            send_data_link(known, now=now)
        return said(say("Look into your mail"), say(_ASKED), say("It holds for two days."))
    sentence = say(
        "Write the address that you left with your comments. A letter to it has a link to all that is kept, which you "
        "can then have erased. What you wrote without an address can be changed at the address you got for it; "
        "for anything else, write to the newsroom."
    )
    return _address_form(say("What we keep about you"), sentence, DATA, say("Send the letter"), form)


@letterbox_view("GET", "POST")
def act_on_link(request: HttpRequest, word: str, token: str) -> HttpResponse:
    """Does what a link in a letter is for; on GET it only asks, because mail programs open links by themselves."""
    numbers = read_link("mine" if word.startswith("erase") else word, token)
    act = _ACTS.get(word)
    if numbers is None or act is None:
        return said(
            say("This link no longer holds"), say("It may be too old, or incomplete. Ask for a new one."), status=404
        )
    return act(request, numbers[0], post_address(word, token))


def _confirm(request: HttpRequest, number: int, here: str) -> HttpResponse:
    address = _found(Address, number)
    if request.method == "GET":
        return said(
            say("Is this your address?"),
            say("Letters will go to %(address)s.", address=address.email),
            button=Button(say("Yes, it is mine"), here),
        )
    address.confirmed = address.confirmed or timezone.now()
    address.save(update_fields=["confirmed"])
    return said(say("Thank you"), say("Your address is confirmed."))


def _stop_replies(request: HttpRequest, number: int, here: str) -> HttpResponse:
    comment = _found(Comment, number)
    if request.method == "GET":
        return said(
            say("No more letters?"),
            say("About answers to your comment."),
            button=Button(say("Stop these letters"), here),
        )
    Comment.objects.filter(pk=comment.pk).update(wants_replies=False)
    return said(say("Done"), say("You get no more letters about answers to this comment."))


def _stop_following(request: HttpRequest, number: int, here: str) -> HttpResponse:
    if request.method == "GET":
        return said(
            say("No more letters?"),
            say("About comments on this story."),
            button=Button(say("Stop these letters"), here),
        )
    Following.objects.filter(pk=number).delete()
    return said(say("Done"), say("You no longer follow this story’s comments."))


def _stop_all(request: HttpRequest, number: int, here: str) -> HttpResponse:
    address = _found(Address, number)
    if request.method == "GET":
        return said(say("No more letters?"), say("Of any kind."), button=Button(say("Stop all letters"), here))
    address.followings.all().delete()
    address.comments.update(wants_replies=False)
    address.confirmed = None
    address.save(update_fields=["confirmed"])
    return said(say("Done"), say("You get no more letters from us."))


def _appeal(request: HttpRequest, number: int, here: str) -> HttpResponse:
    comment = _found(Comment, number)
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            appeal(comment, form.cleaned_data["words"], now=timezone.now())
        except NotDecided as refused:
            return said(say("Nothing was changed"), str(refused), status=409)
        return said(say("You objected"), say("Somebody will look at the decision again, and you will get an answer."))
    if not may_appeal(comment):
        return said(say("Nothing to object to"), say("The comment is shown, or your objection has arrived already."))
    view = FormView(here, errors=sentences_of(form))
    return said(say("Object to the decision"), say("Your comment was: %(words)s", words=comment.body), appeal=view)


def _mine(request: HttpRequest, number: int, here: str) -> HttpResponse:
    address = _found(Address, number)
    token = here.rstrip("/").rpartition("/")[2]
    buttons = (
        Button(say("Erase my address and name, keep the words"), post_address("erase-names", token), "plain"),
        Button(say("Erase everything"), post_address("erase-all", token), "plain"),
    )
    page = kept_page(current_site(), email=address.email, kept=kept_about(address), buttons=buttons)
    return HttpResponse(page)


def _erase_names(request: HttpRequest, number: int, here: str) -> HttpResponse:
    return _erase(request, number, words_too=False)


def _erase_all(request: HttpRequest, number: int, here: str) -> HttpResponse:
    return _erase(request, number, words_too=True)


def _erase(request: HttpRequest, number: int, *, words_too: bool) -> HttpResponse:
    address = _found(Address, number)
    if request.method == "GET":
        return said(say("Nothing was erased"), say("Use the button on the page that the letter leads to."))
    erase(address, words_too=words_too, now=timezone.now())
    return said(say("Erased"), say("Nothing is kept under your address any more."))


_ACTS: dict[str, Callable[[HttpRequest, int, str], HttpResponse]] = {
    "confirm": _confirm,
    "stop-replies": _stop_replies,
    "stop-following": _stop_following,
    "stop-all": _stop_all,
    "appeal": _appeal,
    "mine": _mine,
    "erase-names": _erase_names,
    "erase-all": _erase_all,
}


def _found(kind: type[Row], number: int) -> Row:
    row = kind.objects.filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def _address_form(title: str, sentence: str, action: str, label: str, form: AddressForm) -> HttpResponse:
    page = address_page(current_site(), title, sentence, action, label, sentences_of(form))
    return HttpResponse(page, status=400 if form.errors else 200)

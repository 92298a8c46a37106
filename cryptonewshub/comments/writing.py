"""Writing: what a reader does with a comment of their own: write it, change it, take it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.articles.turns import take_turn
from cryptonewshub.comments import proof
from cryptonewshub.comments.deciding import POLICY, WRITER, record
from cryptonewshub.comments.erasures import note_comment
from cryptonewshub.comments.language import say
from cryptonewshub.comments.learning import score_of
from cryptonewshub.comments.letters import follow, leave_address, tell_of_comment
from cryptonewshub.comments.likeness import fingerprint
from cryptonewshub.comments.limits import BARE_LIMITS, PROVED_LIMITS, Refused, refuse_banned, refuse_crowds
from cryptonewshub.comments.models import Act, Comment, CommentPolicy, State, Thread
from cryptonewshub.comments.networks import hash_network, hashes_of
from cryptonewshub.comments.screening import Circumstances, reasons_to_hold
from cryptonewshub.comments.threads import quotes
from cryptonewshub.editions.models import Edition


@dataclass(frozen=True, slots=True)
class Written:
    """A comment that was taken, and the token by which only its writer can reach it."""

    comment: Comment
    token: str


@transaction.atomic
def write(article: ArticlePage, said: dict[str, Any], *, sender: str, now: datetime) -> Written:
    """Takes a comment. `said` are the cleaned fields of a CommentForm, `sender` the address of the computer, which is
    not kept.

    Raises Refused when the thread is closed, the sender is banned or too quick, or the words cannot stand.
    """
    edition = _edition(article, said.get("version"))
    _is_open(article, now)
    networks = tuple(hashes_of(sender, now))
    network = hash_network(sender, now)
    take_turn(f"comments of {network}")
    refuse_banned(networks, said["name"], said["email"], now)
    set_at = proof.spend(said["proof"], now)
    came = Circumstances(
        is_proved=set_at is not None,
        seconds=(now - set_at).total_seconds() if set_at else None,
        filled_trap=bool(said["website"]),
        networks=networks,
    )
    refuse_crowds(network, now, PROVED_LIMITS if came.is_proved else BARE_LIMITS)
    comment = _comment(article, edition, said, network, now)
    comment.is_proved = came.is_proved
    _refuse_twice(comment, now)
    comment.reasons = reasons_to_hold(comment, came, now, proof.QUICKEST_SECONDS)
    token = comment.new_token()
    _receive(comment, now)
    if said["follows"] and comment.address:
        follow(comment.address, article, now)
    return Written(comment, token)


@transaction.atomic
def edit(comment: Comment, body: str, *, now: datetime) -> Comment:
    """Changes the words of a comment within its fifteen minutes. What speaks against the new words holds it again.

    Raises Refused when the time is over.
    """
    held = Comment.objects.select_for_update().get(pk=comment.pk)
    if not held.may_be_edited(now):
        raise Refused(say("This comment can no longer be changed. You can write another one."), 409)
    held.body, held.edited, held.fingerprint = body, now, fingerprint(body)
    held.score = score_of(body)
    came = Circumstances(is_proved=held.is_proved, networks=(held.network,) if held.network else ())
    speaks_against = reasons_to_hold(held, came, now, proof.QUICKEST_SECONDS)
    is_shown = held.is_shown and not speaks_against
    held.reasons = speaks_against or held.reasons
    record(held, Act.EDIT, after=State.APPROVED if is_shown else State.WAITING, who=WRITER, now=now)
    return held


@transaction.atomic
def withdraw(comment: Comment, *, now: datetime) -> None:
    """Takes a comment back: its words and its writer's name are gone. Answers to it keep their place."""
    held = Comment.objects.select_for_update().get(pk=comment.pk)
    if held.state == State.WITHDRAWN:
        return
    if not held.may_be_edited(now):
        raise Refused(say("This comment can no longer be deleted here. Ask the newsroom to erase it."), 409)
    take_back(held, Act.WITHDRAW, now=now)


def take_back(comment: Comment, act: Act, *, now: datetime) -> None:
    """Empties a comment whose row the caller holds."""
    note_comment(comment, words_too=True)
    comment.take_out()
    comment.forget_the_writer()
    comment.reasons = []
    record(comment, act, after=State.WITHDRAWN, who=WRITER, now=now)


def _edition(article: ArticlePage, version: int | None) -> Edition:
    editions = Edition.objects.logged().of(article)
    found = editions.filter(version=version).first() if version else None
    edition = found or editions.last()
    if edition is None:
        raise Refused(say("This story has not been published."), 404)
    return edition


def _is_open(article: ArticlePage, now: datetime) -> None:
    first = Edition.objects.logged().of(article).values_list("published", flat=True).first()
    if not Thread.of(article).is_open(now, first, CommentPolicy.load()):
        raise Refused(say("The comments on this story are closed. Reports of errors are always welcome."), 403)


def _comment(article: ArticlePage, edition: Edition, said: dict[str, Any], network: str, now: datetime) -> Comment:
    if said["quote"] and not quotes(edition.read(), said["quote"]):
        raise Refused(
            say("The words that you quote are not in the story. Copy them from it, or leave the quotation out.")
        )
    address = leave_address(said["email"], now) if said["email"] else None
    return Comment(
        article=article,
        version=edition.version,
        parent=_parent(article, said.get("parent")),
        name=said["name"],
        body=said["body"],
        quote=said["quote"],
        made=now,
        fingerprint=fingerprint(said["body"]),
        score=score_of(said["body"]),
        network=network,
        address=address,
        wants_replies=bool(address and said["wants_replies"]),
    )


def _parent(article: ArticlePage, number: int | None) -> Comment | None:
    if not number:
        return None
    parent = Comment.objects.of(article).shown().filter(pk=number).first()
    if parent is None:
        raise Refused(
            say("The comment that you answer is no longer there. Send your words as a comment of their own."), 409
        )
    return parent


def _refuse_twice(comment: Comment, now: datetime) -> None:
    same = Comment.objects.filter(article=comment.article, body=comment.body, made__gt=now - timedelta(days=1))
    if same.filter(name=comment.name, network=comment.network).exists():
        raise Refused(say("These words have arrived already. There is no need to send them again."), 409)


def _receive(comment: Comment, now: datetime) -> None:
    state = State.WAITING if comment.reasons else State.APPROVED
    record(comment, Act.RECEIVE, after=state, who=POLICY, now=now)
    if comment.is_shown:
        tell_of_comment(comment, now=now)

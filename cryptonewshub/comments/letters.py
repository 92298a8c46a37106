"""Letters to readers who left an address: plain text, queued in the transaction that they tell of, sent by the clock.

Nothing goes to an address that its owner has not confirmed, except the question whether it is right, once a day.
No words of a reader stand in a subject.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cryptonewshub.articles.models import ArticlePage, Newsroom
from cryptonewshub.comments.addresses import comment_address
from cryptonewshub.comments.language import day, say
from cryptonewshub.comments.links import link
from cryptonewshub.comments.models import (
    Act,
    Address,
    Appeal,
    Comment,
    Decision,
    ErrorReport,
    Following,
    Letter,
    Outcome,
    Reason,
)
from cryptonewshub.editions.models import Edition
from cryptonewshub.languages.wording import N_

logger = logging.getLogger(__name__)

WAITS = (1, 5, 30, 120, 360, 720, 1440)
"""Minutes until the next try, after each one that failed; after the last the letter is given up."""

_AT_THE_MAIL_SERVER = timedelta(minutes=10)
"""More than a mail server is given to take a letter."""


def leave_address(email: str, now: datetime) -> Address:
    """The address, new or known. Its owner is asked whether it is right, unless they said so or were asked today."""
    address, _ = Address.objects.get_or_create(email=email, defaults={"made": now})
    address = Address.objects.select_for_update().get(pk=address.pk)
    if not address.confirmed and (address.asked is None or address.asked < now - timedelta(days=1)):
        address.asked = now
        address.save(update_fields=["asked"])
        _queue(
            address,
            say("Is this your address?"),
            say(
                "Somebody, probably you, left this address with a comment or a report. If it was you, say so here; "
                "until then nothing else is sent to it:"
            ),
            link("confirm", address.pk),
            say("If it was not you, do nothing: you will not hear from us again."),
            now=now,
        )
    return address


def follow(address: Address, article: ArticlePage, now: datetime) -> None:
    """Letters for each new comment under a story, from when the address is confirmed."""
    Following.objects.get_or_create(address=address, article=article, defaults={"made": now})


def explain(comment: Comment, decision: Decision) -> None:
    """The statement of reasons for a refusal, to its writer: what, why, by whom, and how to object."""
    _to_writer(
        comment,
        say("Your comment on “%(headline)s”", headline=_headline(comment.article)),
        statement_of_reasons(comment, decision),
        say("Your comment was:"),
        _indented(comment.body),
        say("If you think that this is wrong, object here; somebody will look at it again:"),
        link("appeal", comment.pk),
        now=decision.made,
    )


def statement_of_reasons(comment: Comment, decision: Decision) -> str:
    """What the writer of a refused comment is owed (Digital Services Act, article 17), in a few sentences."""
    was_shown = decision.act == Act.HIDE or decision.before == "approved"
    what = (
        N_("A moderator decided on %(day)s that your comment is no longer shown.")
        if was_shown
        else N_("A moderator decided on %(day)s that your comment is not shown.")
    )
    sentences = [say(what, day=day(decision.made))]
    if decision.reason:
        sentences.append(say("The reason: %(reason)s", reason=say(Reason(decision.reason).label)))
    if decision.words:
        sentences.append(decision.words)
    if comment.reasons:
        sentences.append(say("Our software had asked for a look at it; the decision was a person’s."))
    return " ".join(sentences)


def tell_of_comment(comment: Comment, *, now: datetime) -> None:
    """To whoever wrote the comment that this one answers, and to whoever follows the story. Each once."""
    where = comment_address(comment.pk)
    told = {comment.address_id}
    parent = comment.parent
    if parent and parent.address and parent.wants_replies and parent.address_id not in told:
        told.add(parent.address_id)
        _queue_if_confirmed(
            parent.address,
            say("An answer to your comment on “%(headline)s”", headline=_headline(comment.article)),
            say("%(name)s answered your comment:", name=comment.name),
            _indented(comment.body),
            where,
            stop=link("stop-replies", parent.pk),
            now=now,
        )
    for following in Following.objects.filter(article=comment.article).select_related("address"):
        if following.address_id not in told:
            _queue_if_confirmed(
                following.address,
                say("A comment on “%(headline)s”", headline=_headline(comment.article)),
                say("%(name)s wrote:", name=comment.name),
                _indented(comment.body),
                where,
                stop=link("stop-following", following.pk),
                now=now,
            )


def tell_of_correction(edition: Edition) -> None:
    """To whoever commented on an earlier text of a story, or follows it: what was changed."""
    content = edition.read()
    notes = [correction.text for correction in content.corrections if correction.version == content.version]
    wrote = Q(comments__article=edition.article, comments__version__lt=edition.version)
    follows = Q(followings__article=edition.article)
    for address in Address.objects.filter(wrote | follows, confirmed__isnull=False).distinct():
        _queue_if_confirmed(
            address,
            say("“%(headline)s” was corrected", headline=content.document.title),
            say("You commented on this story, or follow it. It was changed:"),
            *(_indented(note) for note in notes if note),
            settings.CNH_BASE_URL + content.path,
            stop=link("stop-all", address.pk),
            now=timezone.now(),
        )


def answer_report(report: ErrorReport, *, now: datetime) -> None:
    """The desk's answer to somebody who reported an error."""
    outcome = {
        Outcome.CORRECTED: say("Thank you. You were right, and the story has been corrected."),
        Outcome.RIGHT: say("Thank you. We looked at it, and think that the story is right."),
    }.get(Outcome(report.outcome), say("Thank you for your report."))
    if report.address:
        _queue_if_confirmed(
            report.address,
            say("Your report about “%(headline)s”", headline=_headline(report.article)),
            outcome,
            *([report.answer] if report.answer else []),
            say("You wrote:"),
            _indented(report.words),
            settings.CNH_BASE_URL + _path(report.article),
            now=now,
        )


def answer_appeal(appeal: Appeal, *, now: datetime) -> None:
    """The outcome of an objection."""
    outcome = say("Your comment is shown now.") if appeal.is_upheld else say("The decision stands.")
    _to_writer(
        appeal.comment,
        say("Your objection about “%(headline)s”", headline=_headline(appeal.comment.article)),
        outcome,
        *([appeal.answer] if appeal.answer else []),
        now=now,
    )


def send_data_link(address: Address, *, now: datetime) -> None:
    """The way to everything that is kept about an address, for whoever reads its mail."""
    _queue(
        address,
        say("What we keep about you"),
        say(
            "Here you can see all that is kept under this address, take it with you, or have it erased. The link holds "
            "for two days:"
        ),
        link("mine", address.pk),
        say("If you did not ask for it, do nothing."),
        now=now,
    )


def post_letters(now: datetime, *, most: int = 200) -> int:
    """Sends the letters that are due, and returns how many went. One that cannot be sent waits, longer each time.

    Two processes may do so at once: each letter is sent by the one that takes it.
    """
    due = list(Letter.objects.filter(due__lte=now)[:most])
    if not due:
        return 0
    sent = 0
    connection = get_connection()
    with suppress(OSError):  # each letter tries again, and is put off with what was the matter
        connection.open()  # one that a letter opens is closed after it
    for letter in filter(partial(_take, now), due):
        try:
            connection.open()  # does nothing where it is open; a message that opens it closes it again
            _message(letter, connection).send()
        except (OSError, ValueError) as error:
            _try_again(letter, now, error)
            _close(connection)  # the next letter is sent by a new one
        else:
            letter.delete()
            sent += 1
    _close(connection)
    return sent


def _close(connection: BaseEmailBackend) -> None:
    with suppress(OSError):  # the mail server has gone first
        connection.close()


def _take(now: datetime, letter: Letter) -> bool:
    """Whether the letter is ours to send. Where we die with it, it is due again after a while."""
    waiting = Letter.objects.filter(pk=letter.pk, due=letter.due)
    return bool(waiting.update(due=now + _AT_THE_MAIL_SERVER))


def _message(letter: Letter, connection: BaseEmailBackend) -> EmailMessage:
    headers = {"Auto-Submitted": "auto-generated"}
    if letter.stop:
        headers["List-Unsubscribe"] = f"<{settings.CNH_BASE_URL}{letter.stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    sender = settings.DEFAULT_FROM_EMAIL
    return EmailMessage(letter.subject, letter.text, sender, [letter.to], headers=headers, connection=connection)


def _try_again(letter: Letter, now: datetime, error: Exception) -> None:
    if letter.tries >= len(WAITS):
        logger.warning("A letter was given up after %s tries: %s.", letter.tries + 1, type(error).__name__)
        letter.delete()
        return
    letter.due = now + timedelta(minutes=WAITS[letter.tries])
    letter.tries += 1
    letter.save(update_fields=["due", "tries"])


def _to_writer(comment: Comment, subject: str, *parts: str, now: datetime) -> None:
    if comment.address:
        _queue_if_confirmed(comment.address, subject, *parts, now=now)


def _queue_if_confirmed(address: Address, subject: str, *parts: str, now: datetime, stop: str = "") -> None:
    if address.confirmed:
        _queue(address, subject, *parts, now=now, stop=stop)


@transaction.atomic
def _queue(address: Address, subject: str, *parts: str, now: datetime, stop: str = "") -> None:
    newsroom = Newsroom.load().name
    foot = [f"-- \n{newsroom}, {settings.CNH_BASE_URL}"]
    if stop:
        foot.insert(0, say("No more of these letters: %(address)s", address=f"{settings.CNH_BASE_URL}{stop}"))
    Letter.objects.create(
        to=address.email,
        subject=one_line(f"{subject} – {newsroom}"),
        text="\n\n".join([*(_absolute(part) for part in parts), *foot]) + "\n",
        stop=stop,
        made=now,
        due=now,
    )


def one_line(subject: str) -> str:
    """A subject of at most 180 characters in one line, whatever a headline holds."""
    line = " ".join(subject.split())
    return line if len(line) <= 180 else f"{line[:179]}…"


def _absolute(part: str) -> str:
    return settings.CNH_BASE_URL + part if part.startswith("/comments/") else part


def _indented(words: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in words.splitlines())


def _headline(article: ArticlePage) -> str:
    return article.title


def _path(article: ArticlePage) -> str:
    path = Edition.objects.of(article).order_by("-version").values_list("path", flat=True).first()
    return path or "/"

"""What is kept about a reader: shown to them, or erased, when they ask from their own address.

Nothing of it is in an edition or in the log.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cryptonewshub.comments.deciding import WRITER, locked, record
from cryptonewshub.comments.erasures import Line, hash_of, note_address, note_comment, noted
from cryptonewshub.comments.language import day, say
from cryptonewshub.comments.models import Act, Address, Comment, Letter, State
from cryptonewshub.comments.models.comment import NOBODY
from cryptonewshub.comments.writing import take_back
from cryptonewshub.languages.wording import N_


def kept_about(address: Address) -> list[tuple[str, str]]:
    """Everything, as (what it is, what it says)."""
    kept = [(say("Your address"), say("%(address)s, since %(day)s", address=address.email, day=day(address.made)))]
    for comment in address.comments.select_related("article"):
        kept.append((_heading(comment), comment.body))
        kept += [(say("Your objection"), appeal.words) for appeal in comment.appeals.all()]
    for report in address.error_reports.select_related("article"):
        heading = say("Report about “%(headline)s”, %(day)s", headline=report.article.title, day=day(report.made))
        kept.append((heading, report.words))
    for following in address.followings.select_related("article"):
        kept.append((say("You follow"), following.article.title))
    return kept


_STATES = {
    State.WAITING: N_("waiting"),
    State.APPROVED: N_("shown"),
    State.REJECTED: N_("refused"),
    State.HIDDEN: N_("hidden"),
    State.WITHDRAWN: N_("withdrawn by its writer"),
}


def _heading(comment: Comment) -> str:
    return say(
        "Comment %(number)s (%(state)s): %(name)s on “%(headline)s”, %(day)s",
        number=comment.pk,
        state=say(_STATES[State(comment.state)]),
        name=comment.name,
        headline=comment.article.title,
        day=day(comment.made),
    )


@transaction.atomic
def erase(address: Address, *, words_too: bool, now: datetime) -> None:
    """Forgets an address and the names with it; with `words_too` also what was written. There is no way back."""
    note_address(address, words_too=words_too, now=now)
    for number in list(address.comments.order_by("pk").values_list("pk", flat=True)):
        erase_comment(number, words_too=words_too, now=now)
    for report in address.error_reports.all():
        report.name, report.wants_credit, report.network = "", False, ""
        report.words = say("Erased on request.") if words_too else report.words
        report.save()
    Letter.objects.filter(to=address.email).delete()
    address.delete()


@transaction.atomic
def erase_comment(number: int, *, words_too: bool, now: datetime) -> None:
    """Empties a comment of its writer, and with `words_too` of what was written."""
    comment = locked(number)
    if words_too:
        take_back(comment, Act.ERASE, now=now)
        return
    note_comment(comment, words_too=False)
    comment.forget_the_writer()
    record(comment, Act.ERASE, after=State(comment.state), who=WRITER, now=now)


def erase_again(now: datetime) -> int:
    """Erases what was erased before and came back into the database with a backup. Returns how much that was."""
    lines = list(noted())
    asked = {line["address"]: line for line in lines if "address" in line}
    known = {hash_of(address.email): address for address in Address.objects.all()} if asked else {}
    back = [(known[of], line) for of, line in asked.items() if of in known]
    back = [(address, line) for address, line in back if address.made <= datetime.fromisoformat(line["at"])]
    for address, line in back:
        erase(address, words_too=line["words"], now=now)
    of_comments = [line for line in lines if "comment" in line]
    there = Comment.objects.exclude(name=NOBODY, body="").in_bulk([line["comment"] for line in of_comments])
    comments = [line for line in of_comments if _is_back(line, there.get(line["comment"]))]
    for line in comments:
        erase_comment(line["comment"], words_too=line["words"], now=now)
    return len(back) + len(comments)


def _is_back(line: Line, comment: Comment | None) -> bool:
    """Whether it is the comment that was meant, and has again what was erased."""
    if comment is None or comment.made != datetime.fromisoformat(line["made"]):
        return False
    return bool(line["words"]) or comment.name != NOBODY

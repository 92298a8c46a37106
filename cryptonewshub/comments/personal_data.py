"""What is kept about a reader: shown to them, or erased, when they ask from their own address.

Nothing of it is in an edition or in the log.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cryptonewshub.comments.deciding import WRITER, locked, record
from cryptonewshub.comments.models import Act, Address, Letter, State
from cryptonewshub.comments.writing import take_back


def kept_about(address: Address) -> list[tuple[str, str]]:
    """Everything, as (what it is, what it says)."""
    kept = [("Your address", f"{address.email}, since {address.made:%d %B %Y}")]
    for comment in address.comments.select_related("article"):
        about = f"{comment.name} on “{comment.article.title}”, {comment.made:%d %B %Y}"
        kept.append((f"Comment {comment.pk} ({comment.get_state_display().lower()}): {about}", comment.body))
        kept += [("Your objection", appeal.words) for appeal in comment.appeals.all()]
    for report in address.error_reports.select_related("article"):
        kept.append((f"Report about “{report.article.title}”, {report.made:%d %B %Y}", report.words))
    for following in address.followings.select_related("article"):
        kept.append(("You follow", following.article.title))
    return kept


@transaction.atomic
def erase(address: Address, *, words_too: bool, now: datetime) -> None:
    """Forgets an address and the names with it; with `words_too` also what was written. There is no way back."""
    for number in list(address.comments.order_by("pk").values_list("pk", flat=True)):
        comment = locked(number)
        if words_too:
            take_back(comment, Act.ERASE, now=now)
        else:
            comment.forget_the_writer()
            record(comment, Act.ERASE, after=State(comment.state), who=WRITER, now=now)
    for report in address.error_reports.all():
        report.name, report.wants_credit, report.network = "", False, ""
        report.words = "Erased on request." if words_too else report.words
        report.save()
    Letter.objects.filter(to=address.email).delete()
    address.delete()

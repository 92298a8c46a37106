"""What the conversation hears of a story: a new edition may answer what readers wrote about the earlier one."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from cryptonewshub.comments.letters import tell_of_correction
from cryptonewshub.comments.models import Comment, ErrorReport, Letter
from cryptonewshub.comments.threads import TOLD, mark_changed
from cryptonewshub.editions.erasing import withdrawn
from cryptonewshub.editions.models import Edition, Withdrawal
from cryptonewshub.editions.sealing import sealed
from cryptonewshub.tlog.manifests import Scope


@receiver(sealed, dispatch_uid="comments-hear-of-editions")
def hear_of_an_edition(sender: type[Edition], edition: Edition, **kwargs: Any) -> None:
    mark_changed(edition.article)
    if edition.change in TOLD:
        tell_of_correction(edition)


@receiver(withdrawn, dispatch_uid="comments-forget-withdrawn-words")
def forget_withdrawn_words(sender: type[Withdrawal], withdrawal: Withdrawal, **kwargs: Any) -> None:
    """What readers quoted of withdrawn versions goes with them; of a whole story also what they wrote about it."""
    editions = list(withdrawal.editions.all())
    comments = Comment.objects.filter(article=withdrawal.article)
    reports = ErrorReport.objects.filter(article=withdrawal.article)
    if withdrawal.scope is Scope.WHOLE:
        comments.update(body=_GONE, quote="", reasons=[])
        reports.update(words=_GONE, passage="")
        for edition in editions:
            Letter.objects.filter(text__contains=edition.path).delete()
        return
    comments.filter(version__in=[edition.version for edition in editions]).update(quote="")
    reports.update(passage="")


_GONE = "The story was withdrawn."

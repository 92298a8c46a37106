"""What the conversation hears of a story: a new edition may answer what readers wrote about the earlier one."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from cryptonewshub.comments.letters import tell_of_correction
from cryptonewshub.comments.threads import TOLD, mark_changed
from cryptonewshub.editions.models import Edition
from cryptonewshub.editions.sealing import sealed


@receiver(sealed, dispatch_uid="comments-hear-of-editions")
def hear_of_an_edition(sender: type[Edition], edition: Edition, **kwargs: Any) -> None:
    mark_changed(edition.article)
    if edition.change in TOLD:
        tell_of_correction(edition)

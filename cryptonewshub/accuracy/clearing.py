"""Clearing: a person signs a finding off, with a reason, for exactly the words that it is about."""

from __future__ import annotations

from typing import Any

from wagtail.models import Revision

from cryptonewshub.accuracy.gate import examine
from cryptonewshub.accuracy.models import Clearance


def clear(revision: Revision, *, rule: str, reason: str, user: Any = None, role: str = "editor") -> list[Clearance]:
    """Clears every finding of a rule that stops this revision of an article; returns the clearances given."""
    page = revision.as_object()
    words = {finding.text for finding in examine(page).stopping if finding.rule == rule}
    return [
        Clearance.objects.update_or_create(
            article_id=page.pk, rule=rule, text=text, defaults={"reason": reason, "cleared_by": user, "role": role}
        )[0]
        for text in sorted(words)
    ]

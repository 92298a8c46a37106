"""Learning the moderators' taste from what they decided. A score is a remark in the queue; a person decides."""

from __future__ import annotations

from datetime import datetime

from cryptonewshub.comments import models
from cryptonewshub.comments.models import Act, Comment, Decision, State
from cryptonewshub.comments.taste import Taste, learnt

_LEARNT_FROM = 5_000
_kept: tuple[int, Taste] | None = None


def score_of(text: str) -> float | None:
    """How much a text is like what was refused: 0 to 1, or None while too little is known."""
    taste = _current()
    return taste.score(text) if taste else None


def learn(now: datetime) -> bool:
    """Learns anew from the latest comments on which a person decided. Whether there was anything new."""
    by_people = Decision.objects.filter(user__isnull=False, act__in=(Act.APPROVE, Act.REJECT, Act.HIDE))
    last = by_people.order_by("-pk").values_list("pk", flat=True).first()
    known = models.Taste.objects.values_list("last_decision", flat=True).first()
    if last is None or last == known:
        return False
    decided = Comment.objects.filter(decisions__in=by_people).exclude(body="").distinct().order_by("-pk")
    texts = decided.values_list("body", "state")[:_LEARNT_FROM]
    taste = learnt(
        (body, state in (State.REJECTED, State.HIDDEN))
        for body, state in texts
        if state in (State.APPROVED, State.REJECTED, State.HIDDEN)
    )
    values = {"weights": taste.to_bytes(), "last_decision": last, "made": now}
    models.Taste.objects.update_or_create(pk=1, defaults=values)
    return True


def _current() -> Taste | None:
    """The taste as it was last learnt, read once for each time that it is learnt."""
    global _kept
    last = models.Taste.objects.values_list("last_decision", flat=True).first()
    if last is None:
        return None
    if _kept is None or _kept[0] != last:
        _kept = (last, Taste.from_bytes(bytes(models.Taste.objects.get(pk=1).weights)))
    return _kept[1]

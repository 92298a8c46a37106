"""What the server does for comments by the clock. Each part fails alone, is logged, and comes round again."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError

from cryptonewshub.comments.digest import send_digest
from cryptonewshub.comments.learning import learn
from cryptonewshub.comments.letters import post_letters
from cryptonewshub.comments.personal_data import erase_again
from cryptonewshub.comments.tidying import tidy

logger = logging.getLogger(__name__)

_EVERY: tuple[tuple[Callable[[datetime], object], timedelta], ...] = (
    (post_letters, timedelta(0)),
    (learn, timedelta(minutes=1)),
    (send_digest, timedelta(minutes=5)),
    (tidy, timedelta(hours=1)),
    (erase_again, timedelta(hours=12)),
)


class CommentsClock:
    """Call `tick` every few seconds; it knows what is due."""

    def __init__(self) -> None:
        self._done: dict[Callable[[datetime], object], datetime] = {}

    def tick(self, now: datetime) -> None:
        for work, interval in _EVERY:
            if work in self._done and now - self._done[work] < interval:
                continue
            self._done[work] = now
            try:
                work(now)
            except (OperationalError, InterfaceError):  # the database is away, and all the rest would fail too
                del self._done[work]
                raise
            except Exception:
                logger.exception("What comments need by the clock could not be done: %s.", work.__name__)


clock = CommentsClock()
"""The server's own."""

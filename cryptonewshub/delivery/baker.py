"""A process beside the one that bakes everything: it is given addresses, and answers with what it wrote.

Nothing of Django is imported here before `get_ready` has set it up.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from threading import Thread

from cryptonewshub.delivery.collecting import collect_seldom

_TRIES = 5


def get_ready() -> None:
    """The first thing that the process does. Ctrl-C is for the process that started it."""
    import django

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    os.nice(10)  # readers, and editors who publish, come first
    django.setup()
    collect_seldom()


def _end_with(parent: int) -> None:
    """Nobody waits for what this process bakes when the one that started it is gone."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def bake_part(addresses: Sequence[str]) -> list[str]:
    """Bakes the pages at these addresses as they are now; returns those that were written.

    Where somebody has published meanwhile, a page of this part may have been printed before and written after them; so
    all of it is done once more.
    """
    from cryptonewshub.delivery.cursor import baking_waits, one_baker, turn
    from cryptonewshub.delivery.writing import write_pages

    written = dict[str, None]()
    with baking_waits():
        for _ in range(_TRIES):
            before = turn()
            written.update(dict.fromkeys(write_pages(addresses)))
            if turn() == before:
                return list(written)
    with one_baker():  # a newsroom that publishes all the time waits once
        return list(written | dict.fromkeys(write_pages(addresses)))

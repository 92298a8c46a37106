"""Mirroring: what a bake changed goes to the store, what must not wait first; whatever fails is tried again.

In this order: what was withdrawn, corrected pages, what pages are made of and the log's files, new pages, pages that
changed (which lead to new ones), feeds, and last the log's checkpoint, which so never speaks of a tile that is not
there. Where something was withdrawn, the pages and feeds that may name it go before new ones. Styles that no page needs
any more go at the end.

A round takes some seconds. What is left waits for the next, which looks at everything anew: a withdrawal is so never
behind a hundred thousand pages.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from enum import Enum, IntEnum
from itertools import groupby

from django.conf import settings

from cryptonewshub.delivery.mirror.changes import Changes, changes_since, is_as_it_was
from cryptonewshub.delivery.mirror.ledger import Ledger, opened
from cryptonewshub.delivery.mirror.objects import CHECKPOINT, Shelves, may_change
from cryptonewshub.delivery.mirror.signature import Credentials
from cryptonewshub.delivery.mirror.store import Store, StoreError, Unreachable
from cryptonewshub.editions.models import Edition

Progress = Callable[[int, int], None]
_AT_ONCE = 8
_CORRECTIONS = 50  # the newest ones, which go first where they changed
_ROUND = 10.0  # seconds of sending
_MOST_FAILURES = 20  # in a round, after which the store is left alone until the next
_FEEDS = (".xml", ".json", ".txt")


class Done(Enum):
    """What became of one key."""

    NOTHING, PUT, TAKEN_AWAY, WAITS = range(4)


class _Turn(IntEnum):
    """When something goes."""

    WITHDRAWN, CORRECTED, PART, HURRIED, NEW_PAGE, PAGE, FEED, CHECKPOINT, NEEDED_NO_MORE = range(9)


@dataclass(frozen=True, slots=True)
class Mirrored:
    """How many files were put into the store, and taken away; how many more wait for the next round."""

    put: int
    taken_away: int
    waiting: int = 0


def store_of_settings() -> Store | None:
    """The newsroom's store; None where no address is set. Raises StoreError for one that cannot be used."""
    if not settings.CNH_STORE_URL:
        return None
    credentials = Credentials(settings.CNH_STORE_KEY_ID, settings.CNH_STORE_SECRET, settings.CNH_STORE_REGION)
    return Store(settings.CNH_STORE_URL, credentials)


def mirror_for_a_moment(store: Store) -> Mirrored:
    """One round. Raises StoreError when the store does not take something; the next round does that, and the rest."""
    with closing(store), opened(settings.CNH_HOME.mirror) as ledger:
        return _round(store, ledger, lambda done, total: None)


def mirror_changes(store: Store, progress: Progress = lambda done, total: None) -> Mirrored:
    """Brings the store up to date, in as many rounds as it takes. Raises StoreError as a round does."""
    with closing(store), opened(settings.CNH_HOME.mirror) as ledger:
        return _all_rounds(store, ledger, progress)


def mirror_all(store: Store, progress: Progress = lambda done, total: None) -> Mirrored:
    """Puts every file into the store, whatever it is believed to have, and takes away all else that is there."""
    with closing(store), opened(settings.CNH_HOME.mirror) as ledger:
        ledger.forget(dict.fromkeys(store.keys(), ""))
        return _all_rounds(store, ledger, progress)


def _all_rounds(store: Store, ledger: Ledger, progress: Progress) -> Mirrored:
    put = taken_away = 0
    while True:
        before = put + taken_away
        done = _round(store, ledger, _beyond(before, progress))
        put, taken_away = put + done.put, taken_away + done.taken_away
        if not done.waiting:
            return Mirrored(put, taken_away)


def _beyond(before: int, progress: Progress) -> Progress:
    return lambda done, total: progress(before + done, before + total)


def _round(store: Store, ledger: Ledger, progress: Progress) -> Mirrored:
    seen = ledger.seen()
    if is_as_it_was(settings.CNH_HOME.path, seen):
        return Mirrored(0, 0)
    held = ledger.held()
    changes = changes_since(settings.CNH_HOME.path, held, seen)
    run = _Run(store, ledger, held, changes)
    done: list[Done] = []
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for keys in run.turns():
            for each in pool.map(run.carry_out, keys):
                done.append(each)
                if each is not Done.WAITS:
                    progress(len(done), len(changes.keys))
    run.require_success()
    if Done.WAITS not in done:
        ledger.has_seen(changes.marks)
    return Mirrored(done.count(Done.PUT), done.count(Done.TAKEN_AWAY), done.count(Done.WAITS))


class _Run:
    """One round: what is to be done, and how it went."""

    def __init__(self, store: Store, ledger: Ledger, held: Mapping[str, str], changes: Changes) -> None:
        self._store, self._ledger, self._held, self._changes = store, ledger, held, changes
        self._shelves = Shelves(settings.CNH_HOME.path, are_packed=settings.CNH_STORE_GZIP)
        self._corrected = set(_corrected()) if changes.keys else set()
        self._failures: dict[str, StoreError] = {}
        self._end: float | None = None  # begins to run with what is sent first: each round gets on

    def turns(self) -> Iterator[list[str]]:
        """The keys that may have changed, those that go at the same time together."""
        turns = {key: self._turn(key) for key in self._changes.keys}
        if _Turn.WITHDRAWN in turns.values():
            late = (_Turn.PAGE, _Turn.FEED)
            turns = {key: _Turn.HURRIED if turn in late else turn for key, turn in turns.items()}
        ranked = sorted((turn, key) for key, turn in turns.items())
        yield from ([key for _, key in some] for _, some in groupby(ranked, key=lambda pair: pair[0]))

    def _turn(self, key: str) -> _Turn:
        is_there = self._shelves.has(key)
        is_part = key.startswith(("assets/", "log/"))
        if key == CHECKPOINT:
            return _Turn.CHECKPOINT
        if is_part and not is_there:
            return _Turn.NEEDED_NO_MORE
        if not is_there or (settings.CNH_HOME.site / ".state" / "gone" / key).exists():
            return _Turn.WITHDRAWN
        if key in self._corrected:
            return _Turn.CORRECTED
        if is_part or key.startswith("media/"):
            return _Turn.PART
        if key.endswith(_FEEDS):
            return _Turn.FEED
        return _Turn.PAGE if key in self._held else _Turn.NEW_PAGE

    def carry_out(self, key: str) -> Done:
        """What is under the key here is under it there; a failure is kept, and stands in nobody else's way."""
        if self._is_hopeless(key) or (self._end is not None and time.monotonic() > self._end):
            return Done.WAITS
        try:
            return self._carry_out(key)
        except StoreError as error:
            self._failures[key] = error
            return Done.NOTHING

    def require_success(self) -> None:
        """Raises StoreError for the first failure."""
        if not self._failures:
            return
        first = next(iter(self._failures.values()))
        raise type(first)(f"{first} What waits is tried again.")

    def _carry_out(self, key: str) -> Done:
        thing = self._shelves.read(key)
        if thing is None:
            return self._take_away(key) if key in self._held else Done.NOTHING
        # What is not as it was written is damaged: it is not shown to more readers, and baked again soon.
        is_damaged = self._changes.written.get(key, thing.sha256) != thing.sha256
        if is_damaged or self._held.get(key) == thing.sha256:
            return Done.NOTHING
        if self._held.get(key) and not may_change(key):
            raise StoreError(
                f"{key} can never change, and is not what it was when the store got it. There, it was left alone. "
                "Run “cnh log” to see what became of the log; after a backup was restored, run “cnh mirror --all”."
            )
        self._begin()
        self._store.put(key, thing.body, thing.headers)
        self._ledger.holds(key, thing.sha256)
        return Done.PUT

    def _begin(self) -> None:
        self._end = self._end or time.monotonic() + _ROUND

    def _take_away(self, key: str) -> Done:
        self._begin()
        self._store.take_away(key)
        self._ledger.holds(key, None)
        return Done.TAKEN_AWAY

    def _is_hopeless(self, key: str) -> bool:
        """Nobody answers, or all is refused; or the log's files are not all there of which the checkpoint speaks."""
        failures = list(self._failures.items())
        return len(failures) >= _MOST_FAILURES or any(
            isinstance(error, Unreachable) or (key == CHECKPOINT and failed.startswith("log/"))
            for failed, error in failures
        )


def _corrected() -> Iterator[str]:
    """The keys of the pages that tell of the newest corrections."""
    paths: Collection[str] = Edition.objects.telling().values_list("path", flat=True)[:_CORRECTIONS]
    yield "corrections/index.html"
    for path in paths:
        yield f"{path.lstrip('/')}index.html"
        yield f"{path.lstrip('/')}history/index.html"

"""Mirroring: what a bake changed goes to the store, what must not wait first; whatever fails is tried again.

In this order: what was withdrawn, corrected pages, what pages are made of, pages that changed, new ones, and last the
log's checkpoint, which so never speaks of a tile that is not there. Styles that no page needs any more go at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from django.conf import settings

from cryptonewshub.delivery.mirror.changes import Changes, changes_since
from cryptonewshub.delivery.mirror.ledger import Ledger, opened
from cryptonewshub.delivery.mirror.objects import CHECKPOINT, Shelves
from cryptonewshub.delivery.mirror.signature import Credentials
from cryptonewshub.delivery.mirror.store import Store, StoreError, Unreachable
from cryptonewshub.editions.models import Edition

Progress = Callable[[int, int], None]
_AT_ONCE = 8
_CORRECTIONS = 50  # the newest ones, which go first where they changed


class Done(Enum):
    """What became of one key."""

    NOTHING, PUT, TAKEN_AWAY = range(3)


@dataclass(frozen=True, slots=True)
class Mirrored:
    """How many files were put into the store, and taken away."""

    put: int
    taken_away: int


def store_of_settings() -> Store | None:
    """The newsroom's store; None where no address is set. Raises StoreError for one that cannot be used."""
    if not settings.CNH_STORE_URL:
        return None
    credentials = Credentials(settings.CNH_STORE_KEY_ID, settings.CNH_STORE_SECRET, settings.CNH_STORE_REGION)
    return Store(settings.CNH_STORE_URL, credentials)


def mirror_changes(store: Store, progress: Progress = lambda done, total: None) -> Mirrored:
    """Brings the store up to date. Raises StoreError when something waits; the next call does that, and only that."""
    with closing(store), opened(settings.CNH_HOME.mirror) as ledger:
        return _bring_up_to_date(store, ledger, progress)


def mirror_all(store: Store, progress: Progress = lambda done, total: None) -> Mirrored:
    """Puts every file into the store, whatever it is believed to have, and takes away all else that is there."""
    with closing(store), opened(settings.CNH_HOME.mirror) as ledger:
        ledger.forget(dict.fromkeys(store.keys(), ""))
        return _bring_up_to_date(store, ledger, progress)


def _bring_up_to_date(store: Store, ledger: Ledger, progress: Progress) -> Mirrored:
    held = ledger.held()
    changes = changes_since(settings.CNH_HOME.path, held, ledger.seen())
    run = _Run(store, ledger, held, changes)
    ranked = sorted((run.rank(key), key) for key in changes.keys)
    done: list[Done] = []
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for _, some in groupby(ranked, key=lambda pair: pair[0]):
            for each in pool.map(run.carry_out, [key for _, key in some]):
                done.append(each)
                progress(len(done), len(ranked))
    run.require_success()
    ledger.has_seen(changes.marks)
    return Mirrored(done.count(Done.PUT), done.count(Done.TAKEN_AWAY))


class _Run:
    """One round: what is to be done, and how it went."""

    def __init__(self, store: Store, ledger: Ledger, held: Mapping[str, str], changes: Changes) -> None:
        self._store, self._ledger, self._held, self._changes = store, ledger, held, changes
        self._shelves = Shelves(settings.CNH_HOME.path, are_packed=settings.CNH_STORE_GZIP)
        self._corrected = set(_corrected()) if changes.keys else set()
        self._failures: dict[str, StoreError] = {}

    def rank(self, key: str) -> int:
        """What goes first has the smallest."""
        site = settings.CNH_HOME.site
        is_there = self._shelves.has(key)
        is_part = key.startswith(("assets/", "log/"))
        if key == CHECKPOINT:
            return 5
        if is_part and not is_there:
            return 6
        if not is_there or (site / ".state" / "gone" / key).exists():
            return 0
        if key in self._corrected:
            return 1
        if is_part or key.startswith("media/"):
            return 2
        return 3 if key in self._held else 4

    def carry_out(self, key: str) -> Done:
        """What is under the key here is under it there; a failure is kept, and stands in nobody else's way."""
        if not self._is_hopeless(key):
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
        self._store.put(key, thing.body, thing.headers)
        self._ledger.holds(key, thing.sha256)
        return Done.PUT

    def _take_away(self, key: str) -> Done:
        self._store.take_away(key)
        self._ledger.holds(key, None)
        return Done.TAKEN_AWAY

    def _is_hopeless(self, key: str) -> bool:
        """Nobody answers; or the log's files are not all there of which the checkpoint speaks."""
        failures = list(self._failures.items())
        return any(
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

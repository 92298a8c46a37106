"""Large answers on their way to readers. The server copies each into its memory until the reader has taken it, so a
thousand readers who do not would fill any machine: there is room for so many bytes, and a share of it for one network.

Who knows which connections still wait (`stalled.py`) says so every few seconds; an answer that was begun before such
a look, and for which no connection waits, has arrived.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from heapq import nlargest
from math import inf
from threading import Lock

from cryptonewshub.comments.crowds import network_of

LARGE = 16_384
"""Bytes from which on an answer counts; what is smaller fits into memory for as many connections as there can be."""
MOST = 256_000_000
SHARE = 64_000_000
"""Bytes on their way at once: to all, and to one network. No answer counts for more than half of a share, so that who
fetches a very large file can read on meanwhile; there are eight such at most."""
LONGEST = 30.0
"""Seconds after which an answer counts no more where nobody has said for as long who waits."""


@dataclass(frozen=True, slots=True)
class _Answer:
    begun: float
    size: int


class OnTheWay:
    """What was begun and may not have arrived, by network. With `one_proxy` all come from one, and it has no share."""

    def __init__(self, *, most: int = MOST, share: int = SHARE, one_proxy: bool = False) -> None:
        self._most, self._share = most, most if one_proxy else share
        self._to: dict[str, list[_Answer]] = defaultdict(list)
        self._sizes = Counter[str]()
        self._size = 0
        self._watched = -inf
        self._lock = Lock()

    def begin(self, address: str, size: int) -> bool:
        """Whether an answer of so many bytes may be sent to an address now; it is on its way then."""
        network, now = network_of(address), time.monotonic()
        size = min(size, self._share // 2)
        with self._lock:
            if now - self._watched > LONGEST:
                self._forget(now)
            if self._sizes[network] + size > self._share or self._size + size > self._most:
                return False
            self._to[network].append(_Answer(now, size))
            self._sizes[network] += size
            self._size += size
            return True

    def watched(self, waiting: Mapping[str, int], since: float) -> None:
        """Takes what a look showed that was begun at a time: how many connections of each network wait."""
        with self._lock:
            self._watched = since
            for network, answers in list(self._to.items()):
                earlier = [answer for answer in answers if answer.begun < since]
                later = [answer for answer in answers if answer.begun >= since]
                left = nlargest(waiting.get(network, 0), earlier, key=lambda answer: answer.size)
                self._keep(network, [*left, *later])

    @property
    def size(self) -> int:
        """Bytes on their way."""
        return self._size

    def _forget(self, now: float) -> None:
        for network, answers in list(self._to.items()):
            self._keep(network, [answer for answer in answers if now - answer.begun < LONGEST])

    def _keep(self, network: str, answers: list[_Answer]) -> None:
        size = sum(answer.size for answer in answers)
        self._size += size - self._sizes[network]
        if answers:
            self._to[network], self._sizes[network] = answers, size
        else:
            del self._to[network], self._sizes[network]

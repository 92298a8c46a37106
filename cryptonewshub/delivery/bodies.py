"""Bodies of requests: each arrives whole before anybody is asked about it, and few arrive at once.

The server's own reads know no time; `stalled.py` closes the connection of a body that drips, and so the read ends. A
read must not be left to a thread while the request is answered: granian then stops the whole worker.
"""

from __future__ import annotations

from collections import Counter
from tempfile import SpooledTemporaryFile
from threading import Lock
from typing import IO, Any

from cryptonewshub.comments.crowds import network_of

MOST_ARRIVING = 8
"""Bodies that are on their way at once; half of them at most from one network."""

_CHUNK = 16_384
_IN_MEMORY = 262_144


def received(source: Any, size: int) -> IO[bytes]:
    """The body, in memory or in a file without a name, which nothing can leave behind. Raises OSError."""
    body = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    left = size
    while left > 0:
        part = source.read(min(_CHUNK, left))
        if not part:
            body.close()
            raise OSError("The request ended before its body was whole.")
        body.write(part)
        left -= len(part)
    body.seek(0)
    return body


class Doorstep:
    """Room for bodies that arrive. One network leaves half of it to the others."""

    def __init__(self, most: int = MOST_ARRIVING) -> None:
        self._most = most
        self._from: Counter[str] = Counter()
        self._lock = Lock()

    def enter(self, address: str) -> bool:
        """Whether there is room; who entered has to `leave`."""
        network = network_of(address)
        with self._lock:
            if self._from.total() >= self._most or self._from[network] >= self._most // 2:
                return False
            self._from[network] += 1
            return True

    def leave(self, address: str) -> None:
        network = network_of(address)
        with self._lock:
            self._from[network] -= 1
            if not self._from[network]:
                del self._from[network]

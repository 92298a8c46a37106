"""Connections that stand still: an answer that waits and is not fetched is given up after a while, and so is a request
of which no more comes.

The server has no time limit for what it sends, so somebody who reads a byte now and then could keep a thousand answers
in memory for ever. The kernel knows how much of an answer waits, and how much was taken (tcp(7), TCP_INFO; tcp_info in
linux/tcp.h): a thread asks it every few seconds. Where there is no /proc it does nothing.
"""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from cryptonewshub.comments.crowds import network_of
from cryptonewshub.delivery.on_the_way import OnTheWay

LONGEST = 12.0
"""Seconds in which a reader has to take `LEAST` bytes of what waits for him, or to send as many of what he sends.
Shorter than `HEADER_SECONDS`, after which the server lets go of an answer that the kernel then keeps for minutes."""
LEAST = 8_192
LONGEST_SILENCE = 75.0
"""Seconds in which something has to come or go: longer than anybody waits for the editors' process."""
_LOOK_EVERY = 2.0
_SOCKETS = Path("/proc/self/fd")
_BYTES_ACKED, _BYTES_RECEIVED, _NOT_SENT = 120, 128, 144  # where tcp_info says it, since Linux 4.6
_AT_ONCE = struct.pack("ii", 1, 0)  # SO_LINGER: what waits is thrown away


@dataclass(frozen=True, slots=True)
class Seen:
    """What a connection had moved when it last moved enough, and when that was."""

    at: float
    taken: int
    received: int
    is_waiting: bool

    def has_moved_since(self, before: Seen) -> bool:
        if self.is_waiting:
            return not before.is_waiting or self.taken - before.taken >= LEAST
        return before.is_waiting or self.taken != before.taken or self.received - before.received >= LEAST

    def is_dripping_since(self, before: Seen) -> bool:
        """Whether something waits to be taken, or a little came of a request that is not yet answered."""
        return self.is_waiting or self.received != before.received


class Watch:
    """Looks at every connection of this process, and closes those that stand still."""

    def __init__(self, longest: float = LONGEST, silence: float = LONGEST_SILENCE) -> None:
        self._longest, self._silence = longest, silence
        self._seen: dict[object, Seen] = {}
        self.waiting = Counter[str]()
        """How many connections of each network had something left to take when we looked last."""

    def look(self, now: float) -> int:
        """One look; how many connections were closed."""
        seen: dict[object, Seen] = {}
        closed = 0
        self.waiting = Counter()
        for name in os.listdir(_SOCKETS):
            connection = _connection(int(name))
            if connection is None:
                continue
            with connection, contextlib.suppress(OSError):  # it ended by itself, or only listens
                closed += self._closes(connection, now, seen)
        self._seen = seen
        return closed

    def _closes(self, connection: socket.socket, now: float, seen: dict[object, Seen]) -> bool:
        peer = connection.getpeername()
        found = _look_at(connection, now)
        before = self._seen.get(peer, found)
        seen[peer] = found if found.has_moved_since(before) else before
        longest = self._longest if found.is_dripping_since(seen[peer]) else self._silence
        if now - seen[peer].at < longest:
            self.waiting[network_of(peer[0])] += found.is_waiting
            return False
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        connection.shutdown(socket.SHUT_RDWR)
        return True


def _connection(number: int) -> socket.socket | None:
    """A second handle of a TCP connection, so that nothing that we do can reach a file opened since."""
    try:
        copy = os.dup(number)
    except OSError:
        return None
    try:
        found = socket.socket(fileno=copy)
    except OSError:
        os.close(copy)
        return None
    if found.family in (socket.AF_INET, socket.AF_INET6) and found.type == socket.SOCK_STREAM:
        return found
    found.close()
    return None


def _look_at(connection: socket.socket, now: float) -> Seen:
    """Raises OSError where the kernel is too old to say it."""
    told = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 256)
    if len(told) < _NOT_SENT + 4:
        raise OSError("This kernel does not count the bytes of a connection.")
    taken, received = struct.unpack_from("=QQ", told, _BYTES_ACKED)
    (not_sent,) = struct.unpack_from("=I", told, _NOT_SENT)
    return Seen(now, taken, received, not_sent > 0)


def keep_watching(on_the_way: OnTheWay) -> None:
    """Looks every few seconds, as long as the process lives, and says what has arrived."""
    if sys.platform == "linux" and _SOCKETS.is_dir():
        Thread(target=_watch, args=(on_the_way,), daemon=True, name="stalled readers").start()


def _watch(on_the_way: OnTheWay) -> None:
    watch = Watch()
    while True:
        time.sleep(_LOOK_EVERY)
        now = time.monotonic()
        with contextlib.suppress(OSError):  # no more files can be opened now; the next look is soon
            watch.look(now)
            on_the_way.watched(watch.waiting, now)

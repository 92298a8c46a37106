"""Crowds: how much comes from one network, and from all of them together, counted in bounded memory.

Plain Python: the readers' server counts with it before anything else is asked, and the letterbox once more.
"""

from __future__ import annotations

import ipaddress
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

WRITING = ((10, 1 / 6), (40, 5.0))
READING = ((60, 2.0), (300, 50.0))
SEARCHING = ((60, 5.0), (300, 100.0))
"""So many at once and so many a second in the long run: of one network, and of all."""


def network_of(address: str) -> str:
    """'203.0.113.0/24', '2001:db8:1::/48'; empty for what is no address."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    length = 24 if parsed.version == 4 else 48
    return str(ipaddress.ip_network((parsed, length), strict=False))


@dataclass(slots=True)
class Bucket:
    """A token bucket: `burst` at once, `rate` a second in the long run."""

    burst: float
    rate: float
    level: float = -1.0
    seen: float = 0.0

    def take(self, now: float) -> bool:
        full = self.burst if self.level < 0 else min(self.burst, self.level + (now - self.seen) * self.rate)
        self.seen = now
        self.level = full - 1 if full >= 1 else full
        return full >= 1


@dataclass(slots=True)
class Crowd:
    """A bucket for each network, and one for all of them together. At most `kept` networks are remembered."""

    each: tuple[float, float]
    all: Bucket
    kept: int = 20_000
    networks: OrderedDict[str, Bucket] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    @classmethod
    def of(cls, limits: tuple[tuple[float, float], tuple[float, float]]) -> Crowd:
        return cls(limits[0], Bucket(*limits[1]))

    def lets_in(self, network: str, now: float) -> bool:
        with self.lock:
            bucket = self.networks.pop(network, None) or Bucket(*self.each)
            self.networks[network] = bucket
            if len(self.networks) > self.kept:
                self.networks.popitem(last=False)
            # A network that is over its own limit takes nothing from the others' share.
            return bucket.take(now) and self.all.take(now)


class Gate:
    """Before the letterbox, or a search: whether somebody may come in now. Writing and reading are counted apart."""

    def __init__(self, reading: tuple[tuple[float, float], tuple[float, float]] = READING) -> None:
        self.writers, self.readers = Crowd.of(WRITING), Crowd.of(reading)

    def lets_in(self, method: str, address: str, now: float) -> bool:
        crowd = self.readers if method in ("GET", "HEAD") else self.writers
        return crowd.lets_in(network_of(address), now)


def asker(address: str, forwarded: str, *, behind_proxy: bool) -> str:
    """Who asks: the computer at the other end, or, behind a proxy of ours, the last one that the proxy names."""
    return forwarded.rpartition(",")[2].strip() if behind_proxy and forwarded else address

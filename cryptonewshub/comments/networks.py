"""Networks: telling two senders apart for a few days, without keeping anybody's address.

A /24 (IPv4) or /48 (IPv6) is hashed under the key of the day; the key is destroyed after seven days.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from cryptonewshub.comments.crowds import network_of
from cryptonewshub.comments.models import NetworkKey

KEPT_DAYS = 7


def hash_network(address: str, now: datetime) -> str:
    """The network of an address as today's comments keep it: 40 hexadecimal digits, or nothing for no address."""
    network = network_of(address)
    if not network:
        return ""
    key, _ = NetworkKey.objects.get_or_create(day=now.date(), defaults={"key": secrets.token_bytes(32)})
    return _hash(bytes(key.key), network)


def hashes_of(address: str, now: datetime) -> list[str]:
    """The hashes under which the network of an address may be known from the last seven days."""
    network = network_of(address)
    living = NetworkKey.objects.filter(day__gt=now.date() - timedelta(days=KEPT_DAYS))
    return [_hash(bytes(key.key), network) for key in living] if network else []


def _hash(key: bytes, network: str) -> str:
    return hmac.new(key, network.encode(), hashlib.sha256).hexdigest()[:40]

"""Django's cache: in the memory of each process, or in a Valkey that every process of the newsroom shares.

Only what may be forgotten is kept there, and nothing waits for it: while the server is away each process remembers for
itself. What comes from it was signed by this newsroom, since reading a pickle that a stranger wrote runs what he wrote.
"""

from __future__ import annotations

import logging
import pickle
import time
from collections.abc import Callable
from hmac import compare_digest
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from django.utils.crypto import salted_hmac
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

_PATIENCE = 0.5  # seconds
_ALONE = 5.0  # seconds in which a server that did not answer is not asked again
_SIGNATURE = 32  # bytes


class Signed:
    """Writes numbers as they are, so that the server can count them, and all else as a pickle behind its HMAC."""

    def dumps(self, value: object) -> bytes | int:
        if type(value) is int:
            return value
        written = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        return _signature(written) + written

    def loads(self, data: bytes) -> Any:
        """None for what this newsroom did not write: it counts as forgotten."""
        if data.removeprefix(b"-").isdigit():
            return int(data)
        signature, written = data[:_SIGNATURE], data[_SIGNATURE:]
        return pickle.loads(written) if compare_digest(signature, _signature(written)) else None  # noqa: S301


def _signature(written: bytes) -> bytes:
    return salted_hmac("cryptonewshub.config.remembering", written, algorithm="sha256").digest()


def _or_alone(name: str) -> Callable[..., Any]:
    """The cache's method of this name; this process's own cache answers while the server does not."""

    def ask(self: SharedCache, *arguments: Any, **named: Any) -> Any:
        if time.monotonic() >= SharedCache.asked_again_at:
            try:
                found = getattr(RedisCache, name)(self, *arguments, **named)
            except (RedisError, OSError) as error:
                _stay_away(error)
            else:
                _come_back()
                return found
        return getattr(self.alone, name)(*arguments, **named)

    return ask


class SharedCache(RedisCache):
    """Valkey, and while it does not answer the memory of this process."""

    asked_again_at = 0.0  # of all threads: one of them finds out for the others

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._servers = [server]  # a comma may be part of a password
        self.alone = LocMemCache("while-valkey-is-away", {})
        self._options = {
            "serializer": Signed(),
            "socket_connect_timeout": _PATIENCE,
            "socket_timeout": _PATIENCE,
            "retry": Retry(NoBackoff(), 1),  # a server that was begun anew has left a dead connection
        }

    add = _or_alone("add")
    get = _or_alone("get")
    set = _or_alone("set")
    touch = _or_alone("touch")
    delete = _or_alone("delete")
    get_many = _or_alone("get_many")
    has_key = _or_alone("has_key")
    incr = _or_alone("incr")
    set_many = _or_alone("set_many")
    delete_many = _or_alone("delete_many")
    clear = _or_alone("clear")


def _stay_away(error: Exception) -> None:
    if not SharedCache.asked_again_at:
        logging.getLogger(__name__).warning("Valkey does not answer (%s). Each process remembers for itself.", error)
    SharedCache.asked_again_at = time.monotonic() + _ALONE


def _come_back() -> None:
    if SharedCache.asked_again_at:
        logging.getLogger(__name__).warning("Valkey answers again.")
        SharedCache.asked_again_at = 0.0

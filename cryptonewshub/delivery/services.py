"""Requests to services that the operator has named in the settings: an object store, a cache before the site.

The door of `sources/fetching.py` judges every address, since a stranger may have chosen it, and makes a connection for
each. Here the operator has chosen: the host may be in the newsroom's own network and at any port, a connection serves
many requests, and there are thousands of them. No address that stands in a story, a mail or an import is ever asked
from here. Nothing is taken from the environment (no proxy) and no redirect is followed: an answer is an answer.
"""

from __future__ import annotations

import http.client
import ssl
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

_PATIENCE = 30.0  # seconds for an answer as a whole
_MOST_READ = 10_000_000  # bytes of an answer
_CHUNK = 65_536
_LONGEST_WAIT = 3600.0


class ServiceAway(Exception):  # noqa: N818  (what it is, as an operator would say it)
    """Nobody answered, or not in time. The text is a sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service said to one request, whatever its status; `wait` is how many seconds it wants to be left alone."""

    status: int
    reason: str
    body: bytes
    wait: float = 0.0

    @property
    def is_good(self) -> bool:
        return self.status // 100 == 2


class Service:
    """The service at an address ('https://s3.example.org/site'); threads may share it.

    Raises ValueError for an address that is none: without 'http' or 'https', without a host, or with more than a path.
    """

    def __init__(self, address: str, *, patience: float = _PATIENCE) -> None:
        parts = urlsplit(address)
        if (
            parts.scheme not in ("http", "https")
            or not parts.hostname
            or parts.query
            or parts.fragment
            or "@" in parts.netloc
        ):
            raise ValueError(f"“{address}” is no address of a service; it looks like https://service.example.org/path.")
        self._is_secure, self._patience, _ = parts.scheme == "https", patience, parts.port
        self.host, self.root = parts.netloc, parts.path.rstrip("/")
        self._idle: deque[http.client.HTTPConnection] = deque()

    def ask(self, method: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        """The answer to one request; `target` is what follows the host, and has the address's own path in it.

        A request may arrive twice, where a kept connection breaks: ask only for what may be done again. Raises
        ServiceAway.
        """
        try:
            return self._ask(method, target, headers, body)
        except (OSError, http.client.HTTPException) as error:
            raise ServiceAway(f"{self.host} cannot be reached: {error or type(error).__name__}.") from None

    def close(self) -> None:
        """Closes the connections that wait for the next request; the service can be asked again all the same."""
        while self._idle:
            self._idle.pop().close()

    def _ask(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Over a connection that waited, or over a new one where the service has closed that."""
        try:
            waited = self._idle.pop()
        except IndexError:
            return self._ask_over(self._connection(), method, target, headers, body)
        try:
            return self._ask_over(waited, method, target, headers, body)
        except (ConnectionError, http.client.BadStatusLine):
            return self._ask_over(self._connection(), method, target, headers, body)

    def _ask_over(
        self, connection: http.client.HTTPConnection, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> Answer:
        end = time.monotonic() + self._patience
        try:
            connection.request(method, target, body or None, dict(headers))
            answer = connection.getresponse()
            said = _read(answer, end)
        except BaseException:
            connection.close()
            raise
        if answer.isclosed() and not answer.will_close:
            self._idle.append(connection)
        else:
            connection.close()
        return Answer(answer.status, answer.reason, said, _wait_of(answer))

    def _connection(self) -> http.client.HTTPConnection:
        if self._is_secure:
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(self.host, timeout=self._patience, context=context)
        return http.client.HTTPConnection(self.host, timeout=self._patience)


def _wait_of(answer: http.client.HTTPResponse) -> float:
    told = (answer.getheader("Retry-After") or "").strip()
    return min(float(told), _LONGEST_WAIT) if told.isascii() and told.isdigit() else 0.0


def _read(answer: http.client.HTTPResponse, end: float) -> bytes:
    """The body, up to a limit: a server that sends a byte a second is not waited for."""
    said = bytearray()
    while len(said) < _MOST_READ and (chunk := answer.read1(_CHUNK)):
        said += chunk
        if time.monotonic() > end:
            raise TimeoutError("it answers too slowly")
    if answer.length and len(said) < _MOST_READ:
        raise http.client.IncompleteRead(bytes(said), answer.length)
    if answer.length == 0:
        answer.read()  # nothing is left, and only this says so to the connection
    return bytes(said)

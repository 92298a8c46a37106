"""An S3-compatible store: things are put under keys, taken away, and listed. One bucket, by its address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from html import unescape

from cryptonewshub.delivery.mirror.signature import Credentials, query_string, quoted, signed_headers
from cryptonewshub.delivery.services import Service, ServiceAway


class StoreError(Exception):
    """The store did not do what it was asked. The text is a sentence for the operator."""


class Unreachable(StoreError):  # noqa: N818  (what it is, as an operator would say it)
    """Nobody answered: whatever else is to be done there waits, too."""


class Store:
    """The bucket at an address ('https://s3.example.org/site' or 'https://site.s3.example.org')."""

    def __init__(
        self, address: str, credentials: Credentials, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        try:
            self._service = Service(address)
        except ValueError:
            raise StoreError(
                f"“{address}” is no address of a bucket; it looks like https://s3.example.org/bucket."
            ) from None
        self._credentials = credentials
        self._clock = clock

    def put(self, key: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Puts bytes under a key, in the place of what was there. Raises StoreError."""
        self._ask("PUT", f"/{quoted(key)}", "", headers, body)

    def take_away(self, key: str) -> None:
        """Takes away what is under a key, if anything is. Raises StoreError."""
        self._ask("DELETE", f"/{quoted(key)}", "", {}, b"")

    def keys(self) -> Iterator[str]:
        """Every key of the bucket. Raises StoreError."""
        token = ""
        while True:
            parameters = {"list-type": "2", **({"continuation-token": token} if token else {})}
            page = self._ask("GET", "/", query_string(parameters), {}, b"").decode("utf-8")
            yield from map(unescape, re.findall(r"<Key>([^<]*)</Key>", page))
            following = re.search(r"<NextContinuationToken>([^<]*)<", page)
            if following is None:
                return
            token = unescape(following[1])

    def close(self) -> None:
        """Closes the connections that wait for the next request; a store can be asked again all the same."""
        self._service.close()

    def _ask(self, method: str, path: str, query: str, headers: Mapping[str, str], body: bytes) -> bytes:
        host, target = self._service.host, f"{self._service.root}{path}"
        whole = {"host": host, **headers}
        signed = signed_headers(method, target, query, whole, body, self._credentials, self._clock())
        try:
            answer = self._service.ask(method, f"{target}?{query}" if query else target, signed, body)
        except ServiceAway as away:
            raise Unreachable(f"The store at {away}") from None
        if answer.is_good or (method == "DELETE" and answer.status == 404):
            return answer.body
        why = re.search(rb"<Message>([^<]*)<", answer.body)
        reason = unescape(why[1].decode("utf-8", "replace")) if why else answer.reason
        raise StoreError(f"The store at {host} answered {answer.status} to {method} {target}: {reason}")

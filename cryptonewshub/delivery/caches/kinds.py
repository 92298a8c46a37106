"""The caches that an operator can name, and what each wants to hear of a purge. Plain Python.

The operator has named these places, so requests go through `delivery/services.py`; no story or reader can name one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

from cryptonewshub.delivery.caches.keys import ACCEL, SURROGATE, TAG, key_of
from cryptonewshub.delivery.services import Answer, Service, ServiceAway

_HOW_TO = "docs/how-to/behind-a-cache.md"
_PATIENCE = 10.0  # seconds for an answer


class PurgeRefused(Exception):  # noqa: N818 - what happened, in a word
    """A cache has not acknowledged a purge. The text is a sentence.

    `wait` is for how many seconds it wants to be left alone.
    """

    def __init__(self, sentence: str, wait: float = 0.0) -> None:
        super().__init__(sentence)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Cache:
    """One cache. `most` addresses go in one request, `most_signs` of their keys; `has_keys` unless it knows none."""

    place: str
    token: str = field(default="", repr=False)
    kind: ClassVar[str]
    learns_by: ClassVar[str]
    most: ClassVar[int]
    most_signs: ClassVar[int] = 100_000
    has_keys: ClassVar[bool] = True

    @property
    def name(self) -> str:
        return f"{self.kind} {self.place}"

    @property
    def address(self) -> str:
        """Where it takes purges."""
        return self.place

    def purge(self, addresses: Sequence[str]) -> None:
        """Makes the cache let go of these. Raises PurgeRefused unless it acknowledges that."""
        raise NotImplementedError

    def ask(self, method: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        """What it says. Raises PurgeRefused when nobody answers."""
        service = Service(self.address, patience=_PATIENCE)
        try:
            return service.ask(method, target, headers, body)
        except ServiceAway as away:
            raise PurgeRefused(f"{_called(self)} was not told: {away}") from None
        finally:
            service.close()


@dataclass(frozen=True, slots=True)
class Varnish(Cache):
    """Varnish with `deploy/varnish/newsroom.vcl`."""

    kind = "varnish"
    learns_by = SURROGATE
    most = 100
    most_signs = 4_000  # a header of a request may have 8 kB

    def purge(self, addresses: Sequence[str]) -> None:
        keys = " ".join(dict.fromkeys(map(key_of, addresses)))
        answer = self.ask("PURGE", "/", {"Surrogate-Key": keys})
        if answer.status == 405:
            raise PurgeRefused(
                f"Varnish at {self.place} takes no purges from here; name this machine in “acl neighbours”."
            )
        _require_success(self, answer)


@dataclass(frozen=True, slots=True)
class Cloudflare(Cache):
    """Cloudflare’s API: https://developers.cloudflare.com/api/resources/cache/methods/purge/."""

    api: str = "https://api.cloudflare.com"
    kind = "cloudflare"
    learns_by = TAG
    most = 100

    @property
    def address(self) -> str:
        return self.api

    def purge(self, addresses: Sequence[str]) -> None:
        body = json.dumps({"tags": list(dict.fromkeys(map(key_of, addresses)))}).encode()
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        answer = self.ask("POST", f"/client/v4/zones/{self.place}/purge_cache", headers, body)
        _require_token(self, answer, "CNH_CLOUDFLARE_TOKEN", "Zone → Cache Purge")
        _require_success(self, answer)
        if _read(answer).get("success") is not True:
            raise PurgeRefused(f"Cloudflare did not acknowledge the purge of the zone {self.place}.")


@dataclass(frozen=True, slots=True)
class Fastly(Cache):
    """Fastly’s API: https://www.fastly.com/documentation/reference/api/purging/."""

    api: str = "https://api.fastly.com"
    kind = "fastly"
    learns_by = SURROGATE
    most = 256

    @property
    def address(self) -> str:
        return self.api

    def purge(self, addresses: Sequence[str]) -> None:
        body = json.dumps({"surrogate_keys": list(dict.fromkeys(map(key_of, addresses)))}).encode()
        headers = {"Fastly-Key": self.token, "Content-Type": "application/json", "Accept": "application/json"}
        answer = self.ask("POST", f"/service/{self.place}/purge", headers, body)
        _require_token(self, answer, "CNH_FASTLY_TOKEN", "purge_select")
        _require_success(self, answer)


@dataclass(frozen=True, slots=True)
class Nginx(Cache):
    """nginx as a cache with the module ngx_cache_purge, or NGINX Plus: one request an address. It knows no keys."""

    kind = "nginx"
    learns_by = ACCEL
    most = 500
    has_keys = False

    def purge(self, addresses: Sequence[str]) -> None:
        for address in addresses:
            answer = self.ask("PURGE", quote(address), {})
            if answer.status == 405:
                raise PurgeRefused(
                    f"nginx at {self.place} knows no PURGE; it needs the module ngx_cache_purge, or a cache that keeps"
                    f" pages for seconds only: {_HOW_TO}."
                )
            if answer.status not in (404, 412):  # what it does not have needs no purge
                _require_success(self, answer)


KINDS: Mapping[str, type[Cache]] = {kind.kind: kind for kind in (Varnish, Cloudflare, Fastly, Nginx)}


def caches_of(setting: str, tokens: Mapping[str, str]) -> tuple[Cache, ...]:
    """The caches that a setting names, such as 'varnish http://127.0.0.1:6081, fastly SERVICE'.

    `tokens` are by kind: the token itself, or the path of a file with it. Raises ValueError with a sentence.
    """
    named = [part.split() for part in setting.split(",") if part.strip()]
    found = [_cache(words, tokens) for words in named]
    if len({cache.name for cache in found}) < len(found):
        raise ValueError("names one cache twice; each is told once.")
    return tuple(found)


def headers_wanted(caches: Iterable[Cache]) -> tuple[str, ...]:
    """By which headers these learn what they keep."""
    return tuple(dict.fromkeys(cache.learns_by for cache in caches))


def _cache(words: Sequence[str], tokens: Mapping[str, str]) -> Cache:
    told = " ".join(words)
    if len(words) != 2 or words[0] not in KINDS:
        raise ValueError(
            f"has “{told}”; a cache is its kind and its place, such as “varnish http://127.0.0.1:6081”,"
            f" “cloudflare ZONE”, “fastly SERVICE” or “nginx http://127.0.0.1”: {_HOW_TO}."
        )
    kind, place = words
    if kind in ("varnish", "nginx"):
        return KINDS[kind](_web_place(told, place))
    if not re.fullmatch(r"[A-Za-z0-9]{4,64}", place):
        raise ValueError(f"has “{told}”; what follows “{kind}” is its identifier there, of letters and digits.")
    return KINDS[kind](place, _token(kind, tokens.get(kind, "")))


def _web_place(told: str, place: str) -> str:
    try:
        service = Service(place)
    except ValueError as error:
        raise ValueError(f"has “{told}”: {error}") from None
    if service.root:
        raise ValueError(f"has “{told}”; only the machine and its port are named, such as “http://127.0.0.1:6081”.")
    return place.rstrip("/")


def _token(kind: str, value: str) -> str:
    name = f"CNH_{kind.upper()}_TOKEN"
    if value.startswith("/"):
        try:
            value = Path(value).read_text(encoding="ascii")
        except (OSError, UnicodeError) as error:
            raise ValueError(f"names {kind}, and the file in {name} cannot be read: {error}.") from None
    token = value.strip()
    if not token:
        raise ValueError(f"names {kind}, which needs a token: set {name} to it, or to the path of a file with it.")
    if not re.fullmatch(r"[!-~]+", token):
        raise ValueError(f"names {kind}, and what {name} holds cannot be a token: it has spaces or other signs in it.")
    return token


def _require_token(cache: Cache, answer: Answer, setting: str, permission: str) -> None:
    if answer.status in (401, 403):
        raise PurgeRefused(
            f"{_called(cache)} does not accept the token (status {answer.status}). Make one with the permission"
            f" “{permission}”, put it into {setting}, and start again."
        )


def _require_success(cache: Cache, answer: Answer) -> None:
    if not answer.is_good:
        said = f"{answer.status} {answer.reason}".strip()
        raise PurgeRefused(f"{_called(cache)} answered {said} to a purge.", answer.wait)


def _called(cache: Cache) -> str:
    return f"{cache.kind.capitalize() if cache.kind != 'nginx' else 'nginx'} ({cache.place})"


def _read(answer: Answer) -> Mapping[str, object]:
    try:
        read = json.loads(answer.body)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}

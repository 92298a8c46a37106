"""The turnstile: who may put words into the letterbox, decided before Django hears of it.

An ASGI application around Django's. For addresses under /comments/ it refuses other sites, crowds and large bodies in
well under a millisecond, from bounded memory, without the database; it takes cookies off what goes in and what comes
out. A flood costs a counter each; readers' files and the editor do not notice.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from cryptonewshub.comments.addresses import LIVE, POST
from cryptonewshub.comments.crowds import Gate, asker
from cryptonewshub.comments.language import say
from cryptonewshub.delivery.headers import PAGE_HEADERS
from cryptonewshub.delivery.serving import Application, Receive, Scope, Send
from cryptonewshub.languages.wording import N_

LARGEST_BODY = 64 * 1024
BODY_SECONDS = 10
MOST_AT_ONCE = 12
_FORM = b"application/x-www-form-urlencoded"
_FORM_IN_PARTS = b"multipart/form-data"
_TOO_MANY = N_(
    "Too much is coming in at the moment. Your words are not lost: keep them, and send them again in a minute."
)
_ELSEWHERE = N_(
    "This was sent from another site, so nothing was done. Open the newsroom’s own page and send it from there."
)
_TOO_LARGE = N_("This is too large to be a comment. Nothing was kept.")
_NO_FORM = N_("Words are taken from the newsroom’s own forms only. Nothing was kept.")
_TOO_SLOW = N_("The words took too long to arrive. Nothing was kept; send them again.")
_NOT_NOW = N_("Comments cannot be taken at the moment. Keep your words, and send them again in a few minutes.")


class Turnstile:
    """Around Django's application. `origin` is the site's own ('https://news.example.org').

    `behind_proxy` says that a proxy of ours writes the last entry of X-Forwarded-For; else nothing in a header is
    believed.
    """

    def __init__(
        self,
        application: Application,
        *,
        origin: str,
        behind_proxy: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._application = application
        self._origin = origin
        self._behind_proxy = behind_proxy
        self._clock = clock
        self._gate = Gate()
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(LIVE):
            await self._application(scope, receive, send)
            return
        headers = {name.lower(): value for name, value in scope["headers"]}
        client = self._client(scope, headers)
        refusal = self._refusal(scope, headers, client)
        if refusal:
            await _refuse(send, *refusal)
            return
        self._inside += 1
        try:
            await self._hand_on(scope, client, headers, receive, send)
        finally:
            self._inside -= 1

    def _refusal(self, scope: Scope, headers: Mapping[bytes, bytes], client: str) -> tuple[int, str] | None:
        """The status and the sentence, or None for what may pass. The cheapest questions come first."""
        if not self._gate.lets_in(scope["method"], client, self._clock()) or self._inside >= MOST_AT_ONCE:
            return 429, _TOO_MANY
        if scope["method"] in ("GET", "HEAD"):
            return None
        kind = headers.get(b"content-type", _FORM).partition(b";")[0].strip().lower()
        if _is_one_click(scope["path"]):
            is_taken = kind in (_FORM, _FORM_IN_PARTS)
        elif _is_from_us(headers, self._origin):
            is_taken = kind == _FORM
        else:
            return 403, _ELSEWHERE
        if not is_taken:
            return 415, _NO_FORM
        if b"content-encoding" in headers or not _is_small(headers.get(b"content-length", b"0")):
            return 413, _TOO_LARGE
        return None

    async def _hand_on(
        self, scope: Scope, client: str, headers: Mapping[bytes, bytes], receive: Receive, send: Send
    ) -> None:
        try:
            body = await asyncio.wait_for(_read(receive), BODY_SECONDS)
        except TimeoutError:
            await _refuse(send, 408, _TOO_SLOW)
            return
        if body is None:
            await _refuse(send, 413, _TOO_LARGE)
            return
        plain = [(name, value) for name, value in headers.items() if name not in _NEVER_ASKED]
        inside = {**scope, "client": (client, 0), "headers": plain}
        await self._application(inside, _replayed(body), _Outward(send))

    def _client(self, scope: Scope, headers: Mapping[bytes, bytes]) -> str:
        forwarded = headers.get(b"x-forwarded-for", b"").decode("latin-1")
        return asker(str((scope.get("client") or ("", 0))[0]), forwarded, behind_proxy=self._behind_proxy)


_NEVER_ASKED = (b"cookie", b"authorization", b"x-forwarded-for", b"x-csrftoken")
_NEVER_TOLD = frozenset({b"set-cookie", b"vary", b"cache-control", *(name for name, _ in PAGE_HEADERS)})


class _Outward:
    """What goes out: under the readers' strict headers, kept by no cache, without a cookie. An error of ours is told as
    what it is to a reader: not now.
    """

    def __init__(self, send: Send) -> None:
        self._send = send
        self._is_broken = False

    async def __call__(self, message: Any) -> None:
        if self._is_broken:
            return
        if message["type"] == "http.response.start":
            if message["status"] >= 500:
                self._is_broken = True
                await _refuse(self._send, 503, _NOT_NOW)
                return
            kept = [(name, value) for name, value in message["headers"] if name.lower() not in _NEVER_TOLD]
            message = {**message, "headers": [*kept, (b"cache-control", b"no-store"), *PAGE_HEADERS]}
        await self._send(message)


def _is_from_us(headers: Mapping[bytes, bytes], origin: str) -> bool:
    """Fetch metadata decides; a browser too old for it must send our origin; who sends neither is refused."""
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site in (b"same-origin", b"none")
    return headers.get(b"origin", b"").decode("latin-1") == _origin_of(origin)


def _origin_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _is_one_click(path: str) -> bool:
    """A mail program stops letters with a POST that comes from no page (RFC 8058); the signed link is its right."""
    return path.startswith(f"{POST}stop-")


def _is_small(length: bytes) -> bool:
    return length.isdigit() and len(length) < 9 and int(length) <= LARGEST_BODY


async def _read(receive: Receive) -> bytes | None:
    """The whole body, or None when it is too large, whatever its length said."""
    body = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += message.get("body", b"")
        if len(body) > LARGEST_BODY:
            return None
        if not message.get("more_body"):
            return body


def _replayed(body: bytes) -> Receive:
    """The body once more, for Django; after it, silence until the answer is out."""
    parts: list[dict[str, Any]] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        if parts:
            return parts.pop()
        return await asyncio.Future()

    return receive


async def _refuse(send: Send, status: int, sentence: str) -> None:
    body = f"{say(sentence)}\n".encode()
    headers: Iterable[tuple[bytes, bytes]] = (
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        *(((b"retry-after", b"60"),) if status in (429, 503) else ()),
        *PAGE_HEADERS,
    )
    await send({"type": "http.response.start", "status": status, "headers": list(headers)})
    await send({"type": "http.response.body", "body": body})

"""The way from the readers' server to the editors' process: a request is handed on, whole, over a local socket.

The server waits for few at a time, so that a flood of dynamic requests never keeps readers from their files; whoever
comes beyond that, or finds nobody at home, is told so at once.
"""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO, Any

from cryptonewshub.comments.addresses import LIVE
from cryptonewshub.comments.crowds import SEARCHING, Gate, asker
from cryptonewshub.delivery.bodies import Doorstep, received
from cryptonewshub.languages.wording import Wording, wording

Start = Callable[..., object]
Environment = dict[str, Any]

CLIENT = "X-Newsroom-Client"
"""Who asks. The editors' process believes it, because nobody else reaches its socket."""

EDITORS = "/admin/"
_LARGEST_UPLOAD = 64_000_000
_LARGEST_LETTER = 64_000  # of a reader, whose longest comment is a tenth of that
_PATIENCE = 60.0  # seconds for an answer
_HOP_BY_HOP = frozenset(
    {"connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "upgrade"}
    | {"transfer-encoding", "content-length", "host", CLIENT.lower()}
)
_PLAIN = "text/plain; charset=utf-8"
_NO_LENGTH = ("411 Length Required", "Say how long the body is.\n")
_SHORT_PAGE = (
    "<!doctype html><html lang={language}><meta charset=utf-8><meta name=viewport content='width=device-width'>"
    "<title>{title}</title><main><h1>{title}</h1><p>{sentence}</p><p><a href='/'>{front}</a></p></main>"
)


def away_page(words: Wording) -> str:
    """What somebody reads where the editors' process, or its database, is away."""
    return _short_page(words, words.say("This part of the site is being looked after. The stories are all there."))


def _short_page(words: Wording, sentence: str) -> str:
    say = words.say
    title, front = say("Not available just now"), say("Go to the front page")
    return _SHORT_PAGE.format(language=words.language, title=title, sentence=sentence, front=front)


@dataclass(frozen=True, slots=True)
class Line:
    """Those who come for one kind of answer. So few of them wait at once, and so seldom comes one network, that a crowd
    in one line leaves the others their room. `answer` is what one who may not come in is told.
    """

    prefix: str
    gate: Gate
    room: BoundedSemaphore
    answer: Callable[[Start], Iterable[bytes]]


class Behind:
    """The editors' process behind the socket at `place`; it answers for addresses under `prefixes`."""

    def __init__(
        self,
        place: Path,
        prefixes: tuple[str, ...],
        most_waiting: int = 12,
        *,
        behind_proxy: bool = False,
        language: str = "en",
    ) -> None:
        self._place = place
        self._prefixes = prefixes
        self._bare = tuple(prefix.rstrip("/") for prefix in prefixes)
        self._room = BoundedSemaphore(most_waiting)
        self._lines = (
            Line(LIVE, Gate(), BoundedSemaphore(3), self._too_many),
            Line("/search", Gate(SEARCHING), BoundedSemaphore(4), self._too_many_ask),
            Line("/readyz", Gate(), BoundedSemaphore(1), self._too_many_ask),
        )
        self._doorstep = Doorstep()
        self._behind_proxy = behind_proxy
        self._words = wording(language)

    def is_asked(self, path: str) -> bool:
        """Whether the address is one of the editors' process, with or without its last slash."""
        return path.startswith(self._prefixes) or path in self._bare

    def answer(self, environ: Environment, start: Start) -> Iterable[bytes]:
        """Their answer, or 503 when they are away or have no time, or 429 where a crowd comes for the same.

        A body arrives first, and whole: who sends slowly takes no room from those who wait for an answer.
        """
        size = _size_of(environ)
        refusal = _refusal(environ, size)
        if refusal or size is None:
            return _short(start, *(refusal or _NO_LENGTH), _PLAIN)
        line = self._line_of(environ)
        if line and not line.gate.lets_in(environ["REQUEST_METHOD"], self._client(environ), time.monotonic()):
            return line.answer(start)
        if not size:
            return self._let_in(environ, start, None, 0)
        client = self._client(environ)
        if not self._doorstep.enter(client):
            return self._too_many(start)
        try:
            body = received(environ["wsgi.input"], size)
        except OSError:
            return self._away(start)
        finally:
            self._doorstep.leave(client)
        with body:
            return self._let_in(environ, start, body, size)

    def _let_in(self, environ: Environment, start: Start, body: IO[bytes] | None, size: int) -> Iterable[bytes]:
        line = self._line_of(environ)
        if line is None:
            return self._ask(environ, start, body, size)
        if not line.room.acquire(blocking=False):
            return line.answer(start)
        try:
            return self._ask(environ, start, body, size)
        finally:
            line.room.release()

    def _line_of(self, environ: Environment) -> Line | None:
        return next((line for line in self._lines if environ["PATH_INFO"].startswith(line.prefix)), None)

    def _ask(self, environ: Environment, start: Start, body: IO[bytes] | None, size: int) -> Iterable[bytes]:
        if not self._room.acquire(blocking=False):
            return self._away(start) if environ["REQUEST_METHOD"] in ("GET", "HEAD") else self._too_many(start)
        try:
            return self._handed_on(_Local(self._place), environ, start, body, size)
        except (OSError, http.client.HTTPException):  # the latter: an answer that broke off
            return self._away(start)
        finally:
            self._room.release()

    def _too_many(self, start: Start) -> Iterable[bytes]:
        text = self._words.say("Too much is coming in at the moment. Keep your words, and send them again in a minute.")
        return _short(start, "429 Too Many Requests", f"{text}\n", "text/plain; charset=utf-8", ("retry-after", "60"))

    def _too_many_ask(self, start: Start) -> Iterable[bytes]:
        page = _short_page(self._words, self._words.say("Too many are asking at the moment. Try again in a minute."))
        return _short(start, "429 Too Many Requests", page, "text/html; charset=utf-8", ("retry-after", "60"))

    def _away(self, start: Start) -> Iterable[bytes]:
        page = away_page(self._words)
        return _short(start, "503 Service Unavailable", page, "text/html; charset=utf-8", ("retry-after", "10"))

    def _client(self, environ: Environment) -> str:
        forwarded = environ.get("HTTP_X_FORWARDED_FOR", "")
        return asker(environ.get("REMOTE_ADDR", ""), forwarded, behind_proxy=self._behind_proxy)

    def _handed_on(
        self, connection: _Local, environ: Environment, start: Start, body: IO[bytes] | None, size: int
    ) -> Iterable[bytes]:
        with connection:
            connection.putrequest(
                environ["REQUEST_METHOD"], _target(environ), skip_host=True, skip_accept_encoding=True
            )
            for name, value in _headers(environ):
                connection.putheader(name, value)
            connection.putheader("Content-Length", str(size))
            connection.endheaders()
            if body is not None:
                # Who refuses without reading hangs up at once; what he said is there all the same.
                with suppress(BrokenPipeError, ConnectionResetError):
                    connection.send(body)
            answer = connection.getresponse()
            headers = [(name, value) for name, value in answer.getheaders() if name.lower() not in _HOP_BY_HOP]
            said = answer.read()
        headers.append(("content-length", str(len(said))))
        start(f"{answer.status} {answer.reason}", headers)
        return [said]


class _Local(http.client.HTTPConnection):
    """HTTP over a socket in the file system."""

    def __init__(self, place: Path) -> None:
        super().__init__("newsroom", timeout=_PATIENCE)
        self._place = str(place)

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(_PATIENCE)
        self.sock.connect(self._place)

    def __enter__(self) -> _Local:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _target(environ: Environment) -> str:
    from urllib.parse import quote

    path = quote(environ["PATH_INFO"].encode("latin-1"), safe="/~!$&'()*+,;=:@-._")
    query = environ.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path


def _headers(environ: Environment) -> Iterator[tuple[str, str]]:
    yield "Host", environ.get("HTTP_HOST") or environ.get("SERVER_NAME", "localhost")
    yield CLIENT, environ.get("REMOTE_ADDR", "")
    for name, value in environ.items():
        if name.startswith("HTTP_") and (plain := name[5:].replace("_", "-").lower()) not in _HOP_BY_HOP:
            yield plain, value
    if environ.get("CONTENT_TYPE"):
        yield "content-type", environ["CONTENT_TYPE"]


def _size_of(environ: Environment) -> int | None:
    """The body's length; 0 for none; None where it is not told, since a body without a length may never end."""
    told = environ.get("CONTENT_LENGTH") or ""
    if told:
        return int(told) if told.isascii() and told.isdigit() else None
    return None if environ.get("HTTP_TRANSFER_ENCODING") else 0


def _refusal(environ: Environment, size: int | None) -> tuple[str, str] | None:
    """Status and sentence for what is not even begun to be read; None for everything else."""
    if size is None:
        return _NO_LENGTH
    most = _LARGEST_UPLOAD if environ["PATH_INFO"].startswith(EDITORS) else _LARGEST_LETTER
    if size > most:
        unit, words = (1_000_000, "MB") if most >= 1_000_000 else (1_000, "kB")
        return (
            "413 Content Too Large",
            f"This is more than {most // unit} {words}: send less.\n",
        )
    if size and environ.get("HTTP_CONTENT_ENCODING", "identity").lower() not in ("", "identity"):
        return "415 Unsupported Media Type", "Send it as it is, not packed.\n"
    return None


def _short(start: Start, status: str, text: str, kind: str, *headers: tuple[str, str]) -> Iterable[bytes]:
    body = text.encode()
    policy = ("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
    length = ("content-length", str(len(body)))
    start(status, [("content-type", kind), length, ("cache-control", "no-store"), policy, *headers])
    return [body]

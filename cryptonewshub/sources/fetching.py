"""The one door to the network: every request that the newsroom makes of another machine goes through here.

The address is read strictly and its host looked up once; every number that the host has must be public, and the
connection goes to one of those very numbers, under the host's name. Each redirect is judged again from the beginning.
Nothing is taken from the environment (no proxy), nothing is remembered or sent along (no cookie, no log-in, no
referrer), and neither size nor time is the server's to choose: see `Limits`. Plain Python.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email.message import Message
from urllib.parse import urljoin

from cryptonewshub import __version__
from cryptonewshub.sources.destinations import (
    PORTS,
    Destination,
    FetchRefused,
    Resolve,
    destination_of,
    look_up,
    public_numbers,
    require_open,
)

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 5
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Limits:
    """What a request may cost, and where it may go.

    `seconds` is for everything together: looking the name up, every redirect, the last byte. `most_bytes` is of the
    body, unpacked. `allowed` are places such as '127.0.0.1:8110' that an operator, or a test, has named although they
    are in a private network or at an unusual port; a redirect from elsewhere never leads there.
    """

    seconds: float = 30.0
    most_bytes: int = 25_000_000
    ports: Collection[int] = PORTS
    allowed: Collection[str] = ()
    resolve: Resolve = look_up
    certificates: str | None = None  # a file of certificates to trust instead of Mozilla's


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer, whole. `hops` are the addresses that were asked, the last of them `url`; `body` is unpacked."""

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    hops: tuple[str, ...]
    number: str

    def header(self, name: str) -> str:
        """The first header of that name; '' where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def media_type(self) -> str:
        """What the server says of the body, without parameters, such as 'text/html'; '' where it says nothing."""
        return self.header("Content-Type").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """The encoding that the server names, in lower case; '' where it names none."""
        said = Message()
        said["Content-Type"] = self.header("Content-Type")
        return str(said.get_content_charset() or "")

    @property
    def lost_encryption(self) -> bool:
        """Whether a redirect led from an encrypted address to one that is not."""
        return self.hops[0].startswith("https:") and any(hop.startswith("http:") for hop in self.hops)


def fetch(url: str, *, limits: Limits | None = None, accept: str = "*/*") -> Fetched:
    """The answer at an address, whatever its status, redirects followed.

    Raises FetchRefused where the address may not be asked, the server cannot be reached, or its answer breaks a limit.
    """
    limits = limits or Limits()
    clock = _Deadline(limits.seconds)
    destination, hops = destination_of(url), []
    is_allowed = destination.place in limits.allowed
    while True:
        hops.append(destination.url)
        answer = _ask(destination, "GET", b"", {"Accept": accept}, limits if is_allowed else _public(limits), clock)
        location = answer.header("Location")
        if answer.status not in _REDIRECTS or not location:
            return replace(answer, hops=tuple(hops))
        if len(hops) > _MOST_REDIRECTS:
            raise FetchRefused(f"{hops[0]} leads from one address to the next without end. Use the final address.")
        destination = destination_of(_led_to(destination.url, location))
        is_allowed = is_allowed and destination.place in limits.allowed


def _led_to(url: str, location: str) -> str:
    try:
        return urljoin(url, _in_ascii(location))
    except ValueError:
        return location  # it cannot be joined, and the refusal shows it


def post(url: str, body: bytes, *, media_type: str, limits: Limits | None = None) -> Fetched:
    """The answer to something sent; a redirect is an answer like another and is not followed.

    Raises FetchRefused as `fetch` does. The usual limits are small: 64 kB of answer in 10 seconds.
    """
    limits = limits or Limits(seconds=10.0, most_bytes=64_000)
    destination = destination_of(url)
    may_go = limits if destination.place in limits.allowed else _public(limits)
    return _ask(destination, "POST", body, {"Content-Type": media_type}, may_go, _Deadline(limits.seconds))


def _public(limits: Limits) -> Limits:
    return replace(limits, allowed=())


def _in_ascii(location: str) -> str:
    """A redirect's target. Headers are read as Latin-1; addresses in them are UTF-8, if they are not ASCII."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location


class _Deadline:
    """When it all must be over. A server that sends a byte a second never times out, so its connection is cut."""

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds
        self.seconds = seconds

    @property
    def left(self) -> float:
        left = self.end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def check(self) -> None:
        """Raises TimeoutError when the time is over."""
        _ = self.left

    @contextmanager
    def cutting(self, connection: socket.socket) -> Iterator[None]:
        """Shuts the connection down at the end of the time; a second handle stays valid while TLS takes the first."""
        handle = socket.socket(fileno=socket.dup(connection.fileno()))
        watchdog = threading.Timer(self.left, _shut, [handle])
        watchdog.daemon = True
        watchdog.start()
        try:
            yield
        finally:
            watchdog.cancel()
            handle.close()


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:  # it is over already
        return


def _ask(
    destination: Destination, method: str, body: bytes, headers: dict[str, str], limits: Limits, clock: _Deadline
) -> Fetched:
    """One request of one address, judged and connected to by number."""
    try:
        numbers = _numbers(destination, limits, clock)
        connection, number = _connected(destination, numbers, clock)
        with connection, clock.cutting(connection):
            stream = _encrypted(connection, destination, limits) if destination.is_secure else connection
            with stream:
                answer = _exchange(stream, destination, method, body, headers, limits, clock)
        return replace(answer, number=number)
    except ssl.SSLCertVerificationError as error:
        raise FetchRefused(
            f"The certificate of {destination.host} does not hold ({error.verify_message}). "
            "What it sends could be anybody’s; save the document in a browser if you trust it."
        ) from None
    except TimeoutError:
        raise _too_slow(destination, limits) from None
    except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
        if isinstance(error, FetchRefused):
            raise
        if time.monotonic() >= clock.end:
            raise _too_slow(destination, limits) from None
        raise FetchRefused(
            f"{destination.host} could not be read ({_reason(error)}). Try again later, or add a saved copy as a file."
        ) from None


def _too_slow(destination: Destination, limits: Limits) -> FetchRefused:
    return FetchRefused(
        f"{destination.host} did not send the whole document within {limits.seconds:g} seconds. "
        "Try again later, or add a saved copy as a file."
    )


def _reason(error: Exception) -> str:
    if isinstance(error, http.client.IncompleteRead):
        return "the answer broke off"
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return str(error)[:100] or type(error).__name__


def _numbers(destination: Destination, limits: Limits, clock: _Deadline) -> list[str]:
    """The numbers to connect to. Looking up is bounded too: a name server may be as slow as any other."""
    if destination.place in limits.allowed:
        return _in_time(look_up, destination, clock)
    require_open(destination, limits.ports)
    return public_numbers(destination, lambda host, port: _in_time(limits.resolve, destination, clock))


def _in_time(resolve: Resolve, destination: Destination, clock: _Deadline) -> list[str]:
    found: list[list[str] | FetchRefused] = []

    def asked() -> None:
        try:
            found.append(resolve(destination.host, destination.port))
        except FetchRefused as refused:
            found.append(refused)

    thread = threading.Thread(target=asked, daemon=True)
    thread.start()
    thread.join(clock.left)
    if not found:
        raise TimeoutError
    if isinstance(found[0], FetchRefused):
        raise found[0]
    return found[0]


def _connected(destination: Destination, numbers: list[str], clock: _Deadline) -> tuple[socket.socket, str]:
    """A connection to the first of the numbers that answers."""
    for i, number in enumerate(numbers[:4]):
        try:
            left = clock.left
            return socket.create_connection((number, destination.port), timeout=left if i == 3 else left / 2), number
        except OSError as error:
            last = error
    raise last


def _encrypted(connection: socket.socket, destination: Destination, limits: Limits) -> ssl.SSLSocket:
    """The connection under TLS, in the name that was asked for, its certificate verified."""
    import certifi

    context = ssl.create_default_context(cafile=limits.certificates or certifi.where())
    return context.wrap_socket(connection, server_hostname=destination.host)


def _exchange(
    stream: socket.socket,
    destination: Destination,
    method: str,
    body: bytes,
    headers: dict[str, str],
    limits: Limits,
    clock: _Deadline,
) -> Fetched:
    connection = http.client.HTTPConnection(destination.host, destination.port)
    connection.sock = stream
    stream.settimeout(clock.left)
    connection.request(method, destination.target, body or None, _sent(destination) | headers)
    answer = connection.getresponse()
    with answer:
        is_moved = answer.status in _REDIRECTS
        content = b"" if is_moved else b"".join(_unpacked(answer, limits.most_bytes, destination, clock))
        return Fetched(
            url=destination.url,
            status=answer.status,
            reason=answer.reason,
            headers=tuple(answer.getheaders()),
            body=content,
            hops=(destination.url,),
            number="",
        )


def _sent(destination: Destination) -> dict[str, str]:
    return {
        "Host": destination.host_header,
        "User-Agent": f"CryptoNewsHub/{__version__}",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


def _unpacked(
    answer: http.client.HTTPResponse, most_bytes: int, destination: Destination, clock: _Deadline
) -> Iterator[bytes]:
    """The body, unpacked and counted as it comes; raises FetchRefused at the first byte too many."""
    count = 0
    for piece in _inflated(_received(answer, clock), answer.getheader("Content-Encoding", "").strip().lower()):
        count += len(piece)
        if count > most_bytes:
            size = f"{most_bytes // 1_000_000} MB" if most_bytes >= 1_000_000 else f"{most_bytes // 1000} kB"
            raise FetchRefused(f"{destination.host} sent more than {size}. Save the part that is quoted, and add that.")
        yield piece


def _received(answer: http.client.HTTPResponse, clock: _Deadline) -> Iterator[bytes]:
    """What comes, as it comes; an answer that ends before its announced length is an error, not a shorter answer."""
    expected = answer.length
    count = 0
    while piece := answer.read1(_CHUNK):
        count += len(piece)
        clock.check()
        yield piece
    if expected is not None and count < expected:
        raise http.client.IncompleteRead(b"", expected - count)
    clock.check()  # a connection that the watchdog has cut ends like one that is done


def _inflated(pieces: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    if encoding in ("", "identity"):
        yield from pieces
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise ValueError("it is packed in a way that was not asked for")
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    for piece in pieces:
        while piece:
            yield unpacker.decompress(piece, _CHUNK)
            piece = unpacker.unconsumed_tail
    if not unpacker.eof:
        raise ValueError("the answer broke off")

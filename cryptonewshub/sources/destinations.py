"""Where the newsroom may send a request: web addresses in public networks, and nowhere else. Plain Python.

Two readings of one address are how a guard is walked round, so an address is read once, strictly, and rebuilt from what
was read. What an address means in the network is judged by the numbers that its name has, all of them: see `public`.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import quote

import idna

PORTS = frozenset({80, 443})
LONGEST_ADDRESS = 2048
Resolve = Callable[[str, int], list[str]]
"""From a host name and a port to the numbers of that host, as text."""

_ADDRESS = re.compile(r"(?P<scheme>[A-Za-z]+)://(?P<authority>[^/?#]*)(?P<target>[^#]*)(?:#.*)?", re.DOTALL)
_AUTHORITY = re.compile(r"(?:\[(?P<v6>[0-9A-Fa-f:.]+)\]|(?P<name>[^:\[\]@%]+))(?::(?P<port>[0-9]{1,5}))?")
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029]")
_NUMERIC = re.compile(r"(?:0[xX][0-9a-fA-F]*|[0-9]+)\Z")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\Z")
# Names that mean something in a network of one's own only (RFC 6761, RFC 6762, RFC 8375, ICANN's reservations).
_HOME_ENDINGS = (
    "localhost", "localdomain", "local", "internal", "intranet", "private", "corp", "home", "lan", "arpa", "onion",
    "invalid",
)  # fmt: skip
# What `is_global` of Python 3.11 lets through and no public document can be at.
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in (
        "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/23", "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10",
        "192.0.0.0/24", "192.88.99.0/24",
    )
)  # fmt: skip


class FetchRefused(ValueError):  # noqa: N818 - what happened, in a word
    """Nothing was fetched; `str()` is a sentence that says why and what to do."""


@dataclass(frozen=True, slots=True)
class Destination:
    """An address as it was read: `host` in ASCII, without brackets or final dot; `target` is path and query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def is_secure(self) -> bool:
        return self.scheme == "https"

    @property
    def place(self) -> str:
        """Host and port, as an operator lists them: 'news.example:443', '[::1]:8110'."""
        return f"{self._bracketed}:{self.port}"

    @property
    def host_header(self) -> str:
        usual = 443 if self.is_secure else 80
        return self._bracketed if self.port == usual else self.place

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host_header}{self.target}"

    @property
    def _bracketed(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host


def destination_of(url: str) -> Destination:
    """The address, read. Raises FetchRefused for what is no plain web address; no name is looked up here."""
    if len(url) > LONGEST_ADDRESS:
        raise FetchRefused(
            f"The address is longer than {LONGEST_ADDRESS} characters. Use the document’s plain address."
        )
    parts = _ADDRESS.fullmatch(url)
    if _UNSAFE.search(url) or parts is None:
        raise FetchRefused(f"“{_shown(url)}” is not a web address. It begins with https:// and has no spaces in it.")
    scheme = parts["scheme"].lower()
    if scheme not in ("http", "https"):
        raise FetchRefused(f"“{_shown(url)}” is not a web address: only http and https are fetched.")
    authority = _AUTHORITY.fullmatch(parts["authority"])
    if authority is None:
        raise FetchRefused(f"The host in “{_shown(url)}” cannot be read. Use an address without a user name in it.")
    port = int(authority["port"] or (443 if scheme == "https" else 80))
    host = _number(authority["v6"]) if authority["v6"] else _host(authority["name"])
    return Destination(scheme, host, port, _target(parts["target"]))


def require_open(destination: Destination, ports: Collection[int]) -> None:
    """Raises FetchRefused for a port where no web pages are, or a name of a private network."""
    if destination.port not in ports:
        raise FetchRefused(
            f"Port {destination.port} of {destination.host} is not fetched: web pages are at 80 and 443."
        )
    if _is_number(destination.host):
        return
    labels = destination.host.split(".")
    if len(labels) == 1 or labels[-1] in _HOME_ENDINGS:
        raise FetchRefused(
            f"{destination.host} is a name in a private network. Save the document and add it as a file."
        )


def public_numbers(destination: Destination, resolve: Resolve) -> list[str]:
    """The numbers of the host, looked up once; raises FetchRefused unless every one of them is public."""
    if _is_number(destination.host):
        numbers = [destination.host]
    else:
        numbers = resolve(destination.host, destination.port)
    if not numbers:
        raise FetchRefused(f"{destination.host} was not found. Check the address.")
    if not all(is_public(number) for number in numbers):
        raise FetchRefused(
            f"{destination.host} is in a private network, which is never fetched. "
            "Save the document and add it as a file."
        )
    return numbers


def is_public(number: str) -> bool:
    """Whether a number is of a host in the public network; one that cannot be read is not."""
    try:
        address = ipaddress.ip_address(number)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if isinstance(address, ipaddress.IPv6Address) and (address.is_site_local or address.scope_id):
        return False
    return not any(address in network for network in _NOT_PUBLIC)


def look_up(host: str, port: int) -> list[str]:
    """The numbers of a name as the system knows them. Raises FetchRefused for a name that is not known."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FetchRefused(f"{host} was not found. Check the address, or try again later.") from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _host(name: str) -> str:
    """The host name in ASCII, after IDNA 2008 with the mapping of UTS 46; four numbers stay four numbers."""
    try:
        ascii_name = name if name.isascii() else idna.encode(name, uts46=True, std3_rules=True).decode()
        ascii_name = ascii_name.lower().removesuffix(".")
        if any(label.startswith("xn--") for label in ascii_name.split(".")):
            idna.decode(ascii_name)
    except idna.IDNAError:
        raise FetchRefused(f"“{_shown(name)}” is not a host name. Check the address.") from None
    labels = ascii_name.split(".")
    if _NUMERIC.match(labels[-1]):
        return _number(ascii_name)
    if len(ascii_name) > 253 or not all(_LABEL.match(label) for label in labels):
        raise FetchRefused(f"“{_shown(name)}” is not a host name. Check the address.")
    return ascii_name


def _number(text: str) -> str:
    """A number in its one plain form; shortened, octal and hexadecimal forms are refused."""
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise FetchRefused(f"“{_shown(text)}” is not a host. Check the address.") from None


def _is_number(host: str) -> bool:
    return ":" in host or bool(_NUMERIC.match(host.rsplit(".", 1)[-1]))


def _target(text: str) -> str:
    """Path and query with everything percent-encoded that is not ASCII; what is encoded stays as it is."""
    return quote(text if text.startswith("/") else f"/{text}", safe="/?%:@!$&'()*+,;=-._~[]|")


def _shown(text: str) -> str:
    printable = "".join(character if character.isprintable() else "\ufffd" for character in text)
    return printable if len(printable) <= 80 else f"{printable[:79]}…"

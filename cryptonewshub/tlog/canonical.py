"""One spelling for every value: base64, decimal numbers, hex and times, written one way and read no other way.

Two spellings of one value would be two files with one meaning, and a hash names only one of them. So every reader here
refuses what the writer beside it would not have written.
"""

from __future__ import annotations

import base64
import binascii
import re
from datetime import UTC, datetime

HASH_SIZE = 32
LARGEST_NUMBER = (1 << 63) - 1
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")
_HEX = re.compile(r"(?:[0-9a-f]{2})*")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


def write_base64(data: bytes) -> str:
    """Standard base64 with padding (RFC 4648, section 4)."""
    return base64.b64encode(data).decode("ascii")


def read_base64(text: str, what: str) -> bytes:
    """The bytes that `write_base64` would write as `text`. Raises ValueError that names `what` for any other text."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raise ValueError(f"The {what} is not base64.") from None
    if write_base64(data) != text:
        raise ValueError(f"The {what} is not the canonical base64 of its bytes.")
    return data


def read_hash(text: str, what: str) -> bytes:
    """A SHA-256 hash, 32 bytes, from base64. Raises ValueError that names `what`."""
    data = read_base64(text, what)
    if len(data) != HASH_SIZE:
        raise ValueError(f"The {what} has {len(data)} bytes; a SHA-256 hash has {HASH_SIZE}.")
    return data


def read_number(text: str, what: str) -> int:
    """A whole number from 0 to 2^63 - 1 in ASCII decimal without leading zeros. Raises ValueError that names `what`."""
    if not _DECIMAL.fullmatch(text) or int(text) > LARGEST_NUMBER:
        raise ValueError(f"The {what} is not a decimal number from 0 to 2^63 - 1 without leading zeros.")
    return int(text)


def read_hex(text: str, size: int, what: str) -> bytes:
    """`size` bytes from lower-case hex. Raises ValueError that names `what`."""
    if len(text) != 2 * size or not _HEX.fullmatch(text):
        raise ValueError(f"The {what} is not {2 * size} lower-case hexadecimal digits.")
    return bytes.fromhex(text)


def write_time(time: datetime) -> str:
    """`YYYY-MM-DDTHH:MM:SSZ`. Raises ValueError for a time that is not UTC in whole seconds: it would be rounded."""
    if not is_whole_second(time):
        raise ValueError("A time in the log must be in UTC and in whole seconds.")
    return time.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def read_time(text: str, what: str) -> datetime:
    """An aware time from `YYYY-MM-DDTHH:MM:SSZ`. Raises ValueError that names `what`."""
    try:
        if _TIME.fullmatch(text):
            return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        pass
    raise ValueError(f"The {what} is not a UTC time of the form YYYY-MM-DDTHH:MM:SSZ.")


def is_whole_second(time: datetime) -> bool:
    """Whether the time is in UTC, by that very name, without a fraction of a second."""
    return time.tzinfo is UTC and time.microsecond == 0

"""One spelling for every value: JSON in the bytes of RFC 8785 (JCS), base64, decimal numbers; all others are refused.

Every refusal in this package is a ValueError with a sentence. `Refused` says that something is readable and not true.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from typing import Any, NoReturn

LARGEST_INTEGER = 2**53 - 1
_ESCAPES = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_ESCAPED = re.compile(r'[\x00-\x1f"\\]')


class Refused(ValueError):  # noqa: N818 - it is an answer
    """It can be read, and does not hold."""


def canonical(value: Any) -> bytes:
    """The one spelling of objects, lists, strings and whole numbers. Raises ValueError for anything else."""
    return "".join(_written(value)).encode()


def _written(value: Any) -> list[str]:
    if isinstance(value, str):
        return ['"', _ESCAPED.sub(lambda found: _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04x}", value), '"']
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST_INTEGER:
        return [str(value)]
    if isinstance(value, list):
        return ["[", *_joined([_written(item) for item in value]), "]"]
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))  # by UTF-16 code units, as RFC 8785 has it
        return ["{", *_joined([[*_written(key), ":", *_written(value[key])] for key in keys]), "}"]
    raise ValueError("There is something else than text, whole numbers, lists and objects.")


def _joined(parts: list[list[str]]) -> list[str]:
    return [piece for place, part in enumerate(parts) for piece in ([",", *part] if place else part)]


def read_canonical(data: bytes, what: str) -> dict[str, Any]:
    """The object in canonical bytes. Raises ValueError that names `what` for any other bytes."""
    try:
        value = json.loads(
            data.decode(), object_pairs_hook=_object, parse_float=_refuse, parse_constant=_refuse, parse_int=_integer
        )
        if isinstance(value, dict) and canonical(value) == data:
            return value
    except UnicodeError:
        raise ValueError(f"The {what} is not UTF-8.") from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"The {what} is not JSON: {error}.") from None
    except ValueError as error:
        raise ValueError(f"The {what} is not in canonical form (RFC 8785). {error}") from None
    raise ValueError(f"The {what} is not in canonical form (RFC 8785).")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("An object has the same key twice.")
    return value


def _refuse(_: str) -> NoReturn:
    raise ValueError("A number is not a whole one.")


def _integer(digits: str) -> int:
    if len(digits) > 17:
        raise ValueError("A number is too large.")
    return int(digits)


def read_base64(text: str, what: str) -> bytes:
    """Raises ValueError unless it is the canonical base64 of its bytes."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raise ValueError(f"The {what} is not base64.") from None
    if base64.b64encode(data).decode() != text:
        raise ValueError(f"The {what} is not the canonical base64 of its bytes.")
    return data


def read_hash(text: str, what: str) -> bytes:
    """A SHA-256 hash from base64."""
    data = read_base64(text, what)
    if len(data) != 32:
        raise ValueError(f"The {what} is not 32 bytes long.")
    return data


def read_number(text: str, what: str) -> int:
    """A decimal number below 2^63 without leading zeros."""
    if not re.fullmatch(r"0|[1-9][0-9]{0,18}", text) or int(text) >= 2**63:
        raise ValueError(f"The {what} is not a decimal number below 2^63 without leading zeros.")
    return int(text)

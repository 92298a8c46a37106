"""JSON with one spelling: objects, lists, strings and whole numbers, in the canonical bytes of RFC 8785 (JCS).

No float, no null, no boolean, no key twice, no number beyond 2^53 - 1: all that two programs could read differently. A
reader that compares what it read, written again, with the bytes that it was given has seen everything that is in them.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

import rfc8785

LARGEST_INTEGER = (1 << 53) - 1
_MOST_DIGITS = 17

Value = str | int | list["Value"] | dict[str, "Value"]


def write(value: dict[str, Value]) -> bytes:
    """The canonical bytes."""
    return rfc8785.dumps(value)


def read(data: bytes, what: str) -> dict[str, Value]:
    """The object in canonical bytes. Raises ValueError that names `what` for any bytes that `write` would not write."""
    value = _loads(data, what)
    if not isinstance(value, dict):
        raise ValueError(f"The {what} is not a JSON object.")
    _require_plain(value, what)
    if write(value) != data:
        raise ValueError(f"The {what} is not in canonical form (RFC 8785).")
    return value


def _loads(data: bytes, what: str) -> Any:
    try:
        return json.loads(
            data.decode(),
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_no_float,
            parse_constant=_no_float,
        )
    except UnicodeDecodeError:
        raise ValueError(f"The {what} is not UTF-8.") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"The {what} is not JSON: it goes wrong at character {error.pos}.") from None
    except RecursionError:
        raise ValueError(f"The {what} is nested too deeply.") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("A JSON object has the same key twice.")
    return value


def _integer(digits: str) -> int:
    if len(digits) > _MOST_DIGITS or abs(int(digits)) > LARGEST_INTEGER:
        raise ValueError("A number is beyond 2^53 - 1: programs would read different values.")
    return int(digits)


def _no_float(_: str) -> NoReturn:
    raise ValueError("A number is not a whole one.")


def _require_plain(value: Any, what: str) -> None:
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        for inner in value:
            _require_plain(inner, what)
    elif value is None or isinstance(value, bool):
        raise ValueError(f"The {what} has a null or a boolean in it; an absent key is the one way to say none.")
    elif isinstance(value, str) and any("\ud800" <= sign <= "\udfff" for sign in value):
        raise ValueError(f"The {what} has half of a surrogate pair in it.")

"""What every reader of the log owes any bytes at all: a value, or a refusal in a full sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from cryptonewshub.tlog.refusal import Refused

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


def read_or_none(read: Callable[[_Given], _Made], given: _Given) -> _Made | None:
    """What `read` makes of it, or None for a ValueError that is a sentence. Every other exception goes through."""
    try:
        return read(given)
    except ValueError as error:
        text = str(error)
        if text[:1].isupper() and text.endswith(".") and "\n" not in text:
            return None
        raise


def is_accepted(verify: Callable[..., None], *given: Any) -> bool:
    """Whether `verify` holds, and does not refuse. Every other exception goes through."""
    try:
        verify(*given)
    except Refused:
        return False
    return True

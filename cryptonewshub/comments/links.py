"""Links in letters: each says what it may do, to whom it was given, and is signed; some hold for a while only."""

from __future__ import annotations

from django.core import signing

from cryptonewshub.comments.addresses import post_address

DAYS = {"confirm": 7, "mine": 2, "appeal": 180}
"""How long a link holds, by what it does; what is not here holds for ever."""


def link(word: str, number: int, *more: int) -> str:
    """The address that does `word` for the row with that number."""
    token = signing.dumps([number, *more], salt=_salt(word), compress=False)
    return post_address(word, token)


def read_link(word: str, token: str) -> tuple[int, ...] | None:
    """The numbers in a link's token; None when it is not ours, for something else, or too old."""
    days = DAYS.get(word)
    try:
        numbers = signing.loads(token, salt=_salt(word), max_age=days * 86_400 if days else None)
    except signing.BadSignature:
        return None
    return tuple(numbers)


def _salt(word: str) -> str:
    return f"cryptonewshub.comments.{word}"

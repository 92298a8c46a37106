"""The last part of an address, made from a name: lower-case ASCII letters, digits and single hyphens."""

from __future__ import annotations

import re

_SHAPE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_APOSTROPHES = re.compile(r"['’ʼ]")


def slug_of(name: str) -> str:
    """'Sund’s talks in Łódź' gives 'sunds-talks-in-lodz'; letters of other scripts are spelt in Latin ones.

    '' where the name has neither letters nor digits.
    """
    return re.sub(r"[^a-z0-9]+", "-", _latin(_APOSTROPHES.sub("", name)).lower()).strip("-")


def is_slug(text: str) -> bool:
    """Whether the text can be the last part of an address as it stands."""
    return _SHAPE.fullmatch(text) is not None


def _latin(text: str) -> str:
    if text.isascii():
        return text
    from anyascii import anyascii  # tables of a megabyte, which plain names do without

    return anyascii(text)

"""The last part of an address, made from a name: lower-case ASCII letters, digits and single hyphens."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not take apart into a base letter and an accent.
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "œ": "oe", "ı": "i"})
_SHAPE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_APOSTROPHES = re.compile(r"['’ʼ]")


def slug_of(name: str) -> str:
    """'Ukraine’s Łódź talks' gives 'ukraines-lodz-talks'; '' where no letter of the name has an ASCII form."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", name.lower()).translate(_LETTERS))
    ascii_only = plain.encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")


def is_slug(text: str) -> bool:
    """Whether the text can be the last part of an address as it stands."""
    return _SHAPE.fullmatch(text) is not None

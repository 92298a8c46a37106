"""A few words of a text around the place where a searched word stands. Plain Python."""

from __future__ import annotations

import re

_AROUND = 60  # characters


def excerpt(text: str, query: str) -> str:
    """Some words on both sides of the first place of the first word of the query that is there; '' where none is."""
    for word in query.split():
        found = re.search(re.escape(word), text, re.IGNORECASE)
        if found:
            return _cut(text, found.start(), found.end())
    return ""


def _cut(text: str, start: int, end: int) -> str:
    before = text[max(0, start - _AROUND) : start]
    after = text[end : end + _AROUND]
    if start > _AROUND:
        before = "… " + before.partition(" ")[2]
    if end + _AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return " ".join(f"{before}{text[start:end]}{after}".split())

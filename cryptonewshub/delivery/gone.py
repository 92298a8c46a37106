"""How a file begins that is answered with 410: the notice in a withdrawn story's place, and its document in the log."""

from __future__ import annotations

PAGE = "<!doctype html><!-- 410 Gone -->"
DOCUMENT = '{"gone":'
_MARKS = (PAGE.encode(), DOCUMENT.encode())


def is_gone(body: bytes) -> bool:
    """Whether these bytes stand in the place of something withdrawn. Such files have no packed copies."""
    return body.startswith(_MARKS)

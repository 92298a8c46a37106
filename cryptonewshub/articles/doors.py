"""What an article asks of the stages below it, which it may not import: may I go live, and how do I look?

`config` opens the doors at start. A door that nobody opened is shut: then nothing can be published at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


class PublishBlocked(Exception):  # noqa: N818  (a state of the article, as a journalist would say it)
    """The article may not go live. The text is what the editor reads: a line for each reason.

    Not a PermissionDenied: Wagtail's views answer that themselves, without undoing what they did before.
    """


def _shut(page: Any) -> None:
    raise PublishBlocked("The accuracy desk is not running, so nothing can be published.")


def _unclassed(page: Any) -> None:
    """Without editions there is nothing that a change could be a change of."""


def _none_yet(page: Any) -> int:
    return 0


def _blank(page: Any) -> str:
    return f"<!doctype html><title>{page.pk}</title><p>The reader’s pages are not set up."


@dataclass(slots=True)
class Doors:
    """`guard(page)` raises PublishBlocked unless the desk lets the article go live; `classed(page)` does so unless what
    changed since the last edition has its class; `version(page)` is the number of that edition, 0 for none;
    `preview(page)` is the page for readers.
    """

    guard: Callable[[Any], None] = _shut
    classed: Callable[[Any], None] = _unclassed
    version: Callable[[Any], int] = _none_yet
    preview: Callable[[Any], str] = _blank


doors = Doors()

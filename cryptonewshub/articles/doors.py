"""What an article asks of the stages below it, which it may not import: may I go live, and how do I look?

`config` opens the doors at start. A door that nobody opened is shut: then nothing can be published at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

Step = Literal["check", "approve", "publish"]


class Reasons(Protocol):
    """How the desk is asked beforehand."""

    def __call__(self, page: Any, *, at: datetime | None, step: Step) -> list[str]: ...


class PublishBlocked(Exception):  # noqa: N818  (a state of the article, as a journalist would say it)
    """The article may not go live. The text is what the editor reads: a line for each reason.

    `page` is its key, where it has one: whoever catches this can keep the reasons where the editor sees them.
    Not a PermissionDenied: Wagtail's views answer that themselves, without undoing what they did before.
    """

    def __init__(self, reasons: str, *, page: int | None = None) -> None:
        super().__init__(reasons)
        self.page = page


def _shut(page: Any) -> None:
    raise PublishBlocked("The accuracy desk is not running, so nothing can be published.")


def _unclassed(page: Any) -> None:
    """Without editions there is nothing that a change could be a change of."""


def _none_yet(page: Any) -> int:
    return 0


def _no_answer(page: Any, *, at: datetime | None, step: Step) -> list[str]:
    return ["The accuracy desk is not running, so nothing can be published."]


def _kept_nowhere(page: Any, reasons: list[str]) -> None:
    """Without the desk there is no list of what is held."""


def _blank(page: Any) -> str:
    return f"<!doctype html><title>{page.pk}</title><p>The reader’s pages are not set up."


@dataclass(slots=True)
class Doors:
    """`guard(page)` raises PublishBlocked unless the desk lets the article be live now; `classed(page)` does so unless
    what changed since the last edition has its class; `version(page)` is the number of that edition, 0 for none.

    `reasons(page, at=…, step=…)` asks the desk beforehand what speaks against it, a sentence each: against publishing
    it at that time (None is now), against an editor's approval of it, or only what the desk's check has against it.
    `keep(page, reasons)` keeps them where the editor sees them. `preview(page)` is the page for readers.
    """

    guard: Callable[[Any], None] = _shut
    classed: Callable[[Any], None] = _unclassed
    version: Callable[[Any], int] = _none_yet
    reasons: Reasons = _no_answer
    keep: Callable[[Any, list[str]], object] = _kept_nowhere
    preview: Callable[[Any], str] = _blank


doors = Doors()

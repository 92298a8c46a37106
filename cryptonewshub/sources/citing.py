"""What cites a source: asked here, answered by a later stage, which knows stories. `config` opens the door at start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptonewshub.sources.models import Source


@dataclass(frozen=True, slots=True)
class Citation:
    """A story that stands on a source: as a draft or an edition, where it is in the editor, and what it quotes."""

    headline: str
    state: str
    url: str
    quotations: tuple[str, ...]


def _nobody(source: Source) -> list[Citation]:
    return []


@dataclass(slots=True)
class Door:
    """`citations_of(source)` are the stories that cite it, drafts first."""

    citations_of: Callable[[Source], list[Citation]] = _nobody


door = Door()

"""Where an edition can be checked: its content document, and its place in the log once it has one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from cryptonewshub.editions.content import Content, digest


@dataclass(frozen=True, slots=True)
class Logged:
    """The name of an edition's content document (hex), and the number of its entry in the log, if it has one yet."""

    content: str
    entry: int | None = None

    @property
    def content_path(self) -> str:
        return f"/log/content/{self.content}"

    @property
    def proof_path(self) -> str:
        return f"/log/proof/{self.entry}.tlog-proof" if self.entry is not None else ""


Entries = Mapping[tuple[UUID, int], Logged]
"""Where editions can be checked, by article and version."""


def logged(content: Content, entries: Entries) -> Logged:
    """Where this edition can be checked."""
    return entries.get((content.article, content.version)) or Logged(digest(content.to_bytes()))

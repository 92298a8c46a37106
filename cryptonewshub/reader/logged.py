"""Where an edition can be checked: its content document, and its place in the log once it has one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from cryptonewshub.editions.content import Content, digest

Entries = Mapping[int, int]
"""The index in the log of each version of one story that is entered there."""

NONE_YET: Entries = {}


@dataclass(frozen=True)
class Logged:
    """An edition, and the number of the entry that commits to it, if there is one yet."""

    edition: Content
    entry: int | None

    @cached_property
    def content(self) -> str:
        """The name of the content document, in hex; worked out where a page names it."""
        return digest(self.edition.to_bytes())

    @property
    def content_path(self) -> str:
        return f"/log/content/{self.content}"

    @property
    def proof_path(self) -> str:
        return f"/log/proof/{self.entry}.tlog-proof" if self.entry is not None else ""


def logged(content: Content, entries: Entries) -> Logged:
    """Where this edition can be checked."""
    return Logged(content, entries.get(content.version))

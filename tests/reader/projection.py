"""What a page says that was sealed, as an outsider's verifier reads it."""

from __future__ import annotations

from dataclasses import dataclass

from cryptonewshub.verifier.page import read_page, read_shown
from cryptonewshub.verifier.projection import claimed_value
from cryptonewshub.verifier.sealed import collapsed

__all__ = ["Projected", "collapsed", "project"]


@dataclass(frozen=True)
class Projected:
    """One sealed thing on a page: its key, the sealed value that it stands for, and the targets of the links in it."""

    key: str
    text: str
    links: tuple[str, ...] = ()


def project(page: str) -> list[Projected]:
    """Every sealed thing on the page, in order."""
    shown = read_shown(read_page(page)).shown
    return [Projected(one.key, claimed_value(one), tuple(target for _, target in one.links)) for one in shown]

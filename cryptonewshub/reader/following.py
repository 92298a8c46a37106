"""What follows each string of a template in its place, read through the template's conditions and loops.

A full stop that can only end a paragraph is no licence for one in the midst of it. Every way through the template is
taken as possible, so that more may be allowed than ever stands on a page, and never less.
"""

from __future__ import annotations

from dataclasses import dataclass, field

ELEMENT, VALUE, END, UNKNOWN = "inner", "tied", "last", ""


@dataclass(eq=False, slots=True)
class Piece:
    """A string of a template in its place, and everything that may follow it there."""

    text: str
    place: str
    before: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Branching:
    """An `if` or a `for` that is open: what waits at its beginning, what waits at the ends of its branches."""

    entry: list[Piece]
    exits: list[Piece] = field(default_factory=list)
    has_else: bool = False
    first: str | None = None


class Following:
    """Told what stands in a template, in order, it completes the pieces."""

    def __init__(self) -> None:
        self._waiting: list[Piece] = []
        self._open: list[_Branching] = []

    def text(self, piece: Piece) -> None:
        self.found(UNKNOWN)
        self._waiting = [piece]

    def found(self, what: str) -> None:
        """An element, a value, the end of the place, or what cannot be told stands next."""
        for piece in self._waiting:
            piece.before.add(what)
        self._waiting = []
        for branching in self._open:
            branching.first = what if branching.first is None else branching.first

    def statement(self, word: str, *, is_block: bool = True) -> None:
        """The template branches, or its branches meet again. `is_block` tells `{% set x %}` from `{% set x = 1 %}`."""
        if word in ("if", "for"):
            self._open.append(_Branching(list(self._waiting)))
        elif word in ("elif", "else") and self._open:
            branching = self._open[-1]
            branching.exits += self._waiting
            branching.has_else |= word == "else"
            self._waiting = list(branching.entry)
        elif word in ("endif", "endfor") and self._open:
            self._meet(self._open.pop(), is_loop=word == "endfor")
        elif word == "set" and is_block:
            self._open.append(_Branching(self._waiting))
            self._waiting = []
        elif word == "endset" and self._open:
            self.found(UNKNOWN)
            self._waiting = self._open.pop().entry
        elif word != "set":
            self.found(UNKNOWN)

    def _meet(self, branching: _Branching, *, is_loop: bool) -> None:
        if is_loop and branching.first is not None:
            for piece in self._waiting:
                piece.before.add(branching.first)
        skipped = [] if branching.has_else else branching.entry
        self._waiting = list(dict.fromkeys([*branching.exits, *self._waiting, *skipped]))

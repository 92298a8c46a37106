"""Progress on a terminal: one line that moves while something long goes on, and stays as a record when it is done."""

from __future__ import annotations

import sys
import time
from types import TracebackType


class Step:
    """`with Step("Baking pages") as step: step.at(3, 10)` shows `Baking pages  3 of 10`, at the end the seconds.

    Written to standard error. Where that is no terminal, only the first and the last state are written.
    """

    def __init__(self, title: str) -> None:
        self._title = title
        self._moves = sys.stderr.isatty()
        self._began = time.monotonic()
        self._width = 0

    def __enter__(self) -> Step:
        self._show("…")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._show("stopped" if error else f"done in {time.monotonic() - self._began:.1f} s", last=True)

    def at(self, done: int, total: int) -> None:
        if self._moves:
            self._show(f"{done} of {total}")

    def _show(self, state: str, *, last: bool = False) -> None:
        line = f"  {self._title:<28}{state}"
        if self._moves:
            padding = " " * max(0, self._width - len(line))
            print(f"\r{line}{padding}", end="\n" if last else "", file=sys.stderr, flush=True)
            self._width = len(line)
        elif last:
            print(line, file=sys.stderr, flush=True)

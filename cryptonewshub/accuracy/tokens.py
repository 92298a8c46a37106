"""Words as they are set. A difference counts words and knows no punctuation; a token stands between two spaces."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cryptonewshub.quotations.vocabulary import DiffOp

Runs = tuple[tuple[DiffOp, str], ...]

_WORD = re.compile(r"\w")


def has_word(token: str) -> bool:
    """Whether there is a letter or a figure in it; a dash or an ellipsis has none."""
    return bool(_WORD.search(token))


def take(tokens: list[str], count: int) -> list[str] | None:
    """The next tokens that hold this many words, with the marks between them; None if there are not so many."""
    taken: list[str] = []
    while count and tokens:
        token = tokens.pop(0)
        count -= has_word(token)
        taken.append(token)
    return taken if not count else None


def as_set(text: str, diff: Sequence[tuple[DiffOp, str]], *, without: DiffOp) -> Runs:
    """One side of a difference with the punctuation that its text has; `without` is the other side's sign.

    Where the difference does not lead through the text word by word, its own bare words.
    """
    steps = [(op, run) for op, run in diff if op != without]
    tokens = text.split()
    runs: list[tuple[DiffOp, str]] = []
    for op, run in steps:
        taken = take(tokens, len(run.split()))
        if taken is None:
            return tuple(steps)
        runs.append((op, " ".join(taken)))
    if tokens and runs:
        runs[-1] = (runs[-1][0], " ".join([runs[-1][1], *tokens]))
    return tuple(runs)

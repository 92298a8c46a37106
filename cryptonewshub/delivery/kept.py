"""What is looked up once in a bake and kept to its end; never longer, since the newsroom may change between two."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("what this bake has looked up", default=None)


@contextmanager
def kept() -> Iterator[None]:
    """Inside, each function that is marked with `once` is called once for the same arguments.

    One within another keeps nothing of its own.
    """
    token = _kept.set({} if (outer := _kept.get()) is None else outer)
    try:
        yield
    finally:
        _kept.reset(token)


def once(function: Callable[P, R]) -> Callable[P, R]:
    """For a function whose answer may be kept for the length of a bake. Its arguments are hashable."""

    @wraps(function)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        answers = _kept.get()
        if answers is None:
            return function(*args, **kwargs)
        key = (function, args, tuple(kwargs.items()))
        if key not in answers:
            answers[key] = function(*args, **kwargs)
        answer: R = answers[key]
        return answer

    return asked

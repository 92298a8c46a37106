"""How far the site has come through the log, and the locks of those who bake.

One process at a time bakes what is new. Beside it one run may bake everything, in parts, and learns from `turn` when a
part of it may have become old while it was baked.

Both are kept with the files: who throws the files away throws away the memory of them, too.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from django.conf import settings

from cryptonewshub.sources.archive import write_durably

_is_baking: ContextVar[bool] = ContextVar("the pages are being baked", default=False)


@contextmanager
def one_baker() -> Iterator[None]:
    """One process bakes what is new at a time; the next one waits, and finds less to do."""
    with _locked("lock"):
        (state() / "turn").write_text(str(turn() + 1), encoding="ascii")
        yield


@contextmanager
def one_baker_of_all() -> Iterator[None]:
    """One process at a time bakes everything, while others may bake what is new."""
    with _locked("lock-of-all"):
        yield


def turn() -> int:
    """Another number as soon as somebody bakes what is new. What they bake was committed before."""
    try:
        return int((state() / "turn").read_text(encoding="ascii") or 0)
    except (FileNotFoundError, ValueError):
        return 0


@contextmanager
def _locked(name: str) -> Iterator[None]:
    state().mkdir(parents=True, exist_ok=True)
    with (state() / name).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with baking_waits():
            yield


@contextmanager
def no_baker() -> Iterator[bool]:
    """Whether nobody bakes. While it is so, nobody begins: be brief."""
    state().mkdir(parents=True, exist_ok=True)
    with (state() / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


@contextmanager
def baking_waits() -> Iterator[None]:
    """Inside, nothing is baked: whoever loads many stories bakes them together, afterwards."""
    token = _is_baking.set(True)
    try:
        yield
    finally:
        _is_baking.reset(token)


def is_baking() -> bool:
    """Whether this very thread bakes already, or will: then what is asked for waits."""
    return _is_baking.get()


def next_entry() -> int:
    """The first entry that is not baked; 0 for a new site."""
    try:
        return int((state() / "next-entry").read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return 0


def is_begun() -> bool:
    """Whether the site was ever baked whole."""
    return (state() / "next-entry").exists()


def advance(index: int) -> None:
    """Everything before this entry is on the pages."""
    write_durably(state() / "next-entry", str(index).encode("ascii"))


def state() -> Path:
    """The folder of what the site remembers of itself; never served."""
    place: Path = settings.CNH_HOME.site / ".state"
    return place

"""Whether this process still trusts its disk. After one write that the disk did not confirm, it does not.

The system may then believe that the lost pages are written, and would say so when asked again. So nothing more is
signed by this process; the next one reads everything from the disk and writes again what the last one left undone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cryptonewshub.editions.recovery import LogRefusedError
from cryptonewshub.sources.archive import SyncError

_failure = ""


@contextmanager
def watched() -> Iterator[None]:
    """Around all writing of the log: remembers a write that was not confirmed."""
    global _failure
    try:
        yield
    except SyncError as error:
        _failure = f"The disk did not confirm that {error.filename} is written ({error.strerror})."
        raise


def has_failed() -> bool:
    """Whether this process must end, so that the next one can begin anew."""
    return bool(_failure)


def require_trusted() -> None:
    """Raises LogRefusedError after a write that was not confirmed."""
    if _failure:
        raise LogRefusedError(f"{_failure} Nothing more is signed before the newsroom is started again.")

"""Named places at which a test can kill the process: what was true there must still be true after the next start.

Nothing happens here unless CNH_CRASH_AT names a point *and* the newsroom's own directory, as in `P4 /tmp/t/home` or,
for the third time that the point is reached, `P5#3 /tmp/t/home`. A variable left over from elsewhere does nothing.

P0 the act is committed, P1 its document is written, P2 the log's files are staged, P3 the checkpoint is signed and P4
swapped into the lock store, P5 a file is written, P6 all of the log's are, P7 the checkpoint is public, P8 the proofs
are, P9 the act is marked, P10 a page is baked, P11 all are, P12 the site remembers that.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

_reached = 0


def crash_point(name: str, home: Path) -> None:
    """Kills the process, as a power cut would, if this is the point that CNH_CRASH_AT names for this newsroom."""
    wanted = os.environ.get("CNH_CRASH_AT")
    if wanted:
        _crash_if_wanted(wanted, name, home)


def _crash_if_wanted(wanted: str, name: str, home: Path) -> None:
    global _reached
    point, _, place = wanted.partition(" ")
    point, _, times = point.partition("#")
    if point != name or Path(place) != home:
        return
    _reached += 1
    if _reached == int(times or 1):
        os.kill(os.getpid(), signal.SIGKILL)

"""F2: each system call of a publication fails in turn, or the process is killed at it.

Nobody is told “published” before it is true; a disk that did not confirm a write ends the signing; and after a restart
all is well. A few of each call by default, all of them with FAULTS=long.
"""

from __future__ import annotations

import pytest

from tests.faults.newsroom import FaultyNewsroom
from tests.faults.oracle import require_safe, require_sound
from tests.faults.tracing import calls_in, publish_traced, require_strace, some_of

pytestmark = pytest.mark.xdist_group("faults of the machine")

CALLS = ("fsync", "write", "openat", "rename", "mkdir", "fdatasync", "pwrite64", "unlink")


@pytest.fixture(scope="module")
def counted(template: FaultyNewsroom, tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """How often a good publication makes each call."""
    from tests.faults.newsroom import copied

    require_strace()
    newsroom = copied(template, tmp_path_factory.mktemp("counted"))
    done, trace = publish_traced(newsroom, "Fault words one.", ["-e", f"trace={','.join(CALLS)}"])
    assert done.is_acknowledged, done.said
    found = calls_in(trace)
    assert found["fsync"] > 10
    return {call: found[call] for call in CALLS}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("fault", ["error=EIO", "error=ENOSPC", "signal=KILL"])
def test_a_failed_call_is_no_lost_and_no_false_publication(
    counted: dict[str, int], another: object, call: str, fault: str
) -> None:
    assert callable(another)
    if (fault == "error=ENOSPC" and call not in ("write", "mkdir", "openat")) or counted[call] == 0:
        return
    is_telling = call in ("fsync", "write", "rename") and fault != "error=ENOSPC"
    for when in some_of(counted[call], samples=2 if is_telling else 1):
        newsroom: FaultyNewsroom = another(f"{call}{when}")
        inject = f"inject={call}:{fault}:when={when}"
        done, _ = publish_traced(newsroom, "Fault words one.", ["-e", f"trace={call}", "-e", inject])
        if done.is_acknowledged:
            newsroom.acknowledged["ferry-runs-again"] = "Fault words one."
        assert "Traceback" not in done.said or not done.is_acknowledged
        require_safe(newsroom)
        require_sound(newsroom)
        again = newsroom.publish("Fault words one.")
        assert again.is_acknowledged, (inject, again.said)
        assert "edition 2" in again.said, inject

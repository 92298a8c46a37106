"""Failing system calls with strace: the i-th fsync, write or rename of one publication is answered with an error.

After Tessera's and SQLite's way: the calls of a good run are counted, then the run is repeated once for each.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from tests.faults.newsroom import Done, FaultyNewsroom

IS_LONG = os.environ.get("FAULTS") == "long"


def require_strace() -> str:
    """The program, or a visible skip where it is missing or may not trace."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("There is no strace on this machine. On Debian: apt-get install strace")
    probe = subprocess.run([strace, "-e", "trace=none", "true"], capture_output=True, check=False)
    if probe.returncode != 0:
        pytest.skip("strace may not trace processes here.")
    return strace


def publish_traced(newsroom: FaultyNewsroom, words: str, options: Sequence[str]) -> tuple[Done, str]:
    """Publishes under strace with these options; what came of it, and the trace."""
    running = newsroom.start("publish", str(newsroom.story(words)), stopped=True)
    _wait_until_stopped(running.number)
    trace = newsroom.folder / f"trace.{running.number}"
    command = [require_strace(), "-f", "-o", str(trace), *options, "-p", str(running.number)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as tracer:
        assert tracer.stderr is not None
        assert "attached" in tracer.stderr.readline()
        os.kill(running.number, signal.SIGCONT)
        done = running.wait()
        tracer.wait(60)
    newsroom.observe()
    return done, trace.read_text(errors="replace")


def _wait_until_stopped(process: int) -> None:
    """A process that was told to go on before it had stopped would stop for ever."""
    until = time.monotonic() + 120
    while Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "T":
        assert time.monotonic() < until
        time.sleep(0.01)


def calls_in(trace: str) -> Counter[str]:
    """How often each system call was made."""
    return Counter(re.findall(r"^\d+ +(\w+)\(", trace, re.MULTILINE))


def some_of(count: int, samples: int) -> Iterable[int]:
    """The calls to fail, numbered from 1: in the long form every one, else a few, spread over them all."""
    if IS_LONG:
        return range(1, count + 1)
    return sorted({1 + count * (2 * sample + 1) // (2 * samples) for sample in range(samples)})

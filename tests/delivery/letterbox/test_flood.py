"""A short flood against a newsroom that is really served: readers read on, and whatever was taken is there.

`python -m benchmarks.comment_flood` is the long one, with the times.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.comment_flood import flood, place_of
from tests.cast import write_story

ROOT = Path(__file__).resolve().parents[3]
STORY = "/security/ferry-runs-again/"


def _cnh(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "cryptonewshub", *words],
        cwd=ROOT,
        env=_environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def _environment(home: Path) -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("CNH_", "DJANGO_", "PYTEST"))}
    return {**plain, "CNH_HOME": str(home)}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A newsroom with one story of today, and where it is served."""
    home = tmp_path / "var"
    _cnh(home, "init")
    _cnh(home, "publish", str(write_story(tmp_path, published="")))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    output = tmp_path / "output"
    with output.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "cryptonewshub", "serve", "--port", str(port)],
            cwd=ROOT,
            env=_environment(home),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        for _ in range(1_200):
            if "Stop with Ctrl-C" in output.read_text() or process.poll() is not None:
                break
            time.sleep(0.1)
        time.sleep(1)
        yield home, f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(90)


@pytest.mark.service
def test_readers_read_on_and_nothing_that_was_taken_is_lost(served: tuple[Path, str]) -> None:
    home, address = served
    place = asyncio.run(place_of(address, STORY))
    found = json.loads(json.dumps(asyncio.run(flood(place, seconds=4, rate=150, networks=100))))
    assert found["pages"]["flood"]["statuses"].keys() == {"200"}
    assert found["sent"].keys() <= {"201", "429"}
    assert found["sent"]["429"] > found["taken"] > 0
    kept = json.loads(_cnh(home, "comments", "export", "-").stdout)
    assert len(kept["comments"]) == found["taken"]

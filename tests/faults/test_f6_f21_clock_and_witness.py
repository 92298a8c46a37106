"""F6, F21: a clock that is wrong, and witnesses that are absent, slow, or lie."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from cryptonewshub.tlog.keys import KeyKind, SigningKey
from tests.faults.newsroom import ROOT, FaultyNewsroom
from tests.faults.oracle import require_sound

pytestmark = pytest.mark.xdist_group("faults")

KEY = SigningKey("lighthouse.example/w1", bytes(range(32)), KeyKind.COSIGNATURE)


def publish_at(newsroom: FaultyNewsroom, shift: str, words: str, slug: str) -> subprocess.CompletedProcess[str]:
    """Publishes in a process whose clock is shifted, in a time zone far away."""
    faketime = shutil.which("faketime")
    if faketime is None:
        pytest.skip("There is no faketime on this machine. On Debian: apt-get install faketime")
    env = {
        **os.environ,
        "CNH_HOME": str(newsroom.home),
        "CNH_BASE_URL": "https://news.example.org",
        "TZ": "Pacific/Apia",
    }
    env.pop("DJANGO_SETTINGS_MODULE", None)
    command = [faketime, "-f", shift, sys.executable, "-W", "ignore", "-m", "cryptonewshub", "publish"]
    story = str(newsroom.story(words, slug=slug))
    return subprocess.run([*command, story], capture_output=True, text=True, cwd=ROOT, env=env, check=False)


def test_a_clock_that_is_behind_holds_up_nothing_and_one_far_ahead_is_doubted(newsroom: FaultyNewsroom) -> None:
    """F6: `at` never falls; a year ahead is not entered before a person says so."""
    before = newsroom.size
    behind = publish_at(newsroom, "-1d", "Fault words one.", "one")
    assert behind.returncode == 0, behind.stderr
    assert "before the last entry of the log" in behind.stderr
    ahead = publish_at(newsroom, "+366d", "Fault words two.", "two")
    assert ahead.returncode == 1, ahead.stdout
    assert "cnh log confirm-clock" in ahead.stderr
    newsroom.acknowledged["two"] = "Fault words two."
    leaves = require_sound(newsroom)  # the clock is right again, and what waited is entered
    assert len(leaves) == before + 2


@pytest.fixture
def silent_witness() -> Iterator[str]:
    """Takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        held: list[socket.socket] = []

        def hold() -> None:
            while True:
                try:
                    held.append(server.accept()[0])
                except OSError:
                    return

        threading.Thread(target=hold, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        for connection in held:
            connection.close()


def test_a_witness_that_is_slow_or_absent_holds_up_no_publication(
    newsroom: FaultyNewsroom, silent_witness: str
) -> None:
    """F21: a publication asks no witness, so it takes no longer; the witness is a sentence for the operator."""
    store = newsroom.log / ".state" / "lock.db"
    stat = store.stat()
    (newsroom.log / ".state" / "compared").write_text(f"{stat.st_dev}.{stat.st_ino}", encoding="ascii")
    began = time.monotonic()
    newsroom.publish("Fault words one.")
    usual = time.monotonic() - began
    (newsroom.home / "witnesses").write_text(f"{KEY.verifier} {silent_witness}\n", encoding="utf-8")
    began = time.monotonic()
    assert newsroom.publish("Fault words two.").is_acknowledged
    assert time.monotonic() - began < usual * 5 + 5
    asked = newsroom.run("log", "cosign")
    assert asked.status == 1
    assert "The witness lighthouse.example/w1 did not sign the log" in asked.said
    require_sound(newsroom)

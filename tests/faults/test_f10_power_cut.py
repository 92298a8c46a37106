"""F10: the power goes while stories are published. What the disk holds at that instant is mounted, and is sound.

The disk is a file: what the system has not yet written to it is not in its copy. To show that the experiment can tell
right from wrong, files that were never synced must be missing from such a copy.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.newsroom import FaultyNewsroom
from tests.faults.oracle import require_safe, require_sound
from tests.faults.tracing import IS_LONG

pytestmark = pytest.mark.xdist_group("faults of the machine")

INSTANTS = 200 if IS_LONG else 4
MEGABYTES = 48


@contextmanager
def mounted(image: Path, place: Path) -> Iterator[Path]:
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", "loop", image, place], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """A disk in a file, or a visible skip where none can be mounted."""
    if os.geteuid() != 0 or not all(shutil.which(name) for name in ("mkfs.ext4", "mount", "losetup")):
        pytest.skip("Cutting the power of a loop device needs root, mount and mkfs.ext4.")
    made = tmp_path / "disk.img"
    with made.open("wb") as out:
        out.truncate(MEGABYTES << 20)
    subprocess.run(["mkfs.ext4", "-q", "-E", "lazy_itable_init=0", made], check=True)
    try:
        with mounted(made, tmp_path / "probe"):
            return made
    except subprocess.CalledProcessError:
        pytest.skip("A loop device cannot be mounted here.")


def test_what_was_not_synced_is_lost(image: Path, tmp_path: Path) -> None:
    with mounted(image, tmp_path / "disk") as disk:
        (disk / "unsynced").write_bytes(b"a" * 1000)
        shutil.copy(image, tmp_path / "copy.img")
    with mounted(tmp_path / "copy.img", tmp_path / "after") as after:
        assert not (after / "unsynced").exists() or (after / "unsynced").read_bytes() != b"a" * 1000


def test_after_a_power_cut_everything_acknowledged_is_there(
    template: FaultyNewsroom, image: Path, tmp_path: Path
) -> None:
    chance = random.Random(10)
    with mounted(image, tmp_path / "disk") as disk:
        newsroom = FaultyNewsroom(template.stage, disk)
        shutil.copytree(template.home, newsroom.home)
        subprocess.run(["sync", "-f", disk], check=True)
        before = newsroom.size
        for number in range(INSTANTS):
            survivors = _cut_the_power(newsroom, image, tmp_path, number, chance.random() * 1.2)
            assert survivors >= before + number, "An entry that was acknowledged is not on the disk."


def _cut_the_power(newsroom: FaultyNewsroom, image: Path, folder: Path, number: int, after: float) -> int:
    """Publishes, stops the world after so many seconds, and counts the entries that the disk has then."""
    running = newsroom.start("publish", str(newsroom.story(f"Fault words {number}.")))
    time.sleep(after)
    os.kill(running.number, signal.SIGSTOP)
    newsroom.observe()
    seen = list(newsroom.checkpoints)
    shutil.copy(image, folder / "copy.img")
    os.kill(running.number, signal.SIGCONT)
    done = running.wait()
    assert done.is_acknowledged, done.said
    with mounted(folder / "copy.img", folder / "after") as disk:
        survived = FaultyNewsroom(newsroom.stage, disk, seen)
        require_safe(survived)
        return len(require_sound(survived))

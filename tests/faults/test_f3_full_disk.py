"""F3: the disk is full where the log is, or the pages, or the pictures; each is a file system of 4 MB of its own here.

Nobody is told “published” before it is true, what readers had stays whole, the sentence says what to do; and when there
is space again the same command ends well, with nothing else to be done.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from PIL import Image

from tests.faults.newsroom import FaultyNewsroom
from tests.faults.oracle import require_safe, require_sound

pytestmark = pytest.mark.xdist_group("faults of the machine")

FERRY = "security/ferry-runs-again/index.html"


@contextmanager
def small_disk(place: Path) -> Iterator[None]:
    """Puts the folder, with what is in it, on a file system of 4 MB."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("Only root can mount a small disk.")
    aside = place.with_name(f"{place.name}.aside")
    place.rename(aside)
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", place], check=False, capture_output=True
    )
    if mounted.returncode != 0:
        place.rmdir()
        aside.rename(place)
        pytest.skip("Nothing can be mounted here.")
    try:
        shutil.copytree(aside, place, dirs_exist_ok=True)
        yield
    finally:
        subprocess.run(["umount", "-l", place], check=True)


@contextmanager
def filled(place: Path) -> Iterator[None]:
    """Leaves not one block of the file system that the folder is on."""
    filler = place / ".filler"
    with filler.open("wb", buffering=0) as out:
        try:
            while True:
                out.write(b"\0" * 4096)
        except OSError:
            pass
    try:
        yield
    finally:
        filler.unlink()


@pytest.fixture
def on_small_disk(newsroom: FaultyNewsroom) -> Iterator[Callable[[str], Path]]:
    with ExitStack() as disks:

        def put(name: str) -> Path:
            place = newsroom.home / name
            disks.enter_context(small_disk(place))
            return place

        yield put


def pages(newsroom: FaultyNewsroom) -> dict[str, bytes]:
    site = newsroom.home / "site"
    return {str(file.relative_to(site)): file.read_bytes() for file in site.rglob("*.html")}


def test_the_log_is_full(newsroom: FaultyNewsroom, on_small_disk: Callable[[str], Path]) -> None:
    before = pages(newsroom)
    with filled(on_small_disk("log")):
        done = newsroom.publish("Fault words one.")
        assert not done.is_acknowledged, done.said
        assert "Traceback" not in done.said
        assert "disk is full" in done.said or "No space left" in done.said, done.said
        assert pages(newsroom) == before
        require_safe(newsroom)
    require_sound(newsroom)
    again = newsroom.publish("Fault words one.")
    assert again.is_acknowledged, again.said
    assert b"Fault words one." in pages(newsroom)[FERRY]


def test_there_is_no_space_for_pages(newsroom: FaultyNewsroom, on_small_disk: Callable[[str], Path]) -> None:
    before = pages(newsroom)
    with filled(on_small_disk("site")):
        done = newsroom.publish("Fault words one.")
        assert "Traceback" not in done.said
        assert "No space left" in done.said or "disk is full" in done.said, done.said
        after = pages(newsroom)
        assert before.keys() <= after.keys()  # some find the room that the packed copies of others left
        for name, page in after.items():
            assert page == before.get(name) or page.rstrip().endswith(b"</html>"), name
        require_safe(newsroom)
    baked = newsroom.run("bake")
    assert baked.status == 0, baked.said
    assert b"Fault words one." in pages(newsroom)[FERRY]
    assert newsroom.run("bake", "--all").said.endswith("Every page is up to date.\n")
    assert not list((newsroom.home / "site").rglob("*.tmp"))


def test_there_is_no_space_for_pictures(newsroom: FaultyNewsroom, on_small_disk: Callable[[str], Path]) -> None:
    before = pages(newsroom)
    story = newsroom.story("![A grey sea](quay.png)", slug="quay")
    Image.linear_gradient("L").resize((700, 500)).save(story.with_name("quay.png"))
    with filled(on_small_disk("media")):
        done = newsroom.run("publish", str(story))
        assert not done.is_acknowledged, done.said
        assert "Traceback" not in done.said
        assert "disk is full" in done.said or "No space left" in done.said, done.said
        assert pages(newsroom) == before
    again = newsroom.run("publish", str(story))
    assert again.is_acknowledged, again.said
    assert b"<img" in pages(newsroom)["security/quay/index.html"]

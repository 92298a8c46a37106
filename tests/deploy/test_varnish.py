"""Varnish, a real one, with the configuration that we ship: it keeps pages, and lets go of what changed at once."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from tests.cast import correction_fields, write_story
from tests.deploy.newsroom import (
    FORGED,
    ORIGIN,
    Answer,
    Asked,
    Served,
    ask,
    free_port,
    noting,
    start_serving,
    wait_until,
)
from tests.faults.newsroom import FaultyNewsroom, Stage

pytestmark = [pytest.mark.service, pytest.mark.xdist_group("deploy")]
VCL = Path(__file__).resolve().parents[2] / "deploy" / "varnish" / "newsroom.vcl"
VARNISH = shutil.which("varnishd", path=f"{os.environ['PATH']}:/usr/sbin")
XKEY = list(Path("/usr/lib").glob("*/varnish/vmods/libvmod_xkey.so"))
STORY = "/security/quay/"
_PATIENCE = 60.0


@dataclass(frozen=True)
class Kept:
    """A newsroom with a Varnish before it, by its name in the setting."""

    newsroom: FaultyNewsroom
    varnish: Served
    name: str

    def publish(self, slug: str, more: str, change: str = "") -> None:
        done = self.newsroom.run("publish", str(write_story(self.newsroom.folder, slug=slug, more=more, change=change)))
        assert done.status == 0, done.said

    def ask(self, path: str, **headers: str) -> Answer:
        return ask(self.varnish, Asked(path, headers=headers))


@pytest.fixture(scope="module")
def kept(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    _varnish()  # before anything is begun
    folder = tmp_path_factory.mktemp("varnish")
    folder.chmod(0o755)
    shutil.copytree(founded, folder / "home", ignore=shutil.ignore_patterns("*.sock"))
    varnish, origin = Served(free_port(), folder / "home"), Served(free_port(), folder / "home")
    name = f"varnish http://127.0.0.1:{varnish.port}"
    stage = Stage(folder, CNH_CACHES=name)
    found = Kept(FaultyNewsroom(stage, folder), varnish, name)
    serving = start_serving(folder / "home", origin.port, CNH_CACHES=name)
    try:
        with _caching(folder, origin.port, varnish):
            yield found
    finally:
        serving.send_signal(signal.SIGTERM)
        assert serving.wait(90) == 0
        stage.close()


@contextmanager
def _caching(folder: Path, origin: int, varnish: Served) -> Iterator[None]:
    """Varnish before what answers at the port of the origin, until the block is left."""
    program = _varnish()
    ours = VCL.read_text().replace('.port = "8000"', f'.port = "{origin}"')
    (folder / "newsroom.vcl").write_text(ours)
    output = folder / "varnish.out"
    with output.open("wb") as out:
        process = subprocess.Popen(_command(program, folder, varnish.port), stdout=out, stderr=subprocess.STDOUT)
    try:
        wait_until(lambda: ask(varnish, Asked("/")).status == 200, process, output)
        yield
    finally:
        process.terminate()
        process.wait(90)


def _varnish() -> str:
    """The program; skips where it or its module is not installed."""
    if VARNISH is None or not XKEY:
        pytest.skip("There is no Varnish here. On Debian: apt-get install varnish varnish-modules")
    return VARNISH


def _command(varnish: str, folder: Path, port: int) -> list[str]:
    ours = ["-f", str(folder / "newsroom.vcl"), "-a", f"127.0.0.1:{port}"]
    return [varnish, "-F", "-n", str(folder / "varnish"), *ours, "-s", "malloc,32m", "-j", "none"]


def _is_gone(kept: Kept, path: str) -> bool:
    return kept.ask(path).status == 410


def _says(kept: Kept, path: str, words: bytes) -> bool:
    return words in kept.ask(path).body


def _soon(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _all_is_acknowledged(kept: Kept) -> bool:
    return kept.newsroom.rows("SELECT count(*) FROM delivery_purge") == [(0,)]


def _is_kept(kept: Kept, path: str) -> bool:
    """Whether Varnish answers from its memory: what is put into the site by hand does not show."""
    file = kept.newsroom.home / "site" / path.lstrip("/") / "index.html"
    packed = [
        copy for copy in (file.with_name(f"index.html{ending}") for ending in (".gz", ".br", ".zst")) if copy.exists()
    ]
    before = {each: each.read_bytes() for each in (file, *packed)}
    first = kept.ask(path).body
    try:
        for copy in packed:
            copy.unlink()
        file.write_bytes(b"<!doctype html>Somebody was here.")
        return kept.ask(path).body == first
    finally:
        for each, data in before.items():
            each.write_bytes(data)


def test_pages_are_kept_although_browsers_ask_each_time(kept: Kept) -> None:
    _soon(lambda: _all_is_acknowledged(kept))
    assert _is_kept(kept, STORY)
    answer = kept.ask(STORY)
    assert answer.headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert kept.ask(STORY, **{"If-None-Match": answer.headers["etag"]}).status == 304
    assert not {"surrogate-key", "surrogate-control", "xkey", "x-varnish", "via", "age"} & answer.headers.keys()


def test_what_the_newsroom_answers_itself_is_never_kept(kept: Kept) -> None:
    assert kept.ask("/search/?q=ferry").status == 200
    assert kept.ask("/readyz").headers["cache-control"] == "no-store"
    assert kept.ask("/admin/").status in (301, 302)
    assert kept.ask("/log/checkpoint").headers["cache-control"] == "public, max-age=2"


def test_a_publication_and_a_correction_are_seen_at_once(kept: Kept) -> None:
    _soon(lambda: _all_is_acknowledged(kept))
    for path in (STORY, f"{STORY}?from=feed", f"{STORY}history/", "/", "/feed.xml"):
        assert b"in June" not in kept.ask(path).body
    assert _is_kept(kept, STORY)
    kept.publish("quay", "It sails in June.", correction_fields())
    for path in (STORY, f"{STORY}?from=feed", f"{STORY}history/2-3/"):
        _soon(partial(_says, kept, path, b"in June"))
    kept.publish("third", "The third ship sails in July.")
    for path in ("/", "/feed.xml"):
        _soon(partial(_says, kept, path, b"/security/third/"))
    assert _is_kept(kept, STORY)


def test_a_withdrawal_is_answered_with_410_through_the_cache(kept: Kept) -> None:
    kept.publish("gone", "It sails in August.")
    assert kept.ask("/security/gone/").status == 200
    document = re.search(rb"/log/content/[0-9a-f]{64}", kept.ask("/security/gone/").body)
    assert document is not None
    paths = ("/security/gone/", "/security/gone/?again", "/security/gone/history/", document[0].decode())
    assert [kept.ask(path).status for path in paths] == [200] * 4
    done = kept.newsroom.run("withdraw", "/security/gone/", "--basis", "privacy", "--yes")
    assert done.status == 0, done.said
    for path in paths:
        _soon(partial(_is_gone, kept, path))
        assert b"in August" not in kept.ask(path).body
    _soon(lambda: _all_is_acknowledged(kept))
    assert [kept.ask(path).status for path in paths] == [410] * 4
    assert _is_kept(kept, "/security/gone/")


def test_nobody_else_can_purge(kept: Kept) -> None:
    everything = {"Surrogate-Key": "newsroom"}
    forwarded = ask(kept.varnish, Asked("/", "PURGE", {**everything, "X-Forwarded-For": "203.0.113.9"}))
    assert forwarded.status == 405
    assert ask(kept.varnish, Asked("/", "PURGE")).status == 400
    assert ask(kept.varnish, Asked("/", "PURGE", everything)).status == 200


def test_nobody_can_say_who_they_are_in_a_header_that_looks_like_our_own(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    varnish = Served(free_port(), tmp_path)
    with noting() as behind, _caching(tmp_path, behind.port, varnish):
        for forged in FORGED:
            for spelling in (forged, forged.lower(), forged.upper()):
                assert ask(varnish, Asked("/comments/x", headers={spelling: "1.2.3.4"})).status == 200
    assert {name for arrived in behind.arrived for name, _ in arrived} == {"x-forwarded-for"}
    said = [value.split(", ")[-1] for arrived in behind.arrived for _, value in arrived]
    assert said == ["127.0.0.1"] * 12  # the newsroom believes the last one


def test_a_purge_by_hand_says_that_it_was_acknowledged(kept: Kept) -> None:
    done = kept.newsroom.run("purge", "--all")
    assert (done.status, done.said) == (0, f"{kept.name} has acknowledged everything.\n")
    wrong = kept.newsroom.run("purge", "quay")
    assert wrong.status == 2
    assert "no address of this site" in wrong.said
    assert kept.newsroom.run("purge", f"{ORIGIN}{STORY}").status == 0

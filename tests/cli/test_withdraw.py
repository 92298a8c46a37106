"""`cnh withdraw` on a newsroom as it is installed: a directory on disk, a real database, commands of their own."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
from pathlib import Path

import brotli
import pytest
import zstandard

from tests.cast import write_story

CANARY = "Quillfeather"
PATH = "/security/ferry-runs-again/"


def _cnh(home: Path, *words: str, said: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cryptonewshub", *words],
        env={
            **os.environ,
            "CNH_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "cryptonewshub.config.settings",
            **environment,
        },
        input=said,
        capture_output=True,
        text=True,
        check=False,
    )


def _holding(home: Path) -> list[str]:
    """Every file of the newsroom, the database and its journals among them, that has the word in any of its bytes."""
    files = [path for path in home.rglob("*") if path.is_file()]
    return sorted(str(path.relative_to(home)) for path in files if CANARY.casefold() in _lowered(path))


def _lowered(path: Path) -> str:
    unpack = {".gz": gzip.decompress, ".br": brotli.decompress, ".zst": zstandard.ZstdDecompressor().decompress}
    data = path.read_bytes()
    return unpack.get(path.suffix, bytes)(data).decode("latin-1").casefold()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom with a story of two versions that has the word in both."""
    folder = tmp_path_factory.mktemp("withdrawn")
    home = folder / "home"
    made = _cnh(home, "init")
    assert made.returncode == 0, made.stderr
    for more, change in ((f"Her name is {CANARY}.", ""), (f"{CANARY} leaves at noon.", "change: update")):
        story = write_story(folder, more=more, change=change)
        done = _cnh(home, "publish", str(story))
        assert done.returncode == 0, done.stdout + done.stderr
    return home


@pytest.fixture
def published(template: Path, tmp_path: Path) -> Path:
    """A copy of it, which a test may spoil."""
    return shutil.copytree(template, tmp_path / "home", symlinks=True)


def test_a_no_withdraws_nothing(published: Path) -> None:
    answer = _cnh(published, "withdraw", PATH, "--basis", "privacy", said="no\n")
    assert answer.returncode == 1
    assert "Nothing was withdrawn." in answer.stdout
    assert "The words of 2 versions are deleted" in answer.stdout
    assert "db.sqlite3" in _holding(published)


def test_an_address_without_a_story_is_said_in_a_sentence(published: Path) -> None:
    answer = _cnh(published, "withdraw", "/security/nothing/", "--basis", "legal", "--yes")
    assert (answer.returncode, answer.stderr) == (2, "cnh: No story has been published at /security/nothing/.\n")


def test_a_crash_after_the_log_was_told_is_made_up_for_and_no_byte_of_the_words_is_left(published: Path) -> None:
    assert "db.sqlite3" in _holding(published)
    crashed = _cnh(published, "withdraw", PATH, "--basis", "privacy", "--yes", CNH_CRASH_AT=f"W1 {published}")
    assert crashed.returncode == -9
    assert _holding(published)
    assert _cnh(published, "bake").returncode == 0
    assert _holding(published) == []
    page = (published / "site" / PATH.strip("/") / "index.html").read_text(encoding="utf-8")
    assert "It protects somebody’s privacy." in page

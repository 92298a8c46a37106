"""F5, F9: pages and files of the log that are lost or altered on disk are found, put back, and never logged."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.faults.newsroom import FaultyNewsroom
from tests.faults.oracle import require_safe, require_sound

pytestmark = pytest.mark.xdist_group("faults")


def damage(file: Path, how: str, other: Path) -> None:
    data = file.read_bytes()
    match how:
        case "flipped":
            file.write_bytes(data[:50] + bytes([data[50] ^ 1]) + data[51:])
        case "cut":
            file.write_bytes(data[:-20])
        case "empty":
            file.write_bytes(b"")
        case "another page":
            file.write_bytes(other.read_bytes())
        case "gone":
            file.unlink()
        case "forbidden":
            os.chmod(file, 0)


@pytest.mark.parametrize("how", ["flipped", "cut", "empty", "another page", "gone"])
def test_a_damaged_page_is_baked_again_and_never_logged(newsroom: FaultyNewsroom, how: str) -> None:
    """F5: what `cnh serve` does every few minutes is done here at once."""
    site = newsroom.home / "site"
    page = site / "security" / "ferry-runs-again" / "index.html"
    whole = page.read_bytes()
    damage(page, how, site / "index.html")
    before = newsroom.size
    assert newsroom.run("bake", "--damaged").said == "Baked again: /security/ferry-runs-again/\n"
    assert newsroom.run("bake", "--damaged").said == "Every page is as it was baked.\n"
    assert page.read_bytes() == whole
    assert len(require_sound(newsroom)) == before


@pytest.mark.parametrize("how", ["flipped", "gone"])
def test_damaged_files_of_the_log_are_mended_from_the_database(newsroom: FaultyNewsroom, how: str) -> None:
    """F9, one after another, over a whole small log."""
    newsroom.publish("Fault words one.")
    newest = f"{newsroom.size}"
    files = [file for file in newsroom.log.rglob("*") if file.is_file() and ".state" not in file.parts]
    kept = {file: file.read_bytes() for file in files}
    # Of the partial files those that the newest checkpoint needs; `keys.json` repeats what the entries say.
    kinds = ("content", "doc", "000.p")
    files = [file for file in files if file.parent.name in kinds or file.name == "checkpoint"]
    for file in (file for file in files if file.parent.name != "000.p" or file.name == newest):
        damage(file, how, file)
        audited = newsroom.run("log", "audit")
        assert audited.status == 0, audited.said
        newsroom.run("bake")
        assert file.read_bytes() == kept[file], file
    for proof in (newsroom.log / "proof").iterdir():
        damage(proof, how, proof)
    newsroom.run("log", "audit")
    require_sound(newsroom)
    require_safe(newsroom)

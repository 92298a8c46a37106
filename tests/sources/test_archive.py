"""The archive keeps originals whole, once, under their hash."""

from __future__ import annotations

from pathlib import Path

import pytest

from cryptonewshub.sources import archive


def test_an_original_is_kept_under_its_hash_and_read_back(tmp_path: Path) -> None:
    sha256 = archive.keep(tmp_path, b"words")
    assert archive.place_of(tmp_path, sha256).name == sha256
    assert archive.original_of(tmp_path, sha256) == b"words"


def test_keeping_the_same_bytes_again_changes_nothing(tmp_path: Path) -> None:
    place = archive.place_of(tmp_path, archive.keep(tmp_path, b"words"))
    before = place.stat()
    archive.keep(tmp_path, b"words")
    assert place.stat() == before
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [place]


def test_a_damaged_original_is_not_passed_off_as_the_captured_one(tmp_path: Path) -> None:
    sha256 = archive.keep(tmp_path, b"words")
    archive.place_of(tmp_path, sha256).write_bytes(b"other words")
    with pytest.raises(ValueError, match="damaged on disk"):
        archive.original_of(tmp_path, sha256)


def test_a_write_that_fails_leaves_the_old_file_and_no_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "page.html"
    archive.write_durably(place, b"old")

    def broken(descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("os.fsync", broken)
    with pytest.raises(OSError, match="Input/output"):
        archive.write_durably(place, b"new")
    assert place.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [place]

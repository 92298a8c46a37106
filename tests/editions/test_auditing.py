"""Auditing: each file of a log lost or altered in turn is found, and mended if anybody knows better."""

from __future__ import annotations

from pathlib import Path

import pytest

from cryptonewshub.editions.auditing import Spare, audit
from cryptonewshub.editions.recovery import LogRefusedError
from cryptonewshub.editions.sequencing import Entered
from tests.editions.small_log import SmallLog

COUNT = 600


@pytest.fixture(scope="module")
def entered(tmp_path_factory: pytest.TempPathFactory) -> tuple[SmallLog, list[Entered], dict[str, bytes]]:
    log = SmallLog.founded(tmp_path_factory.mktemp("audited") / "home")
    entries = log.append(log.versions(COUNT))
    return log, entries, files_of(log)


def files_of(log: SmallLog) -> dict[str, bytes]:
    """The log's files that can be damaged: one document stands for all."""
    folder = log.folder.path
    paths = [
        str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file() and ".state" not in file.parts
    ]
    content = sorted(path for path in paths if path.startswith("content/"))
    return {path: log.folder.read(path) for path in paths if path not in content[1:]}


def spare_of(entries: list[Entered], files: dict[str, bytes]) -> Spare:
    return Spare(lambda index: entries[index].data, files.get)


def damage(file: Path, how: str) -> None:
    data = file.read_bytes()
    match how:
        case "gone":
            file.unlink()
        case "cut":
            file.write_bytes(data[: len(data) // 2])
        case "empty":
            file.write_bytes(b"")
        case "flipped":
            file.write_bytes(data[:40] + bytes([data[40] ^ 4]) + data[41:] if len(data) > 40 else b"!" + data[1:])


@pytest.mark.parametrize("how", ["gone", "cut", "empty", "flipped"])
def test_every_damaged_file_is_found_and_mended(
    entered: tuple[SmallLog, list[Entered], dict[str, bytes]], how: str
) -> None:
    log, entries, files = entered
    looked_at = [path for path in files if path.startswith(("tile/", "content/"))]
    assert len(looked_at) == 3 + 3 + 1 + 1
    for path in looked_at:
        damage(log.folder.path / path, how)
        faults = audit(log.folder, spare_of(entries, files))
        assert [(fault.path, fault.is_mended) for fault in faults] == [(path, True)], path
        assert log.folder.read(path) == files[path]
    assert audit(log.folder, Spare()) == []


def test_tiles_are_mended_from_the_entries_alone(entered: tuple[SmallLog, list[Entered], dict[str, bytes]]) -> None:
    log, _, files = entered
    for path in ("tile/0/001", "tile/1/000.p/2"):
        damage(log.folder.path / path, "flipped")
    assert all(fault.is_mended for fault in audit(log.folder, Spare()))
    assert files_of(log) == files


def test_entries_that_nobody_knows_keep_the_log_from_being_signed(tmp_path: Path) -> None:
    log = SmallLog.founded(tmp_path / "home")
    entries = log.append(log.versions(COUNT))
    files = files_of(log)
    damage(log.folder.path / "tile/entries/001", "flipped")
    (fault,) = audit(log.folder, Spare())
    assert (fault.path, fault.is_mended) == ("tile/entries/001", False)
    with pytest.raises(LogRefusedError, match="cannot be mended from here"):
        log.append(log.versions(1, start=COUNT))
    assert audit(log.folder, spare_of(entries, files))[0].is_mended
    assert len(log.append(log.versions(1, start=COUNT))) == 1


def test_a_forged_spare_is_not_put_back(tmp_path: Path) -> None:
    log = SmallLog.founded(tmp_path / "home")
    entries = log.append(log.versions(3))
    before = log.folder.read("tile/entries/000.p/3")
    damage(log.folder.path / "tile/entries/000.p/3", "flipped")
    forged = Spare(lambda index: b"forged" if index == 1 else entries[index].data)
    assert [fault.is_mended for fault in audit(log.folder, forged)] == [False]
    assert log.folder.read("tile/entries/000.p/3") != before


def test_a_document_that_was_withdrawn_is_not_missed(tmp_path: Path) -> None:
    log = SmallLog.founded(tmp_path / "home")
    log.append(log.versions(2))
    for file in (log.folder.path / "content").iterdir():
        file.unlink()
    assert audit(log.folder, Spare()) == []


def test_what_stands_in_the_place_of_a_withdrawn_document_is_left_alone(tmp_path: Path) -> None:
    log = SmallLog.founded(tmp_path / "home")
    log.append(log.versions(1))
    (content,) = (log.folder.path / "content").iterdir()
    content.write_bytes(b'{"gone":{}}')
    assert [fault.is_mended for fault in audit(log.folder, Spare())] == [False]
    assert audit(log.folder, Spare(is_withdrawn=lambda path: path == f"content/{content.name}")) == []
    assert content.read_bytes() == b'{"gone":{}}'

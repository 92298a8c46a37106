"""`cnh capture`: documents come into the archive; what cannot be taken is told, and the others come all the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cryptonewshub.cli.main import main
from cryptonewshub.config.home import Home
from cryptonewshub.sources.models import Source
from tests.sources.hostile_server import answering, serving


@pytest.fixture(autouse=True)
def opened(home: Home, transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    home.database.touch()
    monkeypatch.setenv("CNH_HOME", str(home.path))


def test_files_and_addresses_are_captured(tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: Any) -> None:
    file = tmp_path / "statement.txt"
    file.write_text("The ferry to Sund will run again on Tuesday, the minister said.")
    with serving(answering(b"<title>Notice</title><p>The quay closes on Monday, it was said.</p>")) as server:
        settings.CNH_FETCH_ALLOWED = [server.place]
        assert main(["capture", str(file), server.url()]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert [line.split("  ", 1)[1] for line in printed] == ["en  statement (captured)", "en  Notice (captured)"]
    assert main(["capture", str(file)]) == 0
    assert "in the archive already" in capsys.readouterr().out


def test_what_cannot_be_taken_is_told_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "statement.txt"
    file.write_text("The ferry will run.")
    assert main(["capture", str(tmp_path / "absent.txt"), "http://127.0.0.1:9/", str(file), "--confidential"]) == 2
    told = capsys.readouterr().err
    assert "absent.txt is not there." in told
    assert "is not fetched" in told
    assert Source.objects.get().is_confidential

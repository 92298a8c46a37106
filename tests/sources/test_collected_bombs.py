"""Bombs that others collected, at every reader. The twin on bombs of our own is in `test_quarantine`."""

from __future__ import annotations

import importlib.util
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cryptonewshub.sources.extraction import MEDIA_TYPES
from tests.sources.test_quarantine import told_of

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "bad-inputs" / "own" / "mk_bombs.py"
ENDINGS = {media_type: ending for ending, media_type in MEDIA_TYPES.items()}.values()


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not there")
def test_collected_bombs_go_off_in_no_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["mk_bombs.py", str(tmp_path)])
    specification = importlib.util.spec_from_file_location("mk_bombs", SHARED)
    assert specification is not None
    assert specification.loader is not None
    specification.loader.exec_module(importlib.util.module_from_spec(specification))
    tasks = [(bomb, ending) for bomb in sorted(tmp_path.iterdir()) for ending in ENDINGS]
    with ThreadPoolExecutor(2) as two_at_a_time:
        told = two_at_a_time.map(lambda task: told_of(task[0].read_bytes(), f"bomb{task[1]}"), tasks)
    assert not any("root:" in each for each in told)

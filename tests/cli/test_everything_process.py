"""Everything is baked beside the editors' process when it was asked for, by one process at a time."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from django.utils import timezone

from cryptonewshub.articles.models import FrontPage
from cryptonewshub.cli.everything_process import EverythingProcess
from cryptonewshub.config.home import Home
from cryptonewshub.delivery import baking
from cryptonewshub.delivery.models import EVERYTHING, Wanted


@pytest.fixture
def asked(newsroom: FrontPage, home: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> EverythingProcess:
    """Everything is asked for. Instead of a bake there is a process that waits to be stopped."""
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    baking.bake_all()
    Wanted.objects.create(address=EVERYTHING, due=timezone.now())
    return EverythingProcess()


def test_one_process_at_a_time_bakes_everything(asked: EverythingProcess) -> None:
    asked.keep_up()
    first = asked._process
    assert first is not None
    asked.keep_up()
    assert asked._process is first
    asked.stop()
    assert first.poll() is not None
    asked.keep_up()
    second = asked._process
    assert second not in (None, first)
    asked.stop()


def test_nothing_is_started_when_nothing_was_asked_for(asked: EverythingProcess) -> None:
    Wanted.objects.all().delete()
    asked.keep_up()
    assert asked._process is None
    asked.stop()

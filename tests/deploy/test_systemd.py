"""systemd: the unit is one that it takes, and keeps what it runs from what it does not need."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy" / "systemd"
MOST_EXPOSED = 20  # of 100: networks, namespaces for the readers of documents, and files for the web server's group


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """Our unit with the interpreter of this machine; systemd looks whether it is there."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("There is no systemd here.")
    text = (DEPLOY / "newsroom.service").read_text()
    unit = tmp_path / "newsroom.service"
    unit.write_text(text.replace("/opt/cryptonewshub/.venv/bin/python", str(Path(sys.executable).resolve())))
    return unit


def test_the_unit_is_one_that_systemd_takes(unit: Path) -> None:
    checked = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert [line for line in checked.stderr.splitlines() if "newsroom.service" in line] == []


def test_little_is_exposed_to_what_it_runs(unit: Path) -> None:
    command = ["systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSED}", str(unit)]
    judged = subprocess.run(command, capture_output=True, text=True, check=False)
    if "unrecognized option" in judged.stderr:
        pytest.skip("This systemd judges no unit that is not loaded.")
    assert judged.returncode == 0, judged.stdout


def test_one_directory_can_be_written_and_the_readers_server_outlives_a_crash() -> None:
    unit = (DEPLOY / "newsroom.service").read_text()
    assert re.findall(r"^ReadWritePaths=(.*)", unit, re.M) == ["/srv/newsroom"]
    assert re.findall(r"^KillMode=(.*)", unit, re.M) == ["process"]
    assert re.findall(r"^Restart=(.*)", unit, re.M) == ["always"]
    assert "user net" in unit, "the process that reads documents leaves the network for a namespace"


def test_the_folders_are_made_for_the_web_server_to_read_two_of_them(tmp_path: Path) -> None:
    if shutil.which("systemd-tmpfiles") is None:
        pytest.skip("There is no systemd here.")
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "passwd").write_text("newsroom:x:0:0::/:/bin/false\n")
    (tmp_path / "etc" / "group").write_text("newsroom:x:0:\nwww-data:x:0:\n")
    made = tmp_path / "srv" / "newsroom"
    command = ["systemd-tmpfiles", f"--root={tmp_path}", "--create", str(DEPLOY / "newsroom.tmpfiles")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not made.exists():
        pytest.skip(f"systemd-tmpfiles makes nothing here: {done.stderr}")
    modes = {place.name: oct(place.stat().st_mode)[-4:] for place in (made, *made.iterdir())}
    assert modes == {"newsroom": "0711", "site": "2750", "log": "2750", "keys": "0700"}

"""A whole newsroom, made and served by the command that the README gives, and a real browser before it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import PATIENCE

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class RunningNewsroom:
    """A served demo newsroom: its address, its directory, the first editor's login, and what it printed."""

    address: str
    home: Path
    user: str
    password: str
    printed: str


@pytest.fixture(scope="session")
def running_newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningNewsroom]:
    home = tmp_path_factory.mktemp("newsroom") / "var"
    port = _free_port()
    output = home.parent / "output"
    with output.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "cryptonewshub", "init", "--demo", "--serve", "--port", str(port)],
            cwd=ROOT,
            env={**_plain_environment(), "CNH_HOME": str(home), "CNH_BASE_URL": f"http://localhost:{port}"},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for(f"http://localhost:{port}/", process, output)
        printed = output.read_text()
        login = re.search(r"Login\s+(\S+), password (\S+)", printed)
        assert login, printed
        yield RunningNewsroom(f"http://localhost:{port}", home, login[1], login[2], printed)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(90)


def _plain_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("CNH_", "DJANGO_", "PYTEST"))}


def _wait_for(address: str, process: subprocess.Popen[bytes], output: Path) -> None:
    for _ in range(6000):  # ten minutes: the machine may be busy with other things
        if process.poll() is not None:
            pytest.fail(f"The newsroom stopped while it started:\n{output.read_text()}")
        if "Stop with Ctrl-C" in output.read_text():
            break
        time.sleep(0.1)
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                assert answer.status == 200
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"Nobody answers at {address}:\n{output.read_text()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder share one newsroom, and so one worker."""
    for item in items:
        if "browser" in Path(item.path).parts:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))

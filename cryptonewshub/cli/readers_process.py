"""The readers' server as `cnh serve` looks after it: started, started again when it dies, and ended at the end.

It is a process of its own, so that no editor at work and no bake keeps a reader waiting. When `cnh serve` is killed it
goes on serving; the next `cnh serve` finds it by its note in the site's folder and takes its place.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

from cryptonewshub.config.home import Home

_MODULE = "cryptonewshub.delivery.reading_room"
_LONGEST_SOCKET = 100  # bytes: what every system allows for the path of a socket
_PATIENCE = 10.0  # seconds for a server to end


def socket_of(home: Home) -> Path:
    """Where the editors' process listens for the readers' server."""
    place = home.path / "editors.sock"
    if len(os.fsencode(place)) <= _LONGEST_SOCKET:
        return place
    return Path(tempfile.gettempdir()) / f"cnh-{sha256(os.fsencode(place)).hexdigest()[:12]}.sock"


def are_editors_served(home: Home) -> bool:
    """Whether somebody listens there."""
    with socket.socket(socket.AF_UNIX) as editors:
        return editors.connect_ex(str(socket_of(home))) == 0


class ReadersProcess:
    """The one readers' server of a newsroom."""

    def __init__(
        self,
        home: Home,
        host: str,
        port: int,
        workers: int,
        *,
        behind_proxy: bool = False,
        language: str = "en",
        caches: Collection[str] = (),
        memory: int = 64,
    ) -> None:
        self._home = home
        self._address = (host, port)
        self._command = [
            *(sys.executable, "-m", _MODULE, "--home", str(home.path), "--socket", str(socket_of(home))),
            *("--host", host, "--port", str(port), "--workers", str(workers), "--language", language),
            *("--memory", str(memory)),
            *(("--behind-proxy",) if behind_proxy else ()),
            *(("--caches", " ".join(caches)) if caches else ()),
        ]
        self._process: subprocess.Popen[bytes] | None = None

    def keep_up(self) -> bool:
        """Starts the server where none runs; whether it had to."""
        if self._process is not None and self._process.poll() is None:
            return False
        # A session of its own: what interrupts `cnh serve` reaches the server only through `end`.
        self._process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603
        _note(self._home).parent.mkdir(parents=True, exist_ok=True)
        _note(self._home).write_text(json.dumps({"pid": self._process.pid}), encoding="ascii")
        return True

    def wait_until_open(self) -> None:
        """Waits until somebody can be served, or the server ended, or the patience is at an end."""
        deadline = time.monotonic() + _PATIENCE
        while self._process is not None and self._process.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(OSError), socket.create_connection(self._address, timeout=1):
                return
            time.sleep(0.02)

    def end(self) -> None:
        """Ends the server and waits for it."""
        if self._process is not None:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_PATIENCE)
            self._process.kill()
            self._process.wait()
            _note(self._home).unlink(missing_ok=True)


def end_the_one_before(home: Home) -> bool:
    """Ends a readers' server that an earlier `cnh serve` of this newsroom left; whether there was one."""
    try:
        pid = int(json.loads(_note(home).read_text(encoding="ascii"))["pid"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
    if not _is_ours(pid, home):
        return False
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + _PATIENCE
        while _is_ours(pid, home) and time.monotonic() < deadline:
            time.sleep(0.05)
        if _is_ours(pid, home):
            os.kill(pid, signal.SIGKILL)
    return True


def _is_ours(pid: int, home: Home) -> bool:
    """Whether the process is a readers' server of this newsroom: a number is given again to another one some day."""
    asked = ["ps", "-ww", "-o", "args=", "-p", str(pid)]
    try:
        words = subprocess.run(asked, capture_output=True, check=False).stdout  # noqa: S603
    except OSError:
        return False
    return _MODULE.encode() in words and os.fsencode(str(home.path)) in words


def _note(home: Home) -> Path:
    return home.site / ".state" / "readers.json"

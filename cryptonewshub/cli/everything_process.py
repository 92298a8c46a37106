"""Baking everything in a process of its own, beside the editors': it may take an hour, and nobody waits for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys


class EverythingProcess:
    """`cnh bake --all`, whenever everything was asked for. One that is stopped is gone on with by the next."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def keep_up(self) -> None:
        """Starts it if there is something for it to do and it does not run already."""
        from cryptonewshub.delivery.baking import is_everything_due

        if (self._process is None or self._process.poll() is not None) and is_everything_due():
            command = [sys.executable, "-m", "cryptonewshub", "bake", "--all"]
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                command, stdout=subprocess.DEVNULL, start_new_session=True
            )

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
            self._process.wait()

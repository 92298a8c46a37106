"""The readers' server against nginx on the same baked files: `python -m benchmarks.serving --home var/newsroom`.

Both are started on one core, the load comes from another, and they take turns, so that whatever else the machine does
meets both. nginx has its default configuration with the same packed copies (`gzip_static`). What counts is the
processor time that a request costs, and the ratio of the medians; the slowest hundredth is wrk's. Needs wrk and nginx
(Debian has both) and two cores. The last turns ask for all stories of the site, the well read ones more often; on a
large site these are more than our server's memory holds.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from cryptonewshub.delivery.gone import is_gone

CONNECTIONS = (1, 16, 64)
SERVERS_CORE, LOADS_CORE = "0", "1"
_PROMISED = {1: 2.0, 64: 1.2}  # processor time of a request, as a multiple of nginx's
_TICK = os.sysconf("SC_CLK_TCK")
_NGINX = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;
events {{ worker_connections 768; }}
http {{
  include /etc/nginx/mime.types; default_type application/octet-stream; sendfile on; tcp_nopush on; access_log off;
  keepalive_requests 1000000;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen 127.0.0.1:{port}; root {site}; gzip_static on;
    location / {{ try_files $uri $uri/index.html =404; }}
  }}
}}
"""
_MANY_PAGES = """
local paths = {{ {paths} }}
local turn = 0
request = function()
  turn = turn % #paths + 1
  return wrk.format("GET", paths[turn])
end
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: what it is called, where it listens, and its first process."""

    name: str
    port: int
    pid: int


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn before one server showed. Times are microseconds of processor, and milliseconds of waiting."""

    cpu: float
    rate: float
    p50: float
    p99: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="the folder of a newsroom that is baked")
    parser.add_argument("--page", default="", help="the address to ask for; without it, a page of ordinary size")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3, help="of a turn")
    parser.add_argument("--memory", type=int, default=64, help="megabytes of pages that our server keeps")
    parser.add_argument("--json", type=Path, help="where the figures are left for a program")
    chosen = parser.parse_args()
    missing = [tool for tool in ("wrk", "nginx", "taskset") if not shutil.which(tool)]
    if missing:
        sys.exit(f"This needs {', '.join(missing)}. On Debian: apt install wrk nginx util-linux.")
    site = chosen.home.absolute() / "site"
    page = chosen.page or ordinary_page(site)
    with (
        tempfile.TemporaryDirectory(prefix="cnh-serving-") as folder,
        _servers(chosen.home, Path(folder), chosen.memory) as servers,
    ):
        ways = {str(connections): (connections, [page]) for connections in CONNECTIONS}
        paths = list(_pages(site))
        script = Path(folder) / "pages.lua"
        script.write_text(
            _MANY_PAGES.format(paths=", ".join(map(json.dumps, _as_readers_ask(paths)))), encoding="utf-8"
        )
        ways[f"64, {len(paths):,} pages"] = (64, ["-s", str(script), ""])
        print(f"{page}, {_sent(servers[0], page):,} bytes in gzip; {os.cpu_count()} cores, one for each side")
        found = _compared(servers, ways, chosen.rounds, chosen.seconds)
    for line in _table(found):
        print(line)
    if chosen.json:
        chosen.json.write_text(json.dumps({way: _figures(turns) for way, turns in found.items()}, indent=1) + "\n")


def ordinary_page(site: Path) -> str:
    """The story of median size."""
    sizes = sorted((site / path.strip("/") / "index.html").stat().st_size for path in islice(_pages(site), 2_000))
    return next(
        p for p in _pages(site) if (site / p.strip("/") / "index.html").stat().st_size >= sizes[len(sizes) // 2]
    )


def _as_readers_ask(paths: list[str]) -> list[str]:
    """Addresses as often as readers ask for them: the n-th most read page 1/n times as often as the first (Zipf)."""
    dice = random.Random(1)  # the same readers in each run
    dice.shuffle(paths)
    return dice.choices(paths, [1 / place for place in range(1, len(paths) + 1)], k=100_000)


def _pages(site: Path) -> Iterator[str]:
    """The addresses of stories: what has a history below it, and was not withdrawn."""
    for folder, below, _ in os.walk(site):
        if "history" in below and not is_gone(Path(folder, "index.html").read_bytes()):
            yield f"/{Path(folder).relative_to(site).as_posix()}/"
        below[:] = sorted(name for name in below if not name.startswith(".") and name not in ("history", "editions"))


@contextlib.contextmanager
def _servers(home: Path, folder: Path, memory: int) -> Iterator[list[Server]]:
    ports = free_port(), free_port()
    configuration = folder / "nginx.conf"
    configuration.write_text(_NGINX.format(folder=folder, port=ports[0], site=home.absolute() / "site"))
    reading_room = [sys.executable, "-m", "cryptonewshub.delivery.reading_room", "--home", str(home)]
    commands = (
        ["nginx", "-c", str(configuration), "-e", str(folder / "error.log")],
        [*reading_room, "--port", str(ports[1]), "--socket", str(folder / "nobody.sock"), "--memory", str(memory)],
    )
    started = [subprocess.Popen(["taskset", "-c", SERVERS_CORE, *command]) for command in commands]
    try:
        for port in ports:
            wait_for(port)
        yield [Server(*told) for told in zip(("nginx", "ours"), ports, (p.pid for p in started), strict=True)]
    finally:
        for process in started:
            process.send_signal(signal.SIGTERM)
        for process in started:
            process.wait(10)


def _compared(
    servers: list[Server], ways: dict[str, tuple[int, list[str]]], rounds: int, seconds: int
) -> dict[str, dict[str, list[Turn]]]:
    found: dict[str, dict[str, list[Turn]]] = {way: {server.name: [] for server in servers} for way in ways}
    for server in servers:  # the first turns fill memories, and do not count
        for connections, target in ways.values():
            _turn(server, connections, target, seconds)
    for turn in range(rounds):
        for way, (connections, target) in ways.items():
            for server in servers if turn % 2 else reversed(servers):
                found[way][server.name].append(_turn(server, connections, target, seconds))
    return found


def _turn(server: Server, connections: int, target: list[str], seconds: int) -> Turn:
    *options, path = target
    address = f"http://127.0.0.1:{server.port}{path}"
    command = ["taskset", "-c", LOADS_CORE, "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
    before = _processor(server.pid)
    done = subprocess.run(
        [*command, "-H", "Accept-Encoding: gzip", *options, address], capture_output=True, text=True, check=True
    )
    spent = _processor(server.pid) - before
    count = re.search(r"(\d+) requests in", done.stdout)
    if count is None or "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        sys.exit(f"{server.name} did not answer as it should:\n{done.stdout}")
    return Turn(
        cpu=1e6 * spent / int(count[1]),
        rate=int(count[1]) / seconds,
        p50=_milliseconds(done.stdout, "50%"),
        p99=_milliseconds(done.stdout, "99%"),
    )


def _milliseconds(report: str, share: str) -> float:
    found = re.search(rf"{share}\s+([\d.]+)(us|ms|s)", report)
    return float(found[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[found[2]] if found else 0.0


def _processor(pid: int) -> float:
    """Seconds of processor that a process and those below it have used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    own = (int(fields[11]) + int(fields[12])) / _TICK
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return own + sum(_processor(int(child)) for child in children)


def _sent(server: Server, page: str) -> int:
    from urllib.request import Request, urlopen

    asked = Request(f"http://127.0.0.1:{server.port}{page}", headers={"Accept-Encoding": "gzip"})
    with urlopen(asked) as answer:
        return len(answer.read())


def _figures(turns: dict[str, list[Turn]]) -> dict[str, dict[str, float]]:
    return {
        name: {field: statistics.median(getattr(turn, field) for turn in of) for field in ("cpu", "rate", "p50", "p99")}
        for name, of in turns.items()
    }


def _table(found: dict[str, dict[str, list[Turn]]]) -> Iterator[str]:
    yield "| connections | server | processor µs a request | ratio | promised | requests/s | p50 ms | p99 ms | ratio |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for way, turns in found.items():
        figures = _figures(turns)
        for name, of in figures.items():
            ratio, promised, slow = "", "", ""
            if name != "nginx":
                ratio = f"{of['cpu'] / figures['nginx']['cpu']:.2f}"
                promised = f"{_PROMISED[int(way)]}" if way.isdigit() and int(way) in _PROMISED else ""
                slow = f"{of['p99'] / figures['nginx']['p99']:.2f}" if figures["nginx"]["p99"] else ""
            yield (
                f"| {way} | {name} | {of['cpu']:.1f} | {ratio} | {promised} | {of['rate']:,.0f} "
                f"| {of['p50']:.2f} | {of['p99']:.2f} | {slow} |"
            )


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(port: int) -> None:
    deadline = time.monotonic() + 20
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        if time.monotonic() > deadline:
            sys.exit("A server did not start.")
        time.sleep(0.05)


if __name__ == "__main__":
    main()

"""What readers notice of a newsroom at work: `python -m benchmarks.at_work [--home var/newsroom]`.

`cnh serve` runs as always. wrk reads a page over 64 connections in peace, and while two editors open one screen of the
editor after the other without a pause and the whole site is baked again and again; the two take turns. Without a
home, a demonstration newsroom is made and thrown away.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from benchmarks.serving import free_port, ordinary_page, wait_for

CNH = [sys.executable, "-m", "cryptonewshub"]
EDITORS = 2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="the folder of a newsroom that is baked and not served")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=6, help="of a turn")
    chosen = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("This needs wrk. On Debian: apt install wrk.")
    with tempfile.TemporaryDirectory(prefix="cnh-at-work-") as folder:
        home = (chosen.home or Path(folder) / "newsroom").absolute()
        os.environ["CNH_HOME"] = str(home)
        if chosen.home is None:
            subprocess.run([*CNH, "init", "--demo"], check=True, capture_output=True)
        page, cookie, story = ordinary_page(home / "site"), *_editor()
        with _served() as address:
            in_peace, at_work, screens = [], [], 0
            for _ in range(chosen.rounds):
                in_peace.append(_read(address + page, chosen.seconds))
                with _work(address, cookie, story) as work:
                    at_work.append(_read(address + page, chosen.seconds))
                screens += work.screens
    rates = [statistics.median(turn) for turn in (in_peace, at_work)]
    print(f"{page}, 64 connections, medians of {chosen.rounds} turns of {chosen.seconds} s, {os.cpu_count()} cores")
    print(
        f"in peace {rates[0]:,.0f} requests/s, at work {rates[1]:,.0f}: {rates[1] / rates[0]:.2f} of it (promised 0.67)"
    )
    print(f"the editors opened {screens / chosen.rounds / chosen.seconds:.1f} screens a second meanwhile")


class _Work:
    """Two editors and a bake, until told to stop."""

    def __init__(self, address: str, cookie: str, story: int) -> None:
        self.screens = 0
        self._screens = [f"{address}/admin/", f"{address}/admin/pages/{story}/edit/"]
        self._cookie = cookie
        self._is_over = threading.Event()
        self._threads = [threading.Thread(target=self._edit) for _ in range(EDITORS)]
        self._threads.append(threading.Thread(target=self._bake))

    def begin(self) -> None:
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        self._is_over.set()
        for thread in self._threads:
            thread.join()

    def _edit(self) -> None:
        while not self._is_over.is_set():
            for screen in self._screens:
                with (
                    contextlib.suppress(URLError),
                    urlopen(Request(screen, headers={"Cookie": self._cookie})) as answer,
                ):
                    answer.read()
                    self.screens += 1

    def _bake(self) -> None:
        while not self._is_over.is_set():
            subprocess.run([*CNH, "bake", "--all"], check=True, capture_output=True)


@contextlib.contextmanager
def _work(address: str, cookie: str, story: int) -> Iterator[_Work]:
    work = _Work(address, cookie, story)
    work.begin()
    try:
        yield work
    finally:
        work.end()


@contextlib.contextmanager
def _served() -> Iterator[str]:
    port = free_port()
    process = subprocess.Popen([*CNH, "serve", "--port", str(port)], stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def _editor() -> tuple[str, int]:
    """A session of somebody who may edit, as a cookie, and the number of a story."""
    from cryptonewshub.cli.newsroom import open_newsroom

    open_newsroom()
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    from cryptonewshub.articles.models import ArticlePage

    someone = get_user_model().objects.filter(is_superuser=True).first()
    if someone is None:
        sys.exit("Nobody in this newsroom may do everything; give it an administrator first.")
    client = Client()
    client.force_login(someone)
    story = ArticlePage.objects.filter(live=True).values_list("pk", flat=True)[0]
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}", story


def _read(address: str, seconds: int) -> float:
    """Requests a second."""
    command = ["wrk", "-t1", "-c64", f"-d{seconds}s", "-H", "Accept-Encoding: br", address]
    # A session of its own: the load stands for machines elsewhere, and takes no turns with the newsroom's own work.
    done = subprocess.run(command, capture_output=True, text=True, check=True, start_new_session=True)
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    if found is None or "Non-2xx" in done.stdout:
        sys.exit(f"The page was not answered as it should be:\n{done.stdout}")
    return float(found[1])


if __name__ == "__main__":
    main()

"""F13, F14: readers who are slow on purpose, and requests without measure, before the embedded server alone."""

from __future__ import annotations

import os
import resource
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cryptonewshub.cli.readers_process import ReadersProcess
from cryptonewshub.config.home import Home
from cryptonewshub.delivery.on_the_way import SHARE
from tests.faults.flooding import HEAD, LETTER, ninety_ninth, slow
from tests.faults.tracing import IS_LONG

pytestmark = [pytest.mark.service, pytest.mark.xdist_group("faults")]

COUNT = 2_000 if IS_LONG else 300
PICTURE = b"GET /media/quay.webp HTTP/1.1\r\nHost: news.example\r\n\r\n"
KINDS = {
    "a head that never ends": (HEAD, b"X-More: y\r\n"),
    "a reader's letter that drips": (LETTER, b"x"),
    "an editor's form that drips": (LETTER.replace(b"/comments/", b"/admin/"), b"x"),
    "an answer that is not fetched": (PICTURE, b""),
}


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A readers' server whose editors are away."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(COUNT + 512, hard)), hard))
    home = Home(tmp_path_factory.mktemp("slow") / "home")
    home.prepare()
    (home.site / "index.html").write_text(f"<!doctype html><p>{'The ferry sails. ' * 500}</html>\n")
    (home.site / "media").mkdir()
    (home.site / "media" / "quay.webp").write_bytes(os.urandom(1_000_000))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found = int(probe.getsockname()[1])
    readers = ReadersProcess(home, "127.0.0.1", found, 1)
    readers.keep_up()
    readers.wait_until_open()
    yield found
    readers.end()


def test_slow_connections_keep_no_reader_waiting_and_are_dropped(port: int) -> None:
    """F13. All kinds at once in the short form, one after another in the long one."""
    usual = ninety_ninth(port)
    if not IS_LONG:
        _require_dropped(port, usual, list(KINDS.values()))
        return
    for kind in KINDS.values():
        _require_dropped(port, usual, [kind])


def _require_dropped(port: int, usual: float, kinds: list[tuple[bytes, bytes]]) -> None:
    from contextlib import ExitStack

    with ExitStack() as crowds:
        opened = [crowds.enter_context(slow(port, COUNT // len(kinds), *kind)) for kind in kinds]
        # Twice the usual is what is asked; the rest is for machines that are busy with something else.
        assert min(ninety_ninth(port) for _ in range(3)) < 2 * usual + 0.2
        until = time.monotonic() + 90  # 30 s on a machine that has nothing else to do
        while any(crowd.left() for crowd in opened):
            assert time.monotonic() < until, [crowd.left() for crowd in opened]
            time.sleep(0.5)
    assert ninety_ninth(port, 20) < 60


def test_answers_that_are_not_fetched_fill_no_memory(port: int) -> None:
    """F13. Each would lie in memory until it is fetched; one network has a share of so many bytes."""
    workers = _server_processes(port)
    before = sum(_resident(pid) for pid in workers)
    with slow(port, COUNT, PICTURE, b"") as crowd:
        time.sleep(3)
        assert sum(_resident(pid) for pid in workers) - before < 2 * SHARE
        assert ninety_ninth(port, 20) < 60
        until = time.monotonic() + 90
        while crowd.left():
            assert time.monotonic() < until
            time.sleep(0.5)


HUGE = 1_000_000_000
REQUESTS = {
    "a head of 64 kB": (HEAD + b"X: " + b"y" * 65_536 + b"\r\n\r\n", 431),
    "three hundred headers": (HEAD + b"X: y\r\n" * 300 + b"\r\n", 431),
    "an address of 64 kB": (b"GET /" + b"a" * 65_536 + b" HTTP/1.1\r\n\r\n", 431),
    "a gigabyte for the editor": (b"POST /admin/ HTTP/1.1\r\nHost: n\r\nContent-Length: 1000000000\r\n\r\n", 413),
    "a letter of a megabyte": (b"POST /comments/ HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n", 413),
    "a gigabyte for a page": (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % HUGE, 405),
    "pieces without end": (b"POST /admin/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nmore\r\n", 411),
    "a packed letter": (
        b"POST /comments/ HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\n", 415,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REQUESTS)
def test_what_is_without_measure_is_refused_before_it_has_come(port: int, name: str) -> None:
    """F14: nothing but the head was sent, and the answer is there."""
    sent, status = REQUESTS[name]
    with socket.create_connection(("127.0.0.1", port), timeout=120) as connection:
        connection.sendall(sent)
        head, _, body = _answer(connection).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status), head
    if status not in (431,):  # of a head that was never read nobody here knows anything
        assert body.endswith(b".\n")
        assert body.count(b"\n") == 1


def _answer(connection: socket.socket) -> bytes:
    """Head and body of one answer."""
    said = b""
    while part := connection.recv(65_536):
        said += part
        head, end, body = said.partition(b"\r\n\r\n")
        length = head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0]
        if end and len(body) >= int(length or 0):
            break
    return said


def test_a_flood_of_huge_bodies_leaves_memory_and_disk_as_they_were(port: int) -> None:
    workers = _server_processes(port)
    before = sum(_resident(pid) for pid in workers)
    head = b"POST /admin/images/add/ HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"
    for size in (HUGE, 60_000_000):
        with socket.create_connection(("127.0.0.1", port), timeout=120) as connection:
            try:
                connection.sendall(head % size)
                for _ in range(60):
                    connection.sendall(b"x" * 1_000_000)
                assert _answer(connection).startswith((b"HTTP/1.1 413 ", b"HTTP/1.1 503 "))  # the editors are away
            except (ConnectionResetError, BrokenPipeError):
                assert size == HUGE  # it was refused, and the connection closed, while we were still sending
    assert sum(_resident(pid) for pid in workers) - before < 50_000_000
    until = time.monotonic() + 60
    while any(_unnamed_files(pid) for pid in workers):
        assert time.monotonic() < until
        time.sleep(0.1)


def _server_processes(port: int) -> list[int]:
    found: list[int] = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"--port\0{port}\0".encode() in (folder / "cmdline").read_bytes() or _is_child_of(folder, found):
                found.append(int(folder.name))
        except OSError:
            continue
    assert found
    return found


def _is_child_of(folder: Path, parents: list[int]) -> bool:
    return int((folder / "stat").read_text().rpartition(")")[2].split()[1]) in parents


def _resident(pid: int) -> int:
    """Bytes in memory."""
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()


def _unnamed_files(pid: int) -> list[str]:
    """Files without a name that it has open, but for the output that pytest gave it."""
    links = [os.readlink(link) for link in Path(f"/proc/{pid}/fd").iterdir() if int(link.name) > 2]
    return [link for link in links if link.endswith("(deleted)")]

"""`cnh serve [--port N]`: serves files to readers and the editor to the staff, until it is interrupted.

Two processes: this one is the editors', and keeps the clock; the readers' server beside it has files and no more, and
hands on what only the editors' process can answer.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import errno
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from cryptonewshub.cli.comments import care_for_comments
from cryptonewshub.cli.everything_process import EverythingProcess
from cryptonewshub.cli.metrics_server import serve_metrics
from cryptonewshub.cli.newsroom import NewsroomError, open_newsroom
from cryptonewshub.cli.readers_process import ReadersProcess, end_the_one_before, socket_of
from cryptonewshub.config.database import VARIABLE, database_trouble, is_away
from cryptonewshub.config.home import Home

if TYPE_CHECKING:
    from cryptonewshub.delivery.caches.kinds import Cache

_Found = TypeVar("_Found")
_DATABASE = "the database"

SCHEDULE_SECONDS = 10
READERS_SECONDS = 1
WITNESS_SECONDS = 5
MIRROR_SECONDS = 2
PURGE_SECONDS = 0.5
AUDIT_SECONDS = 3600
INSPECTION_SECONDS = 150
EVERYTHING_SECONDS = 10
TRY_AGAIN = 75  # EX_TEMPFAIL: whatever supervises the server starts it again
DRAFTS_A_ROUND = 5  # the desk's check of one takes a few tenths of a second


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_port(parser)


def add_port(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=_port, default=8000, help="where to listen (8000)")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1: this machine only)")


def run(arguments: argparse.Namespace) -> int:
    listening = claim_port(arguments.port, arguments.host)
    home = open_newsroom()
    return serve(home, listening)


def _port(value: str) -> int:
    if not value.isascii() or not value.isdigit() or not 0 < int(value[:6]) < 65536:
        raise argparse.ArgumentTypeError(f"“{value}” is not a port; it is a number from 1 to 65535")
    return int(value)


def claim_port(port: int, host: str = "127.0.0.1") -> tuple[str, int]:
    """The address, if it is free. Raises NewsroomError when something else listens there."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                if end_the_one_before(Home.from_environment()):
                    return claim_port(port, host)
                raise NewsroomError(
                    f"port {port} is in use by another program; choose another one with --port."
                ) from error
            raise NewsroomError(f"port {port} of {host} cannot be opened: {error.strerror}.") from error
    return host, port


def serve(home: Home, listening: tuple[str, int]) -> int:
    """Serves until it is interrupted."""
    from django.conf import settings

    from cryptonewshub.delivery.caches.kinds import headers_wanted
    from cryptonewshub.delivery.caches.sending import forget_other_caches
    from cryptonewshub.delivery.collecting import collect_seldom

    host, port = listening
    serve_metrics(settings.CNH_METRICS)
    readers = ReadersProcess(
        home,
        host,
        port,
        settings.CNH_READER_PROCESSES,
        behind_proxy=settings.CNH_BEHIND_PROXY,
        language=settings.CNH_LANGUAGE,
        caches=headers_wanted(settings.CNH_CACHES),
        memory=settings.CNH_READER_MEMORY,
    )
    readers.keep_up()
    try:
        _attempt(forget_other_caches)
        _attempt(_enter_and_bake_what_is_waiting)
        readers.wait_until_open()
        collect_seldom()
        _say_where(home, port)
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_serve(socket_of(home), readers))
    finally:
        readers.end()
        socket_of(home).unlink(missing_ok=True)
    print("Stopped.", file=sys.stderr)
    from cryptonewshub.editions import disk

    return TRY_AGAIN if disk.has_failed() else 0


async def _serve(place: Path, readers: ReadersProcess) -> None:
    from django.conf import settings
    from granian.constants import Interfaces
    from granian.server.embed import Server

    from cryptonewshub.config.asgi import newsroom_application

    place.unlink(missing_ok=True)  # what a killed process left
    server = Server(
        newsroom_application(),
        uds=place,
        interface=Interfaces.ASGI,
        websockets=False,
        log_enabled=False,
    )
    everything = EverythingProcess()
    chores = [
        asyncio.create_task(_keep_the_schedule(server)),
        asyncio.create_task(_every(READERS_SECONDS, lambda: _look_after(readers))),
        asyncio.create_task(_every(SCHEDULE_SECONDS, care_for_comments)),
        asyncio.create_task(_every(WITNESS_SECONDS, _ask_witnesses)),
        asyncio.create_task(_every(MIRROR_SECONDS, _mirror)),
        *(asyncio.create_task(_every(PURGE_SECONDS, partial(_purge, cache))) for cache in settings.CNH_CACHES),
        asyncio.create_task(_every(AUDIT_SECONDS, _audit_the_log)),
        asyncio.create_task(_every(INSPECTION_SECONDS, _mend_damaged_pages)),
        asyncio.create_task(_every(EVERYTHING_SECONDS, everything.keep_up)),
    ]
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, server.stop)
    try:
        await server.serve()
    finally:
        for chore in chores:
            chore.cancel()
        everything.stop()


async def _keep_the_schedule(server: Any) -> None:
    """Publishes what is due, every few seconds. A failure is logged, and the next round comes all the same.

    A disk that did not confirm a write ends the server: the next start begins from what is really there.
    """
    from cryptonewshub.editions import disk

    while not disk.has_failed():
        await asyncio.sleep(SCHEDULE_SECONDS)
        try:
            await asyncio.to_thread(_attempt, _publish_what_is_due)
        except Exception:
            logging.getLogger(__name__).exception("The schedule could not be kept.")
    server.stop()


async def _every(seconds: float, chore: Callable[[], None]) -> None:
    """Does a chore again and again, apart from everything else. A failure is logged, and the next round comes."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await asyncio.to_thread(_attempt, chore)
        except Exception:
            logging.getLogger(__name__).exception("A chore could not be done.")


def _attempt(work: Callable[[], _Found]) -> _Found | None:
    """One round of a chore, on a connection of its own: a database that was restarted has left the old one dead.

    While the database is away the round is left out, and what is wrong is said once.
    """
    from django.db import close_old_connections

    close_old_connections()
    try:
        return work()
    except Exception as error:
        if not is_away(error):
            raise
        trouble = database_trouble(error, os.environ.get(VARIABLE, "")) or ""
        _say_once(_DATABASE, [f"{trouble[:1].upper()}{trouble[1:]} Readers are served."])
        return None
    finally:
        close_old_connections()


def _look_after(readers: ReadersProcess) -> None:
    if readers.keep_up():
        logging.getLogger(__name__).error("The readers’ server had ended; it was started again.")


def _ask_witnesses() -> None:
    from cryptonewshub.editions.custody import ask_witnesses

    _say_once("witnesses", ask_witnesses())


def _mirror() -> None:
    """What waits because the store is away is tried again each time."""
    from cryptonewshub.delivery.mirror.mirroring import mirror_for_a_moment, store_of_settings
    from cryptonewshub.delivery.mirror.store import StoreError

    try:
        store = store_of_settings()
        if store is not None:
            mirror_for_a_moment(store)
        _say_once("the store", [])
    except StoreError as error:
        _say_once("the store", [str(error)])


def _purge(cache: Cache) -> None:
    """One cache that is away stands in no other's way."""
    from cryptonewshub.delivery.caches.sending import send_what_waits

    _say_once(cache.name, send_what_waits(cache))


def _say_once(of: str, problems: Iterable[str]) -> None:
    """Each sentence once, however often, and in however many chores at once, the same thing fails in the same way."""
    news = set(problems)
    with _saying:
        for problem in news - _said.get(of, set()):
            logging.getLogger(__name__).warning(problem)
        _said[of] = news


_said: dict[str, set[str]] = {}
_saying = Lock()


def _say_that_it_is_back() -> None:
    with _saying:
        if _said.pop(_DATABASE, None):
            logging.getLogger(__name__).warning("The database answers again.")


def _audit_the_log() -> None:
    from cryptonewshub.editions.custody import audit_log

    audit_log()


def _mend_damaged_pages() -> None:
    """A very large site is gone through part by part."""
    from cryptonewshub.delivery.baking import mend_damaged
    from cryptonewshub.delivery.inspecting import MOST_AT_ONCE, count_written

    for address in mend_damaged(start=_inspected[0]):
        logging.getLogger(__name__).error("The page at %s was changed on disk; it is baked again.", address)
    _inspected[0] = _inspected[0] + MOST_AT_ONCE if _inspected[0] + MOST_AT_ONCE < count_written() else 0


_inspected = [0]


def _publish_what_is_due() -> None:
    from cryptonewshub.accuracy.last_checks import recheck
    from cryptonewshub.editions.scheduling import publish_due

    publish_due()
    _enter_and_bake_what_is_waiting()
    recheck(DRAFTS_A_ROUND)
    _say_that_it_is_back()


def _enter_and_bake_what_is_waiting() -> None:
    """What a crash or a full disk has left undone. A log that cannot be written is reported; readers are served."""
    from cryptonewshub.editions.entering import sequence_and_tell

    sequence_and_tell()


def _say_where(home: Home, port: int) -> None:
    from cryptonewshub.cli.founding import login_of

    address = os.environ.get("CNH_BASE_URL") or f"http://localhost:{port}"
    login = _attempt(lambda: login_of(home))
    print(f"\n  Read   {address}/")
    print(f"  Edit   {address}/admin/")
    if login:
        print(f"  Login  {login[0]}, password {login[1]}")
    print("\n  Stop with Ctrl-C.", flush=True)

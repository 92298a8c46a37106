"""`python -m cryptonewshub.delivery.reading_room`: the readers' server as a process, light and without Django.

Usually started by `cnh serve`, which looks after it. It outlives that process: readers are served while everything else
is down, and the next `cnh serve` takes its place.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import resource
from collections.abc import Collection
from dataclasses import replace
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from cryptonewshub.delivery.behind import Behind
from cryptonewshub.delivery.caches.keys import headers_by
from cryptonewshub.delivery.counting import counts_of, forget_all, keep_writing
from cryptonewshub.delivery.on_the_way import OnTheWay
from cryptonewshub.delivery.readers import Readers
from cryptonewshub.delivery.shelves import A_MOMENT, IMMUTABLE, UPLOADED, Shelf
from cryptonewshub.delivery.stalled import keep_watching

DYNAMIC = ("/readyz", "/admin/", "/static/", "/uploads/", "/search/", "/comments/")
THREADS = 24
"""Of a worker. At most twelve wait for the editors' process (`Behind`) and eight for a body (`MOST_ARRIVING`), so that
some are always free for readers."""
HEADER_SECONDS = 20
"""For a request's head, and for the next one on a connection that is kept open."""
LONGEST_HEAD = 32_768
_MOST_CONNECTIONS = 8_192
"""Of a worker. A connection that waits costs some kilobytes; one that is not taken costs a reader."""

_HOME = "READING_ROOM_HOME"
_SOCKET = "READING_ROOM_SOCKET"
_BEHIND_PROXY = "READING_ROOM_BEHIND_PROXY"
_LANGUAGE = "READING_ROOM_LANGUAGE"
_CACHES = "READING_ROOM_CACHES"
_MEMORY = "READING_ROOM_MEMORY"


def application_for(
    home: Path,
    socket: Path,
    *,
    behind_proxy: bool = False,
    language: str = "en",
    caches: Collection[str] = (),
    memory: int = 64,
) -> Readers:
    """The readers' server of the newsroom in a folder.

    `caches` are the headers by which those before it learn; `memory` is what it keeps of pages, in megabytes.
    """
    for_caches = headers_by(caches)
    return Readers(
        shelves=[replace(shelf, for_caches=for_caches) for shelf in shelves_of(home)],
        behind=Behind(socket, DYNAMIC, behind_proxy=behind_proxy, language=language),
        missing=home / "site" / "404.html",
        most_bytes=memory * 1_000_000,
        on_the_way=OnTheWay(one_proxy=behind_proxy),
    )


def shelves_of(home: Path) -> tuple[Shelf, ...]:
    """Every file that readers may have of the newsroom in a folder. The first shelf for an address has it."""
    site = home / "site"
    return (
        Shelf("/assets/", site / "assets", cache_control=IMMUTABLE),
        Shelf("/media/", site / "media", cache_control=IMMUTABLE, has_ranges=True),
        Shelf("/sources/", site / "sources", headers=UPLOADED),
        *log_shelves(home / "log"),
        Shelf("/", site),
    )


def log_shelves(folder: Path) -> tuple[Shelf, ...]:
    """The log's files: what can never change is kept for ever, the rest is asked for again. Nothing else is served."""
    return (
        Shelf("/log/tile/", folder / "tile", cache_control=IMMUTABLE, content_type="application/octet-stream"),
        Shelf("/log/proof/", folder / "proof", content_type="text/plain; charset=utf-8"),
        # A content document never changes, and can be withdrawn: then no cache may go on showing it.
        Shelf("/log/content/", folder / "content", content_type="application/json"),
        Shelf("/log/doc/", folder / "doc", cache_control=IMMUTABLE, content_type="application/json"),
        Shelf("/log/keys.json", folder, content_type="application/json", only="keys.json"),
        Shelf("/log/", folder, cache_control=A_MOMENT, content_type="text/plain; charset=utf-8", only="checkpoint"),
    )


@cache
def _application() -> Readers:
    home = Path(os.environ[_HOME])
    readers = application_for(
        home,
        Path(os.environ[_SOCKET]),
        behind_proxy=os.environ.get(_BEHIND_PROXY) == "1",
        language=os.environ.get(_LANGUAGE, "en"),
        caches=os.environ.get(_CACHES, "").split(),
        memory=int(os.environ.get(_MEMORY, "64")),
    )
    keep_writing(readers.counts, counts_of(home))
    keep_watching(readers.on_the_way)
    return readers


_making = Lock()


def application(environ: dict[str, Any], start: Any) -> Any:
    """What each worker runs. The first requests come at once, and share one application with its limits."""
    with _making:
        readers = _application()
    return readers(environ, start)


def main() -> None:
    parser = argparse.ArgumentParser(description="Serve the baked files of a newsroom to readers.")
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--socket", type=Path, required=True, help="where the editors' process listens")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--behind-proxy", action="store_true", help="a proxy of ours says who asks")
    parser.add_argument("--language", default="en", help="in which readers are told what is not available")
    parser.add_argument("--caches", default="", help="the headers by which caches before us learn what they keep")
    parser.add_argument("--memory", type=int, default=64, help="megabytes of pages that a worker keeps")
    arguments = parser.parse_args()
    os.environ[_MEMORY] = str(arguments.memory)
    os.environ[_HOME] = str(arguments.home.absolute())
    os.environ[_SOCKET] = str(arguments.socket.absolute())
    os.environ[_LANGUAGE] = arguments.language
    os.environ[_CACHES] = arguments.caches
    os.environ[_BEHIND_PROXY] = "1" if arguments.behind_proxy else ""
    forget_all(counts_of(arguments.home))
    serve(arguments.host, arguments.port, arguments.workers)


def serve(host: str, port: int, workers: int) -> None:
    """Serves until it is told to stop; a worker that dies is started again."""
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings

    Granian(
        "cryptonewshub.delivery.reading_room:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_SECONDS * 1000, max_buffer_size=LONGEST_HEAD),
        backlog=4_096,
        backpressure=_most_connections(),
        websockets=False,
        log_enabled=False,
        respawn_failed_workers=True,
    ).serve()


def _most_connections() -> int:
    """As many as the system allows: its usual limit of 1,024 open files is raised as far as it may be."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _MOST_CONNECTIONS if hard == resource.RLIM_INFINITY else min(_MOST_CONNECTIONS, hard - 256)
    most = max(most, 128)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most + 256), hard))
    return most


if __name__ == "__main__":
    main()

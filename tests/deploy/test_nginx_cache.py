"""nginx as a cache, a real one with Debian's module, by the very lines of docs/how-to/behind-a-cache.md."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from cryptonewshub.delivery.caches.kinds import Nginx, PurgeRefused
from cryptonewshub.delivery.reading_room import application_for
from tests.deploy.newsroom import Asked, Served, ask, free_port, wait_until

pytestmark = [pytest.mark.service, pytest.mark.xdist_group("deploy")]
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
MODULE = Path("/usr/lib/nginx/modules/ngx_http_cache_purge_module.so")
HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "behind-a-cache.md"


class _Silent(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def home(tmp_path: Path) -> Path:
    tmp_path.chmod(0o755)
    for path in ("", "quay"):
        (tmp_path / "site" / path).mkdir(parents=True)
        (tmp_path / "site" / path / "index.html").write_text("old")
    return tmp_path


@pytest.fixture
def origin(home: Path) -> Iterator[int]:
    readers = application_for(home, home / "nobody.sock", caches=[Nginx.learns_by])
    server = make_server("127.0.0.1", 0, readers, handler_class=_Silent)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def _lines_of_the_how_to(folder: Path) -> list[str]:
    """What stands outside of the server, in it, and in the location."""
    block = re.search(r"^        proxy_cache_path .*?(?=\n\n)", HOW_TO.read_text(), re.MULTILINE | re.DOTALL)
    assert block is not None
    parts = re.split(r"# in the .*", block[0].replace("/var/cache/nginx/newsroom", str(folder / "cache")))
    assert len(parts) == 3
    return parts


def _conf(folder: Path, origin: int, port: int, *, has_module: bool) -> str:
    outside, server, location = _lines_of_the_how_to(folder)
    if not has_module:
        server, location = "", location.partition("}")[2]
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    return (
        f"{f'load_module {MODULE};' if has_module else ''}\n{'user root;' if os.geteuid() == 0 else ''}\n"
        f"daemon off;\nworker_processes 1;\npid {folder}/pid;\nerror_log stderr;\nevents {{ }}\n"
        f"http {{\n{places}access_log off;\n{outside}\nserver {{\nlisten 127.0.0.1:{port};\n{server}\n"
        f"location / {{\n{location}\nproxy_pass http://127.0.0.1:{origin};\n}}\n}}\n}}\n"
    )


@pytest.mark.parametrize("has_module", [True, False])
def test_nginx_lets_go_of_an_address_or_says_that_it_cannot(home: Path, origin: int, has_module: bool) -> None:
    if NGINX is None or not MODULE.exists():
        pytest.skip(
            "There is no nginx that purges. On Debian: apt-get install nginx-light libnginx-mod-http-cache-purge"
        )
    served = Served(free_port(), home)
    (home / "nginx.conf").write_text(_conf(home, origin, served.port, has_module=has_module))
    output = home / "output"
    with output.open("wb") as out:
        process = subprocess.Popen(
            [NGINX, "-p", str(home), "-e", "stderr", "-c", str(home / "nginx.conf")],
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    cache = Nginx(f"http://127.0.0.1:{served.port}")
    try:
        wait_until(lambda: ask(served, Asked("/")).status == 200, process, output)
        for path in ("/quay/", "/quay/?from=feed"):
            assert ask(served, Asked(path, headers={"Accept-Encoding": "gzip"})).body == b"old"
        (home / "site" / "quay" / "index.html").write_text("new")
        assert ask(served, Asked("/quay/?from=feed")).body == b"old"
        assert "x-accel-expires" not in ask(served, Asked("/quay/")).headers
        if has_module:
            cache.purge(["/quay/", "/never/asked/"])
            assert ask(served, Asked("/quay/?from=feed")).body == b"new"
        else:
            with pytest.raises(PurgeRefused, match="knows no PURGE"):
                cache.purge(["/quay/"])
    finally:
        process.terminate()
        process.wait(90)

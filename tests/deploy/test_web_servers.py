"""nginx and Caddy, real ones, with the configurations that we ship: each address as the embedded server answers it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli
import pytest
import zstandard

from cryptonewshub.delivery.behind import Behind
from cryptonewshub.delivery.caches.keys import SURROGATE, headers_by
from cryptonewshub.delivery.headers import PAGE_HEADERS
from cryptonewshub.delivery.reading_room import DYNAMIC
from tests.deploy.newsroom import FORGED, Answer, Asked, Served, ask, free_port, noting, wait_until

pytestmark = [pytest.mark.service, pytest.mark.xdist_group("deploy")]
DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
CADDY = shutil.which("caddy")
COMPARED = (
    "content-type",
    "cache-control",
    "location",
    "content-range",
    "allow",
    "retry-after",
    *(name.decode() for name, _ in PAGE_HEADERS),
)
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}


@contextmanager
def running(command: list[str], served: Served, folder: Path) -> Iterator[Served]:
    """A web server, until the block is left."""
    output = folder / "output"
    with output.open("wb") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=subprocess.STDOUT, env={**os.environ, "HOME": str(folder)}
        )
    try:
        wait_until(lambda: ask(served, Asked("/")).status == 200, process, output)
        yield served
    finally:
        process.terminate()
        process.wait(90)


def nginx_command(folder: Path, home: Path, readers: int, port: int) -> list[str]:
    """nginx with our two files: only places, ports and the certificate are others."""
    if NGINX is None or not BROTLI.exists():
        pytest.skip("There is no nginx here. On Debian: apt-get install nginx-light libnginx-mod-http-brotli-static")
    certificate = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=news.example.org"]
    certificate += ["-days", "2", "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run(certificate, check=True, capture_output=True)
    ours = (DEPLOY / "nginx" / "newsroom.conf").read_text()
    ours = re.sub(r"listen \[::\].*\n", "", ours)
    ours = ours.replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl")
    ours = ours.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    ours = ours.replace("127.0.0.1:8000", f"127.0.0.1:{readers}").replace("/srv/newsroom", str(home))
    ours = re.sub(r"/etc/letsencrypt/live/\S+/fullchain.pem", str(folder / "cert.pem"), ours)
    ours = re.sub(r"/etc/letsencrypt/live/\S+/privkey.pem", str(folder / "key.pem"), ours)
    (folder / "newsroom.conf").write_text(ours)
    shutil.copy(DEPLOY / "nginx" / "newsroom-site.conf", folder)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"load_module {BROTLI};\n{'user root;' if os.geteuid() == 0 else ''}\n"
        f"daemon off;\nworker_processes 1;\npid {folder}/pid;\nerror_log stderr;\n"
        f"events {{ }}\nhttp {{\n{temporary}access_log off;\ninclude newsroom.conf;\n}}\n"
    )
    return [NGINX, "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf")]


def caddy_command(folder: Path, home: Path, readers: int, port: int) -> list[str]:
    """Caddy with our file: only the place and the ports are others."""
    if CADDY is None:
        pytest.skip("There is no Caddy here. On Debian: apt-get install caddy")
    ours = (DEPLOY / "caddy" / "Caddyfile").read_text()
    ours = ours.replace("\nnews.example.org {", f"\nhttp://news.example.org:{port} {{")
    ours = ours.replace("127.0.0.1:8000", f"127.0.0.1:{readers}").replace("/srv/newsroom", str(home))
    (folder / "Caddyfile").write_text(f"{{\n\tadmin off\n\tdefault_bind 127.0.0.1\n}}\n{ours}")
    return [CADDY, "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


COMMANDS = {"nginx": nginx_command, "caddy": caddy_command}
ASKED_FROM = {"nginx": "127.0.1.1", "caddy": "127.0.2.1"}


@pytest.fixture(scope="module", params=COMMANDS)
def web_server(
    request: pytest.FixtureRequest, embedded: Served, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp(request.param)
    port = free_port()
    command = COMMANDS[request.param](folder, embedded.home, embedded.port, port)
    before = Served(port, embedded.home, request.param == "nginx", ASKED_FROM[request.param])
    with running(command, before, folder) as served:
        yield served


def some_addresses(home: Path) -> list[str]:
    """Every kind of file of the site and of the log, and addresses of nothing."""
    site = home / "site"
    assets = [f"/assets/{next((site / 'assets').glob(f'*.{kind}')).name}" for kind in ("css", "js", "woff2")]
    media = [f"/media/{next((site / 'media').glob(f'*.{kind}')).name}" for kind in ("webp", "avif")]
    (site / "sources").mkdir(exist_ok=True)
    (site / "sources" / "copy.html").write_text("<!doctype html><title>A copy</title><p>As it was captured.")
    log = [
        f"/{file.relative_to(home)}"
        for file in (home / "log").rglob("*")
        if file.is_file() and ".state" not in str(file)
    ]
    return [
        *("/", "/security/", "/security/quay/", "/security/quay/history/", "/security/quay/editions/1/"),
        *("/security/quay/history/1-2/", "/security/second/", "/security/second/editions/1/", "/corrections/"),
        *("/feed.xml", "/robots.txt", "/404.html", "/favicon.ico", "/site.webmanifest", "/verify/verify.html"),
        *(
            "/.well-known/security.txt",
            "/security",
            "/security/quay?from=mail",
            "/security/quay",
            "/nothing",
            "/nothing/",
        ),
        *("/security/nothing/index.html", "/assets/nothing.css", "/media/nothing.webp", "/assets/", "/media/", "/log/"),
        *(
            "/log/nothing",
            "/log/tile/",
            "/log/.state/lock.db",
            "/log/content/",
            "/log/content/00",
            "/log/doc/../.state/lock",
        ),
        *("/.state/written", "/.state/gone/security/second/index.html", "/security/.quay", "/.well-known/.hidden"),
        *("//security/quay/", "/security//quay/", "/security\\quay/", "/keys/", "/db.sqlite3", "/site/", "/log"),
        *("/sources/copy.html", "/sources/nothing.html", "/sources/"),
        *("/search/?q=ferry", "/search", "/admin", "/admin/", "/comments/nothing/", "/static/wagtailadmin/js/core.js"),
        *assets,
        *media,
        *log,
    ]


def compared(answer: Answer) -> dict[str, object]:
    """What two servers must agree on."""
    body = answer.body
    if answer.headers.get("content-encoding") == "gzip":
        import gzip

        body = gzip.decompress(body)
    elif answer.headers.get("content-encoding") == "br":
        body = brotli.decompress(body)
    elif answer.headers.get("content-encoding") == "zstd":
        body = zstandard.ZstdDecompressor().decompress(body)
    headers = {name: answer.headers[name] for name in COMPARED if name in answer.headers}
    if answer.status == 308:  # nginx adds a word for people, and the way of keeping it
        return {"status": 308, "location": answer.headers["location"]}
    return {"status": answer.status, "body": body, **headers}


def agree(embedded: Served, web_server: Served, asked: list[Asked]) -> None:
    """Fails with what the web server says otherwise."""
    found = []
    for each in asked:
        ours, theirs = compared(ask(embedded, each)), compared(ask(web_server, each))
        for name in sorted({*ours, *theirs}):
            if ours.get(name) != theirs.get(name):
                found.append(
                    f"{each}: {name}: ours {str(ours.get(name))[:90]!r}, theirs {str(theirs.get(name))[:90]!r}"
                )
    assert not found, "\n".join(found)


@pytest.mark.parametrize("packing", ["", "gzip, deflate, br, zstd"])
def test_every_address_is_answered_as_the_embedded_server_does(
    embedded: Served, web_server: Served, packing: str
) -> None:
    asked = [Asked(path, headers={"Accept-Encoding": packing}) for path in some_addresses(embedded.home)]
    agree(embedded, web_server, asked)


def test_it_is_asked_for_heads_and_parts_and_answers_writing_alike(embedded: Served, web_server: Served) -> None:
    media = next((embedded.home / "site" / "media").glob("*.webp"))
    parts = ("bytes=0-9", "bytes=50-", "bytes=-8", "bytes=99999999-", "bytes=0-9,20-29")
    agree(
        embedded,
        web_server,
        [
            *(Asked(path, "HEAD") for path in ("/", "/security/second/", "/nothing/", "/log/checkpoint", "/security")),
            *(Asked(f"/media/{media.name}", headers={"Range": part}) for part in parts[:3]),
            *(Asked(path, "POST", FORM, b"a=b") for path in ("/", "/security/quay/", "/log/checkpoint", "/robots.txt")),
            *(Asked(path, "POST", FORM, b"a=b") for path in ("/comments/write/nothing/", "/comments/challenge/")),
            Asked("/security/second/", headers={"If-None-Match": "*"}),
        ],
    )
    elsewhere = Asked("/comments/write/nothing/", "POST", {**FORM, "Sec-Fetch-Site": "cross-site"}, b"a=b")
    agree(embedded, web_server, [elsewhere])
    assert ask(web_server, elsewhere).status == 403
    refused = ask(web_server, Asked(f"/media/{media.name}", headers={"Range": parts[3]}))
    assert (refused.status, refused.headers["content-range"]) == (416, f"bytes */{media.stat().st_size}")


@pytest.mark.parametrize(
    "path",
    [
        "/../db.sqlite3",
        "/security/../../db.sqlite3",
        "/%2e%2e/db.sqlite3",
        "/assets/%2e%2e/%2e%2e/keys/log",
        "/log/../db.sqlite3",
        "/log/tile/../.state/lock.db",
        "/log/tile/%2e%2e/%2e%2e/db.sqlite3",
        "/media/..%2f..%2fdb.sqlite3",
        "/%00",
    ],
)
def test_nothing_outside_the_site_and_the_log_is_served(web_server: Served, path: str) -> None:
    assert ask(web_server, Asked(path)).status in (400, 404)


def test_what_a_browser_has_is_not_sent_again(web_server: Served) -> None:
    tags = set()
    for packing in ("", "gzip"):
        packed = {"Accept-Encoding": packing}
        first = ask(web_server, Asked("/security/quay/", headers=packed))
        assert first.headers.get("content-encoding", "") == packing
        assert "accept-encoding" in first.headers["vary"].lower() or not packing
        tags.add(first.headers["etag"])
        again = ask(web_server, Asked("/security/quay/", headers={**packed, "If-None-Match": first.headers["etag"]}))
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", first.headers["etag"])
        assert again.headers["cache-control"] == first.headers["cache-control"]
        later = ask(web_server, Asked("/security/quay/", headers={**packed, "If-None-Match": '"other"'}))
        assert later.status == 200
        since = {"If-Modified-Since": first.headers["last-modified"]}
        assert ask(web_server, Asked("/security/quay/", headers={**packed, **since})).status == 304
    assert len(tags) == 2
    assert all(tag.startswith('"') for tag in tags)


def test_the_best_packing_that_it_has_is_sent(web_server: Served) -> None:
    best = "br" if web_server.is_secure else "zstd"  # Debian has no zstd for nginx
    answer = ask(web_server, Asked("/security/quay/", headers={"Accept-Encoding": "gzip, deflate, br, zstd"}))
    assert answer.headers["content-encoding"] == best


def test_a_page_that_changed_is_served_at_once(web_server: Served) -> None:
    page = web_server.home / "site" / "changing" / "index.html"
    page.parent.mkdir()
    for words in ("one", "another"):
        draft = page.with_name(".draft")
        draft.write_text(words)
        draft.replace(page)
        assert ask(web_server, Asked("/changing/")).body == words.encode()
    shutil.rmtree(page.parent)
    assert ask(web_server, Asked("/changing/")).status == 404


@pytest.mark.parametrize("name", COMMANDS)
def test_readers_read_while_the_newsroom_is_away(founded: Path, tmp_path: Path, name: str) -> None:
    behind, request = Behind(tmp_path / "nobody.sock", DYNAMIC), {"PATH_INFO": "/search/", "REQUEST_METHOD": "GET"}
    said = b"".join(behind.answer(request, lambda status, headers: None))
    port = free_port()
    command = COMMANDS[name](tmp_path, founded, free_port(), port)
    with running(command, Served(port, founded, is_secure=name == "nginx"), tmp_path) as served:
        assert ask(served, Asked("/security/quay/")).status == 200
        assert ask(served, Asked("/security/second/")).status == 410
        for path in ("/search/?q=ferry", "/admin/", "/comments/nothing/"):
            away = ask(served, Asked(path))
            assert (away.status, away.headers["retry-after"]) == (503, "10")
            assert away.body == said
            assert away.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"


@pytest.mark.parametrize("name", COMMANDS)
def test_nobody_can_say_who_they_are_in_a_header_that_looks_like_the_web_servers_own(
    founded: Path, tmp_path: Path, name: str
) -> None:
    port = free_port()
    with noting() as behind:
        command = COMMANDS[name](tmp_path, founded, behind.port, port)
        before = Served(port, founded, name == "nginx", ASKED_FROM[name])
        with running(command, before, tmp_path) as served:
            for forged in FORGED:
                for spelling in (forged, forged.lower(), forged.upper()):
                    assert ask(served, Asked("/comments/x", headers={spelling: "1.2.3.4"})).status == 200
    assert behind.arrived == [[("x-forwarded-for", ASKED_FROM[name])]] * 12


@pytest.mark.parametrize("file", ["nginx/newsroom-site.conf", "caddy/Caddyfile"])
def test_the_headers_of_pages_are_those_of_the_embedded_server(file: str) -> None:
    ours = (DEPLOY / file).read_text()
    for variable, value in re.findall(
        r'map \S+ (\$\w+) \{[^}]*?default\s+"([^"]*)";', (DEPLOY / "nginx/newsroom.conf").read_text()
    ):
        ours = ours.replace(f"{variable} always;", f'"{value}" always;')  # of pages; archived copies have another one
    for name, value in PAGE_HEADERS:
        assert re.search(
            rf'^\s*(add_header )?{name.decode()} "?{re.escape(value.decode())}"?( always;)?$', ours, re.M | re.I
        ), name


@pytest.mark.parametrize("file", ["nginx/newsroom-site.conf", "caddy/Caddyfile"])
def test_addresses_that_are_no_files_are_handed_on(file: str) -> None:
    handed_on = re.search(r"^location ~ .*|@dynamic path .*", (DEPLOY / file).read_text(), re.M)
    assert handed_on is not None
    assert all(prefix.strip("/") in handed_on[0] for prefix in DYNAMIC)


def test_nginx_names_the_keys_of_answers_once_it_is_asked_to(founded: Path, tmp_path: Path) -> None:
    says = headers_by([SURROGATE])
    port = free_port()
    command = nginx_command(tmp_path, founded, free_port(), port)
    with running(command, Served(port, founded, is_secure=True), tmp_path) as served:
        assert "surrogate-key" not in ask(served, Asked("/")).headers
    conf = tmp_path / "newsroom.conf"
    conf.write_text(conf.read_text().replace('# "~^(?:200', '"~^(?:200'))
    with running(command, Served(port, founded, is_secure=True), tmp_path) as served:
        for path, address in (
            ("/", "/"),
            ("/feed.xml", "/feed.xml"),
            ("/security/quay/", "/security/quay/"),
            ("/security/%71uay/index.html?x", "/security/quay/"),
            ("/security/second/", "/security/second/"),  # withdrawn
        ):
            wanted = dict(says(address, is_kept=True))
            answer = ask(served, Asked(path))
            assert {name: answer.headers.get(name) for name in wanted} == wanted, path
        for path in ("/log/checkpoint", "/security/none/", "/security/quay"):
            assert "surrogate-control" not in ask(served, Asked(path)).headers

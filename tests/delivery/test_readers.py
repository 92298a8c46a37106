"""The readers' server: whole files with their headers, the best packing, parts of pictures, and nothing else."""

from __future__ import annotations

import gzip
import os
import time
from pathlib import Path
from typing import Any

import brotli
import pytest

from cryptonewshub.delivery import gone
from cryptonewshub.delivery.behind import Behind
from cryptonewshub.delivery.on_the_way import OnTheWay
from cryptonewshub.delivery.packing import packed_copies
from cryptonewshub.delivery.readers import Memory, Readers
from cryptonewshub.delivery.reading_room import application_for, shelves_of
from cryptonewshub.delivery.shelves import Shelf

PAGE = "<!doctype html><title>The ferry</title><p>" + "The ferry sails again. " * 100


class Answer:
    """What one request got."""

    def __init__(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status = int(status.split()[0])
        self.headers = dict(headers)
        self.body = body
        assert len(headers) == len(self.headers), "a header stands twice"


def write(file: Path, data: bytes, *, packed: bool = True) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    for ending, copy in (packed_copies(data) if packed else {}).items():
        file.with_name(file.name + ending).write_bytes(copy)
    draft = file.with_name(".draft")
    draft.write_bytes(data)
    os.replace(draft, file)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    write(site / "index.html", b"front")
    write(site / "404.html", b"nothing here")
    write(site / "security" / "ferry" / "index.html", PAGE.encode())
    write(site / "assets" / "style.1234.css", b"p{}")
    write(site / "media" / "quay.webp", bytes(range(256)) * 8)
    write(site / ".state" / "cursor", b"7")
    write(site / ".well-known" / "security.txt", b"Contact: mailto:x@y.example\n")
    write(site / "gone" / "index.html", (gone.PAGE + "<p>Withdrawn." + " " * 800).encode())
    write(tmp_path / "log" / "checkpoint", b"log\n")
    write(tmp_path / "log" / "keys.json", b"{}")
    write(tmp_path / "log" / "tile" / "0" / "000.p" / "3", b"x" * 96)
    write(tmp_path / "log" / ".state" / "lock.db", b"secret")
    write(tmp_path / "secret", b"secret")
    return tmp_path


@pytest.fixture
def readers(home: Path) -> Readers:
    return application_for(home, home / "nobody.sock")


def get(readers: Readers, path: str, method: str = "GET", **headers: str) -> Answer:
    environ: dict[str, Any] = {"PATH_INFO": path.encode().decode("latin-1"), "REQUEST_METHOD": method}
    environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    told: list[Any] = []
    body = b"".join(readers(environ, lambda status, headers: told.extend((status, headers))))
    return Answer(told[0], told[1], body)


def test_a_page_is_served_whole_with_the_pages_headers(readers: Readers) -> None:
    answer = get(readers, "/security/ferry/")
    assert (answer.status, answer.body) == (200, PAGE.encode())
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-length"] == str(len(PAGE))
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("accepted", "packing"),
    [
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("*", "zstd"),
        ("identity", ""),
        ("", ""),
        ("br;q=x", ""),
        ("gzip;q=0", ""),
    ],
)
def test_the_best_packing_is_sent_that_a_browser_accepts(readers: Readers, accepted: str, packing: str) -> None:
    answer = get(readers, "/security/ferry/", accept_encoding=accepted)
    assert answer.headers.get("content-encoding", "") == packing
    assert answer.headers["vary"] == "accept-encoding"
    if packing == "br":
        assert brotli.decompress(answer.body) == PAGE.encode()
    if packing == "gzip":
        assert gzip.decompress(answer.body) == PAGE.encode()
    if not packing:
        assert answer.body == PAGE.encode()


def test_each_packing_has_a_strong_tag_of_its_own(readers: Readers) -> None:
    tags = {
        get(readers, "/security/ferry/", accept_encoding=each).headers["etag"] for each in ("zstd", "br", "gzip", "")
    }
    assert len(tags) == 4
    assert not any(tag.startswith("W/") for tag in tags)


def test_what_a_browser_has_is_not_sent_again(readers: Readers) -> None:
    first = get(readers, "/security/ferry/", accept_encoding="br")
    again = get(readers, "/security/ferry/", accept_encoding="br", if_none_match=f'"x", {first.headers["etag"]}')
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert "content-length" not in again.headers
    assert get(readers, "/security/ferry/", if_none_match='"other"').status == 200
    assert get(readers, "/security/ferry/", if_modified_since=first.headers["last-modified"]).status in (200, 304)
    stale = {"if_none_match": '"other"', "if_modified_since": first.headers["last-modified"]}
    assert get(readers, "/security/ferry/", **stale).status == 200


def test_a_page_that_changed_is_served_at_once(readers: Readers, home: Path) -> None:
    get(readers, "/security/ferry/", accept_encoding="br")
    file = home / "site" / "security" / "ferry" / "index.html"
    for ending in (".br", ".gz", ".zst"):
        file.with_name(file.name + ending).unlink()
    write(file, b"the second ferry", packed=False)
    assert get(readers, "/security/ferry/", accept_encoding="br").body == b"the second ferry"
    file.unlink()
    assert get(readers, "/security/ferry/", accept_encoding="br").status == 404


def test_head_has_the_headers_and_no_body(readers: Readers) -> None:
    answer = get(readers, "/security/ferry/", "HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["content-length"] == str(len(PAGE))


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-9", slice(0, 10)),
        ("bytes=2040-", slice(2040, None)),
        ("bytes=-8", slice(-8, None)),
        ("bytes=2000-9999", slice(2000, None)),
    ],
)
def test_a_part_of_a_picture_can_be_fetched(readers: Readers, asked: str, part: slice) -> None:
    whole = bytes(range(256)) * 8
    answer = get(readers, "/media/quay.webp", range=asked)
    assert (answer.status, answer.body) == (206, whole[part])
    assert answer.headers["content-range"].endswith("/2048")


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "bytes=x-y", "pages=1-2", "bytes=", "bytes=5"])
def test_what_is_no_single_range_gets_it_whole(readers: Readers, asked: str) -> None:
    assert get(readers, "/media/quay.webp", range=asked).status == 200


@pytest.mark.parametrize("asked", ["bytes={}-", "bytes=0-{}", "bytes=-{}", "bytes={}-{}"])
def test_a_number_that_no_file_has_is_no_range(readers: Readers, asked: str) -> None:
    assert get(readers, "/media/quay.webp", range=asked.replace("{}", "9" * 5_000)).status == 200


@pytest.mark.parametrize("asked", ["bytes=2048-", "bytes=9-3", "bytes=-0"])
def test_a_range_that_a_picture_has_not_is_refused(readers: Readers, asked: str) -> None:
    answer = get(readers, "/media/quay.webp", range=asked)
    assert answer.status == 416
    assert answer.headers["content-range"] == "bytes */2048"


def test_a_part_of_another_version_is_not_mixed_in(readers: Readers) -> None:
    assert get(readers, "/media/quay.webp", range="bytes=0-9", if_range='"old"').status == 200


def test_large_answers_wait_for_room_and_pages_do_not(home: Path) -> None:
    room = OnTheWay(most=100_000, share=120_000)
    readers = Readers(shelves_of(home), Behind(home / "none", ()), home / "site" / "404.html", on_the_way=room)
    write(home / "site" / "media" / "large.webp", bytes(60_000), packed=False)
    first = get(readers, "/media/large.webp")
    assert (first.status, room.size) == (200, 60_000)
    for headers in ({}, {"range": "bytes=0-9"}):
        refused = get(readers, "/media/large.webp", **headers)
        assert (refused.status, refused.headers["retry-after"]) == (503, "5")
        assert refused.body.endswith(b"Try again in a few seconds.\n")
    assert get(readers, "/media/large.webp", if_none_match=first.headers["etag"]).status == 304
    assert get(readers, "/media/large.webp", method="HEAD").status == 200
    assert get(readers, "/security/ferry/").status == 200
    room.watched({}, time.monotonic() + 1)
    assert get(readers, "/media/large.webp").status == 200


def test_a_withdrawn_page_is_gone_packed_or_not(readers: Readers) -> None:
    for accepted in ("", "br"):
        answer = get(readers, "/gone/", accept_encoding=accepted, if_none_match="*")
        assert answer.status == 410
        assert answer.body


@pytest.mark.parametrize(
    "path",
    [
        "/../secret",
        "/security/../../secret",
        "/.state/cursor",
        "/log/.state/lock.db",
        "//security/ferry/",
        "/security//ferry/",
        "/security/ferry/\0",
        "/security\\ferry",
        "/.well-known/../.state/cursor",
        "/" + "a" * 5000,
        "/\udcff".encode("utf-8", "surrogateescape").decode("latin-1"),
        "/nothing/",
    ],
)
def test_nothing_outside_the_shelves_is_served(readers: Readers, path: str) -> None:
    answer = get(readers, path)
    assert (answer.status, answer.body) == (404, b"nothing here")


def test_an_address_without_its_last_slash_leads_to_the_page(readers: Readers) -> None:
    answer = get(readers, "/security/ferry")
    assert (answer.status, answer.headers["location"]) == (308, "/security/ferry/")


def test_the_well_known_folder_is_public(readers: Readers) -> None:
    assert get(readers, "/.well-known/security.txt").status == 200


def test_the_log_has_its_own_ways_of_being_kept(readers: Readers) -> None:
    assert get(readers, "/log/checkpoint").headers["cache-control"] == "public, max-age=2"
    tile = get(readers, "/log/tile/0/000.p/3")
    assert "immutable" in tile.headers["cache-control"]
    assert tile.headers["content-type"] == "application/octet-stream"
    assert get(readers, "/log/keys.json").headers["content-type"] == "application/json"
    assert get(readers, "/log/keys.json/x").status == 404
    assert "immutable" in get(readers, "/assets/style.1234.css").headers["cache-control"]


def test_only_reading_is_possible(readers: Readers) -> None:
    assert get(readers, "/security/ferry/", "POST").status == 405
    assert get(readers, "/security/ferry/", "TRACE").status == 405


def test_what_needs_the_editors_process_says_politely_that_it_is_away(readers: Readers) -> None:
    for path in ("/search/", "/search", "/admin/pages/3/edit/", "/comments/new/"):
        answer = get(readers, path)
        assert answer.status == 503, path
        assert b"front page" in answer.body
        assert answer.headers["cache-control"] == "no-store"


def test_the_memory_is_bounded(home: Path) -> None:
    shelf = Shelf("/", home / "site")
    readers = Readers((shelf,), Behind(home / "none", ()), home / "404", most_bytes=5_000)
    for number in range(20):
        write(home / "site" / f"{number}.txt", b"x" * 1000, packed=False)
        assert get(readers, f"/{number}.txt").status == 200
    assert readers._memory.size <= 5_000
    assert isinstance(readers._memory, Memory)


def test_what_is_asked_for_again_stays_in_memory(readers: Readers, home: Path) -> None:
    memory = readers._memory = Memory(2_000, most_known=0)
    for name in ("a", "b", "c", "d"):
        write(home / "site" / name / "index.html", name.encode() * 900, packed=False)
    for path in ("/a/", "/b/", "/a/", "/c/", "/d/"):
        get(readers, path)
    assert memory.get(("/a/", "")) is not None
    assert memory.get(("/b/", "")) is None
    assert memory.size <= 2_000


def test_a_page_that_left_the_memory_is_read_again_and_answered_as_before(readers: Readers, home: Path) -> None:
    memory = readers._memory = Memory(2_000, most_known=1)
    for name in ("a", "b", "c", "d"):
        write(home / "site" / name / "index.html", name.encode() * 900, packed=False)

    def answers() -> list[tuple[int, dict[str, str], bytes]]:
        asked = [get(readers, path) for path in ("/a/", "/b/", "/c/", "/d/")]
        return [(answer.status, answer.headers, answer.body) for answer in asked]

    before = answers()
    assert list(memory._known) == [("/b/", "")]
    assert answers() == before
    assert (memory.size, len(memory._known)) == (1_800, 1)


def test_a_page_that_left_the_memory_and_changed_is_served_as_it_is_now(readers: Readers, home: Path) -> None:
    memory = readers._memory = Memory(1_000)
    for name in ("a", "b"):
        write(home / "site" / name / "index.html", name.encode() * 900, packed=False)
        get(readers, f"/{name}/")
    write(home / "site" / "a" / "index.html", b"A" * 901, packed=False)
    changed = get(readers, "/a/")
    assert (changed.body, changed.headers["content-length"]) == (b"A" * 901, "901")
    (home / "site" / "b" / "index.html").unlink()
    assert get(readers, "/b/").status == 404
    assert memory.size <= 1_000


def test_a_file_whose_packed_copies_are_on_their_way_is_not_remembered_as_having_none(
    readers: Readers, home: Path
) -> None:
    file = home / "site" / "late" / "index.html"
    write(file, PAGE.encode(), packed=False)
    assert "content-encoding" not in get(readers, "/late/", accept_encoding="gzip").headers
    file.with_name("index.html.gz").write_bytes(packed_copies(PAGE.encode())[".gz"])
    assert get(readers, "/late/", accept_encoding="gzip").headers["content-encoding"] == "gzip"


def test_the_readers_server_says_that_it_lives_though_nobody_else_does(readers: Readers) -> None:
    answer = get(readers, "/healthz")
    assert (answer.status, answer.body, answer.headers["cache-control"]) == (200, b"ok\n", "no-store")
    assert get(readers, "/readyz").status == 503


def test_every_answer_is_counted(readers: Readers) -> None:
    for path in ("/security/ferry/", "/security/ferry/", "/nothing", "/search/"):
        get(readers, path)
    get(readers, "/security/ferry/", if_none_match="*")
    counts = readers.counts.all()
    assert counts.requests == {
        ("file", "200"): 2, ("file", "304"): 1, ("file", "404"): 1, ("editors", "503"): 1,
    }  # fmt: skip
    assert sum(counts.waits["file"].buckets) == 4


def test_answers_say_under_which_key_they_are_kept_where_caches_are_before_us(home: Path, readers: Readers) -> None:
    cached = application_for(home, home / "nobody.sock", caches=["surrogate-key"])
    for path, key in (("/", "/"), ("/security/ferry/index.html", "/security/ferry/"), ("/gone/", "/gone/")):
        answer = get(cached, path)
        assert answer.headers["surrogate-key"] == f"newsroom {key}"
        assert answer.headers["surrogate-control"] == "max-age=3600"
        known = get(cached, path, if_none_match=answer.headers["etag"])
        assert known.headers["surrogate-key"] == answer.headers["surrogate-key"]
        assert "surrogate-key" not in get(readers, path).headers
    for path in ("/media/quay.webp", "/log/keys.json", "/log/checkpoint"):  # nothing purges the log's
        assert get(cached, path).headers["surrogate-key"] == f"newsroom {path}"
        assert "surrogate-control" not in get(cached, path).headers
    assert "surrogate-key" not in get(cached, "/none/").headers

"""The mirror: the store has what readers are to see, soon, in the right order, and whatever happened in between."""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.cli.main import main
from cryptonewshub.config.home import Home
from cryptonewshub.delivery.baking import bake_all
from cryptonewshub.delivery.gone import PAGE
from cryptonewshub.delivery.mirror import mirroring
from cryptonewshub.delivery.mirror.ledger import Ledger
from cryptonewshub.delivery.mirror.mirroring import (
    Mirrored,
    mirror_all,
    mirror_changes,
    mirror_for_a_moment,
    store_of_settings,
)
from cryptonewshub.delivery.mirror.signature import Credentials
from cryptonewshub.delivery.mirror.store import Store, StoreError, Unreachable
from cryptonewshub.delivery.site_files import replace, take_away
from cryptonewshub.editions.publishing import publish_edition
from cryptonewshub.editions.withdrawing import order_withdrawal
from cryptonewshub.sources.archive import write_durably
from cryptonewshub.tlog.manifests import Basis
from tests.cast import correction_fields
from tests.delivery.mirror.bucket import KEY_ID, REGION, SECRET, Bucket, open_bucket

Draft = Callable[..., ArticlePage]
STORY = "security/ferry-runs-again/index.html"


@pytest.fixture
def bucket(settings: Any) -> Iterator[Bucket]:
    with open_bucket() as bucket:
        settings.CNH_STORE_URL = bucket.address
        settings.CNH_STORE_KEY_ID, settings.CNH_STORE_SECRET, settings.CNH_STORE_REGION = KEY_ID, SECRET, REGION
        yield bucket


@pytest.fixture
def site(home: Home, db: None) -> None:
    """Some baked files, and a log, without the newsroom that they would come from."""
    (home.site / ".state").mkdir()
    page = b"<!doctype html><p>" + b"The ferry sails again. " * 60
    for key in (STORY, "index.html", "feed.xml", "assets/style.1.css", "media/quay.webp", "404.html"):
        replace(home.site / key, page + key.encode())
    for number in range(20):
        replace(home.site / f"security/{number}/index.html", page + bytes(number))
    for key in ("tile/0/000.p/1", "tile/entries/000.p/1", "content/00ff", "doc/11ff", "keys.json", "checkpoint"):
        write_durably(home.log / key, key.encode())
    write_durably(home.log / ".state" / "lock.db", b"not for readers")


def _publish(page: ArticlePage) -> None:
    revision = page.get_latest_revision()
    assert revision is not None
    publish_edition(revision)


def _mirror() -> Mirrored:
    store = store_of_settings()
    assert store is not None
    return mirror_changes(store)


def _public(home: Home) -> dict[str, bytes]:
    """What readers may see, by their addresses, found in another way than the mirror's."""
    site = {
        file.relative_to(home.site).as_posix(): file.read_bytes()
        for file in home.site.rglob("*")
        if file.is_file() and not _is_hidden(file) and file.suffix not in (".gz", ".br", ".zst")
    }
    log = {
        f"log/{file.relative_to(home.log).as_posix()}": file.read_bytes()
        for file in home.log.rglob("*")
        if file.is_file() and not _is_hidden(file)
    }
    return {**site, **log}


def _is_hidden(file: Path) -> bool:
    return ".state" in file.parts or file.name.startswith(".")


def _is_the_same(bucket: Bucket, home: Home) -> bool:
    held, public = {key: bucket.body(key) for key in bucket.held}, _public(home)
    assert held.keys() == public.keys()
    return held == public


def _puts(bucket: Bucket) -> list[str]:
    return [asked.removeprefix("PUT ") for asked in bucket.asked if asked.startswith("PUT ")]


def test_the_store_has_the_site_and_the_log_and_then_only_what_changed(
    committed_draft: Draft, home: Home, bucket: Bucket
) -> None:
    _publish(committed_draft())
    assert _mirror().put == len(_public(home))
    assert _is_the_same(bucket, home)
    assert _mirror() == Mirrored(0, 0)
    bucket.asked.clear()
    _publish(committed_draft(slug="second", more="The second ship sails in May."))
    _mirror()
    assert _is_the_same(bucket, home)
    assert STORY not in _puts(bucket)
    assert len(_puts(bucket)) < len(bucket.held) / 2
    assert _puts(bucket)[-1] == "log/checkpoint"
    bucket.asked.clear()
    assert bake_all() == []
    assert _mirror() == Mirrored(0, 0)
    assert bucket.asked == []


def test_what_was_withdrawn_goes_first_and_then_corrections(committed_draft: Draft, home: Home, bucket: Bucket) -> None:
    _publish(committed_draft())
    page = committed_draft(slug="second", more="The second ship sails in May.")
    _publish(page)
    _mirror()
    bucket.asked.clear()
    _publish(committed_draft(slug="third", more="The third ship sails in June."))
    _publish(committed_draft(more="It sails.", change=correction_fields()))
    order_withdrawal(page, basis=Basis.PRIVACY)
    _mirror()
    assert _is_the_same(bucket, home)
    asked = [asked.partition(" ")[2] for asked in bucket.asked]
    gone = [key for key, (body, _) in bucket.held.items() if body.startswith((b"<!doctype html><!-- 410", b'{"gone"'))]
    assert len(gone) == 4
    last_gone = max(map(asked.index, gone))
    assert last_gone < asked.index(STORY) < asked.index("index.html")
    assert asked.index("index.html") < asked.index("security/third/index.html") < asked.index("log/checkpoint")
    assert all(bucket.headers(key)["x-amz-meta-gone"] == "yes" for key in gone)
    assert "second/" not in bucket.body("security/index.html").decode()


def test_each_file_has_the_headers_that_it_has_here(site: None, bucket: Bucket, home: Home) -> None:
    copy = home.site / "sources" / f"{'0' * 64}.html"
    copy.parent.mkdir()
    copy.write_text("<script>alert(1)</script>")
    _mirror()
    style = next(key for key in bucket.held if key.endswith(".css"))
    tile = next(key for key in bucket.held if key.startswith("log/tile/"))
    for key, kind, keeping in (
        (STORY, "text/html; charset=utf-8", "public, max-age=0, must-revalidate"),
        ("feed.xml", "application/xml; charset=utf-8", "public, max-age=0, must-revalidate"),
        (style, "text/css; charset=utf-8", "public, max-age=31536000, immutable"),
        (tile, "application/octet-stream", "public, max-age=31536000, immutable"),
        ("log/checkpoint", "text/plain; charset=utf-8", "public, max-age=2"),
        ("log/keys.json", "application/json", "public, max-age=0, must-revalidate"),
    ):
        headers = bucket.headers(key)
        assert (headers["content-type"], headers["cache-control"]) == (kind, keeping), key
        assert "content-encoding" not in headers
    assert bucket.headers(f"sources/{copy.name}")["content-disposition"] == "attachment"


def test_pages_can_be_sent_packed_and_the_log_never_is(site: None, home: Home, bucket: Bucket, settings: Any) -> None:
    settings.CNH_STORE_GZIP = True
    _mirror()
    assert bucket.headers(STORY)["content-encoding"] == "gzip"
    assert gzip.decompress(bucket.body(STORY)) == _public(home)[STORY]
    assert not any("content-encoding" in bucket.headers(key) for key in bucket.held if key.startswith("log/"))
    assert _mirror() == Mirrored(0, 0)


def test_what_the_store_refuses_is_tried_again_and_stands_in_nobody_elses_way(
    site: None, home: Home, bucket: Bucket
) -> None:
    bucket.fails = "tile/entries|feed"
    with pytest.raises(StoreError, match=r"answered 503 to PUT .*Please reduce your rate & wait"):
        _mirror()
    assert STORY in bucket.held
    assert "log/checkpoint" not in bucket.held, "it would speak of a tile that is not there"
    bucket.asked.clear()
    bucket.fails = "$^"
    _mirror()
    assert _is_the_same(bucket, home)
    assert STORY not in _puts(bucket)


def test_what_others_lead_to_is_there_before_them(committed_draft: Draft, bucket: Bucket) -> None:
    _publish(committed_draft())
    _mirror()
    bucket.asked.clear()
    _publish(committed_draft(slug="second", more="The second ship sails in May."))
    _mirror()
    puts = _puts(bucket)
    order = ["log/tile", "security/second/index.html", "index.html", "feed.xml", "log/checkpoint"]
    first = [next(place for place, key in enumerate(puts) if key.startswith(start)) for start in order]
    assert first == sorted(first)


def test_a_withdrawal_does_not_wait_for_the_end_of_a_long_copy(
    site: None, home: Home, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    def withdrawn(done: int, total: int) -> None:
        if done == 5:
            replace(home.site / "security/7/index.html", f"{PAGE} It was withdrawn.".encode())

    store = store_of_settings()
    assert store is not None
    for number in range(7, 20):
        replace(home.site / f"security/{number}/index.html", b"To be withdrawn, perhaps." + bytes(number))
    assert _mirror().waiting == 0
    for number in range(300):
        replace(home.site / f"world/{number}/index.html", b"Something else." + bytes(number))
    bucket.asked.clear()
    monkeypatch.setattr(mirroring, "_ROUND", 0.05)
    mirror_changes(store, withdrawn)
    assert _is_the_same(bucket, home)
    assert _puts(bucket).index("security/7/index.html") < len(_puts(bucket)) - 20


def test_a_round_ends_in_time_and_the_next_one_goes_on(
    site: None, home: Home, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mirroring, "_ROUND", 0.0)
    store = store_of_settings()
    assert store is not None
    done = mirror_for_a_moment(store)
    assert 0 < done.put <= 8
    assert done.put + done.waiting == len(_public(home))
    rounds = 1
    while mirror_for_a_moment(store).waiting:
        rounds += 1
    assert rounds > 1
    assert _is_the_same(bucket, home)


def test_a_store_that_refuses_everything_is_left_alone_after_some_tries(site: None, home: Home, bucket: Bucket) -> None:
    bucket.fails = "."
    with pytest.raises(StoreError, match="answered 503"):
        _mirror()
    assert len(bucket.asked) <= 20 + 8 < len(_public(home))


def test_a_tile_of_the_log_is_never_sent_over_another_one(site: None, home: Home, bucket: Bucket) -> None:
    _mirror()
    tile = home.log / "tile/0/000.p/1"
    write_durably(tile, b"another history")
    (home.log / "checkpoint").write_bytes(b"a checkpoint of it")
    with pytest.raises(StoreError, match=r"log/tile/0/000\.p/1 can never change, .* left alone"):
        _mirror()
    assert bucket.body("log/tile/0/000.p/1") == b"tile/0/000.p/1"
    assert bucket.body("log/checkpoint") == b"checkpoint"


def test_nothing_else_of_the_newsroom_gets_there(site: None, home: Home, bucket: Bucket) -> None:
    """A secret under every name that the newsroom's directory has beside the site and the log, and hidden in those."""
    for place in ("keys", "archive", "media", "search", "mirror", "site/.state", "log/.state", "site/security"):
        (home.path / place).mkdir(parents=True, exist_ok=True)
        (home.path / place / ".secret").write_text("words that were erased")
        if place != "site/security":
            (home.path / place / "secret.html").write_text("words that were erased")
    home.database.touch()
    _mirror()
    assert _is_the_same(bucket, home)
    assert not [key for key, (body, _) in bucket.held.items() if b"erased" in body or ".state" in key]


def test_a_killed_round_is_taken_up_where_it_was(
    site: None, home: Home, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = Store.put

    def killed(self: Store, key: str, *rest: Any) -> None:
        if len(bucket.held) > 20:
            raise KeyboardInterrupt
        put(self, key, *rest)

    with monkeypatch.context() as dying:
        dying.setattr(Store, "put", killed)
        with pytest.raises(KeyboardInterrupt):
            _mirror()
    already = len(bucket.held)
    assert 20 < already < len(_public(home))
    assert _mirror().put == len(_public(home)) - already
    assert _is_the_same(bucket, home)


def test_a_store_that_is_away_is_said_in_a_sentence_and_found_again(site: None, home: Home, settings: Any) -> None:
    settings.CNH_STORE_KEY_ID, settings.CNH_STORE_SECRET, settings.CNH_STORE_REGION = KEY_ID, SECRET, REGION
    with open_bucket() as bucket:
        settings.CNH_STORE_URL = bucket.address
    with pytest.raises(Unreachable, match=r"The store at 127\.0\.0\.1:\d+ cannot be reached: .* tried again"):
        _mirror()
    with open_bucket(int(bucket.address.rpartition(":")[2].partition("/")[0])) as again:
        _mirror()
        assert _is_the_same(again, home)


def test_pages_and_partial_tiles_that_are_no_more_are_taken_away(site: None, home: Home, bucket: Bucket) -> None:
    _mirror()
    take_away(home.site / STORY)
    shutil.rmtree(home.log / "tile" / "entries")
    assert _mirror().taken_away > 1
    assert _is_the_same(bucket, home)


def test_a_damaged_page_is_not_shown_to_more_readers(site: None, home: Home, bucket: Bucket) -> None:
    (home.site / STORY).write_text("Bought by somebody.")
    _mirror()
    assert STORY not in bucket.held


def test_a_document_that_was_replaced_in_the_log_is_sent_again(site: None, home: Home, bucket: Bucket) -> None:
    for folder in (home.log / "content", home.log):
        os.utime(folder, (1_700_000_000, 1_700_000_000))  # so long ago that its time tells of everything
    _mirror()
    document = next((home.log / "content").iterdir())
    draft = document.with_name(".draft")
    draft.write_bytes(b'{"gone":{}}')
    draft.replace(document)
    assert _mirror().put == 1
    assert _is_the_same(bucket, home)


def test_a_round_with_nothing_to_do_does_not_read_what_the_store_has(
    site: None, home: Home, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    def settle() -> None:
        for folder in (home.log, *(place for place in home.log.rglob("*") if place.is_dir())):
            os.utime(folder, (1_700_000_000, 1_700_000_000))  # so long ago that its time tells of everything

    settle()
    _mirror()
    shutil.rmtree(home.log / "tile" / "entries")
    settle()
    os.utime(home.log / "tile", (1_700_000_001, 1_700_000_001))
    assert _mirror().taken_away == 1
    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "held", lambda self: pytest.fail("It was read."))
        assert _mirror() == Mirrored(0, 0)
    replace(home.site / STORY, b"<!doctype html><p>It changed.")
    assert _mirror().put == 1
    write_durably(home.log / "tile/0/000.p/2", b"a new one")
    assert _mirror().put == 1
    assert _is_the_same(bucket, home)


def test_everything_again_takes_away_what_nobody_knew_of(site: None, home: Home, bucket: Bucket) -> None:
    _mirror()
    bucket.held["security/old/index.html"] = b"Withdrawn before the backup was restored.", {}
    bucket.held["index.html"] = b"Damaged there.", {}
    store = store_of_settings()
    assert store is not None
    assert mirror_all(store) == Mirrored(len(_public(home)), 1)
    assert _is_the_same(bucket, home)
    shutil.rmtree(home.mirror)
    assert mirror_changes(store).put == len(_public(home)), "without its ledger it begins anew"


def test_a_wrong_secret_is_said(site: None, bucket: Bucket) -> None:
    with pytest.raises(StoreError, match="answered 403 to PUT /site/"):
        mirror_changes(Store(bucket.address, Credentials(KEY_ID, "wrong", REGION)))


def test_a_key_with_every_kind_of_letter_arrives_as_it_is(bucket: Bucket) -> None:
    store = Store(bucket.address, Credentials(KEY_ID, SECRET, REGION))
    keys = ["a b/ø+%&=.txt", "~tilde/'quote'(1)*!.txt", "log/tile/0/x001/234.p/8", "<&>"]
    for key in keys:
        store.put(key, key.encode(), {"content-type": "text/plain"})
    assert sorted(store.keys()) == sorted(keys)
    for key in keys:
        store.take_away(key)
        store.take_away(key)
    assert bucket.held == {}
    store.close()


@pytest.mark.parametrize("address", ["s3.example.org/site", "ftp://s3.example.org", "https://", "https://x.example/?a"])
def test_what_is_no_address_of_a_bucket_is_refused(address: str) -> None:
    with pytest.raises(StoreError, match="is no address of a bucket"):
        Store(address, Credentials(KEY_ID, SECRET))


def test_the_command_says_what_it_did(
    site: None, bucket: Bucket, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from cryptonewshub.cli import mirror

    monkeypatch.setattr(mirror, "open_newsroom", lambda: None)
    assert main(["mirror"]) == 0
    assert "files were put into the store, 0 taken away." in capsys.readouterr().out
    assert main(["mirror"]) == 0
    assert capsys.readouterr().out == "The store is up to date.\n"
    bucket.fails = "."
    assert main(["mirror", "--all"]) == 1
    assert "answered 503" in capsys.readouterr().err


def test_without_a_store_the_command_says_how_to_name_one(
    home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    from cryptonewshub.cli import mirror

    settings.CNH_STORE_URL = ""
    monkeypatch.setattr(mirror, "open_newsroom", lambda: None)
    assert main(["mirror"]) == 2
    assert "CNH_STORE_URL" in capsys.readouterr().err

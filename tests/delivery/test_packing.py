"""Packed copies say what their file says, are never older than it, and go with it."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
import zstandard

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.config.home import Home
from cryptonewshub.delivery import site_files
from cryptonewshub.delivery.baking import bake_all, file_of
from cryptonewshub.delivery.packing import AT_LEISURE, copies_of, packed_copies
from cryptonewshub.editions.publishing import publish_edition

STORY = b"The ferry sails again. " * 200


def unpacked(copies: dict[str, bytes]) -> list[bytes]:
    return [
        zstandard.ZstdDecompressor().decompress(copies[".zst"]),
        brotli.decompress(copies[".br"]),
        gzip.decompress(copies[".gz"]),
    ]


@pytest.mark.parametrize("quality", [5, AT_LEISURE])
def test_copies_say_what_their_file_says(quality: int) -> None:
    copies = packed_copies(STORY, quality=quality)
    assert unpacked(copies) == [STORY] * 3
    assert all(len(copy) < len(STORY) / 5 for copy in copies.values())
    assert packed_copies(STORY, quality=quality) == copies


def test_a_short_file_has_no_copies() -> None:
    assert packed_copies(b"short") == {}


def test_a_baked_page_has_copies_of_itself(committed_draft: Callable[..., ArticlePage], home: Home) -> None:
    _publish(committed_draft())
    page = file_of("/security/ferry-runs-again/")
    copies = {copy.suffix: copy.read_bytes() for copy in copies_of(page)}
    assert unpacked(copies) == [page.read_bytes()] * 3
    assert not list(home.site.rglob("*.tmp"))
    assert bake_all() == []
    assert all(copy.exists() for copy in copies_of(page))


def test_a_crash_before_the_copies_leaves_none_that_are_old(
    committed_draft: Callable[..., ArticlePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    _publish(committed_draft())

    def killed(file: Path, data: bytes, quality: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(site_files, "write_copies", killed)
    with pytest.raises(KeyboardInterrupt):
        site_files.replace(file_of("/security/ferry-runs-again/"), STORY)
    assert file_of("/security/ferry-runs-again/").read_bytes() == STORY
    assert not any(copy.exists() for copy in copies_of(file_of("/security/ferry-runs-again/")))


def test_copies_go_with_their_file(committed_draft: Callable[..., ArticlePage], home: Home) -> None:
    _publish(committed_draft())
    stray = home.site / "stray" / "index.html"
    stray.parent.mkdir()
    for file in (stray, *copies_of(stray)):
        file.write_bytes(STORY)
    bake_all()
    assert not stray.parent.exists()


def _publish(page: ArticlePage) -> None:
    revision = page.get_latest_revision()
    assert revision is not None
    publish_edition(revision)

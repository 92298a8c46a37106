"""Static files are named by what is in them."""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path

import pytest

from cryptonewshub import reader
from cryptonewshub.reader.assets import asset_url, assets
from cryptonewshub.reader.pages import article_page
from tests.reader.cast import EDITIONS, SITE, THIRD_EDITION

PATH = re.compile(r"assets/[a-z-]+\.([0-9a-f]{8})\.(css|js|woff2|svg)")


def test_every_name_holds_the_hash_of_its_file() -> None:
    for path, content in assets().items():
        named = PATH.fullmatch(path)
        assert named, path
        assert named[1] == hashlib.sha256(content).hexdigest()[:8]


def test_a_template_asks_by_the_plain_name() -> None:
    assert asset_url("style.css").removeprefix("/") in assets()


def test_a_file_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        asset_url("nothing.css")


def test_the_style_sheet_loads_only_files_of_ours_that_are_there() -> None:
    style = assets()[asset_url("style.css").removeprefix("/")].decode()
    addresses = re.findall(r"url\(([^)]*)\)", style)
    assert addresses
    assert {address.removeprefix("/") for address in addresses} <= assets().keys()
    assert "@import" not in style


def test_faces_are_woff2_and_the_licence_lies_beside_them() -> None:
    faces = [content for path, content in assets().items() if path.endswith(".woff2")]
    assert faces
    assert all(face.startswith(b"wOF2") for face in faces)
    licence = Path(reader.__file__).parent / "static" / "LICENSE-source-serif-4.txt"
    assert "SIL OPEN FONT LICENSE" in licence.read_text()


def test_the_page_and_its_face_fit_in_sixty_kilobytes() -> None:
    page = article_page(SITE, THIRD_EDITION, editions=EDITIONS).encode()
    style, face, italic = (
        assets()[asset_url(n).removeprefix("/")] for n in ("style.css", "text.woff2", "italic.woff2")
    )
    assert len(gzip.compress(page + style)) + len(face) + len(italic) < 60_000

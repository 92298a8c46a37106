"""Pictures that are kept come to the site with the next bake, and those that are there are not looked at again."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from PIL import Image

from cryptonewshub.config.home import Home
from cryptonewshub.delivery import loaded, printing
from cryptonewshub.delivery.baking import bake_all
from cryptonewshub.delivery.site_files import file_of

pytestmark = pytest.mark.django_db


def _keep(home: Home, name: str, shade: int) -> Path:
    file: Path = home.media / "published" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (40, 20), (shade, shade, shade)).save(file)
    return file


def _let_time_pass(home: Home) -> None:
    """A folder that has changed just now is looked at again in any case."""
    before = time.time_ns() - 10_000_000_000
    os.utime(home.media / "published", ns=(before, before))


def test_a_picture_that_comes_later_is_written_with_the_next_bake(newsroom: object, home: Home) -> None:
    bake_all()
    site = printing.current_site()
    _keep(home, "one.webp", 10)
    assert "/media/one.webp" in loaded.write_loaded(site, anew=False)
    _keep(home, "two.webp", 20)
    written = loaded.write_loaded(site, anew=False)
    assert "/media/two.webp" in written
    assert "/media/one.webp" not in written
    assert file_of("/media/two.webp").read_bytes() == (home.media / "published" / "two.webp").read_bytes()


def test_pictures_that_were_seen_are_looked_at_again_only_anew(newsroom: object, home: Home) -> None:
    _keep(home, "one.webp", 10)
    _let_time_pass(home)
    bake_all()
    site = printing.current_site()
    file_of("/media/one.webp").unlink()
    assert loaded.write_loaded(site, anew=False) == []
    assert loaded.write_loaded(site) == ["/media/one.webp"]


def test_a_picture_that_was_withdrawn_and_kept_again_is_written_again(newsroom: object, home: Home) -> None:
    picture = _keep(home, "one.webp", 10)
    bake_all()
    site = printing.current_site()
    picture.unlink()
    file_of("/media/one.webp").unlink()
    _let_time_pass(home)
    assert loaded.write_loaded(site, anew=False) == []
    _keep(home, "one.webp", 10)
    assert "/media/one.webp" in loaded.write_loaded(site, anew=False)

"""The picture of a story: always the same, always the same size, whatever the headline holds."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from cryptonewshub.reader.icons import favicon, icon, manifest
from cryptonewshub.reader.share import share_card
from tests.reader.cast import SITE

HEADLINES = ["Ferry runs again", "Санкції діють", "Łódź and Čapek", "مرحبا", "", "W" * 400, "word " * 120, "\n\t", "🌙"]


def card(headline: str, *, section: str = "Security", standing: str = "3 of 3 quotations traced") -> bytes:
    return share_card(newsroom="The Harbour Post", section=section, headline=headline, standing=standing)


@pytest.mark.parametrize("headline", HEADLINES)
def test_any_headline_gives_a_card_of_the_right_size(headline: str) -> None:
    made = card(headline)
    with Image.open(BytesIO(made), formats=("PNG",)) as image:
        assert image.size == (1200, 630)
    assert len(made) < 60_000


def test_the_same_story_gives_the_same_bytes() -> None:
    assert card("Ferry runs again") == card("Ferry runs again")


def test_headline_section_and_standing_are_on_it() -> None:
    whole = card("Ferry runs again")
    assert len({whole, card("Ferry"), card("Ferry runs again", section=""), card("Ferry runs again", standing="")}) == 4


def test_letters_of_every_face_are_drawn() -> None:
    assert card("Санкції") != card("Санкція")
    assert card("Łódź") != card("Lódź")


def test_nothing_is_written_beyond_the_edge() -> None:
    with Image.open(BytesIO(card("W" * 400)), formats=("PNG",)) as image:
        shown = image.convert("RGB")
        paper = shown.getpixel((1190, 5))
        assert all(shown.getpixel((1170, y)) == paper for y in range(140, 620))


def test_icons_have_the_sizes_that_are_asked_for() -> None:
    for size in (180, 192, 512):
        with Image.open(BytesIO(icon(size)), formats=("PNG",)) as image:
            assert image.size == (size, size)
    assert favicon()[:4] == b"\x00\x00\x01\x00"
    assert '"/icon-512.png"' in manifest(SITE)

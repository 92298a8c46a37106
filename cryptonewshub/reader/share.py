"""The picture that stands for a story where its address is shared: masthead, section, headline. Drawn here, by Pillow.

The same story always gives the same bytes. Letters come from the faces of the pages; a headline in letters that these
do not have gives a card with the masthead alone.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache, lru_cache
from io import BytesIO
from itertools import chain
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
_PAPER = "#fbfaf7"
_INK, _QUIET, _CHECK = "#16181d", "#5a5f69", "#0b6e6e"
_BANDS = ((0, 140, _INK), (140, 196, _QUIET), (196, 543, _INK), (543, 630, _CHECK))
"""Which lines of the picture are written in which ink."""
_SHADES = 5
_EDGE = 72
_FACES = ("text.woff2", "latin-ext.woff2", "cyrillic.woff2")
_FOLDER = Path(__file__).parent / "static"
_SIZES = (76, 68, 60, 52, 46)
_MOST_LINES = 5
_ROOM = 330  # pixels of height for the headline

Face = ImageFont.FreeTypeFont


def share_card(*, newsroom: str, section: str, headline: str, standing: str) -> bytes:
    """A PNG of 1200 by 630. `standing` is the line at the foot, such as '10 of 10 quotations traced'."""
    card = Image.new("L", (WIDTH, HEIGHT))
    pen = ImageDraw.Draw(card)
    _write(pen, (_EDGE, 56), newsroom, 40)
    pen.line((_EDGE, 124, WIDTH - _EDGE, 124), fill=255, width=2)
    if section:
        _write(pen, (_EDGE, 152), section.upper(), 24, spacing=3)
    _write_headline(pen, headline)
    if standing:
        pen.ellipse((_EDGE, HEIGHT - 82, _EDGE + 22, HEIGHT - 60), fill=255)
        _write(pen, (_EDGE + 38, HEIGHT - 90), standing, 28)
    return _png(card)


def _write_headline(pen: ImageDraw.ImageDraw, headline: str) -> None:
    if not _has_letters(headline):
        return
    size, lines = next(
        ((size, lines) for size in _SIZES if _fits(lines := _lines(headline, size), size)),
        (_SIZES[-1], _cut(_lines(headline, _SIZES[-1]))),
    )
    for number, line in enumerate(lines):
        _write(pen, (_EDGE, 200 + number * round(size * 1.14)), line, size)


def _fits(lines: Sequence[str], size: int) -> bool:
    return len(lines) <= _MOST_LINES and len(lines) * size * 1.14 <= _ROOM


def _cut(lines: Sequence[str]) -> list[str]:
    most = int(_ROOM / (_SIZES[-1] * 1.14))
    return [*lines[: most - 1], lines[most - 1].rstrip(" ,;:–—") + "…"] if len(lines) > most else list(lines)


def _lines(text: str, size: int) -> list[str]:
    """Words filled into as few lines as they need, and these made about equally long."""
    words = [(word, _width(word, size)) for word in _words(text, size)]
    blank = _width(" ", size)
    lines = _filled(words, WIDTH - 2 * _EDGE, blank)
    widest = max((width for _, width in words), default=0)
    for room in range(WIDTH - 2 * _EDGE, round(widest), -20):
        narrower = _filled(words, room, blank)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _filled(words: Sequence[tuple[str, float]], room: int, blank: float) -> list[str]:
    lines: list[str] = []
    reached = 0.0
    for word, width in words:
        if lines and reached + blank + width <= room:
            lines[-1] += f" {word}"
            reached += blank + width
        else:
            lines.append(word)
            reached = width
    return lines


def _words(text: str, size: int) -> Iterator[str]:
    """The words; one that is wider than the card is broken."""
    for word in text.split():
        while _width(word, size) > WIDTH - 2 * _EDGE:
            part = next(n for n in range(len(word), 0, -1) if _width(word[:n], size) <= WIDTH - 2 * _EDGE)
            yield word[:part]
            word = word[part:]
        yield word


def _write(pen: ImageDraw.ImageDraw, at: tuple[int, int], text: str, size: int, spacing: int = 0) -> None:
    """Sets a line run by run, each in the face that has its letters, on one baseline."""
    x, baseline = float(at[0]), at[1] + size
    for face, run in _runs(text, size):
        if spacing:
            for letter in run:
                pen.text((x, baseline), letter, fill=255, font=face, anchor="ls")
                x += face.getlength(letter) + spacing
        else:
            pen.text((x, baseline), run, fill=255, font=face, anchor="ls")
            x += face.getlength(run)


@lru_cache(maxsize=10_000)
def _width(text: str, size: int) -> float:
    return sum(face.getlength(run) for face, run in _runs(text, size))


def _runs(text: str, size: int) -> Iterator[tuple[Face, str]]:
    run, current = "", 0
    for character in text:
        wanted = _face_of(character, current)
        if wanted != current and run:
            yield _face(current, size), run
            run = ""
        current = wanted
        run += character
    if run:
        yield _face(current, size), run


def _face_of(character: str, current: int) -> int:
    if character in _letters(current):
        return current
    return next((number for number in range(len(_FACES)) if character in _letters(number)), 0)


def _has_letters(text: str) -> bool:
    known = frozenset[str]().union(*(_letters(number) for number in range(len(_FACES))))
    return bool(text) and all(character in known or character.isspace() for character in text)


@cache
def _face(number: int, size: int) -> Face:
    face = ImageFont.truetype(str(_FOLDER / _FACES[number]), size, layout_engine=ImageFont.Layout.BASIC)
    with suppress(OSError):  # the Cyrillic face has one weight
        face.set_variation_by_axes([600])
    return face


@cache
def _letters(number: int) -> frozenset[str]:
    """The characters of a face: those that it draws otherwise than a character that no face has."""
    face = ImageFont.truetype(str(_FOLDER / _FACES[number]), 20, layout_engine=ImageFont.Layout.BASIC)
    missing = bytes(face.getmask("\U000f0000"))
    codes = chain(range(0x20, 0x250), range(0x400, 0x530), range(0x2010, 0x2045), (0x20AC, 0x2122))
    found = {chr(code) for code in codes if bytes(face.getmask(chr(code))) != missing}
    return frozenset(found | {" ", "\u00a0"} if number == 0 else found - {" ", "\u00a0"})


def _png(card: Image.Image) -> bytes:
    """Takes how much ink is where. Each ink has lines of its own, so that sixteen colours are enough for all."""
    for top, bottom, ink in _BANDS:
        band = (0, top, WIDTH, bottom)
        card.paste(card.crop(band).point(_colours(ink)), band)
    card.putpalette(_palette())
    out = BytesIO()
    # Runs of one colour are all that there is to find: the search for more takes twice the time and saves a twentieth.
    card.save(out, "PNG", bits=4, compress_level=6, compress_type=zlib.Z_RLE)
    return out.getvalue()


@cache
def _colours(ink: str) -> list[int]:
    """The number in the palette for each amount of an ink: 0 is paper, then come the shades, the lightest first."""
    before = (_INK, _QUIET, _CHECK).index(ink) * _SHADES
    shades = [round(amount * _SHADES / 255) for amount in range(256)]
    return [before + shade if shade else 0 for shade in shades]


@cache
def _palette() -> list[int]:
    """Red, green and blue of each colour, one after the other."""
    paper = ImageColor.getrgb(_PAPER)
    colours = [*paper]
    for ink in map(ImageColor.getrgb, (_INK, _QUIET, _CHECK)):
        for shade in range(1, _SHADES + 1):
            colours += [round(p + (i - p) * shade / _SHADES) for p, i in zip(paper, ink, strict=True)]
    return colours

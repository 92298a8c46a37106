"""Smaller and lighter forms of an edition's pictures, made from the picture that was sealed when it is baked.

The sealed file itself is served too, and is what an outsider compares; the forms are only its sizes.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from cryptonewshub.reader.pictures import FORMATS, form_name, widths_of

_QUALITY = {"avif": 62, "webp": 80}


def missing_forms(picture: Path, folder: Path) -> Iterator[tuple[str, bytes]]:
    """The forms of a picture that are not in the folder yet: their names and their bytes.

    A file that is no picture has none.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(picture) as opened:
            image = opened.convert("RGBA" if "A" in opened.getbands() else "RGB")
    except (UnidentifiedImageError, OSError):
        return
    for width in widths_of(image.width):
        names = [name for kind in FORMATS if not (folder / (name := form_name(picture.name, width, kind))).exists()]
        if not names:
            continue
        height = max(1, round(image.height * width / image.width))
        smaller = image.resize((width, height), Image.Resampling.LANCZOS) if width < image.width else image
        for name in names:
            yield name, _encoded(smaller, name.rsplit(".", 1)[-1])


def _encoded(image: object, kind: str) -> bytes:
    from PIL.Image import Image

    assert isinstance(image, Image)
    data = BytesIO()
    if kind == "avif":
        image.save(data, "AVIF", quality=_QUALITY[kind], speed=7)
    else:
        image.save(data, "WEBP", quality=_QUALITY[kind], method=4)
    return data.getvalue()

"""Which sizes and formats a picture is offered in: the browser takes the lightest that fits.

The names follow from the sealed file's name and width, so that a page needs to know nothing more: '0a1b.webp' of
1600 pixels is also there as '0a1b-480.avif', '0a1b-480.webp' and so on.
"""

from __future__ import annotations

from cryptonewshub.reader.addresses import media_path

FORMATS = ("avif", "webp")
_WIDTHS = (480, 800, 1200, 1600)


def widths_of(width: int) -> tuple[int, ...]:
    """The widths in which a picture of this width is offered, its own included."""
    return (*(smaller for smaller in _WIDTHS if smaller < width), width) if width else ()


def form_name(file: str, width: int, kind: str) -> str:
    return f"{file.rpartition('.')[0]}-{width}.{kind}"


def srcset(file: str, width: int, kind: str) -> str:
    """The `srcset` of one format."""
    return ", ".join(f"{media_path(form_name(file, w, kind))} {w}w" for w in widths_of(width))


def focus_class(focus: tuple[int, int] | None) -> str:
    """The classes that keep the focal point in view when the picture is cropped: tenths of width and height."""
    if focus is None:
        return ""
    x, y = (min(10, max(0, round(part / 10))) for part in focus)
    return f"fx-{x} fy-{y}"

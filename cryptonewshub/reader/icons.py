"""The newsroom's icons: the ring of a checked quotation, drawn at the sizes that browsers and phones ask for."""

from __future__ import annotations

import json
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

from cryptonewshub.reader.site import Site

_PAPER, _CHECK = "#fbfaf7", "#0b6e6e"
_FINER = 4  # drawn so many times larger, then made smaller: smooth edges
ICONS = {"/apple-touch-icon.png": 180, "/icon-192.png": 192, "/icon-512.png": 512}
FAVICON = "/favicon.ico"
MANIFEST = "/manifest.webmanifest"


@cache
def icon(size: int) -> bytes:
    """A PNG of that many pixels each way, with room around the ring for phones that cut icons round."""
    return _written(_drawn(size), "PNG")


@cache
def favicon() -> bytes:
    """The icon for browsers that ask for /favicon.ico whatever a page says."""
    out = BytesIO()
    _drawn(48).save(out, "ICO", sizes=[(16, 16), (32, 32), (48, 48)])
    return out.getvalue()


def manifest(site: Site) -> str:
    """The web app manifest: what the site is called when a phone keeps it (https://www.w3.org/TR/appmanifest/)."""
    icons = [
        {"src": path, "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any maskable"}
        for path, size in ICONS.items()
        if path.startswith("/icon-")
    ]
    facts = {
        "name": site.name,
        "short_name": site.name[:12].strip(),
        "description": site.promise,
        "lang": site.language,
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": _PAPER,
        "theme_color": _PAPER,
        "icons": icons,
    }
    return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"


def _drawn(size: int) -> Image.Image:
    fine = size * _FINER
    image = Image.new("RGB", (fine, fine), _PAPER)
    edge, width = fine * 0.24, round(fine * 0.12)
    ImageDraw.Draw(image).ellipse((edge, edge, fine - edge, fine - edge), outline=_CHECK, width=width)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def _written(image: Image.Image, kind: str) -> bytes:
    out = BytesIO()
    image.quantize(16, method=Image.Quantize.FASTOCTREE).save(out, kind)
    return out.getvalue()

"""The static files of the pages, each under a name that holds its hash, so that each may be cached for ever."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

_FOLDER = Path(__file__).parent / "static"
_SERVED = (".css", ".js", ".svg", ".woff2")
_LINE_REMARK = re.compile(rb"^ *//.*\n", re.MULTILINE)
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s*\n\s*")
_REFERENCE = re.compile(r"url\(([\w.-]+)\)")


@cache
def assets() -> Mapping[str, bytes]:
    """Every static file by its path in the site: 'assets/style.1f2e3d4c.css'. Read once, never changed."""
    files = {name: _contents(name) for name in _names()}
    return MappingProxyType({_path(name, content): content for name, content in files.items()})


@cache
def asset_url(name: str) -> str:
    """The address of a static file by its plain name ('style.css'). Raises FileNotFoundError where there is none."""
    return "/" + _path(name, _contents(name))


def asset_text(name: str) -> str:
    """What a static file says, as it is served. Raises FileNotFoundError."""
    return _contents(name).decode()


def _names() -> list[str]:
    return sorted(path.name for path in _FOLDER.iterdir() if path.suffix in _SERVED)


def _path(name: str, content: bytes) -> str:
    stem, _, suffix = name.rpartition(".")
    return f"assets/{stem}.{hashlib.sha256(content).hexdigest()[:8]}.{suffix}"


def _contents(name: str) -> bytes:
    """The bytes that are served; a style sheet names its fonts by their hashed names, so its own hash covers them.

    What only its author reads, remarks and indents, is left out; the verifier keeps it, for whoever audits it.
    """
    content = (_FOLDER / name).read_bytes()
    if name.endswith(".js") and name != "verify.js":
        return _LINE_REMARK.sub(b"", content)
    if not name.endswith(".css"):
        return content
    style = _SPACE.sub("\n", _REMARK.sub("", content.decode()))
    return _REFERENCE.sub(lambda found: f"url({asset_url(found[1])})", style).encode()

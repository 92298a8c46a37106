"""Other people's test data, beside the project; a test that wants it is skipped, visibly, where it is not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"
VECTORS = SHARED / "data" / "log-vectors"


def vector(name: str) -> Path:
    """A file or folder of vectors."""
    if not (VECTORS / name).exists():
        pytest.skip("The vectors lie beside the project, and are not here.")
    return VECTORS / name


def vector_json(name: str) -> Any:
    return json.loads(vector(name).read_text(encoding="utf-8"))


def vector_lines(name: str) -> Iterator[Any]:
    with vector(name).open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)

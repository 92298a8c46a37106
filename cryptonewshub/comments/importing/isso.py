"""Comments of Isso: its SQLite database, or the JSON that its `import -t generic` reads."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptonewshub.comments.importing.shape import LARGEST_FILE, Imported, UnreadableExportError, text_of_html, when

_ROWS = """
    SELECT comments.id, threads.uri, comments.parent, comments.author, comments.email, comments.text, comments.created,
           comments.mode
    FROM comments JOIN threads ON threads.id = comments.tid ORDER BY comments.created, comments.id
"""
_MODES = {1: "approved", 2: "waiting"}


def read_isso_database(path: Path) -> Iterator[Imported]:
    """Opens the database read-only. Raises UnreadableExportError when it is none of Isso's."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as database:
            for number, uri, parent, author, email, text, created, mode in database.execute(_ROWS):
                yield Imported(
                    origin=f"isso:{number}",
                    story=str(uri),
                    parent=f"isso:{parent}" if parent else "",
                    name=str(author or "Anonymous"),
                    email=str(email or ""),
                    body=text_of_html(str(text or "")),
                    made=datetime.fromtimestamp(float(created), tz=UTC),
                    state=_MODES.get(mode, "rejected"),
                )
    except (sqlite3.Error, TypeError, ValueError, OverflowError) as error:
        raise UnreadableExportError(f"{path} cannot be read as a database of Isso: {error}.") from error


def read_isso_json(path: Path) -> Iterator[Imported]:
    """Raises UnreadableExportError when the file has another shape."""
    try:
        for thread in read_json(path):
            for comment in thread["comments"]:
                yield _from_json(comment, str(thread["id"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise UnreadableExportError(
            f"{path} has not the shape of Isso’s JSON: {error!r} is missing or of another kind."
        ) from error


def read_json(path: Path) -> Any:
    """Raises UnreadableExportError for what is no JSON, too large or too deep."""
    if path.stat().st_size > LARGEST_FILE:
        raise UnreadableExportError(f"{path} is larger than {LARGEST_FILE // 2**20} MB. Export it in parts.")
    try:
        return json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise UnreadableExportError(f"{path} cannot be read as JSON: {error}.") from error


def _from_json(comment: dict[str, Any], uri: str) -> Imported:
    parent = comment.get("parent")
    return Imported(
        origin=f"isso:{comment['id']}",
        story=uri,
        parent=f"isso:{parent}" if parent else "",
        name=str(comment.get("author") or "Anonymous"),
        email=str(comment.get("email") or ""),
        body=text_of_html(str(comment["text"])),
        made=when(str(comment["created"])),
        state="approved",
    )

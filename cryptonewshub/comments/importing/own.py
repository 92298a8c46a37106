"""Comments of our own export, from another newsroom or from this one before a loss."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cryptonewshub.comments.importing.isso import read_json
from cryptonewshub.comments.importing.shape import Imported, UnreadableExportError, when
from cryptonewshub.comments.models import State


def read_own(path: Path) -> Iterator[Imported]:
    """Raises UnreadableExportError when the file is no export of ours."""
    try:
        content = read_json(path)
        source = str(content["site"])
        for comment in content["comments"]:
            yield Imported(
                origin=comment["origin"] or f"{source}#{comment['number']}",
                story=str(comment["story"]),
                parent=f"{source}#{comment['parent']}" if comment["parent"] else "",
                name=str(comment["name"]),
                email=str(comment.get("email", "")),
                body=str(comment["body"]),
                made=when(str(comment["made"])),
                state=State(comment["state"]).value,
            )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        if isinstance(error, UnreadableExportError):
            raise
        raise UnreadableExportError(f"{path} has not the shape of an export of ours: {error}.") from error

"""Comments of our own export, from another newsroom or from this one before a loss."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from cryptonewshub.comments.importing.isso import read_json
from cryptonewshub.comments.importing.shape import Imported, UnreadableExportError, when
from cryptonewshub.comments.models import State


def _origins(content: Any) -> dict[int, str]:
    """What names each comment for ever: what named it where it came from, else the site and its number there."""
    site = str(content["site"])
    taken = {each["origin"] for each in content["comments"]}  # after a loss a number was given twice

    def named(each: Any) -> str:
        name = f"{site}#{each['number']}"
        return str(each["origin"] or (f"{name} {each['made']}" if name in taken else name))

    return {each["number"]: named(each) for each in content["comments"]}


def read_own(path: Path) -> Iterator[Imported]:
    """Raises UnreadableExportError when the file is no export of ours."""
    try:
        content = read_json(path)
        origins = _origins(content)
        is_ours = content["site"] == settings.CNH_BASE_URL
        for comment in content["comments"]:
            yield Imported(
                origin=origins[comment["number"]],
                number=int(comment["number"]) if is_ours else None,
                story=str(comment["story"]),
                parent=origins.get(comment["parent"], ""),
                name=str(comment["name"]),
                email=str(comment.get("email", "")),
                body=str(comment["body"]),
                quote=str(comment.get("quote", "")),
                made=when(str(comment["made"])),
                state=State(comment["state"]).value,
            )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        if isinstance(error, UnreadableExportError):
            raise
        raise UnreadableExportError(f"{path} has not the shape of an export of ours: {error}.") from error
